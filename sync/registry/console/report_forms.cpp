// Rows for the reports of an inspection: interim reports (16, 17), the summary report (18-20), consent to give it away
// (26). See act_forms.h.
#include <algorithm>

#include "sync/registry/console/act_forms.h"
#include "sync/registry/office_views.h"
#include "sync/registry/report_acts.h"

namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::InterimReport;
using core::Json;
using core::Status;
using core::SummaryReport;
using Kind = ActField::Kind;
using I = core::InterimState;
using S = core::SummaryState;

// --- interim reports: when, and which ---
using InterimTest = bool (*)(const InterimReport&);
template <I... states>
bool interim_in(const InterimReport& one) { return ((one.state == states) || ...); }

template <InterimTest test>
std::vector<Choice> interims(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.interims) {
    if (test(one)) choices.push_back({id, "№ " + one.paper.number, "console.interim"});
  }
  return choices;
}
template <InterimTest test>
bool any_interim(const CaseNow& now, std::string_view) {
  return std::any_of(now.inspection.interims.begin(), now.inspection.interims.end(), [](const auto& one) { return test(one.second); });
}
std::vector<Choice> interim_objections(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.interims) {
    if (one.state != I::objected) continue;
    for (auto& choice : untreated(one.objections, one.paper.number)) choices.push_back(std::move(choice));
  }
  return choices;
}
bool in_progress(const CaseNow& now, std::string_view) { return now.inspection.state == core::InspectionState::in_progress; }

// --- the summary report ---
const SummaryReport* live(const CaseNow& now) {
  for (const auto& [id, one] : now.inspection.summaries) {
    if (one.state != S::withdrawn) return &one;
  }
  return nullptr;
}
core::Id live_id(const CaseNow& now) {
  for (const auto& [id, one] : now.inspection.summaries) {
    if (one.state != S::withdrawn) return id;
  }
  return {};
}
template <S... states>
bool summary_in(const CaseNow& now, std::string_view) {
  const auto* summary = live(now);
  return summary != nullptr && ((summary->state == states) || ...);
}
bool may_draft_summary(const CaseNow& now, std::string_view) {
  const auto& interims = now.inspection.interims;
  const bool settled = std::all_of(interims.begin(), interims.end(), [](const auto& one) { return one.second.settled(); });
  return now.inspection.state == core::InspectionState::fieldwork_ended && live(now) == nullptr && settled;
}
bool awaits_bureau(const CaseNow& now, std::string_view) {
  const auto* summary = live(now);
  return summary != nullptr && summary->delivered() && (summary->state == S::received || !summary->copy_settled());
}
std::vector<Choice> summary_objections(Registry&, const CaseNow& now) {
  const auto* summary = live(now);
  return summary == nullptr ? std::vector<Choice>() : untreated(summary->objections, summary->paper.number);
}
std::vector<Choice> superiors(Registry& registry, const CaseNow&) {
  std::vector<Choice> choices;
  const auto officers = officer_lines(registry);
  if (!officers) return choices;
  for (const auto& one : *officers) {
    if (may_be_superior(one.role)) choices.push_back({one.id, one.name + ", " + one.position, ""});
  }
  return choices;
}

// --- third parties ---
bool asked_consent(const CaseNow& now, std::string_view) {
  return std::any_of(now.inspection.disclosures.begin(), now.inspection.disclosures.end(), [](const auto& one) { return one.second.state == core::DisclosureState::asked; });
}
std::vector<Choice> disclosures_asked(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& [id, one] : now.inspection.disclosures) {
    if (one.state == core::DisclosureState::asked) choices.push_back({id, one.third_party + ": " + one.purpose, ""});
  }
  return choices;
}
std::vector<Choice> yes_or_no(Registry&, const CaseNow&) { return {{"yes", "", "console.consent.yes"}, {"no", "", "console.consent.no"}}; }

// --- how ---
Status interim(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(findings, paired_lines(fields, "findings"));
  QABYL_TRY(conclusions, paired_lines(fields, "conclusions"));
  return status_of(sign_interim(registry, officer, now, {std::move(findings), std::move(conclusions)}, at));
}
Status interim_head(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(countersign_interim(registry, officer, now, fields.text("report"), at));
}
Status interim_consider(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  const auto found = now.inspection.interims.find(fields.text("report"));
  if (found == now.inspection.interims.end()) return core::Error{core::ErrorCode::wrong_state, "interim.unknown"};
  Json body = Json::Object{{"report", found->first}, {"treatments", treatments_json(treatments_in(fields, found->second.objections))}};
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), std::move(body)}, at));
}
Status summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  QABYL_TRY(findings, paired_lines(fields, "findings"));
  QABYL_TRY(breaches, paired_lines(fields, "breaches"));
  QABYL_TRY(conclusions, paired_lines(fields, "conclusions"));
  return status_of(sign_summary(registry, officer, now, {std::move(findings), std::move(breaches), std::move(conclusions), fields.text("superior")}, at));
}
Status summary_superior(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(countersign_summary(registry, officer, now, live_id(now), at));
}
Status summary_send(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(send_summary(registry, officer, now, live_id(now), fields.paragraph("addressee"), at));
}
// An act on the one report that is not withdrawn, with the row's fields.
Status of_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  body["report"] = live_id(now);
  return status_of(do_inspection_act(registry, officer, now, {form.kind, std::get<Seat>(form.who), std::move(body)}, at));
}
AnswerSpec answer_in(const CaseNow& now, const Fields& fields) {
  const auto* summary = live(now);
  return {live_id(now), summary == nullptr ? std::vector<Treatment>() : treatments_in(fields, summary->objections), fields.paragraph("text")};
}
Status summary_answer(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(answer_objections(registry, officer, now, answer_in(now, fields), at));
}
Status summary_decide(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(decide_on_summary(registry, officer, now, answer_in(now, fields), at));
}
Status disclosure(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields& fields, Instant at) {
  return status_of(answer_disclosure(registry, officer, now, {fields.text("disclosure"), fields.text("consent") == "yes", fields.paragraph("reason")}, at));
}

