// See office_papers.h.
#include "sync/registry/office_papers.h"

#include <algorithm>

#include "core/encoding.h"
#include "sync/registry/notice_copies.h"
#include "sync/registry/office.h"
#include "sync/registry/paper_content.h"
#include "sync/registry/papers_out.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Record;
namespace paper = core::paper;
namespace k = core::kind;

core::Error no_paper() { return {core::ErrorCode::not_found, "paper"}; }

core::Error too_long() { return {core::ErrorCode::invalid_input, "paper.too_long"}; }

// Whom the letter of paragraph 13 names, and as what: a kiosk signs for them in that capacity. One person may be named
// twice: who stands in for the manager may also be the specialist who receives interim reports, and does that as such.
Json capacities(const core::Responsibles& letter, std::string_view paper) {
  Json named;
  for (const auto* people : {&letter.prepare, &letter.hand_over, &letter.receive_interim}) {
    for (const auto& one : *people) named[one.staff] = "specialist";
  }
  if (!letter.stand_in.staff.empty()) named[letter.stand_in.staff] = "stand_in";
  if (!letter.manager.staff.empty()) named[letter.manager.staff] = "responsible_manager";
  for (const auto& one : letter.receive_interim) {
    if (paper == k::interim_sign_head) named[one.staff] = "specialist";
  }
  return named;
}

Json inspection_facts(const CaseNow& now) {
  const Json& assignment = now.inspection.assignment;
  return Json::Object{{"number", assignment.text("journal_number")}, {"start", assignment.member("term").text("start")},
                      {"end", core::iso_date(now.inspection.term_end)}, {"committee_number", now.inspection.committee_number}};
}

// What the kiosk's inbox shows of the paper; sealed with it.
Json meta_of(const paper::OfficePaper& content, const paper::Paper& made, const core::Digest& body, const CaseNow& now, const PaperAct& act, const core::Id& record) {
  Json meta = office_meta(content, made, body, now.id, act.about.empty() ? record : act.about);
  meta["inspection"] = inspection_facts(now);
  meta["deadline"] = act.deadline;
  if (!act.deadline_term.empty()) meta["deadline_term"] = act.deadline_term;
  meta["capacities"] = capacities(now.inspection.letter, act.kind);
  meta["details"] = act.details.is_object() ? act.details : Json(Json::Object{});
  return meta;
}

struct Kept {
  const paper::OfficePaper& content;
  const paper::Paper& made;
  core::Digest body;
};

core::Status put_out(Registry& registry, const CaseNow& now, const Kept& kept, const PaperAct& act, const core::Id& record, core::Instant at) {
  const std::string bin = now.inspection.assignment.member("bureau").text("bin");
  return put_paper_out(registry, {record, now.id, act.kind, bin, kept.made, kept.body, meta_of(kept.content, kept.made, kept.body, now, act, record)}, at);
}

core::Status keep_both(Registry& registry, const paper::OfficePaper& content, const core::Digest& body, const std::vector<core::LocalText>& notes, core::Instant at) {
  for (const int number : {1, 2}) {
    QABYL_TRY(copy, paper::office_copy(content, {number, body, notes}, registry.assets.texts));
    QABYL_TRY_DO(keep_copy(registry, content.paper_id, copy, number, false, at));
  }
  return core::Done{};
}

core::LocalText signed_note(const Registry& registry, std::string_view date, const std::string& key_hex) {
  const auto bytes = core::from_hex(key_hex);
  core::VerifyKey key{};
  if (bytes && bytes->size() == key.size()) std::copy(bytes->begin(), bytes->end(), key.begin());
  return said_with(registry, "paper.signed", {{"date", day_in_words(registry, date)}, {"key", as_it_is(core::key_id(key).substr(0, 16))}});
}

// Who has signed the paper that `maker` made: its maker, and the second hand of a report (paragraphs 16, 18).
std::vector<core::LocalText> signed_notes(const Registry& registry, const std::vector<Record>& history, const Record& maker) {
  std::vector<core::LocalText> notes;
  for (const auto& one : history) {
    const bool second = (one.kind == k::interim_sign_head || one.kind == k::summary_sign_superior) && one.body.text("report") == maker.id;
    if (one.id == maker.id || second) notes.push_back(signed_note(registry, one.body.text("date"), one.body.text("act_key")));
  }
  return notes;
}

const Record* newest_with(const std::vector<Record>& history, std::string_view kind, std::string_view member, const core::Id& id) {
  const auto found = std::find_if(history.rbegin(), history.rend(), [&](const Record& one) { return one.kind == kind && one.body.text(member) == id; });
  return found == history.rend() ? nullptr : &*found;
}

core::Id id_of(const Record* record) { return record == nullptr ? core::Id{} : record->id; }

std::optional<core::MarkOfReceipt> mark_of(const Record& receipt) {
  const auto mark = core::mark_from_body(receipt.body);
  return mark ? std::optional(*mark) : std::nullopt;
}

// Copy 2 of a summary report carries a visa a page and the mark that its receiver put on the last one (paragraph 19).
void add_visas(paper::OfficeCopy& copy, const std::vector<Record>& history, const core::Id& report) {
  for (const auto& one : history) {
    if (one.body.text("report") != report) continue;
    const auto ink = core::signature_from_json(one.body.member("signature"));
    if (one.kind == k::summary_visa_page && ink) copy.visas.push_back({static_cast<int>(one.body.number("page")), *ink});
    if (one.kind == k::summary_mark_last_page) copy.mark = mark_of(one);
  }
}

}  // namespace

