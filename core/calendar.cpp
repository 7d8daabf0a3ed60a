// Builds the days that differ from Monday-to-Friday, then counts. RULES.md d2: make-up days work, then
// weekends, holidays, carried days and moved days are off. The order matters: holidays by date, each
// carried past every day already off, and only then the moves, because a move may take back a carried day.
#include "core/calendar.h"

#include <algorithm>

#include "core/asset_lines.h"

namespace qabyl::core {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

constexpr int year_min = 1990, year_max = 2200;
constexpr int years_beyond = 10;     // fixed holidays are laid out so far past the table, provisionally
constexpr int working_days_max = 10'000;
constexpr int days_off_in_a_row_max = 60;

struct FixedDay { unsigned month, day; int from, to; bool carry; LocalText name; };
struct KurbanDay { sys_days day; bool provisional; };
struct Move { int line; sys_days off, worked; };
struct Table {
  std::string version;
  int first_year = 0, last_year = 0;
  std::vector<FixedDay> fixed;
  std::vector<KurbanDay> kurban;
  std::vector<Move> moves;
};

bool weekend(sys_days day) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::optional<int> plausible_year(std::string_view text) {
  const auto value = whole_number(text);
  if (!value || *value < year_min || *value > year_max) return std::nullopt;
  return static_cast<int>(*value);
}

Status read_years(Table& table, const AssetLine& line) {
  const auto first = plausible_year(line.members[1]), last = plausible_year(line.members[2]);
  if (!first || !last || *last < *first) return bad_line(line.number, "not a span of years");
  table.first_year = *first;
  table.last_year = *last;
  return Done{};
}

Status read_fixed(Table& table, const AssetLine& line) {
  const auto& m = line.members;
  const auto day = parse_iso_date("2000-" + std::string(m[1]));  // a leap year: 29 February may stand here
  const auto from = plausible_year(m[2]);
  const auto to = m[3].empty() ? std::optional(year_max) : plausible_year(m[3]);
  if (!day) return bad_line(line.number, "not a month and a day");
  if (!from || !to || *to < *from) return bad_line(line.number, "not a span of years");
  if (m[4] != "0" && m[4] != "1") return bad_line(line.number, "carry must be 0 or 1");
  table.fixed.push_back({static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()), *from, *to, m[4] == "1",
                         LocalText{std::string(m[7]), std::string(m[6]), std::string(m[5])}});
  return Done{};
}

Status read_kurban(Table& table, const AssetLine& line) {
  const auto day = parse_iso_date(line.members[1]);
  const auto& force = line.members[2];
  if (!day) return bad_line(line.number, "not a date");
  if (force != "off" && force != "info" && force != "provisional") return bad_line(line.number, "expected off, info or provisional");
  if (force != "info") table.kurban.push_back({sys_days{*day}, force == "provisional"});
  return Done{};
}

Status read_move(Table& table, const AssetLine& line) {
  const auto off = parse_iso_date(line.members[1]), worked = parse_iso_date(line.members[2]);
  if (!off || !worked) return bad_line(line.number, "not two dates");
  table.moves.push_back({line.number, sys_days{*off}, sys_days{*worked}});
  return Done{};
}

Status read_line(Table& table, const AssetLine& line) {
  const auto what = line.members[0];
  const auto count = line.members.size();
  if (what == "version" && count == 2 && !line.members[1].empty()) {
    table.version = line.members[1];
    return Done{};
  }
  if (what == "years" && count == 3) return read_years(table, line);
  if (what == "fixed" && count == 8) return read_fixed(table, line);
  if (what == "kurban" && count == 4) return read_kurban(table, line);
  if (what == "moved" && count == 3) return read_move(table, line);
  return bad_line(line.number, "not a line of a calendar");
}

using Natures = std::map<sys_days, DayNature>;
struct Holiday { sys_days day; bool carry; DayNature nature; };

