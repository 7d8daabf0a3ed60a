// What a person may type and what only an attacker would.
#include "tests/support/catch.h"

#include "core/text.h"

using namespace qabyl::core;

TEST_CASE("UTF-8 is what RFC 3629 says, shortest form and no surrogates", "[core][text]") {
  CHECK(valid_utf8("Әбілқасым «Қабыл» ₸ \xF0\x9F\x98\x80"));
  for (const char* bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\x80", "\xC3", "\xE2\x82", "\xFE"}) {
    CHECK_FALSE(valid_utf8(bad));
  }
}

TEST_CASE("a bad byte is found wherever it stands in a long stretch of ASCII", "[core][text]") {
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'a');
    CHECK(valid_utf8(text));
    text.insert(at, "\u049b");
    CHECK(valid_utf8(text));
    text.erase(at + 1, 1);
    CHECK_FALSE(valid_utf8(text));
  }
}

TEST_CASE("code points round-trip through UTF-8", "[core][text]") {
  const std::string text = "aә₸\xF0\x9F\x98\x80";
  const auto points = code_points(text);
  CHECK(points == std::vector<char32_t>{'a', 0x4D9, 0x20B8, 0x1F600});
  CHECK(to_utf8(points) == text);
  CHECK(char_count(text) == 4);
}

TEST_CASE("all 42 letters of Kazakh are visible in both cases", "[core][text]") {
  CHECK_FALSE(has_hidden_characters(
      "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯаәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя №«»-–—’.,;:()"));
}

TEST_CASE("controls, bidi, zero-width, private use and bad bytes are hidden", "[core][text]") {
  for (const char32_t point : {0x00, 0x0A, 0x1F, 0x7F, 0x85, 0xAD, 0x61C, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x202A, 0x202E,
                               0x2060, 0x2066, 0x2069, 0xE000, 0xFEFF, 0xFFFE, 0xE0041, 0xF0000, 0x10FFFD}) {
    INFO(static_cast<unsigned>(point));
    CHECK(has_hidden_characters("a" + to_utf8({point}) + "b"));
  }
  CHECK(has_hidden_characters("a\xED\xA0\x80"));
  CHECK(has_hidden_characters("\xFF"));
}

TEST_CASE("blanks are trimmed and folded", "[core][text]") {
  CHECK(tidy_spaces("  Айгүл\t\u00A0 Нұрланова \n") == "Айгүл Нұрланова");
  CHECK(tidy_spaces(" \u3000 ").empty());
}

TEST_CASE("the first problem of a name is named", "[core][text]") {
  CHECK(check_text("Нұрланова", name_chars_max) == TextProblem::none);
  CHECK(check_text(" \u00A0", name_chars_max) == TextProblem::empty);
  CHECK(check_text("a\xFF", name_chars_max) == TextProblem::not_utf8);
  CHECK(check_text("a\u202Eb", name_chars_max) == TextProblem::hidden_characters);
  std::string long_name;
  for (int i = 0; i < 300; ++i) long_name += "ә";
  CHECK(check_text(long_name, name_chars_max) == TextProblem::too_long);
  CHECK(check_text(long_name.substr(0, 400), name_chars_max) == TextProblem::none);
}

TEST_CASE("mending replaces bad bytes and cuts at a whole character", "[core][text]") {
  CHECK(mended_utf8("a\xFF" "b\xC3") == "a\uFFFDb\uFFFD");
  CHECK(mended_utf8("әәә", 5) == "әә");
  CHECK(mended_utf8("plain") == "plain");
}
