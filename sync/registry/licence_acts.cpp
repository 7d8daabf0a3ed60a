// See licence_acts.h.
#include "sync/registry/licence_acts.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/paper/licence_paper.h"
#include "core/paper/office_paper.h"
#include "sync/registry/licence_register.h"
#include "sync/registry/office_profiles.h"
#include "sync/registry/office.h"
#include "sync/registry/office_views.h"
#include "sync/registry/papers_out.h"
#include "sync/registry/people.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::LocalText;
using core::Procedure;

constexpr int form_digits = 7, numbers_tried_max = 100'000;

core::Error may_not() { return {core::ErrorCode::forbidden, "officer.role"}; }
Json signer_of(const OpenOfficer& officer) { return Json::Object{{"name", officer.name}, {"position", std::string(signing_position(officer.role))}}; }
core::Date today(const Registry& registry, core::Instant at) { return registry.assets.zone.local(at).date; }

std::string with_zeros(std::int64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(digits.size() < form_digits ? form_digits - digits.size() : 0, '0') + digits;
}

std::string_view kind_of(Procedure procedure) {
  switch (procedure) {
    case Procedure::issue: return core::kind::licence_issue;
    case Procedure::reissue: return core::kind::licence_reissue;
    case Procedure::duplicate: return core::kind::licence_duplicate;
  }
  QABYL_CHECK(false);
  return {};
}

// The licence that a form is added to; empty for a first one.
core::Result<std::optional<CaseNow>> licence_before(Registry& registry, const CaseNow& application, Procedure procedure) {
  if (procedure == Procedure::issue) return std::optional<CaseNow>();
  QABYL_TRY(line, licence_in_life(registry, application.application.body.text("bin")));
  if (!line) return core::Error{core::ErrorCode::not_found, "licence.none_in_life"};
  QABYL_TRY(now, case_now(registry, line->case_id));
  return std::optional(std::move(now));
}

struct NewForm {
  Procedure procedure = Procedure::issue;
  Json body;                           // of its record
  core::paper::LicenceContent content;
};

// Who holds the licence, as the form will say: at its issue as the application has it, later as the licence had it, but for
// what a re-issue changes.
Json holder_of(const CaseNow& application, const CaseNow* licence, const FormSpec& spec, Procedure procedure) {
  const Json& asked = application.application.body;
  if (procedure == Procedure::duplicate) return licence->licence.holder;
  Json holder = Json::Object{{"bin", asked.text("bin")}, {"name", asked.text("organisation")}, {"address", asked.text("address")}, {"head", asked.text("first_head")}};
  if (procedure == Procedure::reissue && !spec.name.empty()) holder["name"] = spec.name;
  if (procedure == Procedure::reissue && !spec.address.empty()) holder["address"] = spec.address;
  return holder;
}

// Licences and forms from before may have numbers of our own counters.
core::Result<std::string> new_licence_number(Registry& registry, const CaseNow& application) {
  QABYL_TRY(rules, application.book.rules({}));
  for (int tried = 0; tried < numbers_tried_max; ++tried) {
    QABYL_TRY(n, registry.store.next_number("licence"));
    const std::string number = numbered(rules.text("licence.number_prefix"), n);
    QABYL_TRY(taken, number_in_use(registry, number));
    if (!taken) return number;
  }
  return core::Error{core::ErrorCode::wrong_state, "licence.number_taken"};
}

core::Result<std::string> new_form_number(Registry& registry, const CaseNow* licence) {
  for (int tried = 0; tried < numbers_tried_max; ++tried) {
    QABYL_TRY(n, registry.store.next_number("licence_form"));
    const std::string number = with_zeros(n);
    const bool taken = licence != nullptr && std::any_of(licence->licence.forms.begin(), licence->licence.forms.end(), [&](const auto& one) { return one.paper.number == number; });
    if (!taken) return number;
  }
  return core::Error{core::ErrorCode::wrong_state, "licence.form_number"};
}

