// Check digit of a БСН / БИН (RULES.md, head). Says nothing of whether such a business exists, and
// by its own weights cannot see a wrong eleventh digit (11 is 0 mod 11).
#include "core/bin_number.h"

#include <cstddef>

namespace qabyl::core {
namespace {

// Weighted sum of the first eleven digits mod 11; the weights run 1..11 from `first`, then wrap.
int weighted_sum(std::string_view digits, int first) {
  int sum = 0;
  for (int i = 0; i < 11; ++i) sum += (digits[static_cast<std::size_t>(i)] - '0') * ((first - 1 + i) % 11 + 1);
  return sum % 11;
}

}  // namespace

BinProblem check_bin(std::string_view digits) {
  if (digits.find_first_not_of("0123456789") != digits.npos) return BinProblem::not_digits;
  if (digits.size() != 12) return BinProblem::too_short;
  int check = weighted_sum(digits, 1);
  if (check == 10) check = weighted_sum(digits, 3);
  return check == digits[11] - '0' ? BinProblem::none : BinProblem::wrong_check_digit;  // 10 fits no digit
}

}  // namespace qabyl::core
