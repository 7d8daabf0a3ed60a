// SQLite behind database.h. The order at open matters: look at the file without touching it, open,
// set pragmas, read them back, migrate. See RELIABILITY.md, section 1.
#include "core/store/database.h"

#include <sqlite3.h>

#include <map>
#include <utility>

#include "core/store/database_copy.h"
#include "core/sys/files.h"

namespace qabyl::core {
namespace {

constexpr std::uint64_t migration_room_factor = 3;  // the copy, the WAL of the migration, and what grows
constexpr int library_version_min = 3037000;  // STRICT tables
constexpr std::size_t header_bytes = 100;
constexpr std::size_t user_version_at = 60, application_id_at = 68;

ErrorCode code_of(int rc) {
  switch (rc & 0xff) {
    case SQLITE_FULL: return ErrorCode::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::corrupt;
    case SQLITE_CONSTRAINT: return ErrorCode::conflict;
    case SQLITE_TOOBIG: return ErrorCode::too_large;
    default: return ErrorCode::storage;
  }
}

// SQLite's message may quote values of a row: the log gets the code and its fixed wording only.
Error error_of(int rc, const char* doing) {
  return {code_of(rc), std::string(doing) + ": " + sqlite3_errstr(rc) + " (" + std::to_string(rc) + ")"};
}

std::int32_t big_endian(const Bytes& bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(bytes[at + i]); };
  return static_cast<std::int32_t>(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3));
}

int newest(const DatabaseOptions& options) {
  return options.migrations.empty() ? 0 : options.migrations.back().version;
}

Status check_origin(std::int64_t version, std::int64_t application_id, const DatabaseOptions& options) {
  if (application_id != options.application_id) return Error{ErrorCode::unsupported, "database of another program"};
  if (!options.migrations.empty() && version > newest(options)) {
    return Error{ErrorCode::unsupported, "database version " + std::to_string(version) + " is newer"};
  }
  return Done{};
}

}  // namespace

struct Database::Connection {
  sqlite3* handle = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> idle;  // prepared and free
  bool doubtful = false;
  int wal_pages = 0;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    for (const auto& [sql, statement] : idle) sqlite3_finalize(statement);
    sqlite3_close_v2(handle);
  }
};

struct Statement::State {
  std::shared_ptr<Database::Connection> connection;  // outlives every statement
  std::string sql;
  sqlite3_stmt* handle = nullptr;
  int bind_error = SQLITE_OK;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (handle == nullptr) return;
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    auto& idle = connection->idle;
    if (idle.size() >= statements_kept_max || !idle.try_emplace(std::move(sql), handle).second) sqlite3_finalize(handle);
  }
  void bound(int rc) {
    QABYL_CHECK(rc != SQLITE_RANGE && rc != SQLITE_MISUSE);
    if (rc != SQLITE_OK) bind_error = rc;
  }
};

Statement::Statement(std::unique_ptr<State> state) : state_(std::move(state)) {}
Statement::~Statement() = default;
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;

Statement& Statement::bind(int parameter, std::int64_t value) {
  state_->bound(sqlite3_bind_int64(state_->handle, parameter, value));
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
  state_->bound(sqlite3_bind_text64(state_->handle, parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int parameter, ByteView value) {
  const void* data = value.data() == nullptr ? static_cast<const void*>("") : value.data();
  state_->bound(sqlite3_bind_blob64(state_->handle, parameter, data, value.size(), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  state_->bound(sqlite3_bind_null(state_->handle, parameter));
  return *this;
}

Result<bool> Statement::step() {
  if (state_->bind_error != SQLITE_OK) return error_of(std::exchange(state_->bind_error, SQLITE_OK), "bind");
  const int rc = sqlite3_step(state_->handle);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  QABYL_CHECK(rc != SQLITE_MISUSE);
  sqlite3_reset(state_->handle);
  return error_of(rc, "step");
}

Status Statement::run() {
  for (;;) {  // ends with the statement's last row
    auto row = step();
    if (row && *row) continue;
    reset();
    if (!row) return row.error();
    return Done{};
  }
}

void Statement::reset() {
  sqlite3_reset(state_->handle);
  sqlite3_clear_bindings(state_->handle);
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(state_->handle, column); }

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(state_->handle, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(state_->handle, column))};
}

Bytes Statement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(state_->handle, column));
  if (data == nullptr) return {};
  return {data, data + sqlite3_column_bytes(state_->handle, column)};
}

