// UTF-8 (RFC 3629) and the characters that no person types. Knows no language: folding of case and
// alphabetical order are elsewhere. Invisible characters are the oldest way to make two names look
// alike, so a name with one of them is refused at the counter and quarantined at the registry.
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include "core/result.h"

namespace qabyl::core {
namespace {

struct Decoded {
  char32_t point = 0;
  std::size_t bytes = 0;  // 0: no character of UTF-8 starts here
};

// Length and smallest value of a sequence by its lead byte; shorter forms of a value are not UTF-8.
Decoded lead(unsigned char byte, char32_t& smallest) {
  if (byte < 0x80) return {byte, 1};
  if (byte >= 0xC2 && byte <= 0xDF) { smallest = 0x80; return {byte & 0x1FU, 2}; }
  if (byte >= 0xE0 && byte <= 0xEF) { smallest = 0x800; return {byte & 0x0FU, 3}; }
  if (byte >= 0xF0 && byte <= 0xF4) { smallest = 0x10000; return {byte & 0x07U, 4}; }
  return {};
}

// Precondition: at < text.size().
Decoded decode_at(std::string_view text, std::size_t at) {
  char32_t smallest = 0;
  Decoded result = lead(static_cast<unsigned char>(text[at]), smallest);
  if (result.bytes == 0 || text.size() - at < result.bytes) return {};
  for (std::size_t i = 1; i < result.bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0U) != 0x80) return {};
    result.point = result.point << 6 | (next & 0x3FU);
  }
  const bool surrogate = result.point >= 0xD800 && result.point <= 0xDFFF;
  if (result.point < smallest || result.point > 0x10FFFF || surrogate) return {};
  return result;
}

void append(std::string& out, char32_t point) {
  const auto put = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      put(0xE0 | point >> 12);
    } else {
      put(0xF0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3F));
    }
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

using Range = std::pair<char32_t, char32_t>;

// Sorted by nothing but sense: controls, bidi, zero width, fillers that look like nothing, line
// separators, tags, noncharacters, private use.
constexpr std::array hidden_ranges{
    Range{0x0000, 0x001F}, Range{0x007F, 0x009F}, Range{0x202A, 0x202E}, Range{0x2066, 0x206F},
    Range{0x200B, 0x200F}, Range{0x061C, 0x061C}, Range{0x2060, 0x2065}, Range{0xFEFF, 0xFEFF},
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x180B, 0x180F}, Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5}, Range{0x3164, 0x3164}, Range{0xFFA0, 0xFFA0}, Range{0xFE00, 0xFE0F},
    Range{0x2028, 0x2029}, Range{0xFFF0, 0xFFFB}, Range{0xFFFE, 0xFFFF}, Range{0xFDD0, 0xFDEF},
    Range{0xD800, 0xDFFF}, Range{0xE000, 0xF8FF}, Range{0xE0000, 0xE0FFF}, Range{0xF0000, 0x10FFFF}};

bool is_hidden(char32_t point) {
  return std::any_of(hidden_ranges.begin(), hidden_ranges.end(),
                     [point](const Range& range) { return point >= range.first && point <= range.second; });
}

bool is_blank(char32_t point) {
  return point == ' ' || (point >= 0x09 && point <= 0x0D) || point == 0x00A0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F || point == 0x3000;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t eight = 0;  // most text is ASCII for long stretches
    if (text.size() - at >= sizeof eight && (std::memcpy(&eight, text.data() + at, sizeof eight), (eight & 0x8080808080808080U) == 0)) {
      at += sizeof eight;
      continue;
    }
    const auto next = decode_at(text, at);
    if (next.bytes == 0) return false;
    at += next.bytes;
  }
  return true;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_at(text, at);
    QABYL_CHECK(next.bytes > 0);
    points.push_back(next.point);
    at += next.bytes;
  }
  return points;
}

std::string to_utf8(const std::vector<char32_t>& points) {
  std::string out;
  for (const char32_t point : points) append(out, point);
  return out;
}

std::size_t char_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

std::string mended_utf8(std::string_view text, std::size_t bytes_max) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_at(text, at);
    const auto piece = next.bytes > 0 ? text.substr(at, next.bytes) : std::string_view("\xEF\xBF\xBD");
    if (out.size() + piece.size() > bytes_max) break;
    out += piece;
    at += std::max<std::size_t>(next.bytes, 1);
  }
  return out;
}

bool has_hidden_characters(std::string_view text) {
  if (!valid_utf8(text)) return true;
  const auto points = code_points(text);
  return std::any_of(points.begin(), points.end(), is_hidden);
}

std::string tidy_spaces(std::string_view text) {
  std::string out;
  bool blank_before = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_at(text, at);
    const std::size_t bytes = std::max<std::size_t>(next.bytes, 1);  // bad bytes pass; check_text names them
    if (next.bytes > 0 && is_blank(next.point)) {
      blank_before = true;
    } else {
      if (blank_before && !out.empty()) out += ' ';
      blank_before = false;
      out += text.substr(at, bytes);
    }
    at += bytes;
  }
  return out;
}

TextProblem check_text(std::string_view text, std::size_t chars_max) {
  if (!valid_utf8(text)) return TextProblem::not_utf8;
  if (tidy_spaces(text).empty()) return TextProblem::empty;
  if (has_hidden_characters(text)) return TextProblem::hidden_characters;
  return char_count(text) > chars_max ? TextProblem::too_long : TextProblem::none;
}

}  // namespace qabyl::core
