// See meeting_acts.h.
#include "sync/registry/meeting_acts.h"

#include <algorithm>

#include "sync/registry/office_papers.h"
#include "sync/registry/office_views.h"
#include "sync/registry/powers.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Meeting;
using core::paper::OfficeGroup;
using core::paper::OfficePoint;
namespace k = core::kind;

core::Error wrong(std::string_view code) { return {core::ErrorCode::wrong_state, std::string(code)}; }
core::Error invalid(std::string_view code) { return {core::ErrorCode::invalid_input, std::string(code)}; }

core::Result<Meeting> meeting_in(const CaseNow& now, const core::Id& id) {
  const auto found = now.inspection.meetings.find(id);
  if (found == now.inspection.meetings.end()) return wrong("meeting.unknown");
  return found->second;
}

core::Result<OfficerLine> chair_with(Registry& registry, std::string_view id) {
  QABYL_TRY(officers, officer_lines(registry));
  const auto found = std::find_if(officers.begin(), officers.end(), [&](const OfficerLine& one) { return one.id == id; });
  if (found == officers.end()) return invalid("meeting.chair");
  return *found;
}

std::string chair_position(std::string_view role) {
  if (leads_unit(role)) return std::string(role);
  if (role == role::head) return "first_head";
  return role == role::deputy ? "deputy" : "";
}

const core::Record* call_of(const CaseNow& now, const core::Id& meeting) { return record_in(now.history, meeting); }

std::vector<LocalArg> protocol_number(const Registry& registry, const Meeting& meeting) {
  return {{"number", as_it_is(meeting.protocol.number)}, {"date", day_in_words(registry, core::iso_date(meeting.protocol.date))}};
}

OfficeGroup who_sat(const Registry& registry, const CaseNow& now, const core::Id& id, const Meeting& meeting) {
  OfficeGroup group{said(registry, "paper.protocol.sat"), {}};
  const auto* call = call_of(now, id);
  const std::string job = call != nullptr ? call->body.member("chair").text("job") : std::string();
  group.points.push_back(paper_point(registry, "paper.protocol.chair", {{"name", as_it_is(meeting.chair.name)}, {"position", as_it_is(job)}}));
  OfficePoint invited = paper_point(registry, "paper.meeting.invited");
  for (const auto& one : meeting.invited) invited.list.push_back(as_it_is(one));
  group.points.push_back(std::move(invited));
  return group;
}

OfficeGroup treated(const Registry& registry, const Meeting& meeting, const ProtocolAnswer& spec) {
  OfficeGroup group{said(registry, "paper.protocol.objections"), {}, objections_table(registry, meeting.objections, spec.treatments)};
  if (!spec.text.empty()) group.points.push_back({as_it_is(spec.text), {}});
  return group;
}

// What is said of the objections to a protocol, the one way or the other.
struct ProtocolReply {
  std::string_view kind;
  Seat seat;
  const char *title, *lead;
};
core::Result<core::Id> answer_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolAnswer& spec, const ProtocolReply& reply, core::Instant at) {
  QABYL_TRY(position, take_seat(reply.seat, officer, now));
  QABYL_TRY(meeting, meeting_in(now, spec.meeting));
  if (spec.text.empty()) return invalid("text.missing");
  auto content = paper_head(registry, now, reply.title, at);
  content.place_for_mark = false;
  content.lead = said_with(registry, reply.lead, protocol_number(registry, meeting));
  content.groups = {treated(registry, meeting, spec)};
  content.signatures = {paper_signature(officer)};
  PaperAct act{reply.kind, signed_by(officer, now, position, Json::Object{{"meeting", spec.meeting}, {"treatments", treatments_json(spec.treatments)}, {"text", spec.text}})};
  act.about = spec.meeting;
  act.details = Json::Object{{"level", meeting.level}};
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

}  // namespace

bool chairs(const Meeting& meeting, std::string_view officer) { return meeting.chair.officer == officer; }

