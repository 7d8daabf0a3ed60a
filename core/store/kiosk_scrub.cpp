// The background check of what is stored: every document and paper is read again, a little at a time, and compared
// with its digest (RELIABILITY 1.5; I1: a flipped bit is reported). A damaged document is kept as it is and named to
// the operator; a damaged paper is thrown away and fetched again. And papers leave when their time is over.
// Repairs nothing by itself and never looks into a document.
#include <algorithm>

#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr int items_a_call_max = 16;        // files cost more than their bytes
constexpr int items_unnoted_max = 64;       // looked at again after a restart, at most
constexpr std::size_t damaged_lines_max = 60;

Json to_json(const ScrubMark& mark) {
  return Json::Object{{"blob", mark.blob}, {"paper", mark.paper}, {"items", mark.items}, {"last_items", mark.last_items}, {"finished_ms", mark.finished_ms}};
}

}  // namespace

Status KioskStore::State::load_scrub_mark() {
  scrub_mark.emplace();
  QABYL_TRY(kept, get_setting(setting_scrub));
  if (!kept) return Done{};
  QABYL_TRY(json, parse_json(*kept, setting_scrub_bytes_max));
  *scrub_mark = {json.number("blob"), json.text("paper"), json.number("items"), json.number("last_items"), json.number("finished_ms")};
  return Done{};
}

Status KioskStore::State::note_scrub() {
  scrub_unnoted = 0;
  return write([this] { return put_setting(setting_scrub, canonical(to_json(*scrub_mark))); });
}

// The next document after the mark, then the next paper; false: all were seen.
Result<bool> KioskStore::State::next_scrub_item() {
  scrubbing.reset();
  {
    QABYL_TRY(row, db().prepare("SELECT id, sha256, bytes, file, draft, sealed_key FROM blobs WHERE id > ? ORDER BY id LIMIT 1"));
    QABYL_TRY(there, row.bind(1, scrub_mark->blob).step());
    if (there) {
      QABYL_TRY(sha256, digest_of(row.blob(1)));
      scrubbing.emplace();
      scrubbing->blob = {row.integer(0), sha256, static_cast<std::uint64_t>(row.integer(2)), row.text(3), row.text(4), row.blob(5)};
      return true;
    }
  }
  QABYL_TRY(row, db().prepare("SELECT id, sealed_sha256, sealed_bytes FROM papers WHERE id > ? AND here = 1 ORDER BY id LIMIT 1"));
  QABYL_TRY(there, row.bind(1, scrub_mark->paper).step());
  if (!there) return false;
  QABYL_TRY(sha256, digest_of(row.blob(1)));
  scrubbing.emplace();
  scrubbing->paper = row.text(0);
  scrubbing->blob.sha256 = sha256;
  scrubbing->blob.bytes = static_cast<std::uint64_t>(row.integer(2));
  scrubbing->blob.file = std::string(papers_folder) + "/" + to_hex(sha256);
  return true;
}

// Reads on in the file. nullopt: there is more. A draft's key is its visitor's: its files are looked for and measured.
std::optional<bool> KioskStore::State::scrub_piece() {
  auto& item = *scrubbing;
  const auto& blob = item.blob;
  if (item.paper.empty() && !item.sealed) {
    if (!blob.draft.empty()) {
      const auto file = sys::open_read(path(blob.file));
      const auto size = file ? sys::file_size(*file) : Result<std::uint64_t>(file.error());
      return size && *size == framed_size(blob.bytes);
    }
    const auto key = blob_key(blob);
    auto file = key ? SealedFile::open(path(blob.file), *key, blob.bytes) : Result<SealedFile>(key.error());
    if (!file) return false;
    item.sealed.emplace(*std::move(file));
  }
  if (!item.paper.empty() && !item.plain.open()) {
    auto file = sys::open_read(path(blob.file));
    if (!file) return false;
    item.plain = *std::move(file);
  }
  const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, blob.bytes - item.read));
  const auto piece = item.sealed ? item.sealed->read(item.read, want) : sys::read_some(item.plain, item.read, want);
  if (!piece || piece->size() != want) return false;
  item.hash.update(*piece);
  item.read += want;
  if (item.read < blob.bytes) return std::nullopt;
  return item.hash.finish() == blob.sha256;
}

// Writes only what is news: a whole document costs no flush.
Status KioskStore::State::judge_scrubbed(bool whole) {
  const auto item = *std::exchange(scrubbing, std::nullopt);
  if (!item.paper.empty()) scrub_mark->paper = item.paper;
  else scrub_mark->blob = item.blob.id;
  ++scrub_mark->items;
  ++scrub_unnoted;
  if (!item.paper.empty() && !whole) {
    remove_files({item.blob.file});
    return write([&] { return db().run("UPDATE papers SET here = 0 WHERE id = ?", item.paper); });
  }
  if (!item.paper.empty()) return Done{};
  QABYL_TRY(known, db().integer("SELECT count(*) FROM damaged_blobs WHERE blob = " + std::to_string(item.blob.id)));
  if ((known == 0) == whole) return Done{};
  return write([&] {
    if (whole) return db().run("DELETE FROM damaged_blobs WHERE blob = ?", item.blob.id);
    return db().run("INSERT INTO damaged_blobs(blob, seen_ms) SELECT id, ? FROM blobs WHERE id = ?", ms_of(now()), item.blob.id);
  });
}

