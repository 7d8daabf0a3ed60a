// Numbers that people copy: wrong characters are found, ways of typing are forgiven.
#include "tests/support/catch.h"

#include <set>

#include "core/receipt_number.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

TEST_CASE("MOD 37,36 gives the published check character of a Global Release Identifier", "[core][receipt_number]") {
  CHECK(mod37_36("A12425GABC1234002") == 'M');  // A1-2425G-ABC1234002-M
}

TEST_CASE("a receipt number is kiosk, year, counter and check character", "[core][receipt_number]") {
  CHECK(receipt_number("AL-03", 2026, 417) == "AL03-26-000417-R");
  CHECK(valid_receipt_number(receipt_number("AL-03", 2026, 417)));
  CHECK(valid_receipt_number(receipt_number("KZ-ALA-0003-BB", 2099, 1'234'567)));
}

TEST_CASE("blanks and lower case are forgiven, dashes and the check character are not", "[core][receipt_number]") {
  CHECK(valid_receipt_number(" al03-26- 000417-r "));
  CHECK(tidy_receipt_number(" al03-26- 000417-r ") == "AL03-26-000417-R");
  for (const char* bad : {"AL03-26-000417", "AL0326000417R", "AL03-26-000417-0", "AL03-26-417-R", "AL03-26-0000417-R", "", "---", "Қ-26-000417-R", "AL03-2X-000417-R"}) {
    INFO(bad);
    CHECK_FALSE(valid_receipt_number(bad));
  }
  CHECK_FALSE(valid_receipt_number(std::string(10'000, '1')));
}

TEST_CASE("every single wrong character of a receipt number is found", "[core][receipt_number]") {
  const std::string number = receipt_number("AL-03", 2026, 417);
  for (std::size_t place = 0; place < number.size(); ++place) {
    for (const char c : std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")) {
      if (c == number[place]) continue;
      std::string wrong = number;
      wrong[place] = c;
      INFO(wrong);
      CHECK_FALSE(valid_receipt_number(wrong));
    }
  }
}

TEST_CASE("a swap of two digits of the counter is found", "[core][receipt_number]") {
  const std::string number = receipt_number("AL-03", 2026, 123'456);
  for (std::size_t place = 8; place + 1 < 14; ++place) {
    std::string swapped = number;
    std::swap(swapped[place], swapped[place + 1]);
    INFO(swapped);
    CHECK_FALSE(valid_receipt_number(swapped));
  }
}

TEST_CASE("a check code has three groups of five characters that cannot be misread", "[core][receipt_number]") {
  SeededRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string code = new_check_code(random);
    REQUIRE(code.size() == 17);
    CHECK(code[5] == '-');
    CHECK(code[11] == '-');
    CHECK(code.find_first_of("ILOU") == code.npos);
    seen.insert(code);
  }
  CHECK(seen.size() == 100);
}
