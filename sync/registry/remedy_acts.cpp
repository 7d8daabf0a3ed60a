// See remedy_acts.h.
#include "sync/registry/remedy_acts.h"

#include "sync/registry/office_papers.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::LocalText;
using core::Plan;
using core::paper::OfficeGroup;
using core::paper::OfficePaper;
using core::paper::OfficePoint;
namespace k = core::kind;

core::Error wrong(std::string_view code) { return {core::ErrorCode::wrong_state, std::string(code)}; }

core::Result<Plan> plan_in(const CaseNow& now, const core::Id& id) {
  const auto found = now.inspection.plans.find(id);
  if (found == now.inspection.plans.end()) return wrong("plan.unknown");
  return found->second;
}

Json kazakh(const std::vector<LocalText>& texts) {
  Json::Array list;
  for (const auto& one : texts) list.emplace_back(one.kk);
  return Json(std::move(list));
}

// The demand on which a plan rests, by number and date of its paper.
LocalText on_demand(const Registry& registry, const CaseNow& now, const core::Id& plan, std::string_view text_id) {
  const auto* demand = record_in(now.history, plan);
  const std::string number = demand != nullptr ? demand->body.text("number") : std::string(), date = demand != nullptr ? demand->body.text("date") : std::string();
  return said_with(registry, text_id, {{"number", as_it_is(number)}, {"date", day_in_words(registry, date)}});
}

core::paper::OfficeTable items_table(const Registry& registry, const Plan& plan) {
  core::paper::OfficeTable table;
  for (const char* head : {"paper.plan.breach", "paper.plan.measure", "paper.plan.executor", "paper.plan.due"}) table.head.push_back(said(registry, head));
  for (const auto& one : plan.items) {
    table.rows.push_back({as_it_is(plan.breaches[one.breach]), as_it_is(one.measure), as_it_is(one.executor), day_in_words(registry, core::iso_date(one.term.due))});
  }
  return table;
}

// A letter about a plan: nothing to sign.
OfficePaper plan_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& plan, std::string_view title, std::string_view lead, core::Instant at) {
  auto content = paper_head(registry, now, title, at);
  content.place_for_mark = false;
  content.lead = on_demand(registry, now, plan, lead);
  content.signatures = {paper_signature(officer)};
  return content;
}

OfficePoint measure_of(const Registry& registry, const SanctionSpec& spec) {
  if (spec.measure == "fine") return paper_point(registry, "paper.sanction.fine", {{"amount", as_it_is(core::format_money(spec.amount_tenge))}});
  if (spec.measure == "suspension") return paper_point(registry, "paper.sanction.suspension", {{"n", as_it_is(std::to_string(spec.months))}});
  return paper_point(registry, "paper.sanction.suit");
}

}  // namespace

std::vector<LocalText> standing_breaches(const CaseNow& now) {
  std::vector<LocalText> texts;
  for (const auto& [id, one] : now.inspection.summaries) {
    const auto* made = record_in(now.history, id);
    if (one.state == core::SummaryState::withdrawn || made == nullptr) continue;
    const auto& both = made->body.items("breach_texts");
    const bool settled = now.inspection.state == core::InspectionState::remedying;
    for (std::size_t i = 0; i < one.breaches.size(); ++i) {
      if (settled && now.inspection.breaches.count(static_cast<int>(i)) == 0) continue;
      const std::string ru = i < both.size() ? both[i].text("ru") : one.breaches[i];
      texts.push_back({one.breaches[i], ru, ru});
    }
  }
  return texts;
}

