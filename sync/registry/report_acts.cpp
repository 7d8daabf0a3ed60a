// See report_acts.h.
#include "sync/registry/report_acts.h"

#include <algorithm>

#include "sync/registry/office_papers.h"
#include "sync/registry/office_views.h"
#include "sync/registry/powers.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::LocalText;
using core::paper::OfficeGroup;
using core::paper::OfficePaper;
namespace k = core::kind;

core::Error wrong(std::string_view code) { return {core::ErrorCode::wrong_state, std::string(code)}; }
core::Error invalid(std::string_view code) { return {core::ErrorCode::invalid_input, std::string(code)}; }

core::Result<OfficerLine> officer_with(Registry& registry, std::string_view id) {
  QABYL_TRY(officers, officer_lines(registry));
  const auto found = std::find_if(officers.begin(), officers.end(), [&](const OfficerLine& one) { return one.id == id; });
  if (found == officers.end()) return core::Error{core::ErrorCode::not_found, "officer"};
  return *found;
}

std::string head_of_group(const core::Inspection& inspection) {
  for (const Json& one : inspection.assignment.items("officials")) {
    if (one.flag("head")) return one.text("name");
  }
  return {};
}

core::Result<core::SummaryReport> summary_in(const CaseNow& now, const core::Id& report) {
  const auto found = now.inspection.summaries.find(report);
  if (found == now.inspection.summaries.end()) return wrong("summary.unknown");
  return found->second;
}

Json both_texts(const std::vector<LocalText>& texts) {
  Json::Array list;
  for (const auto& one : texts) list.push_back(Json::Object{{"kk", one.kk}, {"ru", one.ru}});
  return Json(std::move(list));
}

Json kazakh_texts(const std::vector<LocalText>& texts) {
  Json::Array list;
  for (const auto& one : texts) list.emplace_back(one.kk);
  return Json(std::move(list));
}

// A number of days that the profile sets, as it stands in a text.
LocalText days(const CaseNow& now, std::string_view setting) { return as_it_is(std::to_string(now.book.profile->settings.number(setting))); }

// --- the summary report ---

OfficeGroup about_inspection(const Registry& registry, const CaseNow& now) {
  const auto& inspection = now.inspection;
  const Json& bureau = inspection.assignment.member("bureau");
  OfficeGroup group{said(registry, "paper.summary.about"), {}};
  group.points = {paper_point(registry, "paper.notice.bureau", {{"name", as_it_is(bureau.text("name"))}, {"bin", as_it_is(core::format_bin(bureau.text("bin")))}, {"location", as_it_is(bureau.text("location"))}}),
                  paper_point(registry, "paper.notice.committee", {{"number", as_it_is(inspection.committee_number)}, {"date", day_in_words(registry, inspection.committee_date)}, {"office", as_it_is(inspection.committee_office)}}),
                  paper_point(registry, "paper.notice.subject", {{"subject", as_it_is(inspection.assignment.text("subject"))}}),
                  paper_point(registry, "paper.summary.held", {{"start", day_in_words(registry, core::iso_date(inspection.start))}, {"end", day_in_words(registry, core::iso_date(inspection.legal_end))}}),
                  paper_point(registry, "paper.notice.officials")};
  for (const Json& one : inspection.assignment.items("officials")) {
    const auto name = as_it_is(one.text("name"));
    group.points.back().list.push_back(one.flag("head") ? said_with(registry, "paper.notice.group_head", {{"name", name}}) : name);
  }
  return group;
}

// What became of each objection to an interim report (R17.2), report by report.
std::vector<OfficeGroup> treated_objections(const Registry& registry, const CaseNow& now) {
  std::vector<OfficeGroup> groups;
  for (const auto& [id, one] : now.inspection.interims) {
    if (one.state == core::InterimState::withdrawn) continue;
    OfficeGroup group{said_with(registry, "paper.summary.interim", {{"number", as_it_is(one.paper.number)}, {"date", day_in_words(registry, core::iso_date(one.paper.date))}}), {}};
    if (one.objections.empty()) group.points.push_back(paper_point(registry, "paper.summary.no_objections"));
    else group.table = objections_table(registry, one.objections, {});
    if (!one.carried_to.empty()) group.points.push_back(paper_point(registry, "paper.summary.carried", {{"text", as_it_is(one.carried_to)}}));
    groups.push_back(std::move(group));
  }
  return groups;
}

