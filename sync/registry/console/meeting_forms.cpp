// Rows for meetings on the results of an inspection and their protocols (21-24). See act_forms.h.
#include <algorithm>

#include "sync/registry/console/act_forms.h"
#include "sync/registry/meeting_acts.h"
#include "sync/registry/office_views.h"

namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::Json;
using core::Meeting;
using core::Status;
using Kind = ActField::Kind;
using M = core::MeetingState;

// --- when, and which ---
template <M... states>
bool any_in(const CaseNow& now, std::string_view) {
  return std::any_of(now.inspection.meetings.begin(), now.inspection.meetings.end(), [](const auto& one) { return ((one.second.state == states) || ...); });
}
// The same, for the officer in its chair.
template <M state>
bool chaired_in(const CaseNow& now, std::string_view officer) {
  return std::any_of(now.inspection.meetings.begin(), now.inspection.meetings.end(), [&](const auto& one) { return one.second.state == state && chairs(one.second, officer); });
}
template <M... states>
std::vector<Choice> meetings_in(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.meetings) {
    if (((one.state == states) || ...)) choices.push_back({id, core::iso_date(one.on) + ", " + one.chair.name, "console.meeting." + one.level});
  }
  return choices;
}
bool may_call(const CaseNow& now, std::string_view) {
  const auto& inspection = now.inspection;
  const bool results_out = inspection.state == core::InspectionState::reporting || inspection.state == core::InspectionState::settling;
  return results_out && std::any_of(inspection.summaries.begin(), inspection.summaries.end(), [](const auto& one) {
    return one.second.delivered() && one.second.state != core::SummaryState::meeting_called;
  });
}
std::vector<Choice> objections(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.meetings) {
    if (one.state != M::objected) continue;
    for (auto& choice : untreated(one.objections, one.protocol.number)) choices.push_back(std::move(choice));
  }
  return choices;
}
std::vector<Choice> levels(Registry&, const CaseNow&) { return {{"unit", "", "console.meeting.unit"}, {"head", "", "console.meeting.head"}}; }
std::vector<Choice> chair_people(Registry& registry, const CaseNow&) {
  std::vector<Choice> choices;
  const auto officers = officer_lines(registry);
  if (!officers) return choices;
  for (const auto& one : *officers) {
    if (leads_unit(one.role) || one.role == role::deputy || one.role == role::head) choices.push_back({one.id, one.name + ", " + one.position, ""});
  }
  return choices;
}

// --- how ---
Status call(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(call_meeting(registry, officer, now, {fields.text("level"), fields.text("chair"), fields.text("on"), fields.paragraph("place"), fields.lines("invited")}, at));
}
Status protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(heard, paired_lines(fields, "heard"));
  QABYL_TRY(decided, paired_lines(fields, "decided"));
  return status_of(sign_protocol(registry, officer, now, {fields.text("meeting"), std::move(heard), std::move(decided)}, at));
}
Status send(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(send_protocol(registry, officer, now, fields.text("meeting"), fields.paragraph("addressee"), at));
}
ProtocolAnswer answer_in(const CaseNow& now, const Fields& fields) {
  const auto found = now.inspection.meetings.find(fields.text("meeting"));
  return {fields.text("meeting"), found == now.inspection.meetings.end() ? std::vector<Treatment>() : treatments_in(fields, found->second.objections), fields.paragraph("text")};
}
Status amend(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(amend_protocol(registry, officer, now, answer_in(now, fields), at));
}
Status disagree(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  const auto answer = answer_in(now, fields);
  Json body = Json::Object{{"meeting", answer.meeting}, {"treatments", treatments_json(answer.treatments)}};
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), std::move(body)}, at));
}
Status decide(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(decide_on_protocol(registry, officer, now, answer_in(now, fields), at));
}

template <M... states>
constexpr ActField meeting_field{Kind::choice, "meeting", "console.meeting", nullptr, meetings_in<states...>};
constexpr ActField treatments_field{Kind::treatments, "treatments", "console.field.treatments", nullptr, objections};
constexpr ActField heard_kk{Kind::lines, "heard_kk", "console.field.heard.kk", "console.field.lines.hint"}, heard_ru{Kind::lines, "heard_ru", "console.field.heard.ru", "console.documents.same"};
constexpr ActField decided_kk{Kind::lines, "decided_kk", "console.field.decided.kk", "console.field.lines.hint"}, decided_ru{Kind::lines, "decided_ru", "console.field.decided.ru", "console.documents.same"};

}  // namespace

std::vector<ActForm> meeting_forms() {
  namespace k = core::kind;
  std::vector<ActForm> forms;
  const auto row = [&](std::string_view path, std::string_view kind, Seat who, bool (*open)(const CaseNow&, std::string_view), std::vector<ActField> fields,
                       ActForm::CarryOut carry_out = plain_act) { forms.push_back({path, kind, who, open, std::move(fields), carry_out}); };
  row("meeting", k::meeting_call, Seat::caller, may_call,
      {{Kind::choice, "level", "console.field.level", nullptr, levels}, {Kind::choice, "chair", "console.field.chair", nullptr, chair_people}, {Kind::date, "on", "console.field.meeting_day"},
       {Kind::line, "place", "console.field.meeting_place"}, {Kind::lines, "invited", "console.field.invited", "console.field.lines.hint", nullptr, first_head_of_bureau}}, call);
  row("meeting_hold", k::meeting_hold, Seat::caller, any_in<M::called>, {meeting_field<M::called>, date_field});
  row("meeting_cancel", k::meeting_cancel, Seat::leader, any_in<M::called, M::held>, {meeting_field<M::called, M::held>, reason_field});
  row("protocol", k::protocol_sign, Seat::leader, chaired_in<M::held>, {meeting_field<M::held>, heard_kk, heard_ru, decided_kk, decided_ru}, protocol);
  row("protocol_send", k::protocol_send, Seat::clerk, any_in<M::protocol_signed>,
      {meeting_field<M::protocol_signed>, {Kind::line, "addressee", "console.field.addressee", nullptr, nullptr, first_head_of_bureau}}, send);
  row("protocol_refused", k::protocol_receipt_refused, Seat::clerk_or_official, any_in<M::protocol_sent>, {meeting_field<M::protocol_sent>, date_field, witnesses_field});
  row("protocol_over", k::protocol_window_over, Seat::clerk_or_official, any_in<M::protocol_received>, {meeting_field<M::protocol_received>});
  row("protocol_amend", k::protocol_amend, Seat::leader, chaired_in<M::objected>, {meeting_field<M::objected>, treatments_field, {Kind::text, "text", "console.field.amendment"}}, amend);
  row("protocol_disagree", k::protocol_disagree, Seat::leader, chaired_in<M::objected>, {meeting_field<M::objected>, treatments_field}, disagree);
  row("protocol_decide", k::protocol_final_decision, Seat::head_or_deputy, any_in<M::disagreed>, {meeting_field<M::disagreed>, {Kind::text, "text", "console.field.final_text"}}, decide);
  return forms;
}

}  // namespace qabyl::sync::registry