std::vector<Holiday> holidays(const Table& table) {
  std::vector<Holiday> all;
  for (const auto& fixed : table.fixed) {
    const int last = std::min(fixed.to, table.last_year + years_beyond);
    for (int y = fixed.from; y <= last; ++y) {
      const Date date{year{y}, std::chrono::month{fixed.month}, std::chrono::day{fixed.day}};
      if (date.ok()) all.push_back({sys_days{date}, fixed.carry, {DayKind::holiday, fixed.name, {}, false}});
    }
  }
  for (const auto& kurban : table.kurban) {
    all.push_back({kurban.day, false, {DayKind::kurban, {}, {}, kurban.provisional}});
  }
  std::stable_sort(all.begin(), all.end(), [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
  return all;
}

bool in_span(const Table& table, sys_days day) {
  const Date date{day};
  return date.year() >= year{table.first_year} && date.year() <= year{table.last_year};
}

// Kurban Ait and moved days are announced year by year: one outside the span is a slip of the pen.
Status check_span(const Table& table) {
  if (table.version.empty()) return bad_line(1, "no version");
  if (table.first_year == 0) return bad_line(1, "no years");
  for (const auto& kurban : table.kurban) {
    if (!in_span(table, kurban.day)) return bad_line(1, "Kurban Ait outside the years: " + iso_date(Date{kurban.day}));
  }
  for (const auto& move : table.moves) {
    if (!in_span(table, move.off) || !in_span(table, move.worked)) return bad_line(move.line, "outside the years");
  }
  return Done{};
}

// Law N 267 of 13 December 2001: a holiday on a day off moves that day off to the next working day.
Natures days_off(const std::vector<Holiday>& all) {
  Natures off;
  for (const auto& holiday : all) off.emplace(holiday.day, holiday.nature);
  for (const auto& holiday : all) {
    if (!holiday.carry || !weekend(holiday.day)) continue;
    sys_days day = holiday.day;
    while (weekend(day) || off.contains(day)) day += days{1};
    off.emplace(day, DayNature{DayKind::carried, holiday.nature.name, Date{holiday.day}, false});
  }
  return off;
}

}  // namespace

Date add_days(Date base, int count) { return Date{sys_days{base} + days{count}}; }

Date add_months(Date base, int months) {
  const Date moved = base + std::chrono::months{months};
  return moved.ok() ? moved : Date{moved.year() / moved.month() / std::chrono::last};
}

Result<Calendar> Calendar::parse(std::string_view csv) {
  QABYL_TRY(lines, asset_lines(csv));
  Table table;
  for (const auto& line : lines) QABYL_TRY_DO(read_line(table, line));
  QABYL_TRY_DO(check_span(table));

  Calendar calendar;
  calendar.version_ = table.version;
  calendar.first_year_ = table.first_year;
  calendar.last_year_ = table.last_year;
  auto& natures = calendar.natures_ = days_off(holidays(table));
  for (const auto& move : table.moves) {
    const auto worked = natures.find(move.worked);
    const bool was_off = weekend(move.worked) || (worked != natures.end() && !worked->second.is_working());
    if (weekend(move.off) || !was_off) return bad_line(move.line, "must give a weekday off for a day that was off");
    natures[move.off] = {DayKind::moved_off, {}, Date{move.worked}, false};
    natures[move.worked] = {DayKind::made_up, {}, Date{move.off}, false};
  }
  for (const auto& [day, nature] : natures) {
    if (nature.is_working() && weekend(day)) calendar.worked_weekends_.push_back(day);
    if (!nature.is_working() && !weekend(day)) calendar.off_weekdays_.push_back(day);
  }
  if (calendar.longest_rest() >= days_off_in_a_row_max) return bad_line(1, "two months without a working day");
  return calendar;
}

int Calendar::longest_rest() const {
  int longest = 0, run = 0;
  const sys_days last = sys_days{year{last_year_ + years_beyond + 1} / 3 / 1};
  for (sys_days day{year{first_year_ - 1} / 11 / 1}; day <= last; day += days{1}) {
    run = is_working(Date{day}) ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

bool Calendar::covers(Date date) const {
  return date.year() >= year{first_year_} && date.year() <= year{last_year_};
}

bool Calendar::is_working(Date date) const {
  const sys_days day{date};
  const auto& exceptions = weekend(day) ? worked_weekends_ : off_weekdays_;
  return std::binary_search(exceptions.begin(), exceptions.end(), day) == weekend(day);
}

DayNature Calendar::nature(Date date) const {
  const auto found = natures_.find(sys_days{date});
  if (found != natures_.end()) return found->second;
  return {weekend(sys_days{date}) ? DayKind::weekend : DayKind::working, {}, {}, false};
}

Date Calendar::add_working_days(Date base, int n) const {
  QABYL_CHECK(n >= 1 && n <= working_days_max);
  Date date = base;
  for (int counted = 0; counted < n; ++counted) date = roll(add_days(date, 1));
  return date;
}

Date Calendar::roll(Date date) const {
  for (int i = 0; i < days_off_in_a_row_max; ++i, date = add_days(date, 1)) {
    if (is_working(date)) return date;
  }
  QABYL_CHECK(false);  // parse() refuses such a table
  return date;
}

int Calendar::working_days_between(Date from, Date to) const {
  if (sys_days{to} < sys_days{from}) return -working_days_between(to, from);
  int count = 0;
  for (sys_days day = sys_days{from} + days{1}; day <= sys_days{to}; day += days{1}) count += is_working(Date{day}) ? 1 : 0;
  return count;
}

}  // namespace qabyl::core
