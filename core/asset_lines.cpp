// Splits the text of an asset into lines and members. See asset_lines.h.
// Does not know what an entry means: calendar.cpp and civil_time.cpp decide that.
#include "core/asset_lines.h"

#include <charconv>
#include <cstdint>

namespace qabyl::core {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> members_of(std::string_view line) {
  std::vector<std::string_view> members;
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find(';', at), line.size());
    members.push_back(trimmed(line.substr(at, end - at)));
    at = end + 1;
  }
  return members;
}

}  // namespace

Result<std::vector<AssetLine>> asset_lines(std::string_view text) {
  std::vector<AssetLine> lines;
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = trimmed(text.substr(at, end - at));
    const auto said = trimmed(line.substr(0, line.find('#')));
    at = end + 1;
    ++number;
    if (said.empty()) continue;
    if (lines.size() == asset_lines_max) return Error{ErrorCode::too_large, "asset has too many lines"};
    lines.push_back({number, members_of(said)});
  }
  return lines;
}

Error bad_line(int number, std::string_view why) {
  return {ErrorCode::invalid_input, "line " + std::to_string(number) + ": " + std::string(why)};
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace qabyl::core
