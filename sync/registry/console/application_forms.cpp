// Rows for a licence application: registration, completeness, fee, examination, decision (paragraphs 1-5, Article 10).
// See act_forms.h.
#include <algorithm>

#include "sync/registry/console/act_forms.h"
#include "sync/registry/office_views.h"

namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::Json;
using core::Status;
using Kind = ActField::Kind;
using S = core::ApplicationState;

bool in(const CaseNow& now, S state) { return now.application.state == state; }
template <S state>
bool is(const CaseNow& now, std::string_view) { return in(now, state); }
bool awaits_examiner(const CaseNow& now, std::string_view) { return in(now, S::complete) || in(now, S::under_examination); }
bool fee_is_open(const CaseNow& now, std::string_view) { return now.application.is_open() && !in(now, S::submitted) && now.application.fee_paid_tenge == 0; }
bool has_open_ground(const CaseNow& now, std::string_view) { return in(now, S::under_examination) && !now.application.open_grounds.empty(); }

// Documents of the procedure's list, as the profile names them in Kazakh.
std::vector<Choice> listed_documents(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  const auto procedure = core::parse_procedure(now.application.body.text("procedure"));
  if (!procedure) return choices;
  for (const auto& document : now.book.profile->list(*procedure)) choices.push_back({document.code, document.code + ": " + document.name.kk, ""});
  return choices;
}

std::vector<Choice> grounds_of(const Json::Array& codes) {
  std::vector<Choice> choices;
  for (const auto& one : codes) {
    if (one.is_string()) choices.push_back({one.string(), "", "console.ground." + one.string()});
  }
  return choices;
}
std::vector<Choice> listed_grounds(Registry&, const CaseNow& now) { return grounds_of(now.book.profile->settings.items("refusal.grounds")); }
std::vector<Choice> open_grounds(Registry&, const CaseNow& now) {
  return grounds_of(Json::Array(now.application.open_grounds.begin(), now.application.open_grounds.end()));
}

std::vector<Choice> examiners(Registry& registry, const CaseNow&) {
  std::vector<Choice> choices;
  const auto officers = officer_lines(registry);
  if (!officers) return choices;
  for (const auto& one : *officers) {
    if (one.role == role::inspector || leads_unit(one.role)) choices.push_back({one.id, one.name + ", " + one.position, ""});
  }
  return choices;
}

Status register_one(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(register_application(registry, officer, now.id, at));
}

Status plain(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  return status_of(do_application_act(registry, officer, now, {form.kind, std::get<ApplicationSeat>(form.who), plain_body(registry, now, form, fields)}, at));
}

// By name in the record, by id for the right to open the case.
Status assign(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  Json body = plain_body(registry, now, form, fields);
  const auto officers = officer_lines(registry);
  if (!officers) return officers.error();
  for (const auto& one : *officers) {
    if (one.id == body.text("examiner_officer")) body["examiner"] = one.name;
  }
  return status_of(do_application_act(registry, officer, now, {form.kind, std::get<ApplicationSeat>(form.who), body}, at));
}

}  // namespace

std::vector<ActForm> application_forms() {
  namespace k = core::kind;
  std::vector<ActForm> forms{{"register", k::application_register, Power::register_application, is<S::submitted>, {}, register_one}};
  const auto row = [&](std::string_view path, std::string_view kind, ApplicationSeat who, bool (*open)(const CaseNow&, std::string_view), std::vector<ActField> fields,
                       ActForm::CarryOut carry_out = plain) { forms.push_back({path, kind, who, open, std::move(fields), carry_out}); };
  row("incomplete", k::application_check_incomplete, ApplicationSeat::clerk, is<S::registered>,
       {{Kind::codes, "missing", "console.field.missing", nullptr, listed_documents}, {Kind::date, "due", "console.field.mend_due"}});
  row("complete", k::application_check_complete, ApplicationSeat::clerk, is<S::registered>, {date_field});
  row("return", k::application_return, ApplicationSeat::clerk, is<S::incomplete>, {reason_field});
  row("fee", k::application_fee_paid, ApplicationSeat::clerk, fee_is_open, {{Kind::amount, "amount_tenge", "console.field.amount"}, {Kind::line, "document", "console.field.payment"}});
  row("examiner", k::application_assign_examiner, ApplicationSeat::assigner, awaits_examiner, {{Kind::choice, "examiner_officer", "console.field.examiner", nullptr, examiners}}, assign);
  row("ground", k::application_find_ground, ApplicationSeat::examiner, is<S::under_examination>, {{Kind::choice, "ground", "console.field.refusal_ground", nullptr, listed_grounds}, text_field});
  row("ground_gone", k::application_clear_ground, ApplicationSeat::examiner, has_open_ground, {{Kind::choice, "ground", "console.field.refusal_ground", nullptr, open_grounds}, text_field});
  row("hearing", k::application_offer_hearing, ApplicationSeat::examiner, is<S::under_examination>, {date_field});
  row("grant", k::application_grant, ApplicationSeat::decider, is<S::under_examination>, {});
  row("refuse", k::application_refuse, ApplicationSeat::decider, is<S::under_examination>, {{Kind::codes, "grounds", "console.field.refusal_ground", nullptr, listed_grounds}, reason_field});
  return forms;
}

}  // namespace qabyl::sync::registry
