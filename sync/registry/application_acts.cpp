// See application_acts.h.
#include "sync/registry/application_acts.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/paper/office_paper.h"
#include "sync/registry/office.h"
#include "sync/registry/paper_parts.h"
#include "sync/registry/papers_out.h"
#include "sync/registry/powers.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::paper::OfficePaper;
using core::paper::OfficePoint;

// The newest examiner of the case, by the officer's id in the record.
std::string examiner_of(const CaseNow& now) {
  for (auto record = now.history.rbegin(); record != now.history.rend(); ++record) {
    if (record->kind == core::kind::application_assign_examiner) return record->body.text("examiner_officer");
  }
  return {};
}

// --- letters to the applicant ---

OfficePoint point(const Registry& registry, std::string_view id, const std::vector<LocalArg>& args = {}) { return {said_with(registry, id, args), {}}; }

// Documents of the procedure's list, by code, as the profile names them.
OfficePoint documents_point(const Registry& registry, const CaseNow& now, const Json::Array& codes) {
  OfficePoint listed = point(registry, "paper.letter.missing");
  const auto procedure = core::parse_procedure(now.application.body.text("procedure"));
  if (!procedure) return listed;
  for (const auto& document : now.book.profile->list(*procedure)) {
    if (std::find(codes.begin(), codes.end(), Json(document.code)) != codes.end()) listed.list.push_back(document.name);
  }
  return listed;
}

OfficePoint grounds_point(const Registry& registry, const Json::Array& grounds) {
  OfficePoint listed = point(registry, "paper.letter.grounds");
  for (const auto& one : grounds) {
    if (one.is_string()) listed.list.push_back(said(registry, "console.ground." + one.string()));
  }
  return listed;
}

std::vector<OfficePoint> letter_points(const Registry& registry, const CaseNow& now, const ApplicationAct& act, core::Date date) {
  const Json& body = act.body;
  if (act.kind == core::kind::application_check_incomplete) {
    return {documents_point(registry, now, body.items("missing")), due_point(registry, now, "paper.letter.mend_until", "D01", date, body.text("due")), point(registry, "paper.letter.mend_how")};
  }
  const OfficePoint reason = point(registry, "paper.letter.reason", {{"reason", as_it_is(body.text("reason"))}});
  if (act.kind == core::kind::application_return) {
    return {documents_point(registry, now, Json::Array(now.application.missing.begin(), now.application.missing.end())), reason, point(registry, "paper.letter.again")};
  }
  return {grounds_point(registry, body.items("grounds")), reason, point(registry, "paper.letter.appeal")};
}

const char* letter_title(std::string_view kind) {
  if (kind == core::kind::application_check_incomplete) return "paper.letter.incomplete";
  if (kind == core::kind::application_return) return "paper.letter.returned";
  return kind == core::kind::application_refuse ? "paper.letter.refused" : nullptr;
}

OfficePaper letter(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ApplicationAct& act, std::string number, core::Instant at) {
  OfficePaper paper;
  paper.paper_id = core::new_id(at, registry.random);
  paper.number = std::move(number);
  paper.date = registry.assets.zone.local(at).date;
  paper.made_at = at;
  paper.authority = authority_name(registry);
  paper.addressee = as_it_is(now.application.body.text("organisation"));
  paper.title = said(registry, letter_title(act.kind));
  paper.lead = said_with(registry, "paper.letter.lead", {{"number", as_it_is(now.application.number)}, {"date", day_in_words(registry, now.application.registered_on)}});
  paper.groups = {{{}, letter_points(registry, now, act, paper.date)}};
  paper.signatures = {{as_it_is(officer.position), officer.name}};
  paper.place_for_mark = false;
  return paper;
}

// Makes the letter a document of the act that sends it.
core::Status enclose_letter(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ApplicationAct& act, OfficeAct& made, core::Instant at) {
  QABYL_TRY(number, registry.store.next_number("journal"));
  const OfficePaper content = letter(registry, officer, now, act, std::to_string(number), at);
  QABYL_TRY(paper, core::paper::office_pdf(content, registry.assets.texts));
  QABYL_TRY(digest, registry.keep_document(paper.pdf, at));
  made.id = content.paper_id;
  made.docs = {{"letter-" + content.number + ".pdf", paper.pdf.size(), digest, "application/pdf"}};
  made.body["number"] = content.number;
  made.body["paper"] = core::to_hex(digest);
  made.body["pages"] = paper.pages;
  return core::Done{};
}

}  // namespace

bool sits(ApplicationSeat seat, std::string_view officer, std::string_view role, const CaseNow& now) {
  switch (seat) {
    case ApplicationSeat::clerk: return role == role::clerk;
    case ApplicationSeat::assigner: return leads_unit(role) || role == role::head || role == role::deputy;
    case ApplicationSeat::examiner: return !officer.empty() && examiner_of(now) == officer;
    case ApplicationSeat::decider: return role == role::head || role == role::deputy;
  }
  return false;
}

core::Result<core::Id> do_application_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ApplicationAct& act, core::Instant at) {
  if (!sits(act.seat, officer.id, officer.role, now)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  OfficeAct made;
  made.kind = act.kind;
  made.case_id = now.id;
  made.body = act.body;
  made.body["signer"] = Json::Object{{"name", officer.name}, {"position", std::string(signing_position(officer.role))}};
  if (act.body.text("date").empty()) made.body["date"] = core::iso_date(registry.assets.zone.local(at).date);
  if (letter_title(act.kind) != nullptr) QABYL_TRY_DO(enclose_letter(registry, officer, now, act, made, at));
  QABYL_TRY(record, append_act(registry, made, officer, at));
  const std::string examiner = act.body.text("examiner_officer");
  if (!examiner.empty()) {  // from now on the case is his to open (O3)
    QABYL_TRY_DO(registry.database.run("INSERT OR IGNORE INTO case_people(case_id, officer) VALUES(?, ?)", now.id, examiner));
  }
  return record;
}

}  // namespace qabyl::sync::registry
