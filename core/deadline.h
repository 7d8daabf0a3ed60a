// The deadline engine (RULES.md, section d; RELIABILITY I12): the last day of a term as a pure function of
// the profile's rule, the base day and the calendar's version, with every day that was counted or passed over
// and why. Knows no clock and no case: what happened on which day is the caller's.
#pragma once

#include <optional>

#include "core/calendar.h"
#include "core/profile.h"

namespace qabyl::core {

enum class Cutoff {
  none,      // the body's own duty: the day counts
  midnight,  // until 24:00 in Asia/Almaty of the last day (Civil Code 176)
  closing,   // until the counter closes (A14)
};

// One day on the way to the last one.
struct CountedDay {
  Date date;
  int n = 0;  // the n-th day of the term; 0: passed over
  DayNature nature;
};

struct Deadline {
  TermRule rule;
  Date base{};
  Date due{};                     // the last day on which the act is in time
  std::optional<Date> unrolled;   // the term's own last day, where a day off moved it to `due`
  std::vector<CountedDay> days;   // working and calendar days: each from base + 1 to due; else the days moved over
  Cutoff cutoff = Cutoff::none;
  std::vector<Reading> readings;  // those of the rule and of the cut-off
  std::string profile, profile_version, calendar_version;
  bool provisional = false;       // a year outside the calendar, or a day not announced yet, was touched
};

// `stated`: the date that the paper names, for terms of that unit, and only for those.
// not_found: the profile has no such term. invalid_input: no stated date, or one before `base`, or too many.
Result<Deadline> count_term(const Profile& profile, std::string_view term, Date base, const Calendar& calendar,
                            std::optional<Date> stated = std::nullopt);

// Whether an act at `at`, local time, is in time; an act of the last day after the cut-off is not.
bool in_time(const Deadline& deadline, const CivilTime& at, const Profile& profile);

// A30: a newer calendar recounts an open term. Where the duty is the bureau's or the applicant's and they
// were told the old day, the later of the two binds (setting recalc.favour); both are recorded.
struct Recount {
  Deadline before, after;
  Date binding{};
  bool changed() const { return before.due != after.due; }
};
Recount recount(const Deadline& told, const Profile& profile, const Calendar& newer);

// The explanation, a line each: paragraph and duty, base event (none where a paper states the day), every day, last day with its cut-off,
// readings, versions. The same lines stand on the badge, in the console, on papers and in qabyl-verify.
std::vector<std::string> explain(const Deadline& deadline, const Profile& profile, const Texts& texts, Language language);

// "D17: objections to the interim report (paragraph 17, R17.1)".
std::string say_term(const TermRule& rule, const Texts& texts, Language language);
// "a weekend", "a holiday: Nauryz": one day's nature in words; empty for a plain working day.
std::string say_nature(const DayNature& nature, const Texts& texts, Language language);

}  // namespace qabyl::core