core::Result<NewForm> new_form(Registry& registry, const OpenOfficer& officer, const CaseNow& application, const CaseNow* licence, const FormSpec& spec, Procedure procedure,
                               core::Instant at) {
  QABYL_TRY(form_number, new_form_number(registry, licence));
  QABYL_TRY(number, licence == nullptr ? new_licence_number(registry, application) : core::Result<std::string>(licence->licence.number));
  const Json holder = holder_of(application, licence, spec, procedure);
  NewForm form{procedure, {}, {}};
  form.content = {core::new_id(at, registry.random), procedure, number, form_number, today(registry, at), at, authority_name(registry), application.book.profile->title,
                  holder.text("name"), holder.text("bin"), holder.text("address"), licence == nullptr ? std::string() : licence->licence.forms.back().paper.number, officer.name,
                  as_it_is(officer.position)};
  form.body = Json::Object{{"application", application.id}, {"number", form.content.form_number}, {"date", core::iso_date(form.content.date)}};
  form.body["signer"] = signer_of(officer);
  if (procedure == Procedure::issue) {
    form.body["licence_number"] = number;
    form.body["profile"] = application.book.profile->id;
    form.body["profile_version"] = application.book.profile->version;
  }
  if (procedure != Procedure::duplicate) form.body["holder"] = holder;
  if (procedure == Procedure::reissue) form.body["change"] = spec.why;
  if (procedure == Procedure::duplicate) form.body["loss"] = spec.why;
  return form;
}

// --- the decision to suspend ---

core::paper::OfficePaper suspension_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, std::string number, core::Instant at) {
  const core::Licence& licence = now.licence;
  const auto& proposed = *licence.proposal;
  core::paper::OfficePaper paper;
  paper.paper_id = core::new_id(at, registry.random);
  paper.number = std::move(number);
  paper.date = today(registry, at);
  paper.made_at = at;
  paper.authority = authority_name(registry);
  paper.addressee = as_it_is(licence.holder.text("name"));
  paper.title = said(registry, "paper.suspension.title");
  const auto fact = [&](std::string_view id, std::vector<LocalArg> args = {}) { return core::paper::OfficePoint{said_with(registry, id, args), {}}; };
  const auto& form = licence.forms.front().paper;
  paper.groups = {{{}, {fact("paper.suspension.licence", {{"number", as_it_is(licence.number)}, {"date", day_in_words(registry, core::iso_date(form.date))}}),
                        fact("paper.suspension.ground", {{"ground", said(registry, "console.suspension_ground." + proposed.ground)}}),
                        fact("paper.suspension.months", {{"months", as_it_is(std::to_string(proposed.months))}}),
                        fact("paper.suspension.runs"), fact("paper.suspension.means")}}};
  paper.signatures = {{as_it_is(officer.position), officer.name}};
  return paper;
}

Json meta_of(const core::paper::OfficePaper& content, const core::paper::Paper& paper, const core::Digest& body, const CaseNow& now) {
  Json meta = office_meta(content, paper, body, now.id, content.paper_id);
  meta["capacities"] = Json::Object{};
  meta["licence"] = Json::Object{{"number", now.licence.number}};
  return meta;
}

}  // namespace

bool sits(LicenceSeat seat, std::string_view role, const CaseNow& now) {
  switch (seat) {
    case LicenceSeat::signer: {
      const auto rules = now.book.rules({});
      return rules && signing_position(role) == rules->text("licence.signer");
    }
    case LicenceSeat::decider: return role == role::head || role == role::deputy;
    case LicenceSeat::proposer: return leads_unit(role);
    case LicenceSeat::clerk: return role == role::clerk;
  }
  return false;
}

