// See database_copy.h.
#include "core/store/database_copy.h"

#include <sqlite3.h>

#include <memory>
#include <vector>

#include "core/crypto.h"
#include "core/sys/files.h"

namespace qabyl::core {
namespace {

constexpr int busy_timeout_ms = 5000;

struct Closed { void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); } };
using Handle = std::unique_ptr<sqlite3, Closed>;

Error error_of(int rc, const char* doing) {
  const int basic = rc & 0xff;
  const ErrorCode code = basic == SQLITE_FULL ? ErrorCode::full : basic == SQLITE_CORRUPT || basic == SQLITE_NOTADB ? ErrorCode::corrupt : ErrorCode::storage;
  return {code, std::string(doing) + ": " + sqlite3_errstr(rc) + " (" + std::to_string(rc) + ")"};
}

Result<Handle> open_handle(const std::string& path, int flags) {
  sqlite3* handle = nullptr;
  const int rc = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Handle owned(handle);
  if (rc != SQLITE_OK) return error_of(rc, "open");
  sqlite3_busy_timeout(handle, busy_timeout_ms);
  return owned;
}

Status copy_pages(const std::string& from, const std::string& to) {
  QABYL_TRY(source, open_handle(from, SQLITE_OPEN_READONLY));
  QABYL_TRY(target, open_handle(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  // Nobody reads it before it is flushed as a whole, below: no journal of its own.
  int rc = sqlite3_exec(target.get(), "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return error_of(rc, "copy");
  sqlite3_backup* copying = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (copying == nullptr) return error_of(sqlite3_extended_errcode(target.get()), "copy");
  rc = sqlite3_backup_step(copying, -1);  // all pages in one read: writers append to the WAL meanwhile
  const int finished = sqlite3_backup_finish(copying);
  if (rc != SQLITE_DONE || finished != SQLITE_OK) return error_of(rc != SQLITE_DONE ? rc : finished, "copy");
  rc = sqlite3_exec(target.get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr);  // who reads it leaves no WAL beside it
  return rc == SQLITE_OK ? Status(Done{}) : Status(error_of(rc, "copy"));
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? std::string(".") : path.substr(0, slash + 1);
}

Result<std::vector<std::string>> texts(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  int rc = sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
  if (rc != SQLITE_OK) return error_of(rc, "read");
  std::vector<std::string> rows;
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    std::string row;
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
      const int type = sqlite3_column_type(statement, column);  // before the value is read as bytes
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      row += std::to_string(type) + ":" + std::to_string(size) + ":";
      if (bytes != nullptr) row.append(bytes, size);
    }
    rows.push_back(std::move(row));
  }
  sqlite3_finalize(statement);
  if (rc != SQLITE_DONE) return error_of(rc, "read");
  return rows;
}

// Row by row, so that memory holds one of them.
Status hash_table(sqlite3* handle, const std::string& table, Sha256& hash) {
  sqlite3_stmt* statement = nullptr;
  int rc = sqlite3_prepare_v2(handle, ("SELECT * FROM \"" + table + "\"").c_str(), -1, &statement, nullptr);
  if (rc != SQLITE_OK) return error_of(rc, "read");
  while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
      const int type = sqlite3_column_type(statement, column);
      const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      hash.update(as_bytes(std::to_string(type) + ":" + std::to_string(size) + ":"));
      if (bytes != nullptr) hash.update({bytes, size});
    }
  }
  sqlite3_finalize(statement);
  if (rc != SQLITE_DONE) return error_of(rc, "read");
  return Done{};
}

Result<Digest> content_of(const std::string& path) {
  QABYL_TRY(handle, open_handle(path, SQLITE_OPEN_READONLY));
  QABYL_TRY(sound, texts(handle.get(), "PRAGMA integrity_check(1)"));
  if (sound != std::vector<std::string>{"3:2:ok"}) return Error{ErrorCode::corrupt, "integrity_check"};
  Sha256 hash;
  QABYL_TRY(schema, texts(handle.get(), "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"));
  for (const std::string& one : schema) hash.update(as_bytes(one));
  QABYL_TRY(versions, texts(handle.get(), "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id"));
  for (const std::string& one : versions) hash.update(as_bytes(one));
  QABYL_TRY(names, texts(handle.get(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"));
  for (const std::string& one : names) {
    const std::string name = one.substr(one.find(':', 2) + 1);
    hash.update(as_bytes("table " + name));
    QABYL_TRY_DO(hash_table(handle.get(), name, hash));
  }
  return hash.finish();
}

}  // namespace

Status copy_database(const std::string& from, const std::string& to) {
  if (sys::exists(to)) return Error{ErrorCode::conflict, "a file stands where the copy must be"};
  const auto copy = [&]() -> Status {
    QABYL_TRY_DO(copy_pages(from, to));
    QABYL_TRY(file, sys::open_append(to));
    QABYL_TRY_DO(sys::flush(file));
    return sys::flush_directory(folder_of(to));
  };
  const Status copied = copy();
  if (!copied) (void)sys::remove_file(to);
  return copied;
}

Status same_rows(const std::string& one, const std::string& other) {
  QABYL_TRY(first, content_of(one));
  QABYL_TRY(second, content_of(other));
  if (first != second) return Error{ErrorCode::corrupt, "the copy is not the database"};
  return Done{};
}

}  // namespace qabyl::core
