// Rows for what follows from an inspection: settling, the plan to remove breaches (27), prescriptions and sanctions (29),
// closing. See act_forms.h.
#include <algorithm>
#include <functional>

#include "sync/registry/console/act_forms.h"
#include "sync/registry/remedy_acts.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::Json;
using core::Plan;
using core::Prescription;
using core::Sanction;
using core::Status;
using Kind = ActField::Kind;
using IS = core::InspectionState;
using P = core::PlanState;
using R = core::PrescriptionState;
using X = core::SanctionState;

// --- when, and which ---
template <typename Map, typename Test>
bool any_of_values(const Map& map, Test test) {
  return std::any_of(map.begin(), map.end(), [&](const auto& one) { return test(one.second); });
}
template <typename One, auto... states>
bool in(const One& one) {
  return ((one.state == states) || ...);
}

template <P... states>
bool any_plan(const CaseNow& now, std::string_view) { return any_of_values(now.inspection.plans, in<Plan, states...>); }
template <P... states>
std::vector<Choice> plans(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.plans) {
    if (in<Plan, states...>(one)) choices.push_back({id, core::iso_date(one.term.due) + ", " + one.breaches.front(), "console.plan"});
  }
  return choices;
}
template <R... states>
bool any_prescription(const CaseNow& now, std::string_view) { return any_of_values(now.inspection.prescriptions, in<Prescription, states...>); }
template <R... states>
std::vector<Choice> prescriptions(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.prescriptions) {
    if (in<Prescription, states...>(one)) choices.push_back({id, "№ " + one.paper.number, "console.prescription"});
  }
  return choices;
}
template <X... states>
bool any_sanction(const CaseNow& now, std::string_view) { return any_of_values(now.inspection.sanctions, in<Sanction, states...>); }
template <X... states>
std::vector<Choice> sanctions(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.sanctions) {
    if (in<Sanction, states...>(one)) choices.push_back({id, "№ " + one.paper.number, "console.sanction." + one.measure});
  }
  return choices;
}

bool may_settle(const CaseNow& now, std::string_view) {
  const bool over = any_of_values(now.inspection.summaries, [](const core::SummaryReport& one) { return one.state == core::SummaryState::answered || one.state == core::SummaryState::concluded; });
  return now.inspection.state == IS::settling && over;
}
bool may_demand(const CaseNow& now, std::string_view) {
  const IS state = now.inspection.state;
  return state == IS::reporting || state == IS::settling || state == IS::remedying || state == IS::closed_unfinished;
}
bool may_prescribe(const CaseNow& now, std::string_view officer) {
  if (now.inspection.found_by.officer == officer) return false;  // O4
  return now.inspection.state == IS::remedying || now.inspection.state == IS::closed_unfinished;
}
bool may_close(const CaseNow& now, std::string_view) { return now.inspection.state == IS::remedying; }

// Breaches of the summary report by their number in it.
std::vector<Choice> reported_breaches(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.summaries) {
    if (one.state == core::SummaryState::withdrawn) continue;
    for (std::size_t i = 0; i < one.breaches.size(); ++i) choices.push_back({std::to_string(i), one.breaches[i], ""});
  }
  return choices;
}
std::string joined(const std::vector<core::LocalText>& texts, core::Language language) {
  std::string lines;
  for (const auto& one : texts) lines += one.in(language) + "\n";
  return lines;
}
std::string breaches_in_kazakh(Registry&, const CaseNow& now) { return joined(standing_breaches(now), core::Language::kk); }
std::string breaches_in_russian(Registry&, const CaseNow& now) { return joined(standing_breaches(now), core::Language::ru); }

// Items of a plan under way as "<plan>.<number>".
bool is_unreported(const core::PlanItem& item) { return item.state != core::PlanItemState::reported; }
bool is_open(const core::PlanItem& item) { return item.state == core::PlanItemState::open; }
template <bool (*counts)(const core::PlanItem&)>
std::vector<Choice> items(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, plan] : now.inspection.plans) {
    for (std::size_t i = 0; plan.state == P::in_execution && i < plan.items.size(); ++i) {
      if (counts(plan.items[i])) choices.push_back({id + "." + std::to_string(i), core::iso_date(plan.items[i].term.due) + ": " + plan.items[i].measure, ""});
    }
  }
  return choices;
}
template <bool (*counts)(const core::PlanItem&)>
bool any_item(const CaseNow& now, std::string_view) {
  return any_of_values(now.inspection.plans, [](const Plan& plan) { return plan.state == P::in_execution && std::any_of(plan.items.begin(), plan.items.end(), counts); });
}
bool may_extend_item(const CaseNow& now, std::string_view officer) { return now.book.profile->settings.flag("plan.extension") && any_item<is_unreported>(now, officer); }
bool plan_is_over(const CaseNow& now, std::string_view) {
  return any_of_values(now.inspection.plans, [](const Plan& plan) { return plan.state == P::in_execution && std::none_of(plan.items.begin(), plan.items.end(), is_open); });
}

