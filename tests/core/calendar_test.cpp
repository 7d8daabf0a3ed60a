// Working days of Kazakhstan: the golden numbers and deadlines of RULES.md d5, whole years written out by
// hand, and counting against a day-by-day loop.
#include <set>

#include "tests/core/assets.h"

using namespace qabyl::core;
using qabyl::test::calendar;
using qabyl::test::date;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

struct Due { const char* base; int n; const char* due; };

int working_days_of(const Calendar& table, int year) {
  return table.working_days_between(add_days(Date{std::chrono::year{year} / 1 / 1}, -1), Date{std::chrono::year{year} / 12 / 31});
}

// Every day of a year against a list of days off on weekdays and of worked weekend days.
int days_that_differ(int year, const std::set<std::string>& off, const std::set<std::string>& worked) {
  const auto table = calendar();
  int differ = 0;
  for (sys_days day{std::chrono::year{year} / 1 / 1}; day <= sys_days{std::chrono::year{year} / 12 / 31}; day += days{1}) {
    const std::chrono::weekday weekday{day};
    const auto name = iso_date(Date{day}).substr(5);
    const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    const bool expected = weekend ? worked.contains(name) : !off.contains(name);
    if (table.is_working(Date{day}) != expected) {
      ++differ;
      UNSCOPED_INFO(iso_date(Date{day}));
    }
  }
  return differ;
}

}  // namespace

TEST_CASE("the golden numbers of working days a year come out", "[core][calendar]") {
  const auto table = calendar();
  const std::pair<int, int> golden[] = {{2004, 252}, {2005, 250}, {2007, 250}, {2009, 249}, {2012, 247}, {2014, 245},
                                        {2018, 246}, {2020, 246}, {2022, 246}, {2024, 249}, {2026, 247}};
  for (const auto& [year, count] : golden) {
    INFO(year);
    CHECK(working_days_of(table, year) == count);
  }
  CHECK(table.working_days_between(date("2025-12-31"), date("2026-01-31")) == 19);
}

TEST_CASE("2005, 2020 and 2026 equal the lists written out by hand", "[core][calendar]") {
  CHECK(days_that_differ(2005, {"01-03", "01-04", "03-07", "03-08", "03-21", "03-22", "05-02", "05-09", "08-29", "08-30", "10-24",
                                "10-25", "12-16", "12-19"},
                         {"03-05", "03-19", "08-27", "10-22"}) == 0);
  CHECK(days_that_differ(2020, {"01-01", "01-02", "01-03", "01-07", "03-09", "03-23", "03-24", "03-25", "05-01", "05-07", "05-08",
                                "07-06", "07-31", "08-31", "12-01", "12-16", "12-17", "12-18"},
                         {"01-05", "12-20"}) == 0);
  CHECK(days_that_differ(2026, {"01-01", "01-02", "01-07", "03-09", "03-23", "03-24", "03-25", "05-01", "05-07", "05-11", "05-27",
                                "07-06", "10-26", "12-16"},
                         {}) == 0);
}

TEST_CASE("the golden deadlines in working days come out", "[core][calendar]") {
  const auto table = calendar();
  const Due golden[] = {{"2004-12-14", 4, "2004-12-22"},  {"2005-03-03", 4, "2005-03-10"},  {"2024-05-02", 4, "2024-05-10"},
                        {"2026-03-17", 4, "2026-03-26"},  {"2004-12-15", 3, "2004-12-22"},  {"2024-06-13", 3, "2024-06-18"},
                        {"2004-10-22", 1, "2004-10-26"},  {"2005-03-04", 1, "2005-03-05"},  {"2006-01-06", 1, "2006-01-09"},
                        {"2026-03-02", 20, "2026-04-03"}};
  for (const auto& one : golden) {
    INFO(one.base << " + " << one.n);
    CHECK(iso_date(table.add_working_days(date(one.base), one.n)) == one.due);
  }
}

TEST_CASE("the golden deadlines in calendar days roll to the next working day", "[core][calendar]") {
  const auto table = calendar();
  const Due golden[] = {{"2005-04-21", 10, "2005-05-03"}, {"2026-04-29", 10, "2026-05-12"}, {"2004-12-02", 30, "2005-01-05"},
                        {"2026-09-25", 30, "2026-10-27"}, {"2004-12-13", 5, "2004-12-20"},  {"2025-12-27", 5, "2026-01-05"}};
  for (const auto& one : golden) {
    INFO(one.base << " + " << one.n);
    CHECK(iso_date(table.roll(add_days(date(one.base), one.n))) == one.due);
  }
}

