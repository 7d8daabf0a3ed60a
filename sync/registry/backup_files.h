// Where the files of a backup lie, and how a folder is made out of them again: shared by making, checking and restoring.
#pragma once

#include "sync/registry/backup_manifest.h"

namespace qabyl::sync::registry {

std::string backup_file(const std::string& backup, std::size_t n);
// `folder` is new. `with_documents` false: their bytes are only read and compared. corrupt: a file is cut, altered or missing.
core::Status unpack_backup(const std::string& backup, const BackupManifest& manifest, const core::SealKey& key, const std::string& folder, bool with_documents);
// Does this folder hold what the manifest says: a sound database of that version, its counts, and the log with that root?
core::Status check_unpacked(const std::string& folder, const BackupManifest& manifest, const core::Keyring& keys);

// What a database says of itself, for the manifest.
struct Snapshot { std::int64_t schema = 0; std::uint64_t log_size = 0; core::Digest log_root{}; std::vector<BackupCount> counts; };
core::Result<Snapshot> snapshot_of(const std::string& database, const core::Keyring& keys);

}  // namespace qabyl::sync::registry
