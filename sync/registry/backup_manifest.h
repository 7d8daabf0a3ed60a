// What a backup says of itself: the manifest, signed by the office's acceptance key and written last, and the sealed list of
// its files. Its key is sealed to the offline backup key, so that who takes a backup reads nothing of it (RELIABILITY R9).
// Knows no file.
#pragma once

#include <string>
#include <vector>

#include "core/keyring.h"
#include "sync/registry/sealed_copy.h"

namespace qabyl::sync::registry {

inline constexpr std::string_view backup_typ = "qabyl-backup+jws";  // of the manifest's signature
inline constexpr std::string_view manifest_name = "manifest.jws", list_name = "list";

struct BackupEntry {
  std::string name;            // its place below the data folder; never a person's name or a number
  SealedCopy copy;             // file <n> of the backup, n from 0, in the order of the list
  bool operator==(const BackupEntry&) const = default;
};

struct BackupCount { std::string table; std::int64_t rows = 0; bool operator==(const BackupCount&) const = default; };

struct BackupManifest {
  std::string origin;
  core::Instant at{};          // when its snapshot was taken
  std::int64_t schema = 0;     // version of the database in it
  std::uint64_t log_size = 0;  // of the evidence log
  core::Digest log_root{};
  std::vector<BackupCount> counts;
  core::Bytes sealed_key;      // 32 bytes, to the backup key
  SealedCopy list;
  bool operator==(const BackupManifest&) const = default;
};

std::string sign_manifest(const BackupManifest& manifest, const core::SigningKey& acceptance);
// invalid_input: no manifest of this format. Whose it is, is said by check_manifest().
core::Result<BackupManifest> read_manifest(std::string_view jws);
core::Status check_manifest(std::string_view jws, const core::Keyring& keys);  // corrupt, forbidden: not this office's

std::string write_list(const std::vector<BackupEntry>& entries);
core::Result<std::vector<BackupEntry>> read_list(std::string_view text);  // invalid_input: also a name that leads out of the folder

core::SealKey list_key(const core::SealKey& key);
core::SealKey entry_key(const core::SealKey& key, std::size_t n);

}  // namespace qabyl::sync::registry