OfficeGroup summary_duties(const Registry& registry) {
  OfficeGroup group{said(registry, "paper.duties"), {}};
  for (const char* id : {"paper.summary.copies", "paper.summary.object", "paper.summary.pass_on", "paper.summary.ban"}) group.points.push_back(paper_point(registry, id));
  return group;
}

OfficePaper summary_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const SummarySpec& spec, const OfficerLine& superior, core::Instant at) {
  auto content = paper_head(registry, now, "paper.summary.title", at);
  content.lead = said_with(registry, "paper.summary.lead", number_and_date(registry, now.inspection.assignment));
  content.groups = {about_inspection(registry, now), paper_group(registry, "paper.findings", spec.findings)};
  if (!spec.breaches.empty()) content.groups.push_back(paper_group(registry, "paper.breaches", spec.breaches));
  else content.groups.push_back(paper_group(registry, "paper.breaches", {said(registry, "paper.breaches.none")}));
  for (auto& one : treated_objections(registry, now)) content.groups.push_back(std::move(one));
  content.groups.push_back(paper_group(registry, "paper.conclusions", spec.conclusions));
  content.groups.push_back(summary_duties(registry));
  content.signatures = {paper_signature(officer), {as_it_is(superior.position), superior.name}};
  content.sheet_note = said(registry, "paper.summary.ban");
  content.place_for_visas = true;
  return content;
}

// --- answers ---

core::Result<core::Id> answer_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const AnswerSpec& spec, std::string_view title, PaperAct act, core::Instant at) {
  QABYL_TRY(summary, summary_in(now, spec.of));
  auto content = paper_head(registry, now, title, at);
  content.place_for_mark = false;
  content.lead = said_with(registry, "paper.answer.lead", {{"number", as_it_is(summary.paper.number)}, {"date", day_in_words(registry, core::iso_date(summary.paper.date))}});
  OfficeGroup treated{{}, {}, objections_table(registry, summary.objections, spec.treatments)};
  if (!spec.text.empty()) treated.points.push_back({as_it_is(spec.text), {}});
  content.groups = {std::move(treated)};
  content.signatures = {paper_signature(officer)};
  act.about = spec.of;
  act.body["report"] = spec.of;
  act.body["treatments"] = treatments_json(spec.treatments);
  if (!spec.text.empty()) act.body["text"] = spec.text;
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

}  // namespace

bool may_be_superior(std::string_view role) { return leads_unit(role) || role == role::deputy || role == role::head; }

core::Result<core::Id> sign_interim(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const InterimSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::executor, officer, now));
  if (spec.findings.empty() || spec.conclusions.empty()) return invalid("text.missing");
  auto content = paper_head(registry, now, "paper.interim.title", at);
  content.lead = said_with(registry, "paper.interim.lead", number_and_date(registry, now.inspection.assignment));
  OfficeGroup duties{said(registry, "paper.duties"), {paper_point(registry, "paper.interim.preliminary"), paper_point(registry, "paper.interim.object", {{"n", days(now, "interim.objection.days")}})}};
  content.groups = {paper_group(registry, "paper.findings", spec.findings), paper_group(registry, "paper.interim.conclusions", spec.conclusions), std::move(duties)};
  content.signatures = {paper_signature(officer), {said(registry, "paper.position.group_head"), head_of_group(now.inspection)}};
  PaperAct act{k::interim_sign_executor, signed_by(officer, now, position, Json::Object{{"findings", both_texts(spec.findings)}, {"conclusions", both_texts(spec.conclusions)}})};
  act.goes_out = false;
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> countersign_interim(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& report, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::group_head, officer, now));
  if (now.inspection.interims.count(report) == 0) return wrong("interim.unknown");
  PaperAct act{k::interim_sign_head, signed_by(officer, now, position, Json::Object{{"report", report}})};
  act.about = report;
  act.details = Json::Object{{"term", "D17"}};
  return send_paper(registry, officer, now, report, std::move(act), at);
}

