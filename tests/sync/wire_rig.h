// A real device port on loopback over a TestOffice, and a raw TLS client that sends whatever bytes a test
// likes. Knows no protocol beyond what it takes to read an HTTP/1.1 answer.
#pragma once

#include <atomic>
#include <map>

#include "core/sys/clock.h"
#include "sync/registry/http_server.h"
#include "sync/registry/service.h"
#include "tests/sync/registry_rig.h"
#include "tests/sync/store_dump.h"

namespace qabyl::test {

// The machine's clock, moved by the test: certificates stay valid, windows pass without waiting.
class MovableClock final : public core::Clock {
 public:
  core::ClockReading read() override {
    auto reading = system_.read();
    const core::Millis ahead{ahead_ms_};
    reading.wall += ahead;
    reading.steady += ahead;
    return reading;
  }
  void pass(core::Millis duration) { ahead_ms_ += duration.count(); }

 private:
  core::sys::SystemClock system_;
  std::atomic<std::int64_t> ahead_ms_{0};
};

struct PeerOptions {
  int port = 0;
  std::string certificate_pem, key_pem;  // empty: none shown
  std::string ca_pem;                    // empty: the server is not verified
  int tls_newest = 13;                   // 12: TLS 1.2 at most
  std::string from;                      // own address on loopback, 127.0.0.1 when empty
};

struct RawAnswer {
  int status = 0;                        // 0: the other side closed without an answer
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;
  bool closes = false;                   // says so, or has done so
  std::string header(const std::string& name) const;
  std::string code() const;              // of its problem document; empty: none
};

class TlsPeer {
 public:
  explicit TlsPeer(const PeerOptions& options);
  ~TlsPeer();
  TlsPeer(TlsPeer&&) noexcept;
  bool shaken() const;                   // the handshake came to an end
  // False: the other side has closed.
  bool send(std::string_view bytes);
  RawAnswer answer(bool to_head = false);
  bool closed();                         // the other side closes within the time limit; what it still sends is dropped
  void half_close();                     // no more bytes from us
  bool renegotiates();                   // the other side lets itself be asked for a new handshake
  long early_data_max();                 // what a session ticket of the other side would allow

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class LiveOffice {
 public:
  explicit LiveOffice(bool with_sample = false, reg::ConnectionLimits limits = reg::device_connections, unsigned idle_seconds = reg::idle_seconds_max);
  ~LiveOffice();
  PeerOptions peer_options() const;      // with the kiosk's certificate
  TlsPeer peer() const { return TlsPeer(peer_options()); }
  // One request over a connection of its own: "PUT /v1/... " line, headers, body.
  RawAnswer ask(const std::string& method, const std::string& target, const std::string& headers = {}, const std::string& body = {});
  std::string dump();                    // store_dump, taken on the storage thread
  std::int64_t count(const std::string& sql);
  void on_storage(const std::function<void()>& act);
  int port() const { return server_->port(); }
  void cut_stragglers() { server_->cut_stragglers(); }
  std::string head(const std::string& method, const std::string& target, const std::string& headers = {}) const;

  MovableClock clock;
  TestOffice office;
  core::Json secrets;
  TestKiosk kiosk;

 private:
  reg::GroupCommit commits_;
  reg::DeviceApp app_;
  std::unique_ptr<reg::HttpServer> server_;
};

}  // namespace qabyl::test