TEST_CASE("months end on the same day number or the last day, and caps do not roll", "[core][calendar]") {
  CHECK(iso_date(add_months(date("2004-11-30"), 3)) == "2005-02-28");
  CHECK(iso_date(add_months(date("2005-02-14"), 3)) == "2005-05-14");  // a Saturday
  CHECK(iso_date(add_months(date("2005-02-28"), 1)) == "2005-03-28");
  CHECK(iso_date(add_months(date("2023-11-30"), 3)) == "2024-02-29");
  CHECK(iso_date(add_months(date("2026-12-31"), 1)) == "2027-01-31");
}

TEST_CASE("counting equals a loop over single days", "[core][calendar]") {
  const auto table = calendar();
  int wrong = 0;
  for (const int year : {2004, 2005, 2014, 2020, 2024, 2026}) {
    for (sys_days base{std::chrono::year{year} / 1 / 1}; base < sys_days{std::chrono::year{year + 1} / 1 / 1}; base += days{1}) {
      sys_days day = base;
      for (int n = 1; n <= 25; ++n) {
        do day += days{1};
        while (!table.is_working(Date{day}));
        const bool same = table.add_working_days(Date{base}, n) == Date{day} && table.working_days_between(Date{base}, Date{day}) == n &&
                          table.working_days_between(Date{day}, Date{base}) == -n;
        wrong += same ? 0 : 1;
      }
      sys_days rolled = base;
      while (!table.is_working(Date{rolled})) rolled += days{1};
      wrong += table.roll(Date{base}) == Date{rolled} ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("7 January and Kurban Ait do not carry over, and their Monday is worked", "[core][calendar]") {
  const auto table = calendar();
  CHECK(table.is_working(date("2024-06-17")));   // Kurban Ait was Sunday 16 June
  CHECK(table.is_working(date("2023-01-09")));   // 7 January 2023 was a Saturday
  CHECK(table.is_working(date("2005-01-07")));   // a day off from 2006 on
  CHECK_FALSE(table.is_working(date("2006-01-10")));
}

TEST_CASE("a year outside the table is answered and marked provisional", "[core][calendar]") {
  const auto table = calendar();
  CHECK(table.covers(date("2004-01-01")));
  CHECK(table.covers(date("2027-12-31")));
  CHECK_FALSE(table.covers(date("2028-01-03")));
  CHECK_FALSE(table.is_working(date("2030-05-09")));  // fixed days are laid out beyond it
  CHECK(table.version() == "kz-2026-1");
}

TEST_CASE("a broken calendar names the line and never loops for ever", "[core][calendar]") {
  const std::string head = "version;x\nyears;2004;2005\n";
  const auto why = [&](const std::string& line) {
    const auto parsed = Calendar::parse(head + line);
    return parsed ? std::string("parsed") : parsed.error().detail;
  };
  for (const char* bad : {"fixed;02-30;2004;;1;a;b;c\n", "fixed;01-01;2004;;2;a;b;c\n", "fixed;01-01;1;;1;a;b;c\n", "holiday;x\n",
                          "kurban;2004-02-30;off;\n", "kurban;2004-02-01;maybe;\n", "moved;2004-03-09\n",
                          "moved;2004-03-09;2004-03-10\n", "moved;2004-03-13;2004-03-14\n", "moved;2010-03-09;2010-03-13\n"}) {
    INFO(bad);
    CHECK(why(bad).find("line 3") == 0);
  }
  CHECK(Calendar::parse("years;2004;2005\n").error().detail == "line 1: no version");
  CHECK_FALSE(Calendar::parse("version;x\n"));
  std::string closed = head;
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= 31; ++day) {
      const Date one{std::chrono::year{2000}, std::chrono::month{unsigned(month)}, std::chrono::day{unsigned(day)}};
      if (one.ok()) closed += "fixed;" + iso_date(one).substr(5) + ";2004;;0;a;b;c\n";
    }
  }
  CHECK_FALSE(Calendar::parse(closed));
}
