// A TLS server that a test makes of any certificate: it gives a canned answer to whatever is asked, and
// remembers every byte that it was told. Stands for an impostor, a captive portal, an old server, a false registry.
// Knows no test library; aborts when it cannot be set up.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace qabyl::rig {

struct CannedOptions {
  std::string certificate_pem, key_pem;
  std::string address = "127.0.0.1";
  int tls_newest = 13;  // 12: TLS 1.2 at most
  // The whole answer, head and body, to a request, head and body. Empty: the connection closes without one;
  // nullopt: it stays open and silent until the client gives up. Called on the server's thread.
  std::function<std::optional<std::string>(const std::string& request)> answer;
  int port = 0;         // 0: chosen by the system
};

class CannedServer {
 public:
  explicit CannedServer(CannedOptions options);
  ~CannedServer();
  int port() const;
  std::string url() const;        // https://localhost:port
  int connections() const;        // TCP connections that came, whatever became of them
  std::string heard() const;      // plain bytes of all requests

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// "HTTP/1.1 200 OK" with that body; more headers end in CRLF each.
std::string canned_answer(const std::string& status_line, const std::string& body, const std::string& headers = {});

}  // namespace qabyl::rig
