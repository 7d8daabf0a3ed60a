// The deadline engine: the golden deadlines of RULES.md d5 by their terms, cut-offs (A14), recounts (A30), and what is
// explained. Every term on every day against other code: second_count_test.cpp.
#include "core/deadline.h"

#include "tests/core/assets.h"

using namespace qabyl::core;
using qabyl::test::asset;
using qabyl::test::calendar;
using qabyl::test::date;
using qabyl::test::profile;
using qabyl::test::texts;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

Deadline counted(std::string_view term, std::string_view base, std::optional<std::string_view> stated = {}) {
  const auto deadline = count_term(profile(), term, date(base), calendar(), stated ? std::optional(date(*stated)) : std::nullopt);
  INFO(term << " from " << base);
  REQUIRE(deadline);
  return *deadline;
}
std::string due(std::string_view term, std::string_view base, std::optional<std::string_view> stated = {}) {
  return iso_date(counted(term, base, stated).due);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += line + "\n";
  return all;
}

}  // namespace

TEST_CASE("the golden deadlines come out by the terms of the catalogue", "[core][deadline]") {
  CHECK(due("D17", "2004-12-14") == "2004-12-22");
  CHECK(due("D17", "2005-03-03") == "2005-03-10");
  CHECK(due("D17", "2024-05-02") == "2024-05-10");
  CHECK(due("D17", "2026-03-17") == "2026-03-26");
  CHECK(due("D23O", "2004-12-15") == "2004-12-22");
  CHECK(due("D23O", "2024-06-13") == "2024-06-18");
  CHECK(due("D13", "2004-10-22") == "2004-10-26");
  CHECK(due("D19", "2005-03-04") == "2005-03-05");  // a Saturday that was made up
  CHECK(due("D19", "2006-01-06") == "2006-01-09");
  CHECK(due("D20", "2005-04-21") == "2005-05-03");
  CHECK(due("D20", "2026-04-29") == "2026-05-12");
  CHECK(due("D18", "2004-12-02") == "2005-01-05");
  CHECK(due("D18", "2026-09-25") == "2026-10-27");
  CHECK(due("D23S", "2004-12-13") == "2004-12-20");
  CHECK(due("D23S", "2025-12-27") == "2026-01-05");
  CHECK(due("D09", "2004-11-30") == "2005-02-28");
  CHECK(due("D09", "2005-02-14") == "2005-05-14");   // a Saturday: caps do not roll (A05)
  CHECK(due("D09X", "2005-02-28") == "2005-03-28");  // from the old end
  const auto current = count_term(profile("kz-current"), "D02", date("2026-03-02"), calendar());
  REQUIRE(current);
  CHECK(iso_date(current->due) == "2026-04-03");
}

TEST_CASE("an explanation lists each day once, counts to the length, and says why a day is passed over", "[core][deadline]") {
  const auto deadline = counted("D17", "2005-03-03");
  REQUIRE(deadline.days.size() == 7);
  CHECK(deadline.days[1].nature.kind == DayKind::made_up);   // Saturday 5 March counts
  CHECK(deadline.days[1].n == 2);
  CHECK(deadline.days[2].nature.kind == DayKind::weekend);
  CHECK(deadline.days[3].nature.kind == DayKind::moved_off);  // Monday 7 March was given off for it
  CHECK(iso_date(deadline.days[3].nature.other) == "2005-03-05");
  CHECK(deadline.days[4].nature.kind == DayKind::holiday);
  CHECK(deadline.days.back().n == 4);
  CHECK(deadline.days.back().date == deadline.due);
}

TEST_CASE("a last day off names the day that moved it", "[core][deadline]") {
  const auto deadline = counted("D20", "2026-04-29");
  REQUIRE(deadline.unrolled);
  CHECK(iso_date(*deadline.unrolled) == "2026-05-09");
  CHECK(deadline.days.back().date == date("2026-05-12"));
  CHECK(deadline.days[deadline.days.size() - 2].nature.kind == DayKind::carried);  // Monday 11 May, for the 9th
  CHECK_FALSE(counted("D20", "2026-11-02").unrolled);
}

TEST_CASE("a stated day is kept, moved off a day off, and asked for only where a paper states one", "[core][deadline]") {
  CHECK(due("D14", "2026-11-16", "2026-11-20") == "2026-11-20");
  CHECK(due("D14", "2026-11-16", "2026-11-21") == "2026-11-23");  // a Saturday
  CHECK(due("D29", "2026-11-16", "2026-11-16") == "2026-11-16");
  const auto table = calendar();
  CHECK(count_term(profile(), "D14", date("2026-11-16"), table).error().detail == "term.stated_missing");
  CHECK(count_term(profile(), "D14", date("2026-11-16"), table, date("2026-11-15")).error().detail == "term.stated_before_base");
  CHECK(count_term(profile(), "D17", date("2026-11-16"), table, date("2026-11-20")).error().detail == "term.stated_not_asked");
  CHECK(count_term(profile(), "D99", date("2026-11-16"), table).error().code == ErrorCode::not_found);
}

