// UUIDv7 (RFC 9562, section 5.7) without dashes: 48 bits of Unix milliseconds, 74 random bits.
// Knows no clock and no random source: both come in.
#include "core/ids.h"

#include <algorithm>

#include "core/encoding.h"

namespace qabyl::core {

Id new_id(Instant now, Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  const auto ms = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0F));  // version 7
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));  // variant 10
  return to_hex(bytes);
}

bool valid_id(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef", variant = "89ab";
  return text.size() == 32 && text.find_first_not_of(digits) == text.npos && text[12] == '7' &&
         variant.find(text[16]) != variant.npos;
}

}  // namespace qabyl::core