std::vector<Choice> fulfilment(Registry&, const CaseNow&) { return {{"yes", "", "console.fulfilled.yes"}, {"no", "", "console.fulfilled.no"}}; }
std::vector<Choice> measures_of_law(Registry&, const CaseNow&) {
  std::vector<Choice> choices;
  for (const char* measure : {"fine", "suspension", "suit"}) choices.push_back({measure, "", "console.sanction." + std::string(measure)});
  return choices;
}
std::vector<Choice> overdue_or_none(Registry& registry, const CaseNow& now) {
  auto choices = prescriptions<R::overdue>(registry, now);
  choices.insert(choices.begin(), {"", "", "console.sanction.direct"});
  return choices;
}

// --- how ---
Status seated(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, Json body, Instant at) {
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), std::move(body)}, at));
}
Status demand(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(breaches, paired_lines(fields, "breaches"));
  return status_of(demand_plan(registry, officer, now, {std::move(breaches), fields.text("due")}, at));
}
Status give_back(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(return_plan(registry, officer, now, {fields.text("plan"), fields.paragraph("reason"), fields.text("due")}, at));
}
Status agree(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(agree_plan(registry, officer, now, fields.text("plan"), at));
}
// An act on an item: its field names plan and number in one.
Status on_item(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  const std::string named = fields.text("item");
  const auto number = parse_decimal(named.substr(std::min(named.size(), named.find('.') + 1)));
  body["plan"] = named.substr(0, named.find('.'));
  body["item"] = number ? static_cast<std::int64_t>(*number) : std::int64_t{-1};
  return seated(registry, officer, now, form, std::move(body), at);
}
// With an answer to "was it carried out".
Status judged(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  body["fulfilled"] = fields.text("fulfilled") == "yes";
  return seated(registry, officer, now, form, std::move(body), at);
}
Status prescription(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(breaches, paired_lines(fields, "breaches"));
  QABYL_TRY(measures, paired_lines(fields, "measures"));
  return status_of(sign_prescription(registry, officer, now, {std::move(breaches), std::move(measures), fields.paragraph("article"), fields.text("due"), fields.ticked("plan_demanded")}, at));
}
Status sanction(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  SanctionSpec spec{fields.text("measure"), fields.paragraph("article"), fields.paragraph("reason"), 0, 0, fields.text("prescription")};
  if (const auto amount = parse_decimal(fields.text("amount_tenge"))) spec.amount_tenge = static_cast<std::int64_t>(*amount);
  if (const auto months = parse_decimal(fields.text("months"))) spec.months = static_cast<std::int64_t>(*months);
  return status_of(decide_sanction(registry, officer, now, spec, at));
}

constexpr ActField breaches_kk{Kind::lines, "breaches_kk", "console.field.breaches.kk", "console.field.lines.hint", nullptr, breaches_in_kazakh};
constexpr ActField breaches_ru{Kind::lines, "breaches_ru", "console.field.breaches.ru", "console.documents.same", nullptr, breaches_in_russian};
constexpr ActField due_field{Kind::date, "due", "console.field.last_day"};
constexpr ActField fulfilled_field{Kind::choice, "fulfilled", "console.field.fulfilled", nullptr, fulfilment};
template <P... states>
constexpr ActField plan_field{Kind::choice, "plan", "console.plan", nullptr, plans<states...>};
template <R... states>
constexpr ActField prescription_field{Kind::choice, "prescription", "console.prescription", nullptr, prescriptions<states...>};
template <X... states>
constexpr ActField sanction_field{Kind::choice, "sanction", "console.field.sanction", nullptr, sanctions<states...>};

using Add = std::function<void(std::string_view, std::string_view, Seat, bool (*)(const CaseNow&, std::string_view), std::vector<ActField>, ActForm::CarryOut)>;