bool Statement::is_null(int column) const { return sqlite3_column_type(state_->handle, column) == SQLITE_NULL; }

Database::Database(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Result<Statement> Database::prepare(std::string_view sql) {
  auto state = std::make_unique<Statement::State>();
  state->connection = connection_;
  state->sql = sql;
  auto& idle = connection_->idle;
  if (const auto found = idle.find(sql); found != idle.end()) {
    state->handle = found->second;
    idle.erase(found);
    return Statement(std::move(state));
  }
  const int rc = sqlite3_prepare_v3(connection_->handle, sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &state->handle, nullptr);
  if (rc == SQLITE_ERROR) std::fprintf(stderr, "SQL text: %.*s\n", static_cast<int>(sql.size()), sql.data());
  QABYL_CHECK(rc != SQLITE_ERROR);  // our own text, never built from input
  if (rc != SQLITE_OK) return error_of(rc, "prepare");
  QABYL_CHECK(state->handle != nullptr);
  return Statement(std::move(state));
}

Result<std::int64_t> Database::integer(std::string_view sql, std::int64_t fallback) {
  QABYL_TRY(statement, prepare(sql));
  QABYL_TRY(row, statement.step());
  return row ? statement.integer(0) : fallback;
}

Result<std::string> Database::text(std::string_view sql) {
  QABYL_TRY(statement, prepare(sql));
  QABYL_TRY(row, statement.step());
  return row ? statement.text(0) : std::string();
}

int Database::changes() const { return sqlite3_changes(connection_->handle); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_->handle) == 0; }
bool Database::doubtful() const { return connection_->doubtful; }
int Database::wal_pages() const { return connection_->wal_pages; }

int Database::version() {
  const auto version = integer("PRAGMA user_version");
  return version ? static_cast<int>(*version) : 0;
}

Status Database::check_integrity() {
  QABYL_TRY(words, text("PRAGMA integrity_check(1)"));
  if (words != "ok") return Error{ErrorCode::corrupt, "integrity_check: " + words};
  return Done{};
}

Status Database::checkpoint_truncate() {
  QABYL_CHECK(!in_transaction());
  int frames = 0, moved = 0;
  const int rc = sqlite3_wal_checkpoint_v2(connection_->handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, &frames, &moved);
  if (rc != SQLITE_OK) return error_of(rc, "checkpoint");
  connection_->wal_pages = 0;
  return Done{};
}

namespace {

// The file's own header, and through SQLite what still stands in its WAL: nothing is written, so that
// an older program leaves a newer database as it is, byte for byte (RELIABILITY, 4.10).
// True: the header alone does not tell, SQLite has to look (a WAL, or killed before the first migration).
Result<bool> look_before_opening(const std::string& path, const DatabaseOptions& options) {
  if (!sys::exists(path)) return false;
  QABYL_TRY(file, sys::open_read(path));
  QABYL_TRY(header, sys::read_some(file, 0, header_bytes));
  if (header.empty()) return false;  // SQLite creates the file before it writes its first page
  if (header.size() < header_bytes || as_text(header).substr(0, 15) != "SQLite format 3") {
    return Error{ErrorCode::corrupt, "not a database"};
  }
  const auto version = big_endian(header, user_version_at), application = big_endian(header, application_id_at);
  if (version == 0 && application == 0) return true;
  QABYL_TRY_DO(check_origin(version, application, options));
  return sys::exists(path + "-wal");
}

// A process that was killed between write and flush leaves a COMMIT that the next one can read and a power cut would take:
// it is made durable before anybody believes it (I1).
Status flush_wal(const std::string& path) {
  const auto wal = path + "-wal";
  if (!sys::exists(wal)) return Done{};
  QABYL_TRY(file, sys::open_read(wal));
  return sys::flush(file);
}

Status look_through_wal(Database& database, const DatabaseOptions& options) {
  const auto version = database.integer("PRAGMA user_version");
  const auto application = database.integer("PRAGMA application_id");
  const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!version) return version.error();
  if (!application) return application.error();
  if (!tables) return tables.error();
  if (*tables == 0 && *application == 0) return Done{};  // new, or killed before its first migration
  return check_origin(*version, *application, options);
}

struct Pragma {
  const char* set;
  const char* get;
  std::string value;
};

