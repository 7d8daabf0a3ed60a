// What this kiosk has seen of the registry's evidence log: notes, the newest that agrees with all before, and forks
// with their evidence (issue 4, line 7). Verifies nothing: the uplink has. No name and no record stands in it.
#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::int64_t checkpoints_kept_max = 1000;  // besides those that nothing was said of yet
constexpr std::int64_t forks_kept_max = 100;
constexpr std::string_view forks_folder = "log-forks";
constexpr std::size_t mirror_text_bytes_max = 64 * 1024;

Json mirror_json(const LogMirror& mirror) {
  Json::Array edge;
  for (const Digest& hash : mirror.edge) edge.push_back(to_hex(hash));
  return Json::Object{{"start", static_cast<std::int64_t>(mirror.start)}, {"size", static_cast<std::int64_t>(mirror.size)}, {"edge", std::move(edge)},
                      {"note", mirror.note}, {"note_size", static_cast<std::int64_t>(mirror.note_size)}};
}

Result<LogMirror> mirror_of(std::string_view text) {
  QABYL_TRY(json, parse_json(text, mirror_text_bytes_max));
  LogMirror mirror{static_cast<std::uint64_t>(json.number("start")), static_cast<std::uint64_t>(json.number("size")), {}, json.text("note"), static_cast<std::uint64_t>(json.number("note_size"))};
  for (const Json& item : json.items("edge")) {
    QABYL_TRY(hash, digest_from_hex(item.is_string() ? item.string() : std::string()));
    mirror.edge.push_back(hash);
  }
  return mirror;
}

}  // namespace

Status KioskStore::State::put_checkpoint(std::string_view note) {
  return db().run("INSERT INTO log_checkpoints(note, word, seen_ms) VALUES(?, 'unchecked', ?) ON CONFLICT(note) DO NOTHING", note, ms_of(now()));
}

Status KioskStore::State::judge(std::string_view note, std::string_view word) {
  QABYL_TRY_DO(db().run("UPDATE log_checkpoints SET word = ? WHERE note = ?", word, note));
  return db().run("DELETE FROM log_checkpoints WHERE word <> 'unchecked' AND n <= (SELECT max(n) FROM log_checkpoints) - ?", checkpoints_kept_max);
}

Result<std::string> KioskStore::newest_checkpoint() {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(held, state_->get_setting(setting_checkpoint));
  return held.value_or("");
}

