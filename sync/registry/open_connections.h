// Who is connected to a port, and who has to leave when it is full. Sockets are only shut down here: the server that opened one
// closes it. Any thread. Knows no TLS and no HTTP.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/ports.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis caller_known_for{60'000};
inline constexpr core::Millis newcomer_grace{250};            // for a handshake and a first request
inline constexpr core::Millis idle_in_crowd_max{2'000};       // of a device that keeps its connection while others wait outside
inline constexpr std::size_t connections_per_device_max = 8;  // a kiosk has one; a bad line may leave others that nobody ends

struct ConnectionLimits { std::size_t all = 0, per_address = 0; };

struct Caller { std::string device, serial; };  // empty: no certificate of this office

class OpenConnections {
 public:
  using Key = const void*;
  explicit OpenConnections(ConnectionLimits limits) : limits_(limits) {}

  // Is there room for one more of that address? When it is full the longest idle one is told to leave: of strangers first, who
  // have sent no whole request, then of devices. False: all are younger or at work.
  bool admit(std::string_view address, core::Millis now);
  void opened(Key key, int fd, std::string address, core::Millis now);
  void closed(Key key);  // before its descriptor is
  void in_request(Key key, bool in, core::Millis now);
  // Who that was, if it was asked a short while ago.
  std::optional<Caller> caller(Key key, core::Millis now);
  // The longest idle ones of a device that has too many leave.
  void called(Key key, const Caller& caller, core::Millis now);
  // The library's own time limit counts silence only, so that one byte a minute would hold a thread for ever (RELIABILITY 2.2, L5).
  void cut_before(core::Millis limit);

 private:
  struct One {
    int fd = -1;
    std::string address;
    core::Millis waiting_since{};  // without a whole request head
    bool in_request = false, leaving = false;
    Caller caller{};               // as of `called`
    std::optional<core::Millis> called{};
  };
  static void leave(One& one);

  ConnectionLimits limits_;
  std::mutex mutex_;
  std::map<Key, One> all_;         // guarded by mutex_
};

}  // namespace qabyl::sync::registry
