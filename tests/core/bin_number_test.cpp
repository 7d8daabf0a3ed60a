// The check digit of a BIN, against the example of RULES.md and every wrong digit.
#include "tests/support/catch.h"

#include <string>

#include "core/bin_number.h"

using namespace qabyl::core;

TEST_CASE("the BIN of RULES.md passes", "[core][bin]") { CHECK(check_bin("040740001238") == BinProblem::none); }

TEST_CASE("every single wrong digit of a BIN is found, but for the eleventh", "[core][bin]") {
  const std::string bin = "040740001238";
  for (std::size_t place = 0; place < bin.size(); ++place) {
    if (place == 10) continue;  // its weight is 11, which is 0 mod 11: the scheme cannot see it
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == bin[place]) continue;
      std::string wrong = bin;
      wrong[place] = digit;
      INFO(wrong);
      CHECK(check_bin(wrong) == BinProblem::wrong_check_digit);
    }
  }
}

TEST_CASE("the eleventh digit of a BIN has no weight of its own", "[core][bin]") {
  CHECK(check_bin("040740001218") == BinProblem::none);  // so screens show the name found, not only "valid"
}

TEST_CASE("a sum of 10 is taken again with the second weights, and 10 twice fits no digit", "[core][bin]") {
  const auto passing_digits = [](const std::string& eleven) {
    std::string passing;
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (check_bin(eleven + digit) == BinProblem::none) passing += digit;
    }
    return passing;
  };
  CHECK(passing_digits("00000000005") == "0");  // 5 x 11 = 55
  CHECK(passing_digits("00000000010") == "1");  // first 10, then 1 x 1
  CHECK(passing_digits("00000000281").empty());  // 10 both times
  CHECK(passing_digits("00000000000") == "0");
}

TEST_CASE("a BIN is twelve digits and nothing else", "[core][bin]") {
  CHECK(check_bin("04074000123") == BinProblem::too_short);
  CHECK(check_bin("0407400012380") == BinProblem::too_short);
  CHECK(check_bin("") == BinProblem::too_short);
  CHECK(check_bin("04074000123x") == BinProblem::not_digits);
  CHECK(check_bin("0407 4000 1238") == BinProblem::not_digits);
}
