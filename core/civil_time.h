// Civil time of Asia/Almaty. g++ 12 has no time zones: the offsets are an asset table
// (assets/calendar/almaty.csv), compared with the system's tzdata in a test. Knows no clock.
#pragma once

#include <chrono>
#include <vector>

#include "core/ports.h"
#include "core/result.h"

namespace qabyl::core {

using Date = std::chrono::year_month_day;

struct CivilTime {
  Date date{};
  int hour = 0, minute = 0, second = 0;
};

class TimeZone {
 public:
  // Lines "utc_ms;offset_min" in order; '#' comments; the first line "version;<tzdata version>".
  static Result<TimeZone> parse(std::string_view csv);
  int offset_min(Instant at) const;
  CivilTime local(Instant at) const;
  Instant instant(Date date, int hour, int minute, int second) const;  // first of two in a fold
  const std::string& version() const { return version_; }

 private:
  struct Change { Instant from; int offset_min; };
  std::vector<Change> changes_;
  std::string version_;
};

std::string iso_date(Date date);                  // 2026-11-23
Result<Date> parse_iso_date(std::string_view text);  // invalid_input for 2004-02-30
std::string iso_instant(Instant at);              // 2026-11-23T09:32:08.123Z

}  // namespace qabyl::core
