// Business identification number (БСН): 12 digits, the last a check digit.
// Weights 1..11, sum mod 11; if 10, weights 3..11,1,2; if 10 again, invalid. (RULES.md, head.)
#pragma once

#include <string_view>

namespace qabyl::core {

enum class BinProblem { none, too_short, not_digits, wrong_check_digit };
BinProblem check_bin(std::string_view digits);  // 040740001238 passes

}  // namespace qabyl::core
