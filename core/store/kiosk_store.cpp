// Opening, reopening, the one way to write, seals and small settings of the kiosk's store. The rows of
// each topic stand in kiosk_<topic>.cpp. RELIABILITY, sections 1 and 7.
//
// This is where the one read-write connection of the process is opened: SQLite 3.40.1 has the WAL-reset
// bug, so a second writer is kept out by the lock of the folder (RELIABILITY, 1.3).
#include "core/store/kiosk_store.h"

#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::size_t sealed_json_max = 4 * 1024 * 1024;

Json to_json(const ClockReading& reading) {
  return Json::Object{{"wall_ms", ms_of(reading.wall)}, {"steady_ms", reading.steady.count()}, {"boot", reading.boot}};
}

ClockReading reading_from(const Json& json) {
  return {instant_of(json.number("wall_ms")), Millis(json.number("steady_ms")), json.text("boot")};
}

}  // namespace

KioskStore::KioskStore(std::unique_ptr<State> state) : state_(std::move(state)) {}

KioskStore::~KioskStore() {
  // What was kept but never named by a draft or record still gets its row; a failure loses nothing.
  if (!state_->fresh.empty() && state_->database && !state_->db().doubtful()) (void)state_->write([] { return Status(Done{}); });
}

Result<std::unique_ptr<KioskStore>> KioskStore::open(KioskStoreOptions options) {
  QABYL_CHECK(options.clock != nullptr && options.random != nullptr && !options.device.empty());
  auto state = std::make_unique<State>(std::move(options));
  QABYL_TRY_DO(sys::make_directories(state->options.folder));
  QABYL_TRY(lock, sys::lock_folder(state->options.folder));
  state->lock = std::move(lock);
  QABYL_TRY_DO(state->start());
  QABYL_TRY(editing, state->get_setting(setting_editing));
  if (editing && !editing->empty()) state->interrupted = *editing;
  QABYL_TRY_DO(state->collect_strays());
  state->wipe_due = true;  // a WAL that a kill left behind may still show what was wiped
  (void)state->tidy_wal(0);  // stays due if the disk refuses
  return std::unique_ptr<KioskStore>(new KioskStore(std::move(state)));
}

Status KioskStore::reopen() { return state_->reopen(); }

DatabaseOptions KioskStore::State::database_options() const {
  DatabaseOptions asked;
  asked.application_id = kiosk_application_id;
  asked.migrations = kiosk_migrations();
  asked.autocheckpoint_pages = 0;  // nobody at the counter waits for a checkpoint: see tidy_wal()
  asked.vfs = options.vfs;
  return asked;
}

Status KioskStore::State::start() {
  QABYL_TRY(opened, Database::open(path("kiosk.db"), database_options()));
  database.emplace(std::move(opened));
  QABYL_TRY_DO(sys::make_directories(path(arriving_folder)));
  QABYL_TRY_DO(sys::make_directories(path(papers_folder)));
  QABYL_TRY_DO(sys::make_directories(path(documents_folder) + "/" + month_folder(now())));
  QABYL_TRY_DO(sys::flush_directory(path(documents_folder)));
  QABYL_TRY_DO(sys::flush_directory(options.folder));
  return load();
}

Status KioskStore::State::load() {
  QABYL_TRY(loaded, load_head());
  head = loaded;
  QABYL_TRY(kept, get_setting(setting_editing));
  editing = kept.value_or("");
  clock_memory = {};
  QABYL_TRY(clock, get_setting(setting_clock));
  if (!clock) return Done{};
  QABYL_TRY(json, parse_json(*clock, sealed_json_max));
  if (json.find("last") != nullptr) clock_memory.last = reading_from(json.member("last"));
  if (json.find("sync") == nullptr) return Done{};
  const auto& sync = json.member("sync");
  clock_memory.sync = TimeSync{instant_of(sync.number("registry_ms")), sync.number("half_round_trip_ms"), reading_from(sync.member("at"))};
  return Done{};
}

// A recovered WAL may hold what was written but never flushed: after the checkpoint it is in the main
// file by fresh writes and their own fsync, and only then is it believed.
Status KioskStore::State::reopen() {
  database.reset();
  QABYL_TRY(opened, Database::open(path("kiosk.db"), database_options()));
  QABYL_TRY_DO(opened.check_integrity());
  QABYL_TRY_DO(opened.checkpoint_truncate());
  database.emplace(std::move(opened));
  auto loaded = load();
  if (!loaded) {
    database.reset();
    return loaded;
  }
  for (auto one = open_drafts.begin(); one != open_drafts.end();) {
    QABYL_TRY(summary, draft_summary(one->first));
    one = summary ? std::next(one) : open_drafts.erase(one);
  }
  return Done{};
}

Status KioskStore::State::ready() {
  if (database && !database->doubtful()) return Done{};
  return reopen();
}