core::Result<core::Id> give_form(Registry& registry, const OpenOfficer& officer, const CaseNow& application, const FormSpec& spec, core::Instant at) {
  if (!sits(LicenceSeat::signer, officer.role, application)) return may_not();
  QABYL_TRY(procedure, core::parse_procedure(application.application.body.text("procedure")));
  if (spec.kind != kind_of(procedure)) return core::Error{core::ErrorCode::wrong_state, "licence.other_application"};
  QABYL_TRY(licence, licence_before(registry, application, procedure));
  QABYL_TRY(form, new_form(registry, officer, application, licence ? &*licence : nullptr, spec, procedure, at));
  QABYL_TRY(paper, core::paper::licence_pdf(form.content, registry.assets.texts));
  QABYL_TRY(body, registry.keep_document(paper.pdf, at));
  OfficeAct act;
  act.id = form.content.paper_id;
  act.kind = kind_of(procedure);
  if (licence) act.case_id = licence->id;
  act.docs = {{"licence-" + form.content.form_number + ".pdf", paper.pdf.size(), body, "application/pdf"}};
  act.body = form.body;
  act.body["paper"] = core::to_hex(body);
  act.body["pages"] = paper.pages;
  return append_act(registry, act, officer, at);
}

core::Result<core::Id> enter_old_licence(Registry& registry, const OpenOfficer& officer, const OldLicence& old, const std::optional<core::DocumentRef>& scan, core::Instant at) {
  if (!may(officer.role, Power::enter_licence)) return may_not();
  OfficeAct act;
  act.kind = core::kind::licence_enter;
  if (scan) act.docs = {*scan};
  act.body = Json::Object{{"licence_number", old.number}, {"number", old.form_number}, {"issued_on", old.issued_on}, {"decision", old.decision}};
  act.body["holder"] = Json::Object{{"bin", old.bin}, {"name", old.name}, {"address", old.address}, {"head", old.head}};
  QABYL_TRY(profile, office_profile(registry));
  act.body["profile"] = profile->id;
  act.body["date"] = core::iso_date(today(registry, at));
  act.body["signer"] = signer_of(officer);
  return append_act(registry, act, officer, at);
}

core::Result<core::Id> confirm_old_licence(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at) {
  const core::Record& entered = now.history.front();
  if (!entered.docs.empty()) {
    QABYL_TRY(seen, has_read_document(registry, officer.id, entered.id, 0));
    if (!seen) return core::Error{core::ErrorCode::wrong_state, "licence.scan_unseen"};
  }
  return do_licence_act(registry, officer, now, {core::kind::licence_confirm_entry, LicenceSeat::decider, Json::Object{}}, at);
}

core::Result<core::Id> suspend_licence(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at) {
  if (!sits(LicenceSeat::decider, officer.role, now)) return may_not();
  if (!now.licence.proposal) return core::Error{core::ErrorCode::wrong_state, "licence.not_proposed"};
  QABYL_TRY(number, registry.store.next_number("journal"));
  const auto content = suspension_paper(registry, officer, now, std::to_string(number), at);
  QABYL_TRY(paper, core::paper::office_pdf(content, registry.assets.texts));
  QABYL_TRY(body, registry.keep_document(paper.pdf, at));
  OfficeAct act;
  act.id = content.paper_id;
  act.kind = core::kind::licence_suspend;
  act.case_id = now.id;
  act.docs = {{"suspension-" + content.number + ".pdf", paper.pdf.size(), body, "application/pdf"}};
  act.body = Json::Object{{"number", content.number}, {"date", core::iso_date(content.date)}, {"paper", core::to_hex(body)}, {"pages", paper.pages},
                          {"ground", now.licence.proposal->ground}, {"months", now.licence.proposal->months}};
  act.body["signer"] = signer_of(officer);
  QABYL_TRY(record, append_act(registry, act, officer, at));
  QABYL_TRY_DO(put_paper_out(registry, {record, now.id, act.kind, now.licence.holder_bin, paper, body, meta_of(content, paper, body, now)}, at));
  return record;
}

core::Result<core::Id> do_licence_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const LicenceAct& act, core::Instant at) {
  if (!sits(act.seat, officer.role, now)) return may_not();
  OfficeAct made;
  made.kind = act.kind;
  made.case_id = now.id;
  made.body = act.body;
  made.body["signer"] = signer_of(officer);
  if (act.body.text("date").empty()) made.body["date"] = core::iso_date(today(registry, at));
  return append_act(registry, made, officer, at);
}

}  // namespace qabyl::sync::registry
