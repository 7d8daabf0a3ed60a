// Many TLS connections to one port on loopback that do nothing (RELIABILITY 4.7 row 41, 4.8 LD4). OpenSSL; any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace qabyl::rig {

// Lets this process open so many files; false: the system does not.
bool room_for_files(std::size_t count);

struct CrowdIdentity {                       // PEM; empty: strangers
  std::string certificate, key;
  std::string first_request;                 // sent once, its answer never read
};

class IdleCrowd {
 public:
  explicit IdleCrowd(int port, CrowdIdentity identity = {});
  ~IdleCrowd();                              // closes all
  // One more, from an own address on loopback. False: it was refused, or cut before it stood.
  bool join(const std::string& from);
  std::size_t held();                        // those that the other side has not closed yet

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// 127.0.A.B, `each` connections an address; the first address is 127.0.1.1.
std::string crowd_address(std::size_t n, std::size_t each);

}  // namespace qabyl::rig
