// Civil time of Asia/Almaty: the table against the system's tzdata, folds and gaps, ISO forms (RULES d1.7).
// How: the machine's own zone file through localtime; without one the comparison is skipped, loudly.
#include <cstdlib>
#include <ctime>

#include "tests/core/assets.h"

using namespace qabyl::core;
using namespace std::chrono_literals;
using qabyl::test::almaty;
using qabyl::test::date;

namespace {

const char* const zone_file = "/usr/share/zoneinfo/Asia/Almaty";

int system_offset_min(std::int64_t utc_s) {
  const std::time_t at = static_cast<std::time_t>(utc_s);
  std::tm local{};
  localtime_r(&at, &local);
  return static_cast<int>(local.tm_gmtoff / 60);
}

bool use_system_almaty() {
  if (!qabyl::core::sys::exists(zone_file)) {
    WARN("SKIPPED: no tzdata at " << zone_file << "; the table was not compared with it");
    return false;
  }
  setenv("TZ", "Asia/Almaty", 1);
  tzset();
  return true;
}

}  // namespace

TEST_CASE("the table of offsets equals the system's tzdata from 1970 to 2039", "[core][time]") {
  if (!use_system_almaty()) return;
  const auto zone = almaty();
  const std::int64_t last = 2208988800;  // 2040-01-01
  int differences = 0;
  for (std::int64_t at = 0; at < last; at += 7 * 3600 + 13 * 60 + 7) {
    if (zone.offset_min(Instant{std::chrono::seconds{at}}) != system_offset_min(at)) ++differences;
  }
  CHECK(differences == 0);
}

TEST_CASE("every change of the offset happens in the very second of tzdata", "[core][time]") {
  if (!use_system_almaty()) return;
  const auto zone = almaty();
  int changes = 0;
  for (std::int64_t hour = 0; hour < 2208988800 / 3600; ++hour) {
    const std::int64_t at = hour * 3600;
    if (system_offset_min(at) == system_offset_min(at - 1)) continue;
    ++changes;
    CHECK(zone.offset_min(Instant{std::chrono::seconds{at}}) == system_offset_min(at));
    CHECK(zone.offset_min(Instant{std::chrono::seconds{at} - 1ms}) == system_offset_min(at - 1));
  }
  CHECK(changes > 40);
}

TEST_CASE("summer time counts in 2004, and 2024 has one hour less from 1 March", "[core][time]") {
  const auto zone = almaty();
  const auto noon_utc = [](const char* day) { return Instant{std::chrono::sys_days{date(day)} + 12h}; };
  CHECK(zone.offset_min(noon_utc("2004-07-01")) == 7 * 60);
  CHECK(zone.offset_min(noon_utc("2004-12-01")) == 6 * 60);
  CHECK(zone.offset_min(noon_utc("2024-02-28")) == 6 * 60);
  CHECK(zone.offset_min(noon_utc("2024-03-01")) == 5 * 60);
  CHECK(zone.offset_min(noon_utc("2026-11-23")) == 5 * 60);
  CHECK(zone.version() == "2025b");
}

TEST_CASE("local time and back agree at every hour of the years with changes", "[core][time]") {
  const auto zone = almaty();
  int wrong = 0;
  for (const char* from : {"1991-01-01", "2004-01-01", "2024-01-01"}) {
    for (Instant at{std::chrono::sys_days{date(from)}}; at < std::chrono::sys_days{date(from)} + 366 * 24h; at += 30min) {
      const auto civil = zone.local(at);
      const auto back = zone.instant(civil.date, civil.hour, civil.minute, civil.second);
      const auto again = zone.local(back);  // in a fold the first of the two instants comes back
      const bool same = again.date == civil.date && again.hour == civil.hour && again.minute == civil.minute;
      if (!same || back > at) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("an hour that came twice means the first, an hour that was skipped lies after the change", "[core][time]") {
  const auto zone = almaty();
  const auto first = zone.instant(date("2004-10-31"), 2, 30, 0);
  CHECK(zone.offset_min(first) == 7 * 60);
  CHECK(zone.offset_min(first + 1h) == 6 * 60);
  CHECK(zone.local(first + 1h).hour == 2);
  const auto skipped = zone.local(zone.instant(date("2004-03-28"), 2, 30, 0));
  CHECK(skipped.hour == 3);
  CHECK(skipped.minute == 30);
}

TEST_CASE("a broken table of offsets names the line", "[core][time]") {
  CHECK(TimeZone::parse("").error().code == ErrorCode::invalid_input);
  CHECK(TimeZone::parse("0;360\n").error().detail.find("line 1") == 0);
  CHECK(TimeZone::parse("version;x\n# only\n").error().code == ErrorCode::invalid_input);
  CHECK(TimeZone::parse("version;x\n0;360\n\n5;x\n").error().detail.find("line 4") == 0);
  CHECK(TimeZone::parse("version;x\n5;360\n5;300\n").error().detail.find("line 3") == 0);
  CHECK(TimeZone::parse("version;x\n0;1500\n").error().detail.find("line 2") == 0);
}

TEST_CASE("a date that does not exist is refused", "[core][time]") {
  for (const char* bad : {"2004-02-30", "2005-02-29", "0000-01-01", "10000-01-01", "2004-13-01", "2004-00-10", "2004-1-01",
                          "2004-01-1", "2004/01/01", "-004-01-01", "2004-01-+1", "", "2004-01-01 "}) {
    INFO(bad);
    CHECK_FALSE(parse_iso_date(bad));
  }
  CHECK(iso_date(date("2004-02-29")) == "2004-02-29");
  CHECK(iso_instant(Instant{1'123ms}) == "1970-01-01T00:00:01.123Z");
  CHECK(iso_instant(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
}
