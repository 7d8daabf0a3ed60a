// See search.h.
#include "sync/registry/search.h"

#include <algorithm>
#include <set>

#include "core/search_fold.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Status;

// Every text of a record's body, names and numbers among them; signatures and digests are no words.
void collect(const Json& value, std::string& words) {
  if (value.is_string()) words += value.string() + " ";
  if (value.is_array()) {
    for (const auto& one : value.array()) collect(one, words);
  }
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.object()) {
    const bool mute = key == "signature" || key == "act" || key == "act_key" || key == "paper" || key == "check_code" || key == "profile" || key == "profile_version" || key == "officer";
    if (!mute) collect(member, words);
  }
}

Status forget(Registry& registry, std::string_view kind, std::string_view ref) {
  QABYL_TRY(query, registry.database.prepare("SELECT n FROM search_entries WHERE kind = ? AND ref = ?"));
  query.bind(1, kind).bind(2, ref);
  QABYL_TRY(old, rows::all<std::int64_t>(query, [](const core::Statement& row) { return row.integer(0); }));
  query.reset();
  for (const std::int64_t n : old) {
    QABYL_TRY_DO(registry.database.run("DELETE FROM search_words WHERE rowid = ?", n));
    QABYL_TRY_DO(registry.database.run("DELETE FROM search_entries WHERE n = ?", n));
  }
  return core::Done{};
}

std::string words_of(const core::Record& record) {
  std::string words;
  collect(record.body, words);
  words += record.actor.name + " ";
  const auto brought = record.docs.size() - core::pictures_in(record.body, record.docs);
  for (std::size_t i = 0; i < brought; ++i) words += record.docs[i].name + " ";
  return words;
}

// Folded words with a blank between: those of `more` that are not there yet, up to the limit of one text.
void add_words(std::string& words, std::string_view more) {
  const std::string before = words;
  std::set<std::string_view> known;
  const auto each_word = [](std::string_view text, auto use) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      if (end > at) use(text.substr(at, end - at));
      at = end + 1;
    }
  };
  each_word(before, [&](std::string_view word) { known.insert(word); });
  each_word(more, [&](std::string_view word) {
    if (known.size() < core::search_words_max && known.insert(word).second) words += (words.empty() ? "" : " ") + std::string(word);
  });
}

struct CaseEntry {
  SearchHit hit;
  std::string title, words;  // words: of its columns
};
core::Result<std::optional<CaseEntry>> case_entry(Registry& registry, const core::Id& id) {
  QABYL_TRY(query, registry.database.prepare("SELECT title, number, kind, bureau_bin FROM cases WHERE id = ?"));
  query.bind(1, id);
  return rows::one<CaseEntry>(query, [&](const core::Statement& row) {
    const std::string title = row.text(0), number = row.text(1);
    return CaseEntry{{"case", id, title + (number.empty() ? "" : ", № " + number), row.text(2)}, title, title + " " + number + " " + row.text(3) + " "};
  });
}

// Nothing when it is there already: a case is refreshed for other reasons too.
Status index_paper(Registry& registry, const CaseEntry& of, const core::Record& record) {
  const bool made = record.docs.size() > core::pictures_in(record.body, record.docs);
  const bool is_paper = made && record.body.find("paper") != nullptr && record.body.find("number") != nullptr;
  if (!is_paper) return core::Done{};
  const SearchHit hit{"paper", of.hit.ref, "№ " + record.body.text("number") + ", " + record.body.text("date"), record.kind};
  QABYL_TRY(query, registry.database.prepare("SELECT 1 FROM search_entries WHERE kind = 'paper' AND ref = ? AND title = ? AND about = ?"));
  query.bind(1, hit.ref).bind(2, hit.title).bind(3, hit.about);
  QABYL_TRY(there, query.step());
  if (there) return core::Done{};
  query.reset();
  std::string words = "№ " + record.body.text("number") + " " + of.title + " ";
  collect(record.body, words);
  return index_one(registry, hit, words);
}

// "нурлан* " of the last word, the others whole: quoted, so that nothing in them is an operator of FTS5.
std::string match_of(const std::vector<std::string>& words) {
  std::string match;
  for (const auto& word : words) match += (match.empty() ? "" : " ") + ("\"" + word + "\"");
  return match + "*";
}

}  // namespace

core::Status index_one(Registry& registry, const SearchHit& entry, std::string_view words) {
  QABYL_TRY_DO(registry.database.run("INSERT INTO search_entries(kind, ref, title, about) VALUES(?, ?, ?, ?)", entry.kind, entry.ref, entry.title, entry.about));
  return registry.database.run("INSERT INTO search_words(rowid, words) VALUES(last_insert_rowid(), ?)", core::folded(words));
}

