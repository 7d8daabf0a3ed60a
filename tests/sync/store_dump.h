// Everything that an office holds, as one digest: "no effect" (RELIABILITY 4.7) = the same before and after.
// Left out: audit rows (rows marked A leave one) with their leaves and the published files of the log, and when a device was last
// heard of.
#pragma once

#include <filesystem>
#include <map>

#include "core/encoding.h"
#include "sync/registry/registry.h"
#include "tests/support/catch.h"

namespace qabyl::test {

inline std::vector<std::string> column_of(core::Database& database, const std::string& sql) {
  auto query = database.prepare(sql);
  if (!query) FAIL(sql << ": " << query.error().detail);
  std::vector<std::string> rows;
  for (;;) {
    const auto row = query->step();
    REQUIRE(row);
    if (!*row) return rows;
    rows.push_back(query->text(0));
  }
}

inline std::string row_text(core::Database& database, const std::string& table) {
  std::string columns;
  for (const auto& column : column_of(database, "SELECT name FROM pragma_table_info('" + table + "')")) {
    if (column == "last_contact" || column == "told_q") continue;
    columns += (columns.empty() ? "quote(" : "||','||quote(") + column + ")";
  }
  return columns;
}

inline std::string store_dump(sync::registry::Registry& registry) {
  std::string all;
  for (const auto& table : column_of(registry.database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    if (table == "audit") continue;
    all += table + "\n";
    const std::string others = table == "log_leaves" ? " WHERE record NOT LIKE 'audit %'" : table == "log_tiles" ? " WHERE 0" : table == "facts" ? " WHERE name <> 'log_checkpoint'" : "";
    for (const auto& row : column_of(registry.database, "SELECT " + row_text(registry.database, table) + " FROM " + table + others + " ORDER BY 1")) all += row + "\n";
  }
  std::map<std::string, std::uintmax_t> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(registry.folder)) {
    const auto name = entry.path().string().substr(registry.folder.size());
    if (entry.is_regular_file() && name.find("sqlite") == name.npos && !name.starts_with("/log/")) files[name] = entry.file_size();
  }
  for (const auto& [name, bytes] : files) all += name + " " + std::to_string(bytes) + "\n";
  return core::to_hex(core::sha256(core::as_bytes(all)));
}

}  // namespace qabyl::test
