// Identifiers: UUIDv7 (RFC 9562) as 32 lower-case hex digits, so that ids sort by time of making.
// Knows nothing of what they name; the time in one is a hint for people, never evidence.
#pragma once

#include <string>
#include <string_view>

#include "core/ports.h"

namespace qabyl::core {

using Id = std::string;  // 32 lower-case hex digits
Id new_id(Instant now, Random& random);
bool valid_id(std::string_view text);  // 32 lower-case hex, version 7, variant 10

}  // namespace qabyl::core
