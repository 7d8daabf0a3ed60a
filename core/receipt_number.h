// Numbers that people read aloud: receipt number (kiosk, year, counter, check character by ISO 7064
// MOD 37,36) and check code (3 groups of 5 Crockford base32 characters, 75 random bits).
#pragma once

#include "core/ports.h"
#include "core/result.h"

namespace qabyl::core {

// "AL-03", 2026, 417 -> "AL03-26-000417-R". Precondition: device is upper-case Latin, digits, dash.
std::string receipt_number(std::string_view device, int year, std::int64_t counter);
// True if the form is right and the check character fits (blanks and case of typing are forgiven).
bool valid_receipt_number(std::string_view text);
std::string tidy_receipt_number(std::string_view text);  // upper case, no blanks

// 15 characters as "XXXXX-XXXXX-XXXXX".
std::string new_check_code(Random& random);

// ISO 7064 MOD 37,36 check character of [0-9A-Z]*.
char mod37_36(std::string_view alphanumerics);

}  // namespace qabyl::core
