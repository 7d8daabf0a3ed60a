// Lines of a versioned text asset (calendar, time zone): members parted by ';', '#' opens a comment.
// Knows no file and no meaning; views point into the caller's text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace qabyl::core {

inline constexpr std::size_t asset_lines_max = 5000;

struct AssetLine {
  int number = 0;  // from 1, as an editor counts
  std::vector<std::string_view> members;  // outer blanks removed
};

// Lines that hold something. too_large: over asset_lines_max.
Result<std::vector<AssetLine>> asset_lines(std::string_view text);

// invalid_input "line 12: why": what every parser of an asset says.
Error bad_line(int number, std::string_view why);

// A whole decimal integer, with a minus or without; nullopt otherwise.
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace qabyl::core