Status KioskStore::State::write(const std::function<Status()>& work) {
  QABYL_TRY_DO(ready());
  for (const auto& folder : unflushed_folders) QABYL_TRY_DO(sys::flush_directory(path(folder)));
  unflushed_folders.clear();
  QABYL_TRY(transaction, Transaction::begin(db()));
  for (const auto& [blob, owner] : fresh) {
    QABYL_TRY_DO(db().run("INSERT INTO blobs(sha256, bytes, file, draft, sealed_key) VALUES(?, ?, ?, ?, ?)"
                          " ON CONFLICT(file) DO NOTHING",  // an earlier COMMIT of unknown outcome had it
                          ByteView(blob.sha256), static_cast<std::int64_t>(blob.bytes), blob.file, blob.draft, ByteView(blob.sealed_key)));
    QABYL_TRY_DO(db().run("INSERT OR IGNORE INTO blob_uses(owner, blob) SELECT ?, id FROM blobs WHERE file = ?", owner, blob.file));
  }
  QABYL_TRY_DO(work());
  QABYL_TRY_DO(transaction.commit());
  fresh.clear();
  if (db().wal_pages() > wal_pages_max) (void)tidy_wal(wal_pages_max);  // if it fails, the next one tries again
  return Done{};
}

Status KioskStore::State::tidy_wal(int pages_max) {
  if (!wipe_due && db().wal_pages() <= pages_max) return Done{};
  QABYL_TRY_DO(db().checkpoint_truncate());
  wipe_due = false;
  // An emptied WAL costs its next commit one more flush, for the header: it is spent here, not while a
  // person waits for a receipt.
  return write([this] { return put_setting(setting_tidied, std::to_string(ms_of(now()))); });
}

Status KioskStore::State::put_setting(std::string_view name, std::string_view value) {
  return db().run("INSERT INTO settings(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", name, value);
}

Result<std::optional<std::string>> KioskStore::State::get_setting(std::string_view name) {
  QABYL_TRY(statement, db().prepare("SELECT value FROM settings WHERE name = ?"));
  QABYL_TRY(row, statement.bind(1, name).step());
  if (!row) return std::optional<std::string>();
  return std::optional<std::string>(statement.text(0));
}

// A file that no row names was left by a kill between rename and commit. It goes when it has been seen
// so for a day: until then a person can still look into what happened.
Status KioskStore::State::collect_strays() {
  std::vector<std::string> stale;
  QABYL_TRY(files, list_stored_files(options.folder));
  const auto seen = ms_of(now());
  const auto written = write([&]() -> Status {
    QABYL_TRY_DO(db().run("DELETE FROM strays WHERE file IN (SELECT file FROM blobs)"));
    QABYL_TRY(known, db().prepare("SELECT 1 FROM blobs WHERE file = ?1 UNION ALL"
                                  " SELECT 1 FROM papers WHERE 'papers/' || lower(hex(sealed_sha256)) = replace(?1, '.part', '')"));
    QABYL_TRY(since, db().prepare("SELECT seen_ms FROM strays WHERE file = ?"));
    for (const auto& file : files) {
      known.reset();
      since.reset();
      QABYL_TRY(named, known.bind(1, file).step());
      if (named) continue;
      QABYL_TRY(noted, since.bind(1, file).step());
      if (noted && seen - since.integer(0) > stray_age.count()) stale.push_back(file);
      if (!noted) QABYL_TRY_DO(db().run("INSERT INTO strays(file, seen_ms) VALUES(?, ?)", file, seen));
    }
    for (const auto& file : stale) QABYL_TRY_DO(db().run("DELETE FROM strays WHERE file = ?", file));
    return Done{};
  });
  if (!written) return written;
  remove_files(stale);
  return Done{};
}

Bytes KioskStore::State::close(ByteView plain, std::string_view context) const {
  return seal(options.storage_key, plain, context, *options.random);
}

Result<Bytes> KioskStore::State::disclose(ByteView sealed, std::string_view context) const {
  return unseal(options.storage_key, sealed, context);
}

Bytes KioskStore::State::close_json(const Json& value, std::string_view context) const {
  auto text = canonical(value);
  auto sealed = close(as_bytes(text), context);
  wipe(text);
  return sealed;
}

Result<Json> KioskStore::State::disclose_json(ByteView sealed, std::string_view context) const {
  QABYL_TRY(plain, disclose(sealed, context));
  auto json = parse_json(as_text(plain), sealed_json_max);
  wipe(plain);
  if (!json) return Error{ErrorCode::corrupt, "sealed JSON"};
  return json;
}

Digest KioskStore::State::bin_tag(std::string_view bin) const { return keyed_tag(options.storage_key, "bin", as_bytes(bin)); }

Result<std::optional<std::string>> KioskStore::setting(std::string_view name) {
  QABYL_TRY_DO(state_->ready());
  return state_->get_setting(name);
}

Status KioskStore::keep_setting(std::string_view name, std::string_view value) {
  if (name.empty() || name.starts_with("store.")) return Error{ErrorCode::invalid_input, "setting name"};
  return state_->write([&] { return state_->put_setting(name, value); });
}

ClockMemory KioskStore::clock_memory() { return state_->clock_memory; }

Json to_json(const ClockMemory& memory) {
  Json::Object json;
  if (memory.last) json.emplace("last", to_json(*memory.last));
  if (memory.sync) {
    json.emplace("sync", Json::Object{{"registry_ms", ms_of(memory.sync->registry)},
                                      {"half_round_trip_ms", memory.sync->half_round_trip_ms},
                                      {"at", to_json(memory.sync->at)}});
  }
  return json;
}

Result<Digest> digest_of(ByteView bytes) {
  Digest digest{};
  if (bytes.size() != digest.size()) return Error{ErrorCode::corrupt, "digest length"};
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace qabyl::core
