// Objections of the bureau to a report or a protocol, and how each was treated (RULES.md f5, f6, f7; paragraphs 17, 20,
// 23; A13). Taken at any time, never refused for being late. Shared by the machines of those papers.
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

struct Objection {
  BureauPerson by;
  Timeliness timeliness = Timeliness::in_time;
  std::string treatment, reason;  // accepted, partly, rejected, at_meeting; "" until it was treated
};
using Objections = std::map<Id, Objection>;  // by the record that raised them

// A filing of somebody whom `setting` admits. `term` null: in time whenever it comes (A01, reading "after").
Result<Objection> objection_from(const Record& record, const RunningTerm* term, std::string_view setting, const CaseFacts& facts);
bool all_treated(const Objections& objections);
// Body: treatments[{objection,treatment,reason}], a reason for all but accepted ones. invalid_input: objection.unknown,
// objection.treatment_absurd, objection.untreated (one of them is left out).
Result<Objections> treat(const Objections& before, const Record& record);

}  // namespace qabyl::core