const Record* record_in(const std::vector<Record>& history, const core::Id& id) {
  const auto found = std::find_if(history.begin(), history.end(), [&](const Record& one) { return one.id == id; });
  return found == history.end() ? nullptr : &*found;
}

paper::OfficePaper paper_head(Registry& registry, const CaseNow& now, std::string_view title_id, core::Instant at) {
  paper::OfficePaper content;
  content.paper_id = core::new_id(at, registry.random);
  content.date = registry.assets.zone.local(at).date;
  content.made_at = at;
  content.authority = authority_name(registry);
  content.addressee = as_it_is(now.inspection.assignment.member("bureau").text("name"));
  content.title = said(registry, title_id);
  return content;
}

core::Result<core::Id> issue_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, paper::OfficePaper content, PaperAct act, bool copies,
                                   core::Instant at) {
  QABYL_TRY(number, registry.store.next_number("journal"));
  content.number = std::to_string(number);
  const auto drawn = paper::office_pdf(content, registry.assets.texts);
  if (!drawn) return drawn.error().code == core::ErrorCode::too_large ? too_long() : drawn.error();
  const paper::Paper& made = *drawn;
  QABYL_TRY(body, registry.keep_document(made.pdf, at));
  OfficeAct record;
  record.id = content.paper_id;
  record.kind = act.kind;
  record.case_id = now.id;
  record.docs = {{"paper-" + content.number + ".pdf", made.pdf.size(), body, "application/pdf"}};
  record.body = act.body;
  record.body["number"] = content.number;
  if (!act.number_too.empty()) record.body[act.number_too] = content.number;
  record.body["date"] = core::iso_date(content.date);
  record.body["paper"] = core::to_hex(body);
  record.body["pages"] = made.pages;
  record.body["says"] = paper_json(content);
  QABYL_TRY(id, append_act(registry, record, officer, at));
  const auto note = signed_note(registry, record.body.text("date"), core::to_hex(officer.key.verify_key));
  if (copies) QABYL_TRY_DO(keep_both(registry, content, body, {note}, at));
  if (act.goes_out) QABYL_TRY_DO(put_out(registry, now, {content, made, body}, act, id, at));
  return id;
}

core::Result<core::Id> send_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& made, PaperAct act, core::Instant at) {
  const Record* maker = record_in(now.history, made);
  if (maker == nullptr) return no_paper();
  QABYL_TRY(content, paper_of_record(*maker));
  const auto body = core::digest_from_hex(maker->body.text("paper"));
  if (!body) return no_paper();
  QABYL_TRY(pdf, registry.read_document(*body));
  OfficeAct record;
  record.kind = act.kind;
  record.case_id = now.id;
  record.body = act.body;
  if (record.body.text("date").empty()) record.body["date"] = core::iso_date(registry.assets.zone.local(at).date);
  QABYL_TRY(id, append_act(registry, record, officer, at));
  const paper::Paper kept{pdf, static_cast<int>(maker->body.number("pages"))};
  QABYL_TRY_DO(put_out(registry, now, {content, kept, *body}, act, id, at));
  return id;
}

core::Status keep_paper_copies(Registry& registry, const CaseNow& now, const core::Id& made, core::Instant at) {
  const Record* maker = record_in(now.history, made);
  if (maker == nullptr) return no_paper();
  QABYL_TRY(content, paper_of_record(*maker));
  const auto body = core::digest_from_hex(maker->body.text("paper"));
  if (!body) return no_paper();
  return keep_both(registry, content, *body, signed_notes(registry, now.history, *maker), at);
}

PaperMarked paper_marked(const Record& receipt, const std::vector<Record>& history) {
  const auto named = [&](std::string_view member) { return core::Id(receipt.body.text(member)); };
  const auto one_record = [](const core::Id& id) { return PaperMarked{id, id}; };
  if (receipt.kind == k::notice_mark_receipt) return one_record(named("notice"));
  if (receipt.kind == k::request_receive) return one_record(named("request"));
  if (receipt.kind == k::prescription_receive) return one_record(named("prescription"));
  if (receipt.kind == k::sanction_receive) return one_record(named("sanction"));
  if (receipt.kind == k::interim_receive) return {named("report"), id_of(newest_with(history, k::interim_sign_head, "report", named("report")))};
  if (receipt.kind == k::summary_return_copy2) return {named("report"), id_of(newest_with(history, k::summary_send, "report", named("report")))};
  if (receipt.kind != k::protocol_receive) return {};
  return {id_of(newest_with(history, k::protocol_sign, "meeting", named("meeting"))), id_of(newest_with(history, k::protocol_send, "meeting", named("meeting")))};
}

core::Status keep_returned_copy(Registry& registry, const CaseNow& now, const Record& receipt, core::Instant at) {
  const PaperMarked marked = paper_marked(receipt, now.history);
  const Record* maker = record_in(now.history, marked.made);
  const auto content = maker != nullptr ? paper_of_record(*maker) : core::Result<paper::OfficePaper>(no_paper());
  if (!content) return core::Done{};  // a paper of before its words were kept
  const auto body = core::digest_from_hex(maker->body.text("paper"));
  paper::OfficeCopy copy{2, body ? *body : core::Digest{}, signed_notes(registry, now.history, *maker)};
  if (receipt.kind == k::summary_return_copy2) add_visas(copy, now.history, maker->id);
  else copy.mark = mark_of(receipt);
  const auto drawn = paper::office_copy(*content, copy, registry.assets.texts);
  if (!drawn) return registry.store.audit("registry", "copy.not_rendered", maker->id, drawn.error().detail, at);
  return keep_copy(registry, maker->id, *drawn, 2, true, at);
}

}  // namespace qabyl::sync::registry
