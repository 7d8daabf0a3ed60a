// One HTTP request and one answer as values, so that the registry's Api and the kiosk's Uplink can be
// driven without sockets. Knows no socket, no TLS and no HTTP library. RFC 9110; paths: protocol.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace qabyl::sync {

inline constexpr std::size_t body_bytes_max = 4 * 1024 * 1024;      // every body but an upload's
inline constexpr std::size_t append_bytes_max = 64 * 1024 * 1024;   // body of one tus PATCH
inline constexpr std::size_t target_bytes_max = 1024;
inline constexpr std::size_t headers_max = 64;
inline constexpr std::size_t header_bytes_max = 8 * 1024;

struct Header {
  std::string name, value;
};

struct Request {
  std::string method;            // GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS
  std::string target;            // raw path and query as they came, never decoded
  std::vector<Header> headers;
  std::string body;              // empty for an upload that is streamed (see registry/uploads.h)
  std::string device;            // CN of the verified client certificate; empty: none was shown
  std::string serial;            // serial of that certificate, lower-case hex

  std::string_view path() const;                         // target up to '?'
  std::string_view query(std::string_view name) const;   // first value, raw; empty when absent
  // Value of the first header of that name (any case); empty when absent.
  std::string_view header(std::string_view name) const;
  std::size_t header_count(std::string_view name) const;
  void set(std::string_view name, std::string value);    // appends
};

struct FileBody {                // part of a file, streamed by the server, never held in memory
  std::string path;
  std::uint64_t offset = 0, length = 0;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  std::optional<FileBody> file;  // instead of body
  bool close = false;            // the connection must not be used again

  std::string_view header(std::string_view name) const;
  void set(std::string_view name, std::string value);    // appends
};

Response json_response(int status, std::string body);

// Strict decimal without sign, blanks or leading zeros ("0" itself apart), at most 2^63-1.
// invalid_input otherwise.
core::Result<std::int64_t> parse_decimal(std::string_view text);
bool same_header_name(std::string_view a, std::string_view b);  // ASCII case folded

}  // namespace qabyl::sync
