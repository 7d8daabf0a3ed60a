// One case: its time line with records, documents and digests, what it is about, the copies of its papers, and
// the acts that are possible now (act_cards.cpp) beside what lives inside it (inspection_cards.cpp). See console.h.
#include <algorithm>

#include "core/encoding.h"
#include "core/cases/licence_application.h"
#include "sync/registry/console/ahead.h"
#include "sync/registry/console/console.h"
#include "sync/registry/console/scan_pages.h"
#include "sync/registry/console/style.h"
#include "sync/registry/notice_copies.h"

namespace qabyl::sync::registry {
namespace {

// What a document is offered as: the original, never shown here (O8).
std::string document_item(const Page& page, const CaseRecord& one, const ManifestRow& document) {
  const auto name = escaped(document.ref.name.empty() ? "document-" + std::to_string(document.index) : document.ref.name);
  const auto shown = document.here ? link("/document?record=" + one.record.id + "&index=" + std::to_string(document.index), name) : name + " " + tag(Look::warn, page.say("console.coming"));
  const auto warning = document.type_differs ? " " + tag(Look::warn, page.say("console.type_differs")) : std::string();
  return "<li>" + shown + warning + "</li>";
}

std::string outcome(const Page& page, const RecordRow& row) {
  if (row.outcome == core::Outcome::accepted) return {};
  const auto text = page.say("console.outcome." + std::string(core::to_text(row.outcome)));
  if (row.reason.empty()) return " " + tag(Look::warn, text);
  return " " + tag(Look::bad, text) + "<small>" + page.say("reason." + row.reason) + (row.field.empty() ? "" : ": <code>" + escaped(row.field) + "</code>") + "</small>";
}

// Was the record's signature good when this page was made, and by what digest can it and its documents be found elsewhere?
std::string proof_of(const Page& page, const CaseRecord& one) {
  const auto checked = one.signature_good ? "<span class=\"good\">" + page.say("console.proof.good") + "</span>" : tag(Look::bad, page.say("console.proof.bad"));
  std::string documents;
  for (const auto& document : one.documents) documents += "<br>" + escaped(document.ref.name) + ": <code>" + core::to_hex(document.ref.sha256) + "</code>";
  return "<p>" + link("/proof/" + one.record.id, page.say("console.proof.file")) + "</p><details><summary>" + page.say("console.proof") + "</summary>" + checked + "<br><code>" + core::to_hex(one.row.digest) + "</code><br><code>" +
         escaped(one.row.device) + " q " + std::to_string(one.row.q) + ", " + escaped(one.row.id) + "</code>" + documents + "</details>";
}

// What the person had on the screen before signing there, and whether its pictures are kept.
std::string shown(const Page& page, const core::Record& record) {
  const auto signature = core::signature_from_json(record.body.member("signature"));
  if (!signature || signature->strokes.empty()) return {};
  if (signature->pages.empty()) return "<small>" + page.say("console.shown.none") + "</small>";
  std::int64_t ms = 0;
  for (const auto& one : signature->pages) ms += one.ms;
  return "<small>" + page.say("console.shown.pages", {{"n", std::to_string(signature->pages.size())}, {"s", std::to_string((ms + 500) / 1000)}}) + "; " +
         page.say(signature->pictures ? "console.shown.kept" : "console.shown.not_kept") + (signature->renderer.empty() ? "" : " (" + escaped(signature->renderer) + ", " + std::to_string(signature->dpi) + " dpi)") + "</small>";
}

// Which sheet a visa stands on (paragraph 19).
std::string sheet(const Page& page, const core::Record& record) {
  return record.kind == core::kind::summary_visa_page ? " " + page.say("console.sheet", {{"n", std::to_string(record.body.number("page"))}}) : std::string();
}

const core::Record* newest_of(const std::vector<CaseRecord>& records, std::string_view kind) {
  for (auto one = records.rbegin(); one != records.rend(); ++one) {
    if (one->record.kind == kind && one->row.outcome == core::Outcome::accepted) return &one->record;
  }
  return nullptr;
}

// Of a recount (A30): which term, the day before, the day that binds now.
std::string recounted_days(const Page& page, const core::Record& record) {
  if (!record.kind.ends_with(".recount_terms")) return {};
  std::string html = "<small>" + escaped(record.body.text("calendar")) + "</small>";
  for (const auto& line : record.body.items("lines")) {
    html += "<small>" + escaped(line.text("term")) + ": " + escaped(page.day(line.text("before"))) + " → <b>" + escaped(page.day(line.text("binding"))) + "</b></small>";
  }
  return html;
}

// Before whom receipt was refused (A10).
std::string witnesses(const Page& page, const core::Record& record) {
  std::string names;
  for (const auto& one : record.body.items("witnesses")) names += (names.empty() ? " " : "; ") + escaped(one.text("name")) + ", " + escaped(one.text("position"));
  return names.empty() ? names : "<small>" + page.say("console.field.witnesses") + ":" + names + "</small>";
}

}  // namespace

std::string Console::time_line(const Page& page, const Visit& visit, const std::vector<CaseRecord>& records, const CaseNow& now) {
  std::string html = "<p>" + page.say("console.proof.means") + "</p><ol class=\"line\">";
  for (const auto& one : records) {
    const bool bad = one.row.outcome == core::Outcome::quarantined;
    html += "<li><time>" + when(visit, one.row.taken) + "</time><span class=\"dot" + std::string(bad ? " bad" : "") + "\">" + std::string(bad ? icon_warning : icon_check) + "</span><div><b>" +
            page.say("console.rec." + one.record.kind) + "</b>" + sheet(page, one.record) + outcome(page, one.row);
    const auto who = one.record.actor.name.empty() ? page.say("console.applicant") : escaped(one.record.actor.name);
    html += "<small>" + who + (one.record.device == "registry" ? std::string() : ", " + escaped(one.record.device)) + " · " + page.say("console.law." + one.record.kind) + "</small>" + shown(page, one.record) + witnesses(page, one.record) + recounted_days(page, one.record) + scan_kept(page, one.record, now.inspection);
    if (!one.documents.empty()) {
      html += "<ul class=\"docs\">";
      for (const auto& document : one.documents) html += document_item(page, one, document);
      html += "</ul>";
    }
    html += proof_of(page, one) + "</div></li>";
  }
  return html + steps_ahead(page, now, registry_.assets.zone.local(visit.now).date) + "</ol>";
}

std::string Console::case_facts(const Page& page, const Visit& visit, const std::vector<CaseRecord>& records, const CaseNow& now) {
  std::vector<std::pair<std::string, std::string>> rows{{page.say("console.profile"), link("/profile?id=" + now.book.profile->id + "&version=" + now.book.profile->version, escaped(now.book.profile->title.in(visit.language))) +
                                                                                          "<small>" + escaped(now.book.profile->id + ", " + now.book.profile->version) + "</small>"}};
  if (const auto* filed = newest_of(records, core::kind::application_submit)) {
    rows.emplace_back(page.say("console.organisation"), escaped(filed->body.text("organisation")));
    rows.emplace_back(page.say("console.bin"), escaped(core::format_bin(filed->body.text("bin"))));
    rows.emplace_back(page.say("console.receipt"), escaped(filed->body.text("number")));
    const auto* profile = now.book.profile;
    std::string missing_list;
    for (const auto& code : filed->body.items("missing")) {
      std::string name = code.is_string() ? code.string() : std::string();
      for (const auto& document : profile->documents) {
        if (document.code == name) name = document.name.in(visit.language);
      }
      missing_list += "<br>" + escaped(name);
    }
    rows.emplace_back(page.say("console.missing"), missing_list.empty() ? page.say("console.missing.none") : tag(Look::warn, std::to_string(filed->body.items("missing").size())) + missing_list);
  }
  if (const auto* talon = newest_of(records, core::kind::application_register)) {
    rows.emplace_back(page.say("console.talon"), escaped(talon->body.text("number")) + ", " + escaped(page.day(talon->body.text("date"))) +
                                                      (talon->body.flag("clock_doubtful") ? "<small>" + page.say("console.talon.doubt") + "</small>" : std::string()));
  }
  if (const auto* assignment = newest_of(records, core::kind::assignment_sign)) {
    const auto& bureau = assignment->body.member("bureau");
    const auto& term = assignment->body.member("term");
    rows.emplace_back(page.say("console.organisation"), escaped(bureau.text("name")));
    rows.emplace_back(page.say("console.bin"), escaped(core::format_bin(bureau.text("bin"))));
    rows.emplace_back(page.say("console.assignment"), "№ " + escaped(assignment->body.text("journal_number")) + ", " + escaped(page.day(assignment->body.text("date"))));
    rows.emplace_back(page.say("console.term"), escaped(page.day(term.text("start"))) + " – " + escaped(page.day(term.text("end"))));
    rows.emplace_back(page.say("console.subject"), escaped(assignment->body.text("subject")));
    std::string group;
    for (const auto& one : assignment->body.items("officials")) {
      group += (group.empty() ? "" : "<br>") + escaped(one.text("name")) + (one.flag("head") ? " " + tag(Look::plain, page.say("console.assignment.head.short")) : "");
    }
    rows.emplace_back(page.say("console.assignment.officials"), group);
  }
  if (const auto* letter = newest_of(records, core::kind::letter_of_responsibles)) {
    rows.emplace_back(page.say("console.manager"), escaped(letter->body.member("manager").text("name")) + "<small>" + escaped(letter->body.member("manager").text("position")) + "</small>");
  }
  if (const auto* committee = newest_of(records, core::kind::assignment_register)) {
    rows.emplace_back(page.say("console.committee"), "№ " + escaped(committee->body.text("number")) + ", " + escaped(page.day(committee->body.text("date"))) + "<small>" + escaped(committee->body.text("office")) + "</small>");
  }
  return facts(rows);
}

// Of every paper of the case that has copies; one whose copy could not be drawn as it came back says so.
std::string Console::copies(const Page& page, const std::vector<CaseRecord>& records) {
  std::string html;
  for (const auto& one : records) {
    if (one.row.outcome != core::Outcome::accepted) continue;
    const auto lines = copies_of(registry_, one.record.id);
    if (!lines || lines->empty()) continue;
    html += "<li><b>" + page.say("console.rec." + one.record.kind) + " № " + escaped(one.record.body.text("number")) + "</b></li>";
    for (const auto& line : *lines) {
      const auto name = line.marked ? page.say("console.copy.marked") : page.say("console.copy", {{"n", std::to_string(line.copy)}});
      html += "<li>" + link("/copy?notice=" + one.record.id + "&copy=" + std::to_string(line.copy) + (line.marked ? "&marked=1" : ""), name) +
              "<small>" + page.say("console.pages", {{"n", std::to_string(line.pages)}}) + "</small></li>";
    }
    if (const auto failed = copy_failed(registry_, one.record.id); failed && *failed) html += "<li>" + tag(Look::bad, page.say("console.copy.failed")) + "</li>";
  }
  return html.empty() ? html : "<ul class=\"docs\">" + html + "</ul>";
}

// The terms that run, nearest first, each with the whole count behind it.
std::string Console::terms(const Page& page, const Visit& visit, const CaseNow& now) const {
  std::string html;
  for (const auto& one : open_terms(now)) html += term_row(page, visit, one, now);
  return html.empty() ? html : "<ul class=\"docs\">" + html + "</ul>";
}

Response Console::one_case(const Visit& visit, const core::Id& id, const Refusal& refusal) {
  if (!may_open(visit, id)) return reach(visit.session->role) == Reach::none ? forbidden(visit) : missing(visit);
  auto made = page(visit, Section::cases);
  const auto line = case_line(registry_, id);
  const auto records = case_page(registry_, id);
  const auto now = case_now(registry_, id);
  if (!line || !*line || !records || !now) return missing(visit);
  const bool is_read = refusal.code.empty();  // who opened what is written down (O3; paragraph 25)
  if (is_read && !registry_.store.audit(visit.session->officer, "case.read", id, "done", visit.now)) return missing(visit);
  const auto& found = **line;
  made.crumb("/cases", made.say("console.cases"));
  made.title(escaped(found.title), made.say("console.kind." + found.kind) + (found.number.empty() ? "" : " № " + escaped(found.number)) + " " +
                                       tag(Look::plain, made.say("console.state." + found.state)) + urgent_terms(made, *now, registry_.assets.zone.local(visit.now).date));
  if (!refusal.code.empty()) made.problem(why(made, refusal.code));
  if (const auto changes = changes_since(made, visit, *now, refusal); !changes.empty()) made.card(made.say("console.changes"), changes);
  if (const auto kept = typed_in_vain(made, visit, *now, refusal); !kept.empty()) made.card(made.say("console.typed"), kept);
  made.open("two").open("");
  if (now->licence.state != core::LicenceState::none) made.card(made.say("console.forms"), licence_forms_table(made, *now));
  made.card(made.say("console.line"), time_line(made, visit, *records, *now));
  made.close().open("");
  if (const auto acts = act_cards(made, visit, *now, refusal); !acts.empty()) made.card(made.say("console.acts"), acts);
  if (const auto running = terms(made, visit, *now); !running.empty()) made.card(made.say("console.terms"), running);
  for (auto& [heading, html] : inspection_cards(made, now->inspection)) made.card(heading, html);
  if (now->licence.state != core::LicenceState::none) {
    made.card(made.say("console.about"), licence_notes(made, visit, *now));
  } else {
    const std::string licence = now->form_case.empty() ? std::string() : "<p>" + link("/case/" + now->form_case, made.say("console.licence.open")) + "</p>";
    made.card(made.say("console.about"), case_facts(made, visit, *records, *now) + licence);
  }
  if (const auto list = copies(made, *records); !list.empty()) made.card(made.say("console.copies"), list);
  if (const auto list = scan_card(made, *now); !list.empty()) made.card(made.say("console.scans"), list);
  made.card(made.say("console.evidence"), "<p>" + made.say("console.evidence.hint") + "</p><p>" + link("/evidence/" + id, made.say("console.evidence.get")) + "</p>");
  made.close().close();
  return made.response(refusal.code.empty() ? 200 : refusal.code == "case.unseen" ? 400 : 409);
}

}  // namespace qabyl::sync::registry
