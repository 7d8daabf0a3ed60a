// One SQLite connection as a value: open, prepare, transaction, migrate. Used by the kiosk's store and
// by the registry's; sqlite3.h stays in database.cpp. Knows no table and no record.
//
// Every writing connection runs WAL + synchronous=FULL + secure_delete, read back at open: a pragma that
// did not take is a storage error (RELIABILITY, 1.1). SQLite 3.40.1 has the WAL-reset bug: only one
// connection of one process may write or checkpoint (1.3), so owners hold a folder lock; readers open
// read-only. Thread rule: one thread at a time for a Database and everything made from it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core {

inline constexpr int page_bytes = 16384;
inline constexpr int statements_kept_max = 128;

struct Migration {
  int version;              // 1, 2, 3 ... without gaps; becomes user_version
  std::string_view script;  // SQL statements, separated by ;
};

struct DatabaseOptions {
  std::int32_t application_id = 0;       // names the kind of file; another one is refused untouched
  std::vector<Migration> migrations;     // all of them; the last one is the version of this program
  bool read_only = false;                // never creates, migrates or checkpoints
  int busy_timeout_ms = 5000;
  int autocheckpoint_pages = 256;        // 0: the owner checkpoints by itself, guided by wal_pages()
  std::string vfs;                       // tests and simulation; empty: the system's
};

// A prepared statement; goes back to the connection's cache when it goes. Parameters count from 1,
// columns from 0, as in SQLite. Texts and blobs are copied at bind.
class Statement {
 public:
  ~Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view value);
  Statement& bind(int parameter, ByteView value);
  Statement& bind(int parameter, const Digest& value) { return bind(parameter, ByteView(value)); }
  Statement& bind_null(int parameter);

  Result<bool> step();  // true: a row is there; false: done. conflict (a constraint), full, corrupt, storage
  Status run();         // steps to the end, then reset()
  void reset();         // ready to bind and step again

  // Of the row that step() found. Texts and blobs are copies; NULL reads as 0 or empty.
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  struct State;
  explicit Statement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Database {
 public:
  // Opens or creates `path` (its folder exists), sets and reads back the pragmas, migrates in one
  // transaction. unsupported: newer user_version or another application_id, and no byte of it was
  // changed. corrupt: not a database. storage: a pragma did not take, or the disk refused.
  static Result<Database> open(const std::string& path, const DatabaseOptions& options);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  Result<Statement> prepare(std::string_view sql);  // storage: the disk; a wrong SQL text is a bug and stops
  // One statement without rows: run("UPDATE t SET a = ? WHERE b = ?", a, b).
  template <typename... Values>
  Status run(std::string_view sql, const Values&... values) {
    QABYL_TRY(statement, prepare(sql));
    [[maybe_unused]] int parameter = 0;
    (statement.bind(++parameter, values), ...);
    return statement.run();
  }
  // First column of the first row; fallback without a row.
  Result<std::int64_t> integer(std::string_view sql, std::int64_t fallback = 0);
  Result<std::string> text(std::string_view sql);

  int changes() const;          // rows of the last statement
  bool in_transaction() const;
  int version();                // user_version
  Status check_integrity();     // corrupt, with SQLite's own words
  // Everything into the main file, WAL cut to 0 bytes: after this deleted rows are nowhere (1.6).
  Status checkpoint_truncate();
  int wal_pages() const;        // pages in the WAL after the last commit; only if autocheckpoint_pages is 0
  // True after a COMMIT that failed, or work that could not be taken back: nothing may be believed before the file was
  // opened anew (1.4), and no Transaction begins.
  bool doubtful() const;

 private:
  friend class Transaction;
  friend class Savepoint;
  struct Connection;
  friend class Statement;
  void take_back();
  explicit Database(std::shared_ptr<Connection> connection);
  std::shared_ptr<Connection> connection_;
};

// BEGIN IMMEDIATE ... COMMIT. Without commit() it is rolled back.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;

  // unknown_outcome: the COMMIT failed, which is not a no: reopen, look, then speak (RELIABILITY, I7).
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

// A part of a transaction that can be taken back on its own (group commit: one bad request of many).
class Savepoint {
 public:
  static Result<Savepoint> begin(Database& database);  // precondition: inside a Transaction
  ~Savepoint();
  Savepoint(Savepoint&& other) noexcept;
  Savepoint& operator=(Savepoint&&) = delete;
  Status release();  // keeps the part

 private:
  explicit Savepoint(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace qabyl::core
