// The connection itself: what is asked of SQLite is there, what fails says so, and a file of another
// kind or time is left as it is. How: real files, and a raw SQLite connection where a file must be odd.
#include "core/store/database.h"

#include <sqlite3.h>

#include "tests/store/shim_vfs.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::Database;
using core::ErrorCode;
using tests::code_of;

namespace {

constexpr std::int32_t test_application = 0x54455354;

struct Folder {
  std::string path = tests::temporary_folder("database");
  std::string file() const { return path + "/test.db"; }
  ~Folder() { tests::remove_folder(path); }
};

core::DatabaseOptions test_options(int versions = 1) {
  core::DatabaseOptions options;
  options.application_id = test_application;
  options.migrations = {{1, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c BLOB) STRICT;"}};
  if (versions > 1) options.migrations.push_back({2, "ALTER TABLE t ADD COLUMN d INTEGER NOT NULL DEFAULT 7;"});
  return options;
}

Database opened(const Folder& folder, const core::DatabaseOptions& options = test_options()) {
  auto database = Database::open(folder.file(), options);
  if (!database) FAIL(database.error().detail);
  return *std::move(database);
}

void raw(const std::string& path, const char* sql, bool leave_wal = false) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
  if (leave_wal) sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  REQUIRE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_close(handle) == SQLITE_OK);
}

std::int64_t rows(Database& database) { return *database.integer("SELECT count(*) FROM t"); }

}  // namespace

TEST_CASE("every pragma that durability and privacy rest on is in force", "[store][database]") {
  Folder folder;
  auto database = opened(folder);
  CHECK(*database.text("PRAGMA journal_mode") == "wal");
  CHECK(*database.integer("PRAGMA synchronous") == 2);
  CHECK(*database.integer("PRAGMA secure_delete") == 1);
  CHECK(*database.integer("PRAGMA foreign_keys") == 1);
  CHECK(*database.integer("PRAGMA page_size") == 16384);
  CHECK(*database.integer("PRAGMA temp_store") == 2);
  CHECK(*database.integer("PRAGMA busy_timeout") == 5000);
  CHECK(*database.integer("PRAGMA application_id") == test_application);
  CHECK(database.version() == 1);
}

TEST_CASE("a pragma that does not take is a storage error, not a shrug", "[store][database]") {
  Folder folder;
  raw(folder.file(), "PRAGMA page_size=4096; PRAGMA application_id=1413829460; CREATE TABLE x(a); ");
  CHECK(code_of(Database::open(folder.file(), test_options())) == ErrorCode::storage);
}

TEST_CASE("a newer database is refused and not a byte of its folder changes", "[store][database]") {
  Folder folder;
  opened(folder, test_options(2));
  const auto before = tests::snapshot(folder.path);
  const auto refused = Database::open(folder.file(), test_options(1));
  REQUIRE(code_of(refused) == ErrorCode::unsupported);
  CHECK(tests::snapshot(folder.path) == before);
}

TEST_CASE("a newer version that still stands in the WAL is seen, and database and WAL stay as they are", "[store][database]") {
  Folder folder;
  opened(folder);
  raw(folder.file(), "PRAGMA user_version=9; INSERT INTO t(b) VALUES('of a newer program');", true);
  const auto before = tests::snapshot(folder.path);
  REQUIRE(before.count("test.db-wal") == 1);
  REQUIRE(code_of(Database::open(folder.file(), test_options())) == ErrorCode::unsupported);
  auto after = tests::snapshot(folder.path);
  CHECK(after.at("test.db") == before.at("test.db"));
  CHECK(after.at("test.db-wal") == before.at("test.db-wal"));
}

TEST_CASE("a database of another program and a file that is none are refused untouched", "[store][database]") {
  Folder folder;
  opened(folder);
  auto options = test_options();
  options.application_id = 1;
  const auto before = tests::snapshot(folder.path);
  CHECK(code_of(Database::open(folder.file(), options)) == ErrorCode::unsupported);
  CHECK(tests::snapshot(folder.path) == before);
  const auto letter = folder.path + "/letter.db";
  REQUIRE(core::sha256({}) != core::Digest{});
  { std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(letter.c_str(), "w"), std::fclose); std::fputs(std::string(5000, 'x').c_str(), file.get()); }
  CHECK(code_of(Database::open(letter, options)) == ErrorCode::corrupt);
  CHECK(tests::read_all(letter).size() == 5000);
}

TEST_CASE("a database that was begun and never migrated is begun anew, a nameless one with tables is not ours", "[store][database]") {
  Folder folder;
  const auto other = folder.path + "/other.db";
  raw(folder.file(), "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;");
  REQUIRE_FALSE(tests::read_all(folder.file()).empty());
  CHECK(opened(folder).version() == 1);
  raw(other, "CREATE TABLE somebody_elses(a);");
  const auto before = tests::read_all(other);
  CHECK(code_of(Database::open(other, test_options())) == ErrorCode::unsupported);
  CHECK(tests::read_all(other) == before);
}