core::Status index_case(Registry& registry, const CaseNow& now) {
  for (const char* kind : {"case", "paper"}) QABYL_TRY_DO(forget(registry, kind, now.id));
  QABYL_TRY(entry, case_entry(registry, now.id));
  if (!entry) return core::Done{};
  std::string words = entry->words;
  for (const auto& record : now.history) {
    words += words_of(record);
    QABYL_TRY_DO(index_paper(registry, *entry, record));
  }
  return index_one(registry, entry->hit, words);
}

core::Status index_newest(Registry& registry, const CaseNow& now) {
  QABYL_CHECK(!now.history.empty());
  QABYL_TRY(query, registry.database.prepare("SELECT e.n, w.words FROM search_entries e JOIN search_words w ON w.rowid = e.n WHERE e.kind = 'case' AND e.ref = ?"));
  query.bind(1, now.id);
  QABYL_TRY(found, query.step());
  if (!found) return index_case(registry, now);
  const std::int64_t n = query.integer(0);
  std::string words = query.text(1);
  query.reset();
  QABYL_TRY(entry, case_entry(registry, now.id));
  QABYL_CHECK(entry);
  const core::Record& newest = now.history.back();
  add_words(words, core::folded(entry->words + words_of(newest)));
  QABYL_TRY_DO(registry.database.run("UPDATE search_words SET words = ? WHERE rowid = ?", words, n));
  QABYL_TRY_DO(registry.database.run("UPDATE search_entries SET title = ? WHERE n = ?", entry->hit.title, n));
  return index_paper(registry, *entry, newest);
}

core::Status index_if_empty(Registry& registry) {
  QABYL_TRY(entries, registry.database.integer("SELECT count(*) FROM search_entries"));
  QABYL_TRY(officers, registry.database.integer("SELECT count(*) FROM officers"));
  if (entries > 0 || officers == 0) return core::Done{};
  QABYL_TRY(transaction, core::Transaction::begin(registry.database));
  struct Source { const char* kind; const char* sql; };
  for (const Source& source : {Source{"officer", "SELECT id, name, position, name || ' ' || position FROM officers"},
                               Source{"bureau", "SELECT bin, name, address, bin || ' ' || name || ' ' || address || ' ' || head FROM bureaus"},
                               Source{"staff", "SELECT bureau_bin, name, position, name || ' ' || position FROM staff WHERE role = 'bureau'"}}) {
    QABYL_TRY(query, registry.database.prepare(source.sql));
    using Entry = std::pair<SearchHit, std::string>;
    const auto read = [&](const core::Statement& row) { return Entry(SearchHit{source.kind, row.text(0), row.text(1), row.text(2)}, row.text(3)); };
    QABYL_TRY(found, rows::all<Entry>(query, read));
    for (const auto& [entry, words] : found) QABYL_TRY_DO(index_one(registry, entry, words));
  }
  QABYL_TRY(query, registry.database.prepare("SELECT id FROM cases WHERE state <> ''"));
  QABYL_TRY(cases, rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); }));
  for (const core::Id& id : cases) {
    QABYL_TRY(now, case_now(registry, id));
    QABYL_TRY_DO(index_case(registry, now));
  }
  return transaction.commit();
}

core::Result<std::vector<SearchHit>> search(Registry& registry, std::string_view asked, std::string_view named) {
  const auto words = core::folded_words(asked);
  if (words.empty() || words.size() > query_words_max) return std::vector<SearchHit>{};
  std::string sql = "SELECT e.kind, e.ref, e.title, e.about FROM search_words w JOIN search_entries e ON e.n = w.rowid WHERE search_words MATCH ?1";
  if (!named.empty()) sql += " AND (e.kind NOT IN ('case', 'paper') OR EXISTS(SELECT 1 FROM case_people p WHERE p.case_id = e.ref AND p.officer = ?3))";
  QABYL_TRY(query, registry.database.prepare(sql + " ORDER BY w.rank, e.n DESC LIMIT ?2"));
  query.bind(1, match_of(words)).bind(2, static_cast<std::int64_t>(hits_max));
  if (!named.empty()) query.bind(3, named);
  return rows::all<SearchHit>(query, [](const core::Statement& row) { return SearchHit{row.text(0), row.text(1), row.text(2), row.text(3)}; });
}

}  // namespace qabyl::sync::registry
