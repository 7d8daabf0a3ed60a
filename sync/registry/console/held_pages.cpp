// Records that do not count, on the page of the kiosk that sent them: why, what can be done, and what the office has done. See console.h.
#include "core/cases/repair.h"
#include "sync/registry/console/console.h"
#include "sync/registry/held_records.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::int64_t held_shown_max = 50;

std::string named(const Page& page, const std::string& text_id, const std::string& code) { return page.knows(text_id) ? page.say(text_id) : "<code>" + escaped(code) + "</code>"; }

std::string word_form(const Page& page, std::string_view device, const core::Id& record, std::string_view noted) {
  Options words;
  for (const auto word : held_words) words.emplace_back(std::string(word), page.plain("held.word." + std::string(word)));
  return "<form method=\"post\" action=\"/held\">" + hidden("device", device) + hidden("record", record) + page.csrf() +
         select("word", page.say("console.held.word"), words, noted) + button(page.say("console.held.note")) + "</form>";
}

}  // namespace

// Newest first. A record without a case stands nowhere else.
core::Result<std::string> Console::held_table(const Page& page, const Visit& visit, std::string_view device) {
  QABYL_TRY(query, registry_.database.prepare("SELECT taken_at, kind, reason, field, id FROM records WHERE device = ? AND outcome = 'quarantined' ORDER BY q DESC LIMIT ?"));
  query.bind(1, device).bind(2, held_shown_max);
  const bool may_note = may(visit.session->role, Power::answer_held);
  std::vector<std::vector<std::string>> rows;
  for (;;) {  // ends with the rows
    QABYL_TRY(row, query.step());
    if (!row) break;
    const auto kind = query.text(1), reason = query.text(2), field = query.text(3), record = query.text(4);
    QABYL_TRY(word, held_word(registry_, record));
    std::string office = word ? page.say("held.word." + word->word) + "<small>" + escaped(word->officer) + ", " + when(visit, word->at) + "</small>" : page.say("held.word.none");
    if (may_note) office += word_form(page, device, record, word ? word->word : std::string());
    rows.push_back({when(visit, core::Instant(core::Millis(query.integer(0)))), named(page, "console.rec." + kind, kind) + "<small><code>" + escaped(record) + "</code></small>",
                    named(page, "reason." + reason, reason) + (field.empty() ? std::string() : "<small><code>" + escaped(field) + "</code></small>"),
                    page.say("repair." + std::string(core::to_text(core::repair_of(reason)))), office});
  }
  if (rows.empty()) return std::string();
  return "<p>" + page.say("console.held.hint") + "</p>" +
         table({page.say("console.held.when"), page.say("console.held.what"), page.say("console.held.why"), page.say("console.held.repair"), page.say("console.held.word")}, rows);
}

Response Console::note_held_record(const Visit& visit) {
  if (!may(visit.session->role, Power::answer_held)) return forbidden(visit);
  const auto device = visit.fields.text("device");
  const auto done = note_held(registry_, visit.session->officer, visit.fields.text("record"), visit.fields.text("word"), visit.now);
  return done ? redirect("/kiosk?device=" + percent_encoded(device)) : kiosk(visit, device, done.error().detail);
}

}  // namespace qabyl::sync::registry
