// Counting (d1): from the day after the base event; months to the same day number or the month's last day;
// a last day off moves on, except where a limit of the body's own power is read strictly (A05).
#include "core/deadline.h"

#include <algorithm>

namespace qabyl::core {
namespace {

using std::chrono::sys_days;

bool before(Date a, Date b) { return sys_days{a} < sys_days{b}; }

void note(Deadline& deadline, const Calendar& calendar, Date date, int n) {
  deadline.days.push_back({date, n, calendar.nature(date)});
  deadline.provisional = deadline.provisional || !calendar.covers(date) || deadline.days.back().nature.provisional;
}

void count_working_days(Deadline& deadline, const Calendar& calendar) {
  Date date = deadline.base;
  for (int n = 0; n < deadline.rule.length;) {
    date = add_days(date, 1);
    n += calendar.is_working(date) ? 1 : 0;
    note(deadline, calendar, date, calendar.is_working(date) ? n : 0);
  }
  deadline.due = date;
}

void count_calendar_days(Deadline& deadline, const Calendar& calendar) {
  for (int n = 1; n <= deadline.rule.length; ++n) note(deadline, calendar, add_days(deadline.base, n), n);
  deadline.due = add_days(deadline.base, deadline.rule.length);
}

// Civil Code 175. The days that are passed over belong to the explanation; a working last day stays.
void move_to_working_day(Deadline& deadline, const Calendar& calendar) {
  const Date own = deadline.due;
  const Date moved = calendar.roll(own);
  if (moved == own) return;
  const bool own_is_listed = !deadline.days.empty();
  for (Date date = own_is_listed ? add_days(own, 1) : own; !before(moved, date); date = add_days(date, 1)) {
    note(deadline, calendar, date, 0);
  }
  deadline.unrolled = own;
  deadline.due = moved;
}

std::string setting_text(const Profile& profile, std::string_view name) {
  const Json* value = profile.settings.find(name);
  if (value == nullptr) return {};
  return value->is_string() ? value->string() : canonical(*value);
}

// A14: an applicant's paper must come in while the counter is open, a bureau's reply until midnight.
void set_cutoff(Deadline& deadline, const Profile& profile) {
  if (deadline.rule.owed_by == Side::body) return;
  const std::string_view setting = deadline.rule.owed_by == Side::applicant ? "counter.cutoff" : "reply.cutoff";
  const auto value = setting_text(profile, setting);
  deadline.cutoff = value == "closing" ? Cutoff::closing : Cutoff::midnight;
  deadline.readings.push_back({"A14", std::string(setting), value});
}

Status set_stated(Deadline& deadline, std::optional<Date> stated) {
  if (deadline.rule.unit != TermUnit::stated) {
    return stated ? Status(Error{ErrorCode::invalid_input, "term.stated_not_asked"}) : Status(Done{});
  }
  if (!stated) return Error{ErrorCode::invalid_input, "term.stated_missing"};
  if (before(*stated, deadline.base)) return Error{ErrorCode::invalid_input, "term.stated_before_base"};
  deadline.due = *stated;
  return Done{};
}

}  // namespace

Result<Deadline> count_term(const Profile& profile, std::string_view term, Date base, const Calendar& calendar,
                            std::optional<Date> stated) {
  const TermRule* rule = profile.term(term);
  if (rule == nullptr) return Error{ErrorCode::not_found, "term.unknown"};
  if (!base.ok() || (stated && !stated->ok())) return Error{ErrorCode::invalid_input, "date.absurd"};
  Deadline deadline;
  deadline.rule = *rule;
  deadline.base = deadline.due = base;
  deadline.readings = rule->readings;
  deadline.profile = profile.id;
  deadline.profile_version = profile.version;
  deadline.calendar_version = calendar.version();
  QABYL_TRY_DO(set_stated(deadline, stated));
  switch (rule->unit) {
    case TermUnit::working_days: count_working_days(deadline, calendar); break;
    case TermUnit::calendar_days: count_calendar_days(deadline, calendar); break;
    case TermUnit::months: deadline.due = add_months(base, rule->length); break;
    case TermUnit::stated: break;
  }
  if (rule->rolls && deadline.due != base) move_to_working_day(deadline, calendar);
  deadline.provisional = deadline.provisional || !calendar.covers(deadline.due);
  set_cutoff(deadline, profile);
  return deadline;
}

bool in_time(const Deadline& deadline, const CivilTime& at, const Profile& profile) {
  if (at.date != deadline.due) return before(at.date, deadline.due);
  if (deadline.cutoff != Cutoff::closing) return true;
  return at.hour < profile.closing_hour || (at.hour == profile.closing_hour && at.minute < profile.closing_minute);
}

Recount recount(const Deadline& told, const Profile& profile, const Calendar& newer) {
  const bool is_stated = told.rule.unit == TermUnit::stated;
  const auto stated = is_stated ? std::optional(told.unrolled.value_or(told.due)) : std::nullopt;
  const auto counted = count_term(profile, told.rule.id, told.base, newer, stated);
  QABYL_CHECK(counted);  // what was counted once by this profile can be counted again
  Recount both{told, *counted, counted->due};
  const bool told_to_others = told.rule.owed_by != Side::body && setting_text(profile, "recalc.favour") == "addressee";
  if (told_to_others && before(both.after.due, told.due)) both.binding = told.due;
  return both;
}

}  // namespace qabyl::core
