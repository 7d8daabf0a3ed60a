// Civil time of Asia/Almaty from a table of offsets, and the ISO forms of dates (RULES d1.7).
// Knows no clock and no tzdata of the machine; a test compares the table with it.
#include "core/civil_time.h"

#include <cstdio>

#include "core/asset_lines.h"

namespace qabyl::core {
namespace {

using std::chrono::minutes;

constexpr std::int64_t offset_min_max = 18 * 60;

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

Result<TimeZone> TimeZone::parse(std::string_view csv) {
  QABYL_TRY(lines, asset_lines(csv));
  if (lines.empty() || lines[0].members.size() != 2 || lines[0].members[0] != "version" || lines[0].members[1].empty()) {
    return bad_line(1, "the first line must be version;<text>");
  }
  TimeZone zone;
  zone.version_ = lines[0].members[1];
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto& [number, members] = lines[i];
    if (members.size() != 2) return bad_line(number, "expected utc_ms;offset_min");
    const auto from = whole_number(members[0]), offset = whole_number(members[1]);
    if (!from || !offset || *offset < -offset_min_max || *offset > offset_min_max) return bad_line(number, "not a time and an offset");
    const Instant at{Millis{*from}};
    if (!zone.changes_.empty() && at <= zone.changes_.back().from) return bad_line(number, "out of order");
    zone.changes_.push_back({at, static_cast<int>(*offset)});
  }
  if (zone.changes_.empty()) return bad_line(1, "no offsets");
  return zone;
}

int TimeZone::offset_min(Instant at) const {
  int offset = changes_.front().offset_min;
  for (const auto& change : changes_) {
    if (change.from > at) break;
    offset = change.offset_min;
  }
  return offset;
}

CivilTime TimeZone::local(Instant at) const {
  const Instant shifted = at + minutes{offset_min(at)};
  const auto day = std::chrono::floor<std::chrono::days>(shifted);
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(shifted - day)};
  return {Date{day}, static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

// The first change in whose span the wall clock shows that time. A time that the clock skipped in
// spring is read as if the clock had not been moved yet, so it lies just after the change.
Instant TimeZone::instant(Date date, int hour, int minute, int second) const {
  const Instant wall = std::chrono::sys_days{date} + std::chrono::hours{hour} + minutes{minute} + std::chrono::seconds{second};
  for (std::size_t i = 0; i + 1 < changes_.size(); ++i) {
    if (wall - minutes{changes_[i].offset_min} < changes_[i + 1].from) return wall - minutes{changes_[i].offset_min};
    if (wall - minutes{changes_[i + 1].offset_min} < changes_[i + 1].from) return wall - minutes{changes_[i].offset_min};
  }
  return wall - minutes{changes_.back().offset_min};
}

std::string iso_date(Date date) {
  char text[24];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

Result<Date> parse_iso_date(std::string_view text) {
  const Error bad{ErrorCode::invalid_input, "not a date"};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad;
  const auto year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!all_digits(year) || !all_digits(month) || !all_digits(day)) return bad;
  const Date date{std::chrono::year{static_cast<int>(*whole_number(year))},
                  std::chrono::month{static_cast<unsigned>(*whole_number(month))},
                  std::chrono::day{static_cast<unsigned>(*whole_number(day))}};
  if (!date.ok() || date.year() < std::chrono::year{1}) return bad;
  return date;
}

std::string iso_instant(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss clock{at - day};
  char text[40];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return iso_date(Date{day}) + text;
}

}  // namespace qabyl::core
