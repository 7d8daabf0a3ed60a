// See backup_files.h.
#include "sync/registry/backup_files.h"

#include <algorithm>

#include "core/sys/files.h"
#include "sync/log/place.h"
#include "sync/registry/evidence_log.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;
using core::Status;

constexpr std::size_t list_bytes_max = std::size_t{1} << 30;
constexpr std::string_view documents_prefix = "documents/";
constexpr const char* counted[] = {"records", "cases", "documents", "manifest", "log_leaves", "log_tiles", "feed", "papers", "devices", "officers", "staff", "audit"};

core::Result<std::vector<BackupEntry>> unpack_list(const std::string& backup, const BackupManifest& manifest, const core::SealKey& key, const std::string& folder) {
  const std::string path = folder + "/" + std::string(list_name);
  QABYL_TRY_DO(unseal_copy(backup + "/" + std::string(list_name), path, list_key(key), manifest.list));
  QABYL_TRY(text, core::sys::read_file(path, list_bytes_max));
  QABYL_TRY_DO(core::sys::remove_file(path));
  return read_list(core::as_text(text));
}

}  // namespace

std::string backup_file(const std::string& backup, std::size_t n) { return backup + "/" + std::to_string(n); }

Status unpack_backup(const std::string& backup, const BackupManifest& manifest, const core::SealKey& key, const std::string& folder, bool with_documents) {
  QABYL_TRY_DO(core::sys::make_directories(folder));
  QABYL_TRY(entries, unpack_list(backup, manifest, key, folder));
  for (std::size_t n = 0; n < entries.size(); ++n) {
    const BackupEntry& entry = entries[n];
    const std::string to = folder + "/" + entry.name;
    const bool kept = with_documents || !entry.name.starts_with(documents_prefix);
    if (kept && entry.name.find('/') != entry.name.npos) QABYL_TRY_DO(core::sys::make_directories(to.substr(0, to.rfind('/'))));
    QABYL_TRY_DO(unseal_copy(backup_file(backup, n), kept ? to : std::string(), entry_key(key, n), entry.copy));
    if (kept) QABYL_TRY_DO(core::sys::flush_directory(to.substr(0, to.rfind('/'))));
  }
  return core::sys::flush_directory(folder);
}

core::Result<Snapshot> snapshot_of(const std::string& path, const core::Keyring& keys) {
  QABYL_TRY(database, core::Database::open(path, registry_database(true)));
  QABYL_TRY_DO(database.check_integrity());
  if (database.version() != registry_database(true).migrations.back().version) return Error{ErrorCode::unsupported, "an older version of the database: serve it once first"};
  RegistryStore store(database);
  const core::SigningKey nobody;  // this log only reads
  EvidenceLog log(store, keys, nobody);
  QABYL_TRY_DO(log.open());  // recounts the root of its checkpoint out of the tiles
  Snapshot snapshot;
  snapshot.schema = database.version();
  snapshot.log_size = log.size();
  if (!log.checkpoint().empty()) {
    QABYL_TRY(checkpoint, log::open_checkpoint(log.checkpoint(), keys.origin(), log::log_keys(keys)));
    snapshot.log_root = checkpoint.root;
  }
  for (const char* table : counted) {
    QABYL_TRY(rows, database.integer(std::string("SELECT count(*) FROM ") + table));
    snapshot.counts.push_back({table, rows});
  }
  std::sort(snapshot.counts.begin(), snapshot.counts.end(), [](const BackupCount& a, const BackupCount& b) { return a.table < b.table; });
  return snapshot;
}

Status check_unpacked(const std::string& folder, const BackupManifest& manifest, const core::Keyring& keys) {
  QABYL_TRY(now, snapshot_of(database_path(folder), keys));
  if (now.schema != manifest.schema) return Error{ErrorCode::corrupt, "another version of the database"};
  if (now.log_size != manifest.log_size || now.log_root != manifest.log_root) return Error{ErrorCode::corrupt, "another evidence log"};
  if (now.counts != manifest.counts) return Error{ErrorCode::corrupt, "other rows are counted"};
  return core::Done{};
}

}  // namespace qabyl::sync::registry
