// Terms and settings as the machines of a case ask for them. See rule_book.h.
#include "core/cases/rule_book.h"

#include <algorithm>

namespace qabyl::core {
namespace {

CivilTime civil(Instant local) {
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(local - day)};
  return {Date{day}, static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count())};
}

}  // namespace

std::string_view to_text(Timeliness timeliness) {
  switch (timeliness) {
    case Timeliness::in_time: return "in_time";
    case Timeliness::late: return "late";
    case Timeliness::doubtful: return "doubtful";
  }
  QABYL_CHECK(false);
  return {};
}

std::string Rules::text(std::string_view setting) const { return profile->settings.text(setting); }
std::int64_t Rules::number(std::string_view setting) const { return profile->settings.number(setting); }
bool Rules::flag(std::string_view setting) const { return profile->settings.flag(setting); }

bool Rules::lists(std::string_view setting, std::string_view item) const {
  const auto& items = profile->settings.items(setting);
  return std::any_of(items.begin(), items.end(), [&](const Json& one) { return one.is_string() && one.string() == item; });
}

Result<RunningTerm> Rules::run(std::string_view term, Date base, std::optional<Date> stated) const {
  const auto counted = count_term(*profile, term, base, *calendar, stated);
  if (!counted && counted.error().code == ErrorCode::not_found) return Error{ErrorCode::wrong_state, "rules.term_unknown"};
  if (!counted) return Error{ErrorCode::invalid_input, "date.absurd"};
  return RunningTerm{std::string(term), base, stated, counted->due};
}

// The clock's own uncertainty may lie across midnight or the closing hour (RELIABILITY I11 d).
Timeliness Rules::timeliness(const RunningTerm& term, const RecordTime& at) const {
  auto counted = count_term(*profile, term.id, term.base, *calendar, term.stated);
  QABYL_CHECK(counted);  // it was counted when the term began
  counted->due = term.due;
  const auto local = at.utc + std::chrono::minutes{at.offset_min};
  const Millis u{at.u_ms};
  const bool earliest = in_time(*counted, civil(local - u), *profile), latest = in_time(*counted, civil(local + u), *profile);
  if (at.trust == Trust::untrusted || earliest != latest) return Timeliness::doubtful;
  return latest ? Timeliness::in_time : Timeliness::late;
}

Result<Rules> RuleBook::rules(std::string_view version) const {
  if (profile == nullptr || calendars.empty()) return Error{ErrorCode::wrong_state, "rules.missing"};
  if (version.empty()) return Rules{profile, calendars.front()};
  const auto found = std::find_if(calendars.begin(), calendars.end(), [&](const Calendar* one) { return one->version() == version; });
  if (found == calendars.end()) return Error{ErrorCode::wrong_state, "rules.calendar_unknown"};
  return Rules{profile, *found};
}

CivilTime civil_time(const RecordTime& at) { return civil(at.utc + std::chrono::minutes{at.offset_min}); }
Date day_of(const RecordTime& at) { return civil_time(at).date; }

}  // namespace qabyl::core
