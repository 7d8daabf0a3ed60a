// A bad line between a real kiosk and a real registry: it ends the kiosk's TLS with the registry's own certificate, passes each
// request on with the kiosk's, and does to it what the test says. So a fault strikes an exact byte of an exact request.
#pragma once

#include <mutex>

#include "tests/support/canned_server.h"
#include "tests/sync/wire_rig.h"

namespace qabyl::test {

struct Fault {
  enum class Kind {
    none,
    drop_answer,   // carried out, and nobody hears of it
    cut_answer,    // so many bytes of the answer come
    cut_request,   // the registry gets so many bytes of the request, then the line is gone
    refuse,        // the line is down: nothing arrives
    twice,         // the request arrives twice, the second answer is told
    late,          // the first answer is lost, and the same request arrives again behind it
    drip           // the request comes in small pieces
  };
  Kind kind = Kind::none;
  std::size_t byte = 0;  // taken modulo what there is
};
inline constexpr int fault_kinds = 8;

struct Passed {          // one request that the kiosk sent
  std::string method, path;
  std::size_t body_bytes = 0;  // that the registry was sent, repetitions included
  int status = 0;              // as the registry answered; 0: it was not asked, or not heard
  std::vector<std::string> answers;  // bodies, one for each time that it was asked
};

class FaultProxy {
 public:
  using Choose = std::function<Fault(const std::string& method, const std::string& path)>;  // on the proxy's thread
  FaultProxy(LiveOffice& live, Choose choose);
  std::string url() const { return server_->url(); }
  std::vector<Passed> passed() const;

 private:
  std::optional<std::string> pass(const std::string& request);
  std::optional<RawAnswer> ask(const std::string& request, const Passed& what, Fault fault);
  LiveOffice& live_;
  Choose choose_;
  mutable std::mutex mutex_;
  std::vector<Passed> passed_;
  std::unique_ptr<rig::CannedServer> server_;
};

}  // namespace qabyl::test
