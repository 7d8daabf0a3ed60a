// See multipart.h. Strict: no preamble, no part without a name, no encodings, no nested parts; browsers send none of these.
#include "sync/registry/multipart.h"

#include <algorithm>

#include "sync/wire/http.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t boundary_chars_max = 70;  // RFC 2046, 5.1.1

core::Error malformed() { return {core::ErrorCode::invalid_input, "form.malformed"}; }

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

bool of_boundary(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
}

// The value of `key="..."` or `key=token` among the parameters after the first ';'. Browsers write %22 for a quote inside.
std::optional<std::string> parameter(std::string_view header, std::string_view key) {
  for (auto at = header.find(';'); at != std::string_view::npos;) {
    auto rest = trimmed(header.substr(at + 1));
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = same_header_name(trimmed(rest.substr(0, equals)), key);
    rest.remove_prefix(equals + 1);
    const bool quoted = rest.starts_with('"');
    if (quoted) rest.remove_prefix(1);
    const auto end = rest.find(quoted ? '"' : ';');
    if (quoted && end == std::string_view::npos) return std::nullopt;
    if (wanted) return std::string(quoted ? rest.substr(0, end) : trimmed(rest.substr(0, end)));
    header = quoted ? rest.substr(end + 1) : rest;
    at = header.find(';');
  }
  return std::nullopt;
}

// Names of files as browsers escape them in this header (WHATWG HTML, multipart form data).
std::string unescaped(std::string text) {
  for (const auto& [coded, plain] : {std::pair{"%22", "\""}, std::pair{"%0D", " "}, std::pair{"%0A", " "}}) {
    for (auto at = text.find(coded); at != std::string::npos; at = text.find(coded, at + 1)) text.replace(at, 3, plain);
  }
  return text;
}

}  // namespace

core::Result<std::string> form_boundary(std::string_view content_type) {
  if (!same_header_name(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data")) return malformed();
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > boundary_chars_max || !std::all_of(boundary->begin(), boundary->end(), of_boundary)) return malformed();
  return *boundary;
}

core::Status Multipart::write(core::ByteView bytes) {
  rest_.append(core::as_text(bytes));
  for (;;) {
    QABYL_TRY(went_on, step());
    if (!went_on) return core::Done{};
  }
}

core::Status Multipart::finish() {
  if (state_ != State::over) return core::Error{core::ErrorCode::invalid_input, "form.cut"};
  return core::Done{};
}

core::Result<bool> Multipart::step() {
  switch (state_) {
    case State::after_delimiter: return after_delimiter();
    case State::head: return head();
    case State::field:
    case State::file: return content();
    case State::over: rest_.clear(); return false;  // what follows the last delimiter means nothing
  }
  QABYL_CHECK(false);
  return false;
}

core::Result<bool> Multipart::after_delimiter() {
  if (rest_.size() < 2) return false;
  const bool last = rest_.starts_with("--");
  if (!last && !rest_.starts_with("\r\n")) return malformed();
  rest_.erase(0, 2);
  state_ = last ? State::over : State::head;
  return true;
}

core::Result<bool> Multipart::head() {
  constexpr std::string_view blank = "\r\n\r\n";
  const auto end = rest_.find(blank);
  // What has come of a head that may still end in time holds the beginning of its end too.
  if (end == std::string::npos ? rest_.size() >= part_head_bytes_max + blank.size() : end > part_head_bytes_max) return malformed();
  if (end == std::string::npos) return false;
  QABYL_TRY_DO(begin_part(std::string_view(rest_).substr(0, end)));
  rest_.erase(0, end + blank.size());
  return true;
}

core::Status Multipart::begin_part(std::string_view head) {
  std::optional<std::string> name, file_name;
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return malformed();
    const auto value = trimmed(line.substr(colon + 1));
    if (same_header_name(line.substr(0, colon), "Content-Transfer-Encoding")) return malformed();
    if (!same_header_name(line.substr(0, colon), "Content-Disposition")) continue;
    if (name || !same_header_name(trimmed(value.substr(0, value.find(';'))), "form-data")) return malformed();
    name = parameter(value, "name");
    file_name = parameter(value, "filename");
    if (!name) return malformed();
  }
  if (!name || name->empty() || ++parts_seen_ > parts_max) return malformed();
  state_ = file_name ? State::file : State::field;
  name_ = *name;
  value_.clear();
  return file_name ? parts_.file(*name, unescaped(*file_name)) : core::Status(core::Done{});
}

// Everything before the next delimiter; of what may be the beginning of one nothing is given on yet.
core::Result<bool> Multipart::content() {
  const auto at = rest_.find(delimiter_);
  const bool whole = at != std::string::npos;
  const std::size_t sure = whole ? at : rest_.size() - std::min(rest_.size(), delimiter_.size() - 1);
  QABYL_TRY_DO(give(std::string_view(rest_).substr(0, sure)));
  rest_.erase(0, whole ? at + delimiter_.size() : sure);
  if (!whole) return false;
  if (state_ == State::field && parts_seen_ > 0) QABYL_TRY_DO(parts_.field(std::move(name_), std::move(value_)));
  state_ = State::after_delimiter;
  return true;
}

core::Status Multipart::give(std::string_view piece) {
  if (piece.empty()) return core::Done{};
  if (parts_seen_ == 0) return malformed();  // something stands before the first delimiter
  if (state_ == State::file) return parts_.bytes(core::as_bytes(piece));
  if (value_.size() + piece.size() > field_bytes_max) return malformed();
  value_.append(piece);
  return core::Done{};
}

}  // namespace qabyl::sync::registry
