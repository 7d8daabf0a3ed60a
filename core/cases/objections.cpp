// Taking objections and treating them. See objections.h.
#include "core/cases/objections.h"

#include <algorithm>

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {

Result<Objection> objection_from(const Record& record, const RunningTerm* term, std::string_view setting, const CaseFacts& facts) {
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, setting, facts));
  return Objection{person, term != nullptr ? facts.rules.timeliness(*term, record.at) : Timeliness::in_time, {}, {}};
}

bool all_treated(const Objections& objections) {
  return std::all_of(objections.begin(), objections.end(), [](const auto& one) { return !one.second.treatment.empty(); });
}

Result<Objections> treat(const Objections& before, const Record& record) {
  Objections next = before;
  for (const auto& one : record.body.items("treatments")) {
    const auto found = next.find(one.text("objection"));
    if (found == next.end()) return invalid("objection.unknown");
    const auto treatment = one.text("treatment");
    const bool whole = treatment == "accepted" || ((treatment == "partly" || treatment == "rejected") && !check_line(one, "reason", text_chars_max));
    if (!whole) return invalid("objection.treatment_absurd");
    found->second.treatment = treatment;
    found->second.reason = one.text("reason");
  }
  if (!all_treated(next)) return invalid("objection.untreated");
  return next;
}

}  // namespace qabyl::core