TEST_CASE("what is due by the base event itself never moves", "[core][deadline]") {
  CHECK(due("D11", "2026-11-21") == "2026-11-21");
  CHECK(counted("D11", "2026-11-21").days.empty());
}

TEST_CASE("a reply of a bureau is in time until midnight, an application until the counter closes", "[core][deadline]") {
  const auto rules = profile();
  const auto reply = counted("D17", "2026-03-17");
  CHECK(reply.cutoff == Cutoff::midnight);
  CHECK(in_time(reply, {date("2026-03-26"), 23, 59, 59}, rules));
  CHECK_FALSE(in_time(reply, {date("2026-03-27"), 0, 0, 0}, rules));
  auto toml = asset("rules/kz-2004-249.toml");
  toml.replace(toml.find("cutoff = \"midnight\""), 19, "cutoff = \"closing\"");
  const auto strict = Profile::parse(toml);
  REQUIRE(strict);
  const auto closing = count_term(*strict, "D17", date("2026-03-17"), calendar());
  REQUIRE(closing);
  CHECK(in_time(*closing, {date("2026-03-26"), 17, 59, 59}, *strict));
  CHECK_FALSE(in_time(*closing, {date("2026-03-26"), 18, 0, 0}, *strict));
  CHECK(counted("D18", "2026-09-25").cutoff == Cutoff::none);
}

TEST_CASE("a newer calendar recounts: the later day binds for a bureau, the new one for the body", "[core][deadline]") {
  auto csv = asset("calendar/kz.csv");
  csv.replace(csv.find("version;kz-2026-1"), 17, "version;kz-2026-2");
  const auto worked_saturday = Calendar::parse(csv + "moved;2026-11-20;2026-11-21\n");  // Friday off, Saturday worked
  REQUIRE(worked_saturday);
  const auto rules = profile();
  const auto longer = recount(counted("D13", "2026-11-19"), rules, *worked_saturday);
  CHECK(iso_date(longer.before.due) == "2026-11-20");
  CHECK(iso_date(longer.after.due) == "2026-11-21");
  CHECK(iso_date(longer.binding) == "2026-11-21");
  CHECK(longer.changed());
  const auto shorter = recount(counted("D13", "2026-11-20"), rules, *worked_saturday);
  CHECK(iso_date(shorter.after.due) == "2026-11-21");
  CHECK(iso_date(shorter.binding) == "2026-11-23");  // what the bureau was told
  const auto own = recount(counted("D23S", "2026-11-16"), rules, *worked_saturday);  // the body's own duty
  CHECK(own.binding == own.after.due);
  CHECK_FALSE(recount(counted("D14", "2026-11-16", "2026-11-25"), rules, *worked_saturday).changed());
}

TEST_CASE("a day beyond the table, or one not announced yet, makes a deadline provisional", "[core][deadline]") {
  CHECK_FALSE(counted("D18", "2026-09-25").provisional);
  CHECK(counted("D18", "2027-12-20").provisional);
  CHECK(counted("D20", "2027-05-10").provisional);  // Kurban Ait of 2027 is computed
}

TEST_CASE("the nature of a day agrees with the working days on every day of the table", "[core][deadline]") {
  const auto table = calendar();
  int differ = 0;
  for (sys_days day{std::chrono::year{2004} / 1 / 1}; day < sys_days{std::chrono::year{2035} / 1 / 1}; day += days{1}) {
    differ += table.nature(Date{day}).is_working() == table.is_working(Date{day}) ? 0 : 1;
  }
  CHECK(differ == 0);
  CHECK(table.nature(date("2020-05-11")).kind == DayKind::made_up);  // a carried day off that was worked
  CHECK(table.nature(date("2026-10-26")).kind == DayKind::carried);
  CHECK(table.nature(date("2026-10-26")).name.en == "Republic Day");
  CHECK(table.nature(date("2027-05-16")).provisional);
}

TEST_CASE("every term is explained in three languages without a missing text", "[core][deadline]") {
  const auto words = texts();
  const auto table = calendar();
  for (const char* id : {"kz-2004-249", "kz-current"}) {
    const auto rules = profile(id);
    for (const auto& rule : rules.terms) {
      const auto stated = rule.unit == TermUnit::stated ? std::optional(date("2027-05-15")) : std::nullopt;
      const auto deadline = count_term(rules, rule.id, date("2027-05-05"), table, stated);
      REQUIRE(deadline);
      for (const auto language : languages) {
        const auto all = joined(explain(*deadline, rules, words, language));
        INFO(all);
        CHECK(all.find("«") == std::string::npos);  // how an unknown id would show
        CHECK(all.find('{') == std::string::npos);
        CHECK(all.find(rule.id) != std::string::npos);
      }
    }
  }
  const auto all = joined(explain(counted("D17", "2004-12-14"), profile(), words, Language::en));
  CHECK(all.find("16 December 2004, Thursday: not counted") != std::string::npos);
  CHECK(all.find("Independence Day") != std::string::npos);
  CHECK(all.find("22 December 2004, Wednesday") != std::string::npos);
  CHECK(all.find("A01") != std::string::npos);
  CHECK(all.find("kz-2026-1") != std::string::npos);
}
