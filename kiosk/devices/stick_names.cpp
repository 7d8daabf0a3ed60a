// UTF-8 cut and escaped byte by byte; what is a hidden character, core/text.h says.
#include "kiosk/devices/stick_names.h"

#include <cstdio>
#include <vector>

#include "core/text.h"
#include "kiosk/devices/usb_source.h"

namespace qabyl::kiosk {
namespace {

constexpr std::size_t tail_bytes_max = 40;  // of a cut name: its end says the type

// Bytes of the valid character at the start of `text`; 0 if there is none.
std::size_t character_bytes(std::string_view text) {
  for (std::size_t size = 1; size <= 4 && size <= text.size(); ++size) {
    if (core::valid_utf8(text.substr(0, size))) return size;
  }
  return 0;
}

std::string escaped(std::string_view raw, std::size_t size) {
  char out[16];
  if (size == 0) {
    std::snprintf(out, sizeof out, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(raw[0])));
  } else {
    std::snprintf(out, sizeof out, "\\u%04X", static_cast<unsigned>(core::code_points(raw.substr(0, size)).front()));
  }
  return out;
}

std::size_t total(const std::vector<std::string>& parts, std::size_t from, std::size_t to) {
  std::size_t bytes = 0;
  for (std::size_t i = from; i < to; ++i) bytes += parts[i].size();
  return bytes;
}

std::string joined(const std::vector<std::string>& parts, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += parts[i];
  return out;
}

}  // namespace

std::string shown_name(std::string_view raw) {
  std::vector<std::string> parts;  // never cut inside one
  while (!raw.empty()) {
    const std::size_t size = character_bytes(raw);
    const std::string_view piece = raw.substr(0, size == 0 ? 1 : size);
    const bool plain = size != 0 && !core::has_hidden_characters(piece);
    parts.push_back(plain ? std::string(piece) : escaped(raw, size));
    raw.remove_prefix(piece.size());
  }
  const std::string whole = joined(parts, 0, parts.size());
  if (whole.find_first_not_of(' ') == whole.npos) return "\\x20";
  if (whole.size() <= stick_name_bytes_max) return whole;
  std::size_t tail = parts.size(), head = 0;
  while (tail > 0 && total(parts, tail - 1, parts.size()) <= tail_bytes_max) --tail;
  const std::string end = "…" + joined(parts, tail, parts.size());
  while (head < tail && total(parts, 0, head + 1) + end.size() <= stick_name_bytes_max) ++head;
  return joined(parts, 0, head) + end;
}

std::string numbered_name(const std::string& name, int number) {
  if (number == 1) return name;
  const auto dot = name.rfind('.');
  const std::size_t stem = dot == name.npos || dot == 0 ? name.size() : dot;
  return name.substr(0, stem) + " (" + std::to_string(number) + ")" + name.substr(stem);
}

std::string unique_name(const std::string& name, const std::function<bool(const std::string&)>& taken) {
  int number = 1;
  while (number < twin_names_max && taken(numbered_name(name, number))) ++number;
  return numbered_name(name, number);
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > stick_name_bytes_max || name.front() == '.') return false;
  if (!core::valid_utf8(name) || core::has_hidden_characters(name)) return false;
  return name.find_first_of("/\\:*?\"<>|") == name.npos;
}

}  // namespace qabyl::kiosk
