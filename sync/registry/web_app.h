// What an HTTP server serves: the port between http_server.cpp (sockets, TLS) and the registry. Called from
// many threads at once; each call may block until its outcome is durable. Knows no HTTP library.
#pragma once

#include <memory>

#include "core/bytes.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

// The body of one request as it comes in. Destroyed without finish(): as finish(false).
class BodySink {
 public:
  virtual ~BodySink() = default;
  // An error ends the request: the answer is then finish(false).
  virtual core::Status write(core::ByteView bytes) = 0;
  // whole: every announced byte has come; false: the client vanished and nobody reads the answer.
  virtual Response finish(bool whole) = 0;
};

struct StreamStart {               // either an answer already, or a sink for the body
  std::unique_ptr<BodySink> sink;
  Response refusal;                // meaningful when there is no sink
};

class WebApp {
 public:
  virtual ~WebApp() = default;
  // Looks at the head alone, before any byte of the body is read: a refusal, or nothing.
  virtual std::optional<Response> gate(const Request& head) = 0;
  // True for a request whose body goes through stream() instead of Request::body.
  virtual bool streams(const Request& head) const = 0;
  virtual StreamStart stream(const Request& head) = 0;
  virtual Response handle(const Request& request) = 0;
};

}  // namespace qabyl::sync::registry