Result<bool> KioskStore::scrub(std::size_t bytes_max) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  if (!state.scrub_mark) QABYL_TRY_DO(state.load_scrub_mark());
  int items = 0;
  for (std::uint64_t bytes = 0; bytes < bytes_max && items < items_a_call_max;) {
    if (!state.scrubbing) {
      QABYL_TRY(more, state.next_scrub_item());
      if (!more) {
        auto& mark = *state.scrub_mark;
        mark = {0, "", 0, mark.items, ms_of(state.now())};
        QABYL_TRY_DO(state.note_scrub());
        return true;
      }
    }
    bytes += std::min<std::uint64_t>(piece_bytes, state.scrubbing->blob.bytes - state.scrubbing->read);
    const auto whole = state.scrub_piece();
    if (!whole) continue;
    QABYL_TRY_DO(state.judge_scrubbed(*whole));
    ++items;
  }
  if (state.scrub_unnoted >= items_unnoted_max) QABYL_TRY_DO(state.note_scrub());
  return false;
}

Result<StoredReport> KioskStore::stored_report() {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  if (!state.scrub_mark) QABYL_TRY_DO(state.load_scrub_mark());
  StoredReport report;
  report.items = state.scrub_mark->last_items;
  if (state.scrub_mark->finished_ms != 0) report.finished_at = instant_of(state.scrub_mark->finished_ms);
  QABYL_TRY(rows, state.db().prepare("SELECT DISTINCT d.blob, coalesce(t.number, '') FROM damaged_blobs d LEFT JOIN blob_uses u ON u.blob = d.blob"
                                     " LEFT JOIN records r ON u.owner = 'record:' || r.id LEFT JOIN receipts t ON t.q = r.q ORDER BY d.blob LIMIT ?"));
  rows.bind(1, static_cast<std::int64_t>(damaged_lines_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return report;
    report.damaged.push_back(rows.text(1));
  }
}

// Our records about that paper that came with pictures of its pages, named without them: what was confidential leaves with
// the paper (the office has the pictures: every such record is confirmed).
Status KioskStore::collect_signed(const Id& paper, std::vector<Record>& records) {
  std::vector<Id> ids;
  QABYL_TRY(rows, state_->db().prepare("SELECT id FROM records WHERE about = ?"));
  rows.bind(1, paper);
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) break;
    ids.push_back(rows.text(0));
  }
  rows.reset();
  for (const auto& id : ids) {
    QABYL_TRY(found, find_record(id));
    if (!found || pictures_in(found->record.record.body, found->record.record.docs) == 0) continue;
    records.push_back(std::move(found->record.record));
    records.back().docs.pop_back();
  }
  return Done{};
}

Result<int> KioskStore::drop_old_papers(Instant confirmed_before) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::vector<std::pair<Id, std::string>> old;
  {
    QABYL_TRY(rows, state.db().prepare("SELECT p.id, p.sealed_sha256 FROM papers p LEFT JOIN paper_states s ON s.paper = p.id"
                                       " WHERE ((s.over_ms <> 0 AND s.over_ms < ?1) OR (p.awaits = 0 AND EXISTS"
                                       " (SELECT 1 FROM records r JOIN verdicts v ON v.q = r.q"
                                       "  WHERE r.about = p.id AND r.state IN ('accepted', 'superseded') AND v.at_ms < ?1))) AND NOT EXISTS"
                                       " (SELECT 1 FROM records n LEFT JOIN verdicts w ON w.q = n.q"
                                       "  WHERE n.about = p.id AND (n.state IN ('queued', 'sent') OR w.at_ms >= ?1))"));
    rows.bind(1, ms_of(confirmed_before));
    for (;;) {  // ends with the rows
      QABYL_TRY(row, rows.step());
      if (!row) break;
      QABYL_TRY(sha256, digest_of(rows.blob(1)));
      old.emplace_back(rows.text(0), std::string(papers_folder) + "/" + to_hex(sha256));
    }
  }
  if (old.empty()) return 0;
  std::vector<Record> signed_on;
  for (const auto& one : old) QABYL_TRY_DO(collect_signed(one.first, signed_on));
  std::vector<std::string> replies, pictures;
  const auto written = state.write([&]() -> Status {
    for (const auto& record : signed_on) {
      std::vector<Digest> named;
      for (const auto& document : record.docs) named.push_back(document.sha256);
      QABYL_TRY(files, state.release_others(record.id, named));
      pictures.insert(pictures.end(), files.begin(), files.end());
    }
    for (const auto& [id, file] : old) {
      QABYL_TRY_DO(state.db().run("DELETE FROM papers WHERE id = ?", id));
      QABYL_TRY_DO(state.db().run("DELETE FROM paper_states WHERE paper = ?", id));
      QABYL_TRY_DO(state.db().run("DELETE FROM paper_acts WHERE paper = ?", id));
      QABYL_TRY(files, state.end_replies("paper = ?", id));
      replies.insert(replies.end(), files.begin(), files.end());
    }
    return Done{};
  });
  if (!written) return written.error();
  state.scrubbing.reset();
  state.remove_files(replies);
  for (const auto& [id, file] : old) state.remove_files({file});  // what stays behind is collected as a stray
  state.remove_files(pictures);
  state.wipe_due = true;
  QABYL_TRY_DO(state.tidy_wal(0));
  return static_cast<int>(old.size());
}

}  // namespace qabyl::core