std::vector<Pragma> pragmas(const DatabaseOptions& options) {
  const auto number = [](int value) { return std::to_string(value); };
  return {
      {"PRAGMA synchronous=FULL", "PRAGMA synchronous", "2"},
      {"PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1"},
      {"PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1"},
      {"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"},  // no row in a temporary file
      {"PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", "0"},
      {"PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1"},
      {"PRAGMA mmap_size=0", "PRAGMA mmap_size", "0"},
      {nullptr, "PRAGMA encoding", "UTF-8"},
      {nullptr, "PRAGMA page_size", number(page_bytes)},
      {nullptr, "PRAGMA busy_timeout", number(options.busy_timeout_ms)},
      {nullptr, "PRAGMA wal_autocheckpoint", number(options.autocheckpoint_pages)},
  };
}

Status set_and_read_back(Database& database, const Pragma& pragma) {
  if (pragma.set != nullptr) QABYL_TRY_DO(database.run(pragma.set));
  QABYL_TRY(value, database.text(pragma.get));
  if (value != pragma.value) return Error{ErrorCode::storage, std::string(pragma.get) + " is " + value};
  return Done{};
}

Status switch_config(sqlite3* handle, int option, int wanted, const char* name) {
  int now = -1;
  const int rc = sqlite3_db_config(handle, option, wanted, &now);
  if (rc != SQLITE_OK || now != wanted) return Error{ErrorCode::storage, std::string(name) + " did not take"};
  return Done{};
}

Status configure(Database& database, sqlite3* handle, const DatabaseOptions& options) {
  QABYL_TRY_DO(switch_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, "DQS_DML"));
  QABYL_TRY_DO(switch_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, "DQS_DDL"));
  QABYL_TRY_DO(switch_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, "DEFENSIVE"));
  sqlite3_busy_timeout(handle, options.busy_timeout_ms);
  if (options.read_only) return database.run("PRAGMA query_only=ON");
  sqlite3_wal_autocheckpoint(handle, options.autocheckpoint_pages);
  QABYL_TRY_DO(database.run("PRAGMA page_size=" + std::to_string(page_bytes)));  // before the first page is written
  QABYL_TRY(mode, database.text("PRAGMA journal_mode=WAL"));
  if (mode != "wal") return Error{ErrorCode::storage, "journal_mode is " + mode};
  for (const auto& pragma : pragmas(options)) QABYL_TRY_DO(set_and_read_back(database, pragma));
  return Done{};
}

Status run_script(sqlite3* handle, const Migration& migration) {
  const std::string script(migration.script);
  const int rc = sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr);
  if (rc == SQLITE_ERROR) std::fprintf(stderr, "migration %d: %s\n", migration.version, sqlite3_errmsg(handle));
  QABYL_CHECK(rc != SQLITE_ERROR);  // our own text
  if (rc != SQLITE_OK) return error_of(rc, "migrate");
  return Done{};
}

std::string copy_path(const std::string& path, int version) { return path + ".before-" + std::to_string(version); }

// What is wiped later must not live on in a copy: it stays only until the migration has come out well, at the latest until the
// next start.
Status remove_copies(const std::string& path, int newest_version) {
  for (int version = 1; version < newest_version; ++version) {
    if (sys::exists(copy_path(path, version))) QABYL_TRY_DO(sys::remove_file(copy_path(path, version)));
  }
  return Done{};
}

// Before a row of an older database is touched (RELIABILITY, 4.10): room for what comes, and a copy that was compared with it.
// full: too little room, and nothing was done.
Status keep_copy(const std::string& path, int version) {
  std::uint64_t bytes = 0;
  for (const std::string& file : {path, path + "-wal"}) {
    if (!sys::exists(file)) continue;
    QABYL_TRY(opened, sys::open_read(file));
    QABYL_TRY(size, sys::file_size(opened));
    bytes += size;
  }
  const auto slash = path.rfind('/');
  const auto free = sys::free_bytes(slash == path.npos ? "." : path.substr(0, slash + 1));
  if (free && *free < migration_room_factor * bytes) return Error{ErrorCode::full, "no room to migrate the database"};
  QABYL_TRY_DO(copy_database(path, copy_path(path, version)));
  return same_rows(path, copy_path(path, version));
}