void add_plan_forms(const Add& row) {
  namespace k = core::kind;
  row("plan", k::plan_demand, Seat::leader, may_demand, {breaches_kk, breaches_ru, due_field}, demand);
  row("plan_return", k::plan_return, Seat::leader, any_plan<P::submitted>, {plan_field<P::submitted>, reason_field, due_field}, give_back);
  row("plan_agree", k::plan_agree, Seat::leader, any_plan<P::submitted>, {plan_field<P::submitted>}, agree);
  row("plan_item_overdue", k::plan_item_overdue, Seat::reviewer, any_item<is_open>, {{Kind::choice, "item", "console.field.item", nullptr, items<is_open>}}, on_item);
  row("plan_extend_item", k::plan_extend_item, Seat::leader, may_extend_item, {{Kind::choice, "item", "console.field.item", nullptr, items<is_unreported>}, due_field, reason_field}, on_item);
  row("plan_finish", k::plan_finish, Seat::leader, plan_is_over, {plan_field<P::in_execution>, fulfilled_field}, judged);
  row("plan_missed", k::plan_missed, Seat::leader, any_plan<P::demanded, P::returned>, {plan_field<P::demanded, P::returned>}, plain_act);
  row("plan_withdraw", k::plan_withdraw, Seat::leader, any_plan<P::demanded, P::submitted, P::returned>, {plan_field<P::demanded, P::submitted, P::returned>, reason_field}, plain_act);
}

void add_prescription_forms(const Add& row) {
  namespace k = core::kind;
  row("prescription", k::prescription_sign, Seat::head_or_deputy, may_prescribe,
      {breaches_kk, breaches_ru, {Kind::line, "article", "console.field.article"}, {Kind::lines, "measures_kk", "console.field.measures.kk", "console.field.lines.hint"},
       {Kind::lines, "measures_ru", "console.field.measures.ru", "console.documents.same"}, {Kind::flag, "plan_demanded", "console.field.plan_demanded"}, due_field}, prescription);
  row("prescription_refused", k::prescription_receipt_refused, Seat::clerk_or_official, any_prescription<R::issued>, {prescription_field<R::issued>, date_field, witnesses_field}, plain_act);
  row("prescription_verify", k::prescription_verify, Seat::reviewer, any_prescription<R::notified>, {prescription_field<R::notified>, fulfilled_field}, judged);
  row("prescription_extend", k::prescription_extend, Seat::head_or_deputy, any_prescription<R::extension_asked>, {prescription_field<R::extension_asked>, due_field}, plain_act);
  row("prescription_deny", k::prescription_deny, Seat::head_or_deputy, any_prescription<R::extension_asked>, {prescription_field<R::extension_asked>, reason_field}, plain_act);
  row("prescription_overdue", k::prescription_overdue, Seat::reviewer, any_prescription<R::in_execution, R::extension_asked>, {prescription_field<R::in_execution, R::extension_asked>}, plain_act);
  row("prescription_withdraw", k::prescription_withdraw, Seat::head_or_deputy, any_prescription<R::issued, R::in_execution, R::notified, R::extension_asked, R::overdue>,
      {prescription_field<R::issued, R::in_execution, R::notified, R::extension_asked, R::overdue>, reason_field}, plain_act);
}

void add_sanction_forms(const Add& row) {
  namespace k = core::kind;
  row("sanction", k::sanction_decide, Seat::head_or_deputy, may_prescribe,
      {{Kind::choice, "measure", "console.field.measure", nullptr, measures_of_law}, {Kind::line, "article", "console.field.article"}, {Kind::optional_amount, "amount_tenge", "console.field.fine"},
       {Kind::optional_amount, "months", "console.field.sanction_months"}, {Kind::choice, "prescription", "console.field.follows", nullptr, overdue_or_none}, reason_field}, sanction);
  row("sanction_refused", k::sanction_receipt_refused, Seat::clerk_or_official, any_sanction<X::decided>, {sanction_field<X::decided>, date_field, witnesses_field}, plain_act);
  row("sanction_execute", k::sanction_execute, Seat::leader, any_sanction<X::in_force>, {sanction_field<X::in_force>, date_field}, plain_act);
  row("sanction_lift", k::sanction_lift, Seat::head_or_deputy, any_sanction<X::decided, X::in_force>, {sanction_field<X::decided, X::in_force>, reason_field}, plain_act);
}

}  // namespace

std::vector<ActForm> remedy_forms() {
  std::vector<ActForm> forms;
  const Add row = [&](std::string_view path, std::string_view kind, Seat who, bool (*open)(const CaseNow&, std::string_view), std::vector<ActField> fields, ActForm::CarryOut carry_out) {
    forms.push_back({path, kind, who, open, std::move(fields), carry_out});
  };
  row("settle", core::kind::inspection_settle, Seat::leader_or_group_head, may_settle, {{Kind::numbers, "breaches", "console.field.standing", nullptr, reported_breaches}}, plain_act);
  add_plan_forms(row);
  add_prescription_forms(row);
  add_sanction_forms(row);
  row("close", core::kind::inspection_close, Seat::leader, may_close, {}, plain_act);
  return forms;
}

}  // namespace qabyl::sync::registry