TEST_CASE("migrations run once, in order, and keep the rows", "[store][database]") {
  Folder folder;
  {
    auto database = opened(folder);
    REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "old"));
  }
  auto database = opened(folder, test_options(2));
  CHECK(database.version() == 2);
  CHECK(*database.integer("SELECT d FROM t WHERE b = 'old'") == 7);
}

TEST_CASE("what is bound comes back as it was: texts with zeros, blobs, numbers, nothing", "[store][database]") {
  Folder folder;
  auto database = opened(folder);
  const std::string text("Ә\0Ө", 5);
  const core::Bytes blob{0, 255, 1};
  REQUIRE(database.run("INSERT INTO t(a, b, c) VALUES(?, ?, ?)", std::int64_t{1} << 60, text, core::ByteView(blob)));
  auto row = database.prepare("SELECT a, b, c, NULL FROM t");
  REQUIRE(*row->step());
  CHECK(row->integer(0) == std::int64_t{1} << 60);
  CHECK(row->text(1) == text);
  CHECK(row->blob(2) == blob);
  CHECK(row->is_null(3));
  CHECK_FALSE(*row->step());
}

TEST_CASE("a transaction without commit leaves nothing, a savepoint takes back its part only", "[store][database]") {
  Folder folder;
  auto database = opened(folder);
  {
    auto dropped = core::Transaction::begin(database);
    REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "dropped"));
  }
  auto kept = core::Transaction::begin(database);
  REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "whole"));
  {
    auto part = core::Savepoint::begin(database);
    REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "taken back"));
  }
  auto part = core::Savepoint::begin(database);
  REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "part"));
  REQUIRE(part->release());
  REQUIRE(kept->commit());
  CHECK(rows(database) == 2);
  CHECK(*database.integer("SELECT count(*) FROM t WHERE b IN ('whole', 'part')") == 2);
}

TEST_CASE("a broken constraint is a conflict and a reader cannot write", "[store][database]") {
  Folder folder;
  auto database = opened(folder);
  REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "one"));
  CHECK(code_of(database.run("INSERT INTO t(b) VALUES(?)", "one")) == ErrorCode::conflict);
  auto options = test_options();
  options.read_only = true;
  auto reader = opened(folder, options);
  CHECK(rows(reader) == 1);
  CHECK(code_of(reader.run("INSERT INTO t(b) VALUES(?)", "two")) == ErrorCode::storage);
  CHECK(code_of(Database::open(folder.path + "/none.db", options)) == ErrorCode::storage);
  CHECK(rows(database) == 1);
}

TEST_CASE("a commit whose flush fails is an unknown outcome, and the recovered row may be there", "[store][database]") {
  Folder folder;
  auto options = test_options();
  auto& shim = tests::shim_vfs();
  options.vfs = tests::shim_vfs_name;
  {
    auto database = opened(folder, options);
    REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "first"));  // the WAL's header is flushed apart
    auto transaction = core::Transaction::begin(database);
    REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "perhaps"));
    shim.fail_wal_sync = 1;
    CHECK(code_of(transaction->commit()) == ErrorCode::unknown_outcome);
    CHECK(database.doubtful());
  }
  auto database = opened(folder, options);
  CHECK_FALSE(database.doubtful());
  CHECK(rows(database) == 2);  // a failed COMMIT is not a no
}

TEST_CASE("a commit that finds the disk full leaves nothing behind", "[store][database]") {
  Folder folder;
  auto options = test_options();
  auto& shim = tests::shim_vfs();
  options.vfs = tests::shim_vfs_name;
  {
    auto database = opened(folder, options);
    auto transaction = core::Transaction::begin(database);
    REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "no room"));
    shim.fail_wal_write = 1;
    CHECK(code_of(transaction->commit()) == ErrorCode::unknown_outcome);
  }
  auto database = opened(folder, options);
  CHECK(rows(database) == 0);
}

TEST_CASE("after a truncating checkpoint a deleted text is in no file", "[store][database]") {
  Folder folder;
  auto database = opened(folder);
  REQUIRE(database.run("INSERT INTO t(b) VALUES(?)", "personal-text-to-be-wiped"));
  CHECK_FALSE(tests::files_with(folder.path, "personal-text-to-be-wiped").empty());
  REQUIRE(database.run("DELETE FROM t"));
  REQUIRE(database.checkpoint_truncate());
  CHECK(tests::files_with(folder.path, "personal-text-to-be-wiped").empty());
}