Result<std::vector<std::string>> KioskStore::unchecked_checkpoints(std::size_t count_max) {
  QABYL_TRY_DO(state_->ready());
  std::vector<std::string> notes;
  QABYL_TRY(rows, state_->db().prepare("SELECT note FROM log_checkpoints WHERE word = 'unchecked' ORDER BY n LIMIT ?"));
  rows.bind(1, static_cast<std::int64_t>(count_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return notes;
    notes.push_back(rows.text(0));
  }
}

Status KioskStore::keep_checkpoint(std::string_view note) {
  QABYL_TRY_DO(state_->ready());
  {
    QABYL_TRY(known, state_->db().prepare("SELECT 1 FROM log_checkpoints WHERE note = ?"));
    QABYL_TRY(there, known.bind(1, note).step());
    if (there) return Done{};  // the published log seldom has news: no flush for nothing
  }
  return state_->write([&] { return state_->put_checkpoint(note); });
}

Status KioskStore::judge_checkpoint(std::string_view note, NoteWord word) {
  QABYL_TRY_DO(state_->ready());
  return state_->write([&]() -> Status {
    if (word == NoteWord::newest) QABYL_TRY_DO(state_->put_setting(setting_checkpoint, note));
    return state_->judge(note, word == NoteWord::foreign ? "foreign" : "sound");
  });
}

// The file first: a kill in between leaves one that says nothing untrue.
Status KioskStore::keep_fork(std::string_view note, const LogFork& fork) {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(count, state_->db().integer("SELECT count(*) FROM log_forks"));
  if (count < forks_kept_max) {
    const auto name = to_hex(sha256(as_bytes(fork.evidence))).substr(0, 16);
    QABYL_TRY_DO(sys::make_directories(state_->path(forks_folder)));
    QABYL_TRY_DO(sys::write_file_durably(state_->path(forks_folder) + "/" + name + ".json", as_bytes(fork.evidence)));
  }
  return state_->write([&]() -> Status {
    QABYL_TRY_DO(state_->judge(note, "fork"));
    if (count >= forks_kept_max) return Done{};
    return state_->db().run("INSERT INTO log_forks(why, held_size, shown_size, at_ms, evidence) VALUES(?, ?, ?, ?, ?)", fork.why,
                            static_cast<std::int64_t>(fork.held_size), static_cast<std::int64_t>(fork.shown_size), ms_of(fork.at), fork.evidence);
  });
}

Result<LogMirror> KioskStore::mirror() {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(kept, state_->get_setting(setting_mirror));
  return kept ? mirror_of(*kept) : Result<LogMirror>(LogMirror{});
}

Status KioskStore::keep_leaves(const LogMirror& after, const std::vector<LogLeaf>& leaves) {
  QABYL_TRY_DO(state_->ready());
  QABYL_CHECK(leaves.size() <= after.size - after.start);
  return state_->write([&]() -> Status {
    auto& db = state_->db();
    LogMirror kept = after;
    if (kept.size - kept.start > mirrored_leaves_max) kept.start = kept.size - mirrored_leaves_max;
    QABYL_TRY_DO(db.run("DELETE FROM log_mirror WHERE idx < ?", static_cast<std::int64_t>(kept.start)));
    auto index = static_cast<std::int64_t>(after.size - leaves.size());
    for (const LogLeaf& leaf : leaves) QABYL_TRY_DO(db.run("INSERT OR REPLACE INTO log_mirror(idx, digest, at_ms) VALUES(?, ?, ?)", index++, leaf.record, ms_of(leaf.at)));
    return state_->put_setting(setting_mirror, canonical(mirror_json(kept)));
  });
}

Result<std::vector<LogLeaf>> KioskStore::leaves_from(std::uint64_t index, std::size_t count_max) {
  QABYL_TRY_DO(state_->ready());
  std::vector<LogLeaf> leaves;
  QABYL_TRY(rows, state_->db().prepare("SELECT digest, at_ms FROM log_mirror WHERE idx >= ? ORDER BY idx LIMIT ?"));
  rows.bind(1, static_cast<std::int64_t>(index)).bind(2, static_cast<std::int64_t>(count_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return leaves;
    QABYL_TRY(digest, digest_of(rows.blob(0)));
    leaves.push_back({digest, instant_of(rows.integer(1))});
  }
}

Result<std::string> KioskStore::unreported_fork() {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(row, state_->db().prepare("SELECT evidence FROM log_forks WHERE reported = 0 ORDER BY n LIMIT 1"));
  QABYL_TRY(there, row.step());
  return there ? row.text(0) : std::string();
}

Status KioskStore::fork_reported(std::string_view evidence) {
  QABYL_TRY_DO(state_->ready());
  return state_->write([&] { return state_->db().run("UPDATE log_forks SET reported = 1 WHERE evidence = ?", evidence); });
}

Result<std::vector<LogFork>> KioskStore::forks(std::size_t count_max) {
  QABYL_TRY_DO(state_->ready());
  std::vector<LogFork> forks;
  QABYL_TRY(rows, state_->db().prepare("SELECT why, held_size, shown_size, at_ms, evidence FROM log_forks ORDER BY n DESC LIMIT ?"));
  rows.bind(1, static_cast<std::int64_t>(count_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return forks;
    forks.push_back({rows.text(0), static_cast<std::uint64_t>(rows.integer(1)), static_cast<std::uint64_t>(rows.integer(2)), instant_of(rows.integer(3)), rows.text(4)});
  }
}

}  // namespace qabyl::core