core::Result<core::Id> sign_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const SummarySpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::group_head, officer, now));
  if (spec.findings.empty() || spec.conclusions.empty()) return invalid("text.missing");
  QABYL_TRY(superior, officer_with(registry, spec.superior));
  if (!may_be_superior(superior.role) || superior.id == officer.id) return invalid("summary.not_superior");
  auto content = summary_paper(registry, officer, now, spec, superior, at);
  Json body = Json::Object{{"breaches", kazakh_texts(spec.breaches)}, {"breach_texts", both_texts(spec.breaches)}, {"findings", both_texts(spec.findings)}, {"conclusions", both_texts(spec.conclusions)}};
  body["superior"] = Json::Object{{"officer", superior.id}, {"name", superior.name}, {"position", superior.position}};
  PaperAct act{k::summary_sign_head, signed_by(officer, now, position, std::move(body))};
  act.goes_out = false;
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> countersign_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& report, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::leader, officer, now));
  QABYL_TRY(summary, summary_in(now, report));
  OfficeAct act;
  act.kind = k::summary_sign_superior;
  act.case_id = now.id;
  act.body = signed_by(officer, now, position, Json::Object{{"report", report}, {"superior_of", summary.head.name}});
  act.body["date"] = core::iso_date(registry.assets.zone.local(at).date);
  return append_act(registry, act, officer, at);
}

core::Result<core::Id> send_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& report, const std::string& addressee, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::clerk, officer, now));
  QABYL_TRY(summary, summary_in(now, report));
  if (summary.state != core::SummaryState::issued) return wrong("summary.not_signed");
  QABYL_TRY_DO(keep_paper_copies(registry, now, report, at));
  const auto* first = record_in(now.history, report);
  const std::string d = first->body.text("paper");
  Json body = Json::Object{{"report", report}, {"copies", Json::Array{d, d}}, {"addressee", Json::Object{{"name", addressee}, {"position", "first_head"}}}};
  PaperAct act{k::summary_send, signed_by(officer, now, position, std::move(body))};
  act.about = report;
  act.details = Json::Object{{"term", "D20"}, {"addressee", addressee}};
  return send_paper(registry, officer, now, report, std::move(act), at);
}

core::Result<core::Id> answer_objections(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const AnswerSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::unit_leader, officer, now));
  return answer_paper(registry, officer, now, spec, "paper.answer.title", {k::summary_answer, signed_by(officer, now, position, {})}, at);
}

core::Result<core::Id> decide_on_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const AnswerSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::head_or_deputy, officer, now));
  return answer_paper(registry, officer, now, spec, "paper.decision.title", {k::summary_final_decision, signed_by(officer, now, position, {})}, at);
}

core::Result<core::Id> answer_disclosure(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ConsentSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::leader, officer, now));
  const auto found = now.inspection.disclosures.find(spec.disclosure);
  if (found == now.inspection.disclosures.end()) return wrong("disclosure.unknown");
  auto content = paper_head(registry, now, spec.consent ? "paper.consent.title" : "paper.consent_refused.title", at);
  content.place_for_mark = false;
  const std::vector<LocalArg> asked{{"who", as_it_is(found->second.third_party)}, {"purpose", as_it_is(found->second.purpose)}};
  content.lead = said_with(registry, "paper.consent.lead", asked);
  OfficeGroup answer{{}, {paper_point(registry, spec.consent ? "paper.consent.given" : "paper.consent.refused")}};
  if (!spec.reason.empty()) answer.points.push_back({as_it_is(spec.reason), {}});
  content.groups = {std::move(answer)};
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"disclosure", spec.disclosure}, {"consent", spec.consent}, {"reason", spec.reason}};
  PaperAct act{k::disclosure_answer, signed_by(officer, now, position, std::move(body))};
  act.about = spec.disclosure;
  act.details = Json::Object{{"consent", spec.consent}};
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

}  // namespace qabyl::sync::registry