core::Result<core::Id> call_meeting(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const CallSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::caller, officer, now));
  QABYL_TRY(chair, chair_with(registry, spec.chair));
  auto content = paper_head(registry, now, "paper.meeting.title", at);
  content.place_for_mark = false;
  content.lead = said_with(registry, "paper.meeting.lead." + std::string(spec.level == "head" ? "head" : "unit"), number_and_date(registry, now.inspection.assignment));
  OfficePoint invited = paper_point(registry, "paper.meeting.invited");
  for (const auto& one : spec.invited) invited.list.push_back(as_it_is(one));
  content.groups = {{{}, {paper_point(registry, "paper.meeting.when", {{"date", day_in_words(registry, spec.on)}, {"place", as_it_is(spec.place)}}),
                          paper_point(registry, "paper.protocol.chair", {{"name", as_it_is(chair.name)}, {"position", as_it_is(chair.position)}}), std::move(invited)}}};
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"level", spec.level}, {"on", spec.on}, {"place", spec.place}};
  body["chair"] = Json::Object{{"name", chair.name}, {"position", chair_position(chair.role)}, {"officer", chair.id}, {"job", chair.position}};
  body["invited"] = Json::Array(spec.invited.begin(), spec.invited.end());
  PaperAct act{k::meeting_call, signed_by(officer, now, position, std::move(body))};
  act.details = Json::Object{{"level", spec.level}, {"on", spec.on}, {"place", spec.place}};
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> sign_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::leader, officer, now));
  QABYL_TRY(meeting, meeting_in(now, spec.meeting));
  if (spec.heard.empty() || spec.decided.empty()) return invalid("text.missing");
  auto content = paper_head(registry, now, "paper.protocol.title", at);
  content.lead = said_with(registry, "paper.protocol.lead", {{"on", day_in_words(registry, core::iso_date(meeting.on))}, {"number", as_it_is(now.inspection.assignment.text("journal_number"))},
                                                             {"date", day_in_words(registry, now.inspection.assignment.text("date"))}});
  content.groups = {who_sat(registry, now, spec.meeting, meeting), paper_group(registry, "paper.protocol.heard", spec.heard), paper_group(registry, "paper.protocol.decided", spec.decided),
                    {said(registry, "paper.duties"), {paper_point(registry, "paper.protocol.object")}}};
  content.signatures = {paper_signature(officer)};
  std::string text;
  for (const auto& one : spec.decided) text += (text.empty() ? "" : "; ") + one.kk;
  PaperAct act{k::protocol_sign, signed_by(officer, now, position, Json::Object{{"meeting", spec.meeting}, {"text", text}})};
  act.goes_out = false;
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> send_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& id, const std::string& addressee, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::clerk, officer, now));
  QABYL_TRY(meeting, meeting_in(now, id));
  const auto made = std::find_if(now.history.begin(), now.history.end(), [&](const core::Record& one) { return one.kind == k::protocol_sign && one.body.text("meeting") == id; });
  if (made == now.history.end()) return wrong("protocol.not_signed");
  Json body = Json::Object{{"meeting", id}, {"addressee", Json::Object{{"name", addressee}, {"position", "first_head"}}}};
  PaperAct act{k::protocol_send, signed_by(officer, now, position, std::move(body))};
  act.about = id;
  act.details = Json::Object{{"level", meeting.level}, {"term", "D23O"}, {"addressee", addressee}};
  return send_paper(registry, officer, now, made->id, std::move(act), at);
}

core::Result<core::Id> amend_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolAnswer& spec, core::Instant at) {
  return answer_protocol(registry, officer, now, spec, {k::protocol_amend, Seat::leader, "paper.protocol.amended", "paper.protocol.amended_lead"}, at);
}

core::Result<core::Id> decide_on_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolAnswer& spec, core::Instant at) {
  return answer_protocol(registry, officer, now, spec, {k::protocol_final_decision, Seat::head_or_deputy, "paper.decision.title", "paper.answer.lead"}, at);
}

}  // namespace qabyl::sync::registry