template <InterimTest test>
constexpr ActField interim_field{Kind::choice, "report", "console.interim", nullptr, interims<test>};
constexpr ActField findings_kk{Kind::lines, "findings_kk", "console.field.findings.kk", "console.field.lines.hint"}, findings_ru{Kind::lines, "findings_ru", "console.field.findings.ru", "console.documents.same"};
constexpr ActField breaches_kk{Kind::lines, "breaches_kk", "console.field.breaches.kk", "console.field.breaches.hint"}, breaches_ru{Kind::lines, "breaches_ru", "console.field.breaches.ru", "console.documents.same"};
constexpr ActField conclusions_kk{Kind::lines, "conclusions_kk", "console.field.conclusions.kk", "console.field.lines.hint"}, conclusions_ru{Kind::lines, "conclusions_ru", "console.field.conclusions.ru", "console.documents.same"};

constexpr InterimTest awaits_head = interim_in<I::signed_by_executor>, is_out = interim_in<I::issued>, with_bureau = interim_in<I::received>, is_objected = interim_in<I::objected>;
constexpr InterimTest is_ripe = interim_in<I::accepted, I::no_objection, I::considered>, can_withdraw = interim_in<I::signed_by_executor, I::issued>;

}  // namespace

std::vector<ActForm> report_forms() {
  namespace k = core::kind;
  std::vector<ActForm> forms;
  const auto row = [&](std::string_view path, std::string_view kind, Seat who, bool (*open)(const CaseNow&, std::string_view), std::vector<ActField> fields,
                       ActForm::CarryOut carry_out = plain_act) { forms.push_back({path, kind, who, open, std::move(fields), carry_out}); };
  row("interim", k::interim_sign_executor, Seat::executor, in_progress, {findings_kk, findings_ru, conclusions_kk, conclusions_ru}, interim);
  row("interim_head", k::interim_sign_head, Seat::group_head, any_interim<awaits_head>, {interim_field<awaits_head>}, interim_head);
  row("interim_refused", k::interim_receipt_refused, Seat::clerk_or_official, any_interim<is_out>, {interim_field<is_out>, date_field, witnesses_field});
  row("interim_over", k::interim_window_over, Seat::clerk_or_official, any_interim<with_bureau>, {interim_field<with_bureau>});
  row("interim_consider", k::interim_consider, Seat::group_head, any_interim<is_objected>,
      {interim_field<is_objected>, {Kind::treatments, "treatments", "console.field.treatments", nullptr, interim_objections}}, interim_consider);
  row("interim_carry", k::interim_carry_over, Seat::group_head, any_interim<is_ripe>, {interim_field<is_ripe>, {Kind::text, "text", "console.field.carried"}});
  row("interim_withdraw", k::interim_withdraw, Seat::group_head, any_interim<can_withdraw>, {interim_field<can_withdraw>, reason_field});
  row("summary", k::summary_sign_head, Seat::group_head, may_draft_summary,
      {findings_kk, findings_ru, breaches_kk, breaches_ru, conclusions_kk, conclusions_ru, {Kind::choice, "superior", "console.field.superior", nullptr, superiors}}, summary);
  row("summary_superior", k::summary_sign_superior, Seat::leader, summary_in<S::signed_by_head>, {}, summary_superior);
  row("summary_send", k::summary_send, Seat::clerk, summary_in<S::issued>, {{Kind::line, "addressee", "console.field.addressee", nullptr, nullptr, first_head_of_bureau}}, summary_send);
  row("summary_withdraw", k::summary_withdraw, Seat::group_head, summary_in<S::signed_by_head, S::issued>, {reason_field}, of_summary);
  row("summary_refused", k::summary_receipt_refused, Seat::clerk_or_official, summary_in<S::sent>, {date_field, witnesses_field}, of_summary);
  row("summary_over", k::summary_window_over, Seat::clerk_or_official, awaits_bureau, {}, of_summary);
  row("summary_answer", k::summary_answer, Seat::unit_leader, summary_in<S::objected>,
      {{Kind::treatments, "treatments", "console.field.treatments", nullptr, summary_objections}, {Kind::text, "text", "console.field.answer"}}, summary_answer);
  row("summary_decide", k::summary_final_decision, Seat::head_or_deputy, summary_in<S::objected>,
      {{Kind::treatments, "treatments", "console.field.treatments", nullptr, summary_objections}, {Kind::text, "text", "console.field.final_text"}}, summary_decide);
  row("disclosure", k::disclosure_answer, Seat::leader, asked_consent,
      {{Kind::choice, "disclosure", "console.field.disclosure", nullptr, disclosures_asked}, {Kind::choice, "consent", "console.field.consent", nullptr, yes_or_no}, reason_field}, disclosure);
  return forms;
}

}  // namespace qabyl::sync::registry
