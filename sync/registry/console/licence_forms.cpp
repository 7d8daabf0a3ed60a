// Rows for a licence: the form that a granted application leads to; suspension, its end, and the end of the licence
// (paragraphs 2, 4-6, 29, 30; Articles 11-13). See act_forms.h.
#include "sync/registry/console/act_forms.h"

namespace qabyl::sync::registry {
namespace {

using core::Instant;
using core::Json;
using core::Procedure;
using core::Status;
using Kind = ActField::Kind;
using S = core::LicenceState;

// On the page of a granted application: the one form that its procedure asks for, once.
template <Procedure procedure>
bool awaits_form(const CaseNow& now, std::string_view) {
  const bool granted = now.application.state == core::ApplicationState::granted && now.form_case.empty();
  return granted && now.application.body.text("procedure") == core::to_text(procedure);
}

bool awaits_receipt(const CaseNow& now, std::string_view) {
  return now.licence.state == S::active && !now.licence.suspensions.empty() && !now.licence.suspensions.back().receipt;
}
bool may_propose(const CaseNow& now, std::string_view officer) { return now.licence.state == S::active && !awaits_receipt(now, officer); }
bool is_proposed(const CaseNow& now, std::string_view) { return now.licence.proposal.has_value(); }
bool proposed_by_another(const CaseNow& now, std::string_view officer, std::string_view why) {
  const auto& proposed = now.licence.end_proposal;
  return proposed && proposed->why == why && proposed->by.officer != officer;
}
bool deprivation_proposed(const CaseNow& now, std::string_view officer) { return proposed_by_another(now, officer, "court"); }
bool end_proposed(const CaseNow& now, std::string_view officer) { return proposed_by_another(now, officer, "own_wish") || proposed_by_another(now, officer, "liquidation"); }
bool entered_by_another(const CaseNow& now, std::string_view officer) { return now.licence.state == S::entered && now.licence.entry->by.officer != officer; }
bool is_suspended(const CaseNow& now, std::string_view) { return now.licence.state == S::suspended; }
bool in_life(const CaseNow& now, std::string_view) { return now.licence.state == S::active || now.licence.state == S::suspended; }

std::vector<Choice> grounds(Registry&, const CaseNow& now) {
  std::vector<Choice> choices;
  for (const auto& one : now.book.profile->settings.items("suspension.grounds")) {
    if (one.is_string()) choices.push_back({one.string(), "", "console.suspension_ground." + one.string()});
  }
  return choices;
}
std::vector<Choice> reasons_to_lift(Registry&, const CaseNow&) {
  return {{"cause_removed", "", "console.lift.cause_removed"}, {"term_over", "", "console.lift.term_over"}};
}
std::vector<Choice> reasons_to_end(Registry&, const CaseNow&) {
  return {{"own_wish", "", "console.ended.own_wish"}, {"liquidation", "", "console.ended.liquidation"}, {"court", "", "console.ended.court"}};
}
// The decision is on what was proposed and on nothing else.
std::vector<Choice> reason_proposed(Registry&, const CaseNow& now) {
  return now.licence.end_proposal ? std::vector<Choice>{{now.licence.end_proposal->why, "", "console.ended." + now.licence.end_proposal->why}} : std::vector<Choice>();
}

Status give(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  return status_of(give_form(registry, officer, now, {form.kind, fields.text("why"), fields.text("name"), fields.text("address")}, at));
}
Status suspension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(suspend_licence(registry, officer, now, at));
}
Status confirmation(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm&, const Fields&, Instant at) {
  return status_of(confirm_old_licence(registry, officer, now, at));
}
Status plain(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ActForm& form, const Fields& fields, Instant at) {
  return status_of(do_licence_act(registry, officer, now, {form.kind, std::get<LicenceSeat>(form.who), plain_body(registry, now, form, fields)}, at));
}

}  // namespace

std::vector<ActForm> licence_forms() {
  namespace k = core::kind;
  std::vector<ActForm> forms;
  const auto row = [&](std::string_view path, std::string_view kind, LicenceSeat who, bool (*open)(const CaseNow&, std::string_view), std::vector<ActField> fields,
                       ActForm::CarryOut carry_out = plain) { forms.push_back({path, kind, who, open, std::move(fields), carry_out}); };
  row("licence_issue", k::licence_issue, LicenceSeat::signer, awaits_form<Procedure::issue>, {}, give);
  row("licence_reissue", k::licence_reissue, LicenceSeat::signer, awaits_form<Procedure::reissue>,
      {{Kind::text, "why", "console.field.change"}, {Kind::line, "name", "console.field.new_name"}, {Kind::line, "address", "console.field.new_address"}}, give);
  row("licence_duplicate", k::licence_duplicate, LicenceSeat::signer, awaits_form<Procedure::duplicate>, {{Kind::text, "why", "console.field.loss"}}, give);
  row("licence_entry_confirm", k::licence_confirm_entry, LicenceSeat::decider, entered_by_another, {}, confirmation);
  row("licence_entry_reject", k::licence_reject_entry, LicenceSeat::decider, entered_by_another, {reason_field});
  row("suspension_propose", k::licence_propose_suspension, LicenceSeat::proposer, may_propose,
      {{Kind::choice, "ground", "console.field.suspension_ground", nullptr, grounds}, {Kind::amount, "months", "console.field.months"}, text_field});
  row("suspension", k::licence_suspend, LicenceSeat::decider, is_proposed, {}, suspension);
  row("suspension_refused", k::licence_suspension_receipt_refused, LicenceSeat::clerk, awaits_receipt,
      {date_field, {Kind::lines, "witnesses", "console.field.witnesses", "console.field.witnesses.hint"}});
  row("suspension_lift", k::licence_lift, LicenceSeat::decider, is_suspended, {{Kind::choice, "why", "console.field.lift_why", nullptr, reasons_to_lift}, reason_field});
  row("licence_end_propose", k::licence_propose_end, LicenceSeat::proposer, in_life, {{Kind::choice, "why", "console.field.end_why", nullptr, reasons_to_end}, text_field});
  row("licence_deprive", k::licence_deprive, LicenceSeat::decider, deprivation_proposed,
      {date_field, {Kind::line, "court", "console.field.court"}, {Kind::line, "decision", "console.field.decision"}});
  row("licence_end", k::licence_end, LicenceSeat::decider, end_proposed, {date_field, {Kind::choice, "why", "console.field.end_why", nullptr, reason_proposed}});
  return forms;
}

}  // namespace qabyl::sync::registry
