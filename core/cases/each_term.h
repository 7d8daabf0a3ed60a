// Visits each running term of a case in place; what may be open in which state stands here, once. Internal to
// open_terms.cpp and to the steps that recount.
#pragma once

#include <functional>

#include "core/cases/open_terms.h"

namespace qabyl::core {

using VisitTerm = std::function<void(const Id& of, RunningTerm& term)>;
void each_open_term(Inspection& inspection, const VisitTerm& visit);
void each_open_term(LicenceApplication& application, const VisitTerm& visit);
void each_open_term(Licence& licence, const VisitTerm& visit);

// The case after a recount act. invalid_input recount.lines: the record tells other days than the calendars do.
template <typename Case>
Result<Case> recounted(const Case& before, const Record& record, const RuleBook& book) {
  const auto calendar = record.body.text("calendar");
  QABYL_TRY(expected, recount_body(open_terms(before), book, before.calendar, calendar));
  if (*expected.find("lines") != Json(record.body.items("lines"))) return Error{ErrorCode::invalid_input, "recount.lines"};
  Case next = before;
  next.calendar = calendar;
  each_open_term(next, [&](const Id& of, RunningTerm& term) {
    for (const auto& line : expected.items("lines")) {
      const bool same = line.text("of") == of && line.text("term") == term.id && line.text("before") == iso_date(term.due);
      if (same && line.text("base") == iso_date(term.base)) term.due = *parse_iso_date(line.text("binding"));
    }
  });
  return next;
}

}  // namespace qabyl::core
