// See inspection_acts.h.
#include "sync/registry/inspection_acts.h"

#include "core/encoding.h"
#include "core/paper/office_paper.h"
#include "sync/registry/office.h"
#include "sync/registry/papers_out.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::LocalText;

core::Error may_not() { return {core::ErrorCode::forbidden, "officer.role"}; }

// 1 head of the group, 2 another member, 0 neither.
int place_in_group(std::string_view officer, const core::Inspection& inspection) {
  for (const Json& one : inspection.assignment.items("officials")) {
    if (one.text("officer") == officer) return one.flag("head") ? 1 : 2;
  }
  return 0;
}

std::optional<std::string> as_official(std::string_view officer, const core::Inspection& inspection) {
  const int place = place_in_group(officer, inspection);
  if (place == 0) return std::nullopt;
  return place == 1 ? "group_head" : "executor";
}

std::optional<std::string> as_head(std::string_view role) {
  if (role == role::head) return "first_head";
  return role == role::deputy ? std::optional<std::string>("deputy") : std::nullopt;
}

std::optional<std::string> as_clerk(std::string_view role) {
  return role == role::clerk ? std::optional<std::string>("clerk") : std::nullopt;
}

// The name under which the assignment knows the officer: core compares signers with it.
std::string name_in(const OpenOfficer& officer, const core::Inspection& inspection) {
  for (const Json& one : inspection.assignment.items("officials")) {
    if (one.text("officer") == officer.id) return one.text("name");
  }
  return officer.name;
}

std::string iso_today(const Registry& registry, core::Instant at) { return core::iso_date(registry.assets.zone.local(at).date); }

core::paper::OfficePaper paper_head(Registry& registry, const CaseNow& now, const core::Id& id, std::string_view title_id, core::Instant at) {
  core::paper::OfficePaper paper;
  paper.paper_id = id;
  paper.date = registry.assets.zone.local(at).date;
  paper.made_at = at;
  paper.authority = authority_name(registry);
  paper.addressee = as_it_is(now.inspection.assignment.member("bureau").text("name"));
  paper.title = said(registry, title_id);
  return paper;
}

struct Outgoing {
  std::string_view kind;
  core::Id id;
  Json body;                    // of the record, without paper, pages, number, date, signer
  std::string position;         // of the signer
  std::string_view deadline;    // ISO; empty: none
  int copies = 0;               // 0: not said in the record
};

// Whom the letter of paragraph 13 names, and as what: a kiosk signs for them in that capacity.
Json capacities(const core::Responsibles& letter) {
  Json named;
  for (const auto* people : {&letter.prepare, &letter.hand_over, &letter.receive_interim}) {
    for (const auto& one : *people) named[one.staff] = "specialist";
  }
  if (!letter.stand_in.staff.empty()) named[letter.stand_in.staff] = "stand_in";
  if (!letter.manager.staff.empty()) named[letter.manager.staff] = "responsible_manager";
  return named;
}

Json meta_of(const core::paper::OfficePaper& content, const core::paper::Paper& paper, const core::Digest& body, const CaseNow& now, const Outgoing& out) {
  const Json& assignment = now.inspection.assignment;
  Json meta;
  meta["number"] = content.number;
  meta["date"] = core::iso_date(content.date);
  meta["title"] = local_json(content.title);
  meta["from"] = local_json(content.authority);
  meta["authority"] = content.authority.kk;
  meta["d"] = core::to_hex(body);
  meta["bytes"] = static_cast<std::int64_t>(paper.pdf.size());
  meta["pages"] = paper.pages;
  meta["inspection"] = Json::Object{{"number", assignment.text("journal_number")}, {"start", assignment.member("term").text("start")},
                                    {"end", core::iso_date(now.inspection.term_end)}, {"committee_number", now.inspection.committee_number}};
  meta["deadline"] = out.deadline;
  meta["deadline_kind"] = "calendar";
  meta["case"] = now.id;
  meta["capacities"] = capacities(now.inspection.letter);
  return meta;
}

// Journal number, PDF, record, feed: all or nothing, in the caller's savepoint.
core::Result<core::Id> send_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::paper::OfficePaper content, const Outgoing& out,
                                  core::Instant at) {
  QABYL_TRY(number, registry.store.next_number("journal"));
  content.number = std::to_string(number);
  content.signatures.push_back({as_it_is(officer.position), name_in(officer, now.inspection)});
  QABYL_TRY(paper, core::paper::office_pdf(content, registry.assets.texts));
  QABYL_TRY(body, registry.keep_document(paper.pdf, at));
  OfficeAct act;
  act.id = out.id;
  act.kind = out.kind;
  act.case_id = now.id;
  act.docs = {{"paper-" + content.number + ".pdf", paper.pdf.size(), body, "application/pdf"}};
  act.body = out.body;
  act.body["number"] = content.number;
  act.body["date"] = core::iso_date(content.date);
  act.body["paper"] = core::to_hex(body);
  act.body["pages"] = paper.pages;
  if (out.copies > 0) act.body["copies"] = out.copies;
  act.body["signer"] = Json::Object{{"name", name_in(officer, now.inspection)}, {"position", out.position}};
  QABYL_TRY(record, append_act(registry, act, officer, at));
  const std::string bin = now.inspection.assignment.member("bureau").text("bin");
  QABYL_TRY_DO(put_paper_out(registry, {record, now.id, out.kind, bin, paper, body, meta_of(content, paper, body, now, out)}, at));
  return record;
}

}  // namespace

