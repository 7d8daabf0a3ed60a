// Requests and answers as values: header look-up, query values, strict decimals. See http.h.
#include "sync/wire/http.h"

#include <limits>

namespace qabyl::sync {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view find_header(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (same_header_name(header.name, name)) return header.value;
  }
  return {};
}

}  // namespace

bool same_header_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query(std::string_view name) const {
  const std::size_t mark = target.find('?');
  if (mark == std::string::npos) return {};
  std::string_view rest = std::string_view(target).substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(pair.size() == rest.size() ? pair.size() : pair.size() + 1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

std::string_view Request::header(std::string_view name) const { return find_header(headers, name); }

std::size_t Request::header_count(std::string_view name) const {
  std::size_t count = 0;
  for (const Header& header : headers) count += same_header_name(header.name, name) ? 1 : 0;
  return count;
}

void Request::set(std::string_view name, std::string value) {
  headers.push_back({std::string(name), std::move(value)});
}

std::string_view Response::header(std::string_view name) const { return find_header(headers, name); }

void Response::set(std::string_view name, std::string value) {
  headers.push_back({std::string(name), std::move(value)});
}

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("Content-Type", "application/json");
  return response;
}

core::Result<std::int64_t> parse_decimal(std::string_view text) {
  const core::Error bad{core::ErrorCode::invalid_input, "not a decimal"};
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text[0] == '0')) return bad;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return bad;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return bad;
  return static_cast<std::int64_t>(value);
}

}  // namespace qabyl::sync
