// Working days of Kazakhstan (RULES.md, section d): holidays, carry-over, moved days, Kurban Ait.
// Built from assets/calendar/kz.csv; a version names it. Pure: knows no clock, no duty and no time limit.
#pragma once

#include <map>

#include "core/texts.h"

namespace qabyl::core {

// Counting by the Civil Code (d1.1, d1.2); neither rolls over a day off.
Date add_days(Date base, int days);      // the n-th calendar day after `base`
Date add_months(Date base, int months);  // same day number, or the last day of a shorter month

// Why a day is worked or not (d2): what every explanation of a date says of each day that it passes.
enum class DayKind {
  working,    // Monday to Friday, nothing else known of it
  made_up,    // worked, for a day off elsewhere: `other`
  weekend,
  holiday,    // a fixed day of the table, on whatever weekday
  kurban,     // first day of Kurban Ait
  carried,    // off for the holiday `name` that fell on a weekend, on `other`
  moved_off,  // off, made up for on `other`
};
struct DayNature {
  DayKind kind = DayKind::working;
  LocalText name;            // of the holiday, for holiday and carried
  Date other{};              // for made_up, carried, moved_off
  bool provisional = false;  // Kurban Ait that is computed, not announced
  bool is_working() const { return kind == DayKind::working || kind == DayKind::made_up; }
};

class Calendar {
 public:
  // Format: see the head of assets/calendar/kz.csv. invalid_input names the line.
  static Result<Calendar> parse(std::string_view csv);
  const std::string& version() const { return version_; }
  bool covers(Date date) const;       // years of the table; outside a result is provisional
  bool is_working(Date date) const;
  DayNature nature(Date date) const;  // agrees with is_working on every day
  // The n-th working day after `base` (d1.5: counting starts the day after). n >= 1.
  Date add_working_days(Date base, int n) const;
  // Nearest working day on or after `date` (d1.3).
  Date roll(Date date) const;
  // Working days in (from, to]; negative when to < from.
  int working_days_between(Date from, Date to) const;

 private:
  int longest_rest() const;  // days off in a row

  std::string version_;
  int first_year_ = 0, last_year_ = 0;
  std::vector<std::chrono::sys_days> off_weekdays_;   // sorted: days off on Monday to Friday
  std::vector<std::chrono::sys_days> worked_weekends_;  // sorted
  std::map<std::chrono::sys_days, DayNature> natures_;  // every day that is more than its weekday
};

}  // namespace qabyl::core