// All missing migrations in one transaction, then into the main file, so that the version stands in
// its header even if the WAL is lost.
Status migrate(Database& database, sqlite3* handle, const std::string& path, const DatabaseOptions& options) {
  QABYL_TRY(version, database.integer("PRAGMA user_version"));  // one that cannot be read is no 0
  const int now = static_cast<int>(version);
  QABYL_TRY_DO(remove_copies(path, newest(options)));
  if (now == newest(options)) return Done{};
  if (now > 0) QABYL_TRY_DO(keep_copy(path, now));
  QABYL_TRY(transaction, Transaction::begin(database));
  int expected = 1;
  for (const auto& migration : options.migrations) {
    QABYL_CHECK(migration.version == expected++);
    if (migration.version > now) QABYL_TRY_DO(run_script(handle, migration));
  }
  QABYL_TRY_DO(database.run("PRAGMA application_id=" + std::to_string(options.application_id)));
  QABYL_TRY_DO(database.run("PRAGMA user_version=" + std::to_string(newest(options))));
  QABYL_TRY_DO(transaction.commit());
  QABYL_TRY_DO(database.checkpoint_truncate());
  QABYL_TRY_DO(database.check_integrity());
  return remove_copies(path, newest(options));
}

}  // namespace

Result<Database> Database::open(const std::string& path, const DatabaseOptions& options) {
  if (sqlite3_libversion_number() < library_version_min) return Error{ErrorCode::storage, "SQLite is too old"};
  QABYL_TRY(look_again, look_before_opening(path, options));
  const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
  const auto open_as = [&](int flags) -> Result<Database> {
    auto connection = std::make_shared<Connection>();
    const int rc = sqlite3_open_v2(path.c_str(), &connection->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs);
    if (rc != SQLITE_OK) return error_of(rc, "open");
    return Database(std::move(connection));
  };
  if (!options.read_only) QABYL_TRY_DO(flush_wal(path));
  const bool hot = sys::exists(path + "-journal");  // killed while the file was made: only a writer may undo that
  if (look_again && !hot && !options.read_only) {
    QABYL_TRY(glimpse, open_as(SQLITE_OPEN_READONLY));
    QABYL_TRY_DO(look_through_wal(glimpse, options));
  }
  QABYL_TRY(database, open_as(options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  auto* handle = database.connection_->handle;
  if (hot) QABYL_TRY_DO(look_through_wal(database, options));
  QABYL_TRY_DO(configure(database, handle, options));
  if (options.read_only) QABYL_TRY_DO(look_through_wal(database, options));
  else if (!options.migrations.empty()) QABYL_TRY_DO(migrate(database, handle, path, options));
  if (!options.read_only && options.autocheckpoint_pages == 0) {
    sqlite3_wal_hook(handle, [](void* pages, sqlite3*, const char*, int n) { *static_cast<int*>(pages) = n; return SQLITE_OK; },
                     &database.connection_->wal_pages);
  }
  return database;
}

Result<Transaction> Transaction::begin(Database& database) {
  if (database.doubtful()) return Error{ErrorCode::storage, "to be opened anew"};
  QABYL_CHECK(!database.in_transaction());
  QABYL_TRY_DO(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ != nullptr) database_->take_back();
}

// SQLite has rolled back by itself after some errors: then there is nothing to do. Out of memory it cannot even do that.
void Database::take_back() {
  if (in_transaction() && !run("ROLLBACK")) connection_->doubtful = true;
}

Status Transaction::commit() {
  QABYL_CHECK(database_ != nullptr);
  auto* database = std::exchange(database_, nullptr);
  if (!database->in_transaction()) return Error{ErrorCode::storage, "transaction was rolled back"};
  if (database->doubtful()) {  // a part that was to be taken back is still in it
    database->take_back();
    return Error{ErrorCode::storage, "a savepoint could not be taken back"};
  }
  const auto done = database->run("COMMIT");
  if (done) return Done{};
  database->take_back();
  // The WAL must stay as it is until the file is opened anew: its recovery decides what was committed.
  database->connection_->doubtful = true;
  sqlite3_db_config(database->connection_->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return Error{ErrorCode::unknown_outcome, done.error().detail};
}

Result<Savepoint> Savepoint::begin(Database& database) {
  QABYL_CHECK(database.in_transaction());
  QABYL_TRY_DO(database.run("SAVEPOINT part"));
  return Savepoint(database);
}

Savepoint::Savepoint(Savepoint&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Savepoint::~Savepoint() {
  if (database_ == nullptr || !database_->in_transaction()) return;
  if (!database_->run("ROLLBACK TO part") || !database_->run("RELEASE part")) database_->connection_->doubtful = true;
}

Status Savepoint::release() {
  QABYL_CHECK(database_ != nullptr);
  auto done = database_->run("RELEASE part");
  if (done) database_ = nullptr;  // else it is taken back
  return done;
}

}  // namespace qabyl::core
