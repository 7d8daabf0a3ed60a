// What a case counts its days by: the profile under which it was opened and the calendars that it may name.
// Decided once for all machines (README.md): an act that needs a term or a setting takes it from here, never
// from a constant. Knows no case, clock or file; the caller owns the assets. RULES.md, sections d and e.
#pragma once

#include "core/deadline.h"
#include "core/record.h"

namespace qabyl::core {

// A term that runs in a case. Its explanation is counted again when somebody asks: count_term() with these.
struct RunningTerm {
  std::string id;              // D17
  Date base{};
  std::optional<Date> stated;  // the date that a paper names, for terms of that kind
  Date due{};                  // the last day that binds (A30)
  bool passed_on(Date day) const { return std::chrono::sys_days{day} > std::chrono::sys_days{due}; }
};

enum class Timeliness { in_time, late, doubtful };  // doubtful: the clock could not be trusted; an officer decides
std::string_view to_text(Timeliness timeliness);

// The profile and the one calendar by which a case counts now.
struct Rules {
  const Profile* profile;    // never null
  const Calendar* calendar;  // never null

  std::string text(std::string_view setting) const;      // "" when the profile has no such text
  std::int64_t number(std::string_view setting) const;   // 0 when it has no such number
  bool flag(std::string_view setting) const;             // false when it has no such flag
  bool lists(std::string_view setting, std::string_view item) const;  // whether a list of texts names `item`

  // wrong_state rules.term_unknown: the profile lacks the term. invalid_input date.absurd: a stated date before
  // its base, or none where the term needs one.
  Result<RunningTerm> run(std::string_view term, Date base, std::optional<Date> stated = std::nullopt) const;
  // A reply of somebody outside the body, by the time of its record (A13, A14). Never a reason to refuse it.
  Timeliness timeliness(const RunningTerm& term, const RecordTime& at) const;
};

struct RuleBook {
  const Profile* profile = nullptr;        // of the case; outlives every call
  std::vector<const Calendar*> calendars;  // every version ever used, oldest first, so that a fold never changes

  // `version` "" means the oldest. wrong_state: rules.missing, rules.calendar_unknown.
  Result<Rules> rules(std::string_view version) const;
};

// The day and time of day at the place of the record, by its own clock.
Date day_of(const RecordTime& at);
CivilTime civil_time(const RecordTime& at);

}  // namespace qabyl::core