core::Result<core::Id> demand_plan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PlanDemand& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::leader, officer, now));
  auto content = paper_head(registry, now, "paper.plan.demand", at);
  content.place_for_mark = false;
  content.lead = said_with(registry, "paper.plan.demand_lead", number_and_date(registry, now.inspection.assignment));
  content.groups = {paper_group(registry, "paper.breaches", spec.breaches),
                    {said(registry, "paper.duties"), {due_point(registry, now, "paper.plan.submit_by", "D27", content.date, spec.due), paper_point(registry, "paper.plan.holds")}}};
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"due", spec.due}, {"breaches", kazakh(spec.breaches)}};
  PaperAct act{k::plan_demand, signed_by(officer, now, position, body)};
  act.details = std::move(body);
  act.deadline = spec.due;
  act.deadline_term = "D27";
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> return_plan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PlanReturn& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::leader, officer, now));
  QABYL_TRY(plan, plan_in(now, spec.plan));
  auto content = plan_paper(registry, officer, now, spec.plan, "paper.plan.return", "paper.plan.lead", at);
  content.groups = {{{}, {paper_point(registry, "paper.plan.reason", {{"reason", as_it_is(spec.reason)}}), due_point(registry, now, "paper.plan.again_by", "D27", content.date, spec.due)}}};
  PaperAct act{k::plan_return, signed_by(officer, now, position, Json::Object{{"plan", spec.plan}, {"reason", spec.reason}, {"due", spec.due}})};
  act.about = spec.plan;
  Json breaches = Json(Json::Array(plan.breaches.begin(), plan.breaches.end()));
  act.details = Json::Object{{"breaches", std::move(breaches)}, {"due", spec.due}, {"reason", spec.reason}};
  act.deadline = spec.due;
  act.deadline_term = "D27";
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> agree_plan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& id, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::leader, officer, now));
  QABYL_TRY(plan, plan_in(now, id));
  auto content = plan_paper(registry, officer, now, id, "paper.plan.agreed", "paper.plan.lead", at);
  content.groups = {{said(registry, "paper.plan.items"), {}, items_table(registry, plan)}, {said(registry, "paper.duties"), {paper_point(registry, "paper.plan.report")}}};
  Json::Array items;
  for (const auto& one : plan.items) items.push_back(Json::Object{{"measure", one.measure}, {"due", core::iso_date(one.term.due)}, {"executor", one.executor}});
  PaperAct act{k::plan_agree, signed_by(officer, now, position, Json::Object{{"plan", id}})};
  act.about = id;
  act.details["items"] = std::move(items);
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> sign_prescription(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PrescriptionSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::head_or_deputy, officer, now));
  auto content = paper_head(registry, now, "paper.prescription.title", at);
  content.lead = said_with(registry, "paper.prescription.lead", number_and_date(registry, now.inspection.assignment));
  OfficeGroup duties{said(registry, "paper.duties"), {paper_point(registry, "paper.prescription.article", {{"article", as_it_is(spec.article)}})}};
  if (spec.plan_demanded) duties.points.push_back(due_point(registry, now, "paper.plan.submit_by", "D27", content.date, spec.due));
  for (auto& one : {due_point(registry, now, "paper.prescription.due", "D29", content.date, spec.due), paper_point(registry, "paper.prescription.appeal")}) duties.points.push_back(one);
  content.groups = {paper_group(registry, "paper.breaches", spec.breaches)};
  if (!spec.measures.empty()) content.groups.push_back(paper_group(registry, "paper.prescription.measures", spec.measures));
  content.groups.push_back(std::move(duties));
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"breaches", kazakh(spec.breaches)}, {"measures", kazakh(spec.measures)}, {"article", spec.article}, {"plan_demanded", spec.plan_demanded}, {"due", spec.due}};
  PaperAct act{k::prescription_sign, signed_by(officer, now, position, std::move(body))};
  act.details = Json::Object{{"measures", kazakh(spec.measures)}, {"due", spec.due}, {"plan_demanded", spec.plan_demanded}};
  act.deadline = spec.due;
  act.deadline_term = "D29";
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

core::Result<core::Id> decide_sanction(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const SanctionSpec& spec, core::Instant at) {
  QABYL_TRY(position, take_seat(Seat::head_or_deputy, officer, now));
  auto content = paper_head(registry, now, "paper.sanction.title", at);
  content.lead = said_with(registry, "paper.sanction.lead", number_and_date(registry, now.inspection.assignment));
  content.groups = {{{}, {measure_of(registry, spec), paper_point(registry, "paper.prescription.article", {{"article", as_it_is(spec.article)}})}}};
  const auto followed = now.inspection.prescriptions.find(spec.prescription);
  if (followed != now.inspection.prescriptions.end()) {
    content.groups[0].points.push_back(paper_point(registry, "paper.sanction.follows", {{"number", as_it_is(followed->second.paper.number)}, {"date", day_in_words(registry, core::iso_date(followed->second.paper.date))}}));
  }
  if (!spec.reason.empty()) content.groups[0].points.push_back({as_it_is(spec.reason), {}});
  content.signatures = {paper_signature(officer)};
  Json body = Json::Object{{"measure", spec.measure}, {"article", spec.article}, {"reason", spec.reason}};
  if (spec.measure == "fine") body["amount_tenge"] = spec.amount_tenge;
  if (spec.measure == "suspension") body["months"] = spec.months;
  if (!spec.prescription.empty()) body["prescription"] = spec.prescription;
  PaperAct act{k::sanction_decide, signed_by(officer, now, position, std::move(body))};
  act.details = Json::Object{{"measure", spec.measure}};
  return issue_paper(registry, officer, now, std::move(content), std::move(act), false, at);
}

}  // namespace qabyl::sync::registry
