// The outcome of an inspection (RULES f4; paragraphs 18-29): what the reports, meetings and prescriptions inside it move,
// settling, and closing. See inspection_steps.h.
#include <algorithm>

#include "core/cases/inspection_steps.h"

namespace qabyl::core::inspection_steps {
namespace {

using S = InspectionState;

bool reports_out(S state) { return state == S::reporting || state == S::settling || state == S::remedying; }

template <typename Map, typename Test>
bool any_of_values(const Map& map, Test test) {
  return std::any_of(map.begin(), map.end(), [&](const auto& one) { return test(one.second); });
}

// Objections are over: none came in their time, or each was answered, or a meeting or the Head decided.
bool objections_over(const SummaryReport& summary) { return summary.state == SummaryState::answered || summary.state == SummaryState::concluded; }

bool concludes_meeting(std::string_view kind) {
  return kind == kind::protocol_no_remarks || kind == kind::protocol_window_over || kind == kind::protocol_amend || kind == kind::protocol_final_decision;
}

// Where meetings leave the report: an open one holds it; one that ended ends the objections that it found.
void follow_meetings(SummaryReport& summary, const std::map<Id, Meeting>& meetings, std::string_view kind) {
  const bool any_open = any_of_values(meetings, [](const Meeting& one) { return !one.concluded() && one.state != MeetingState::cancelled; });
  const bool any_concluded = any_of_values(meetings, [](const Meeting& one) { return one.concluded(); });
  for (auto& [id, one] : summary.objections) {
    if (concludes_meeting(kind) && one.treatment.empty()) one.treatment = "at_meeting";
  }
  if (any_open) summary.state = SummaryState::meeting_called;
  else if (!all_treated(summary.objections)) summary.state = SummaryState::objected;
  else if (any_concluded) summary.state = SummaryState::concluded;
  else summary.state = summary.objections.empty() ? SummaryState::received : SummaryState::answered;
}

}  // namespace

std::optional<Id> live_summary(const Inspection& inspection) {
  for (const auto& [id, one] : inspection.summaries) {
    if (one.state != SummaryState::withdrawn) return id;
  }
  return std::nullopt;
}

bool is_settled(const Inspection& inspection) { return inspection.state == S::remedying || inspection.state == S::closed; }

// --- what may open a new value ---

Status may_open_summary(const Inspection& inspection, const Record&) {
  if (live_summary(inspection)) return refused("summary.already_signed");
  if (inspection.state != S::fieldwork_ended) return refused("summary.before_end");
  if (any_of_values(inspection.interims, [](const InterimReport& one) { return !one.settled(); })) return refused("summary.interim_open");
  return Done{};
}

Status may_open_meeting(const Inspection& inspection, const Record&) {
  const auto id = live_summary(inspection);
  if (!id || !inspection.summaries.at(*id).delivered() || is_settled(inspection)) return refused("meeting.no_report");
  if (inspection.summaries.at(*id).state == SummaryState::meeting_called) return refused("meeting.already_called");
  return Done{};
}

Status may_open_plan(const Inspection& inspection, const Record&) {
  return reports_out(inspection.state) || inspection.state == S::closed_unfinished ? Status(Done{}) : Status(refused("plan.before_report"));
}

// Not by who settled what was found: breaches are found by one and punished by another (O4).
Status may_open_prescription(const Inspection& inspection, const Record& record) {
  const bool found = inspection.state == S::remedying || inspection.state == S::closed_unfinished;
  if (!found) return refused("prescription.before_settlement");
  const Signer signer{text_at(record.body, "signer.name"), {}, record.actor.id};
  return same_person(signer, inspection.found_by) ? Status(refused("prescription.own_settlement")) : Status(Done{});
}

Status may_open_sanction(const Inspection& inspection, const Record& record) {
  QABYL_TRY_DO(may_open_prescription(inspection, record));
  const auto named = record.body.text("prescription");
  if (named.empty()) return Done{};
  const auto found = inspection.prescriptions.find(named);
  const bool overdue = found != inspection.prescriptions.end() && found->second.state == PrescriptionState::overdue;
  return overdue ? Status(Done{}) : Status(refused("sanction.prescription_not_overdue"));
}

Status may_open_disclosure(const Inspection& inspection, const Record&) {
  const auto id = live_summary(inspection);
  const bool sent = id && (reports_out(inspection.state) || inspection.state == S::closed);
  return sent ? Status(Done{}) : Status(refused("disclosure.no_report"));
}

// --- what a step inside moves outside ---

Inspection follow(Inspection next, const Record& record) {
  const auto id = live_summary(next);
  if (id && record.kind == kind::summary_send) next.state = S::reporting;
  if (id && (record.kind.starts_with("meeting.") || record.kind.starts_with("protocol.")) && !is_settled(next)) {
    follow_meetings(next.summaries.at(*id), next.meetings, record.kind);
  }
  if (id && next.state == S::reporting && next.summaries.at(*id).copy_settled()) next.state = S::settling;
  const auto sanctioned = next.prescriptions.find(record.body.text("prescription"));
  if (record.kind == kind::sanction_decide && sanctioned != next.prescriptions.end()) sanctioned->second.state = PrescriptionState::sanctioned;
  return next;
}

// --- settling and closing ---

Taken settle(const Inspection& before, const Record& record, const Rules&) {
  if (before.state != S::settling) return refused("settle.not_now");
  const auto& summary = before.summaries.at(*live_summary(before));
  if (!objections_over(summary)) return refused("settle.objections_open");
  QABYL_TRY(signer, signer_of(record, {"group_head", "unit_head", "unit_deputy", "deputy", "first_head"}));
  QABYL_TRY_DO(act_date(record));
  Inspection next = before;
  next.found_by = signer;
  for (const auto& one : record.body.items("breaches")) {
    const bool known = one.is_integer() && one.integer() >= 0 && one.integer() < static_cast<std::int64_t>(summary.breaches.size());
    if (!known) return invalid("settle.breach_unknown");
    next.breaches.insert(static_cast<int>(one.integer()));
  }
  next.state = next.breaches.empty() ? S::closed : S::remedying;
  return next;
}

Taken close(const Inspection& before, const Record& record, const Rules&) {
  if (before.state != S::remedying) return refused("close.not_remedying");
  const bool open = any_of_values(before.plans, [](const Plan& one) { return !one.over(); }) ||
                    any_of_values(before.prescriptions, [](const Prescription& one) { return !one.over(); }) ||
                    any_of_values(before.sanctions, [](const Sanction& one) { return !one.over(); });
  if (open) return refused("close.remedy_open");
  if (before.plans.empty() && before.prescriptions.empty()) return refused("close.nothing_asked");
  const bool failed = any_of_values(before.plans, [](const Plan& one) { return one.failed(); });
  if (failed && before.prescriptions.empty()) return refused("close.prescription_due");
  QABYL_TRY_DO(signer_of(record, {"unit_head", "unit_deputy", "deputy", "first_head"}));
  QABYL_TRY_DO(act_date(record));
  Inspection next = before;
  next.state = S::closed;
  return next;
}

}  // namespace qabyl::core::inspection_steps
