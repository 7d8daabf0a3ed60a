// Catalogues: wording of dates and money, arguments, and .mo files that somebody has damaged.
// How: the built catalogues for wording, hand-made bytes for damage.
#include "tests/core/assets.h"

using namespace qabyl::core;
using qabyl::test::date;
using qabyl::test::texts;

namespace {

void put(std::string& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

// A small .mo file of these pairs (GNU gettext manual, 11.3).
std::string mo(const std::vector<std::pair<std::string, std::string>>& entries) {
  const auto count = static_cast<std::uint32_t>(entries.size());
  std::string out, strings;
  for (const std::uint32_t word : {0x950412deU, 0U, count, 28U, 28U + 8 * count, 0U, 28U + 16 * count}) put(out, word);
  const auto begin = 28 + 16 * count;
  const auto add = [&](const std::string& text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    put(out, begin + static_cast<std::uint32_t>(strings.size()));
    strings += text + '\0';
  };
  for (const auto& entry : entries) add(entry.first);
  for (const auto& entry : entries) add(entry.second);
  return out + strings;
}

Result<Texts> parse(const std::string& bytes) { return Texts::parse(bytes, bytes, bytes); }

}  // namespace

TEST_CASE("a date is worded as each language words it", "[core][texts]") {
  const auto t = texts();
  const auto day = date("2026-11-23");
  CHECK(format_date(t, Language::kk, day) == "2026 жылғы 23 қараша");
  CHECK(format_date(t, Language::ru, day) == "23 ноября 2026 года");
  CHECK(format_date(t, Language::en, day) == "23 November 2026");
  CHECK(format_day_month(t, Language::kk, day) == "23 қараша");
  CHECK(format_weekday(t, Language::kk, day) == "дүйсенбі");
  CHECK(format_weekday(t, Language::ru, date("2026-11-29")) == "воскресенье");
  CHECK(format_weekday(t, Language::en, date("2026-11-28")) == "Saturday");
}

TEST_CASE("times, the BIN and money are written for reading", "[core][texts]") {
  CHECK(format_time({date("2026-11-23"), 9, 5, 8}) == "09:05");
  CHECK(format_time_seconds({date("2026-11-23"), 14, 32, 8}) == "14:32:08");
  CHECK(format_bin("040740001238") == "0407 4000 1238");
  CHECK(format_money(43250) == "43\u00A0250\u00A0₸");
  CHECK(format_money(0) == "0\u00A0₸");
  CHECK(format_money(-1234567) == "-1\u00A0234\u00A0567\u00A0₸");
  CHECK(format_money(INT64_MIN).size() > 20);
}

TEST_CASE("arguments are filled in once and an unknown id shows itself", "[core][texts]") {
  const auto t = *parse(mo({{"", "Content-Type: text/plain; charset=UTF-8\n"}, {"screen\x04" "a", "{x}, {y} {z"}}));
  CHECK(t.say(Language::kk, "a", {{"x", "{y}"}, {"y", "2"}}) == "{y}, 2 {z");
  CHECK(t.say(Language::kk, "a", {{"q", "1"}}) == "{x}, {y} {z");
  CHECK(t.say(Language::ru, "missing") == "«missing»");
  CHECK(t.has(Language::en, "a"));
  CHECK(t.ids(Language::en) == std::vector<std::string>{"a"});
}

TEST_CASE("a catalogue cut off anywhere or with any byte changed never crashes the reader", "[core][texts]") {
  const auto whole = mo({{"", "header"}, {"c\x04one", "бір"}, {"c\x04two", "екі"}});
  REQUIRE(parse(whole));
  for (std::size_t size = 0; size < whole.size() - 1; ++size) CHECK_FALSE(parse(whole.substr(0, size)));
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int value : {0x00, 0x7F, 0x80, 0xFF}) {
      auto damaged = whole;
      damaged[at] = static_cast<char>(value);
      refused += parse(damaged) ? 0 : 1;
    }
  }
  CHECK(refused > 50);
}

TEST_CASE("hostile catalogues are refused with a reason", "[core][texts]") {
  auto many = mo({{"a", "b"}});
  for (int i = 8; i < 12; ++i) many[static_cast<std::size_t>(i)] = '\xFF';
  CHECK(parse(many).error().code == ErrorCode::corrupt);
  CHECK(parse(mo({{"a", "\xFF"}})).error().detail.find("UTF-8") != std::string::npos);
  CHECK(parse(mo({{"x\x04same", "1"}, {"y\x04same", "2"}})).error().detail.find("same") != std::string::npos);
  auto big_endian = mo({{"a", "b"}});
  std::swap(big_endian[0], big_endian[3]);
  CHECK_FALSE(parse(big_endian));
}
