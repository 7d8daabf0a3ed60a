// What qabyl-verify says of dates: a term's last day with its explanation, a year's working days, the
// catalogue of terms. Pure: assets come in parsed. Errors: not_found (no such term), invalid_input.
#pragma once

#include "core/deadline.h"

namespace qabyl::sync::verify {

struct DateQuestion {
  std::string term, from, stated;  // dates in ISO form; stated empty: none
};

// First line the last day in ISO form, then the explanation.
core::Result<std::string> deadline_answer(const core::Profile& profile, const core::Calendar& calendar, const core::Texts& texts,
                                          core::Language language, const DateQuestion& question);
// First line the number of working days; then, a line each: days off other than weekends, and days worked
// that would be off. invalid_input: no year of four digits, or one that the calendar does not cover.
core::Result<std::string> calendar_answer(const core::Calendar& calendar, const core::Texts& texts, core::Language language,
                                          std::string_view year);
std::string terms_answer(const core::Profile& profile, const core::Texts& texts, core::Language language);

}  // namespace qabyl::sync::verify
