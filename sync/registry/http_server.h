// HTTPS server over libmicrohttpd and GnuTLS; http_server.cpp is the only file that includes them. Turns
// connections into Requests, takes the device's name from its verified certificate and from nothing else,
// and refuses what smuggles (RELIABILITY 4.7, rows 15-21). Knows no path and no record.
#pragma once

#include <string>
#include <vector>

#include "core/ports.h"
#include "sync/registry/open_connections.h"
#include "sync/registry/web_app.h"

namespace qabyl::sync::registry {

// Each is a thread and a descriptor, and one descriptor more while it brings a document (serve.cpp makes room for them).
inline constexpr ConnectionLimits device_connections{1024, 768};  // many kiosks come from behind one address when their link is back
inline constexpr ConnectionLimits console_connections{256, 192};
inline constexpr unsigned idle_seconds_max = 60;
inline constexpr std::size_t connection_memory_bytes = 64 * 1024;
inline constexpr std::int64_t min_rate_bytes_per_second = 1024;  // row 40
inline constexpr core::Millis min_rate_window{30'000};
inline constexpr core::Millis head_wait_max{90'000};  // for a whole request head, trickling or not

struct ServerOptions {
  std::string name;                    // for the log: device, console
  int port = 0;                        // 0: the system chooses
  bool loopback_only = true;
  bool client_certificates = false;    // device port: TLS 1.3 only, certificates of `ca_pem` are verified
  ConnectionLimits limits = console_connections;
  unsigned idle_seconds = idle_seconds_max;
  std::string certificate_pem, key_pem, ca_pem;
  std::vector<std::string> hosts;      // names that a Host header may say
};

class HttpServer {
 public:
  // storage: the port is taken or TLS refused the keys. `app` and `clock` must outlive the server.
  static core::Result<std::unique_ptr<HttpServer>> start(ServerOptions options, WebApp& app, core::Clock& clock);
  ~HttpServer();                       // as stop()
  int port() const;
  // Any thread, now and then: ends connections that have been bringing no whole request head for too long.
  void cut_stragglers();
  void stop();                         // no new connections; waits for requests under way

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::sync::registry
