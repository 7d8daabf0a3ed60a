// The real Transport: libcurl's multi interface over HTTPS with a client certificate. The only CA is
// the pinned one; no proxies from the environment, no redirects, TLS 1.3. Low-speed limits, not total
// time-outs: a slow line is a line. One thread uses it; wake() may come from any.
#pragma once

#include <chrono>
#include <memory>

#include "sync/client/transport.h"

namespace qabyl::sync {

struct CurlOptions {
  std::string base_url;         // https://host:port
  std::string ca_file;          // empty: no verification (only to fetch the CA that is then compared)
  std::string certificate_file, key_file;  // empty: none (enrolment)
};

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options);
  ~CurlTransport() override;
  void start(ClientRequest request) override;
  std::optional<ClientResult> poll() override;
  // Waits until something moves, wake() is called or `at_most` has passed.
  void wait(std::chrono::milliseconds at_most);
  void wake();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::sync
