// The uplink's door to the network: one request at a time, never blocking. The real one is
// curl_transport.cpp; tests have their own. Knows nothing of records.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.h"

namespace qabyl::sync {

inline constexpr std::size_t answer_bytes_max = 8 * 1024 * 1024;

struct ClientRequest {
  std::string method;
  std::string path;  // "/v1/records?x=y", as it goes on the wire
  std::vector<std::pair<std::string, std::string>> headers;
  core::Bytes body;
};

struct ClientAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  core::Bytes body;
  // Empty string when there is no such header.
  std::string header(std::string_view lower_case_name) const;
};

// Why there is no answer: dns, refused, timeout, tls, cut, too_large, local.
struct NoAnswer { std::string cause; };
using ClientResult = std::variant<ClientAnswer, NoAnswer>;

class Transport {
 public:
  virtual ~Transport() = default;
  // Precondition: no request is under way.
  virtual void start(ClientRequest request) = 0;
  // The result once it is there, exactly once a request. Never blocks.
  virtual std::optional<ClientResult> poll() = 0;
};

}  // namespace qabyl::sync