std::optional<std::string> position_in(Seat seat, std::string_view officer, std::string_view role, const core::Inspection& inspection) {
  switch (seat) {
    case Seat::head_or_deputy: return as_head(role);
    case Seat::group_head: return place_in_group(officer, inspection) == 1 ? as_official(officer, inspection) : std::nullopt;
    case Seat::official: return as_official(officer, inspection);
    case Seat::clerk: return as_clerk(role);
    case Seat::clerk_or_official: {
      const auto official = as_official(officer, inspection);
      return official ? official : as_clerk(role);
    }
  }
  return std::nullopt;
}

core::Result<core::Id> do_inspection_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const InspectionAct& act, core::Instant at) {
  const auto position = position_in(act.seat, officer.id, officer.role, now.inspection);
  if (!position) return may_not();
  OfficeAct made;
  made.kind = act.kind;
  made.case_id = now.id;
  made.body = act.body;
  made.body["signer"] = Json::Object{{"name", name_in(officer, now.inspection)}, {"position", *position}};
  if (act.body.text("date").empty()) made.body["date"] = iso_today(registry, at);
  return append_act(registry, made, officer, at);
}

core::Result<core::Id> sign_request(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const RequestSpec& spec, core::Instant at) {
  if (!position_in(Seat::group_head, officer.id, officer.role, now.inspection)) return may_not();
  const core::Id id = core::new_id(at, registry.random);
  auto content = paper_head(registry, now, id, "paper.request.title", at);
  content.lead = said_with(registry, "paper.request.lead", {{"number", as_it_is(now.inspection.assignment.text("journal_number"))},
                                                            {"date", day_in_words(registry, now.inspection.assignment.text("date"))}});
  core::paper::OfficePoint asked{said(registry, "paper.request.items"), {}};
  Json::Array items;
  for (const auto& item : spec.items) {
    asked.list.push_back(as_it_is(item));
    items.emplace_back(item);
  }
  content.groups = {{{}, {asked, {said_with(registry, "paper.request.due", {{"date", day_in_words(registry, spec.due)}}), {}}, {said(registry, "paper.request.duty"), {}}}}};
  Outgoing out{core::kind::request_sign, id, {}, "group_head", spec.due, 0};
  out.body["items"] = std::move(items);
  out.body["due"] = spec.due;
  return send_paper(registry, officer, now, content, out, at);
}

core::Result<core::Id> sign_extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ExtensionSpec& spec, core::Instant at) {
  const auto position = position_in(Seat::head_or_deputy, officer.id, officer.role, now.inspection);
  if (!position) return may_not();
  QABYL_TRY(number, registry.store.next_number("journal"));
  const Json& first = now.inspection.assignment;
  OfficeAct act;
  act.kind = core::kind::extension_sign;
  act.case_id = now.id;
  act.body = first;
  for (const char* of_first : {"act", "act_key"}) act.body.object().erase(of_first);
  act.body["first"] = Json::Object{{"number", first.text("journal_number")}, {"date", first.text("date")}};
  act.body["signer"] = Json::Object{{"name", officer.name}, {"position", *position}};
  act.body["journal_number"] = std::to_string(number);
  act.body["date"] = iso_today(registry, at);
  act.body["new_end"] = spec.new_end;
  act.body["reason"] = spec.reason;
  return append_act(registry, act, officer, at);
}

core::Result<core::Id> send_extension_notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at) {
  if (!position_in(Seat::clerk, officer.id, officer.role, now.inspection)) return may_not();
  if (now.inspection.extensions.empty()) return core::Error{core::ErrorCode::wrong_state, "extension.not_registered"};
  const auto& extension = now.inspection.extensions.back();
  const core::Id id = core::new_id(at, registry.random);
  auto content = paper_head(registry, now, id, "paper.extension.title", at);
  content.lead = said(registry, "paper.extension.lead");
  const auto fact = [&](std::string_view text_id, std::vector<LocalArg> args) { return core::paper::OfficePoint{said_with(registry, text_id, args), {}}; };
  content.groups = {{{}, {fact("paper.extension.assignment", {{"number", as_it_is(extension.assignment.text("journal_number"))}, {"date", day_in_words(registry, extension.assignment.text("date"))}}),
                          fact("paper.extension.first", {{"number", as_it_is(now.inspection.assignment.text("journal_number"))}, {"date", day_in_words(registry, now.inspection.assignment.text("date"))}}),
                          fact("paper.notice.committee", {{"number", as_it_is(extension.committee_number)}, {"date", day_in_words(registry, extension.committee_date)}, {"office", as_it_is(extension.committee_office)}}),
                          fact("paper.extension.end", {{"date", day_in_words(registry, core::iso_date(extension.new_end))}}),
                          fact("paper.extension.reason", {{"reason", as_it_is(extension.assignment.text("reason"))}}),
                          {said(registry, "paper.notice.copies"), {}}, {said(registry, "paper.notice.mark_means"), {}}}}};
  Outgoing out{core::kind::notice_send, id, {}, "clerk", {}, 2};
  out.body["about"] = "extension";
  const std::string due = core::iso_date(registry.assets.calendar.add_working_days(content.date, 1));
  out.deadline = due;
  return send_paper(registry, officer, now, content, out, at);
}

}  // namespace qabyl::sync::registry
