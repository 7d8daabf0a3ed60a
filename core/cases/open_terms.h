// The terms that run in a case now (RULES.md, section a: D01 ... D29): what is due, for the queues of the office and
// for a newer calendar, which recounts them by a recorded act with before and after (A30). A term is open until its
// duty is done; passing it closes nothing. Knows no clock.
#pragma once

#include "core/cases/inspection.h"
#include "core/cases/licence.h"
#include "core/cases/told_terms.h"

namespace qabyl::core {

struct OpenTerm {
  Id of;             // the record that opened what it belongs to; "" for the case itself
  RunningTerm term;
};

std::vector<OpenTerm> open_terms(const Inspection& inspection);
std::vector<OpenTerm> open_terms(const LicenceApplication& application);
std::vector<OpenTerm> open_terms(const Licence& licence);
// Times that the Rules leave open and the office only warns of (A09, A15): D10 for copy 2 of a notice received, D23P for
// the protocol of a meeting held. Counted anew each time, never stored.
std::vector<OpenTerm> warnings(const Inspection& inspection, const Rules& rules);

// Of the terms in `open` that belong to `of` those which a recount in `history` moved, or kept where its calendar says another day.
std::vector<ToldTerm> moved_terms(const std::vector<OpenTerm>& open, const std::vector<Record>& history, std::string_view of);
bool is_recount(std::string_view record_kind);

// Body of a recount act: {calendar, lines:[{of,term,base,before,after,binding}]}, a line for each term that changes. For a
// duty of the bureau or applicant, who was told the old day, the later day binds (setting recalc.favour).
// wrong_state: recount.same_calendar, and as RuleBook::rules().
Result<Json> recount_body(const std::vector<OpenTerm>& open, const RuleBook& book, std::string_view from, std::string_view to);

}  // namespace qabyl::core
