// See backup.h: making one. The order: snapshot, then the documents that it names (they never go while it is read), then the
// check by restoring, then the manifest.
#include "sync/registry/backup.h"

#include <filesystem>

#include "core/encoding.h"
#include "core/store/database_copy.h"
#include "core/sys/files.h"
#include "sync/registry/backup_files.h"
#include "sync/registry/document_files.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;
using core::Status;

constexpr const char *public_key_name = "backup.pub", *database_name = "registry.sqlite";
constexpr std::size_t key_text_bytes_max = 1024, key_files_max = 100, said_bytes_max = 4096;

std::string said_path(const std::string& folder) { return folder + "/last-backup.json"; }

core::Result<core::VerifyKey> backup_key_of(const std::string& folder) {
  const std::string path = folder + "/keys/" + public_key_name;
  if (!core::sys::exists(path)) return Error{ErrorCode::wrong_state, "no backup key yet: qabyl-registry backup-key"};
  QABYL_TRY(text, core::sys::read_file(path, key_text_bytes_max));
  return core::digest_from_hex(core::as_text(text).substr(0, 64));
}

// Gone again when the value goes, however the backup ends: nothing lies about unsealed, nothing half-made is left.
struct Scratch {
  std::string path;
  explicit Scratch(std::string where) : path(std::move(where)) { clear(); }
  ~Scratch() { clear(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  void clear() const {
    std::error_code none_there;
    std::filesystem::remove_all(path, none_there);
  }
};

struct Writing {
  std::string to;
  const core::SealKey& key;
  core::Random& random;
  std::vector<BackupEntry> entries{};

  Status add(const std::string& name, const std::string& from) {
    QABYL_TRY(copy, seal_copy(from, backup_file(to, entries.size()), entry_key(key, entries.size()), random));
    entries.push_back({name, copy});
    return core::Done{};
  }
};

// Every key but the root's, which is not here or should not be.
Status add_keys(Writing& writing, const std::string& folder) {
  QABYL_TRY(files, core::sys::list_folder(folder + "/keys", key_files_max));
  for (const core::sys::FolderEntry& file : files) {
    if (file.regular && !file.name.ends_with(".tmp")) QABYL_TRY_DO(writing.add("keys/" + file.name, folder + "/keys/" + file.name));
  }
  return core::Done{};
}

Status add_documents(Writing& writing, const std::string& folder, const std::string& snapshot) {
  QABYL_TRY(database, core::Database::open(snapshot, registry_database(true)));
  QABYL_TRY(query, database.prepare("SELECT sha256, folder FROM documents ORDER BY folder, sha256"));
  const DocumentFiles files(folder);
  for (;;) {  // ends with the rows
    QABYL_TRY(more, query.step());
    if (!more) return core::Done{};
    const core::Digest sha256 = rows::digest(query, 0);
    const std::string name = "documents/" + query.text(1) + "/" + core::to_hex(sha256);
    const Status added = writing.add(name, files.path(query.text(1), sha256));
    if (!added) return Error{added.error().code, "document " + core::to_hex(sha256) + ": " + added.error().detail};
    if (writing.entries.back().copy.plain != sha256) return Error{ErrorCode::corrupt, "document " + core::to_hex(sha256) + " is damaged"};
  }
}

core::Result<BackupManifest> write_all(Writing& writing, const std::string& folder, const Scratch& scratch, const OfficeKeys& keys, core::Instant now) {
  const std::string snapshot = scratch.path + "/" + database_name, list = scratch.path + "/" + std::string(list_name);
  QABYL_TRY_DO(core::copy_database(database_path(folder), snapshot));
  QABYL_TRY_DO(add_keys(writing, folder));
  QABYL_TRY_DO(writing.add(database_name, snapshot));
  QABYL_TRY_DO(add_documents(writing, folder, snapshot));
  QABYL_TRY_DO(core::sys::write_file_durably(list, core::as_bytes(write_list(writing.entries))));
  QABYL_TRY(sealed_list, seal_copy(list, writing.to + "/" + std::string(list_name), list_key(writing.key), writing.random));
  QABYL_TRY(facts, snapshot_of(snapshot, keys.keyring));
  QABYL_TRY(recipient, backup_key_of(folder));
  QABYL_TRY(sealed_key, core::seal_to(recipient, writing.key.view(), writing.random));
  return BackupManifest{keys.keyring.origin(), now, facts.schema, facts.log_size, facts.log_root, facts.counts, sealed_key, sealed_list};
}

// The signed manifest as it lies there now, and what it says, unpacked and compared.
Status check_whole(const Writing& writing, const Scratch& scratch, const BackupManifest& manifest, const OfficeKeys& keys) {
  const std::string restored = scratch.path + "/restored";
  QABYL_TRY_DO(unpack_backup(writing.to, manifest, writing.key, restored, false));
  return check_unpacked(restored, manifest, keys.keyring);
}

Status put_manifest(const std::string& to, const BackupManifest& manifest, const OfficeKeys& keys) {
  const std::string path = to + "/" + std::string(manifest_name);
  QABYL_TRY_DO(core::sys::write_file_durably(path, core::as_bytes(sign_manifest(manifest, keys.acceptance))));
  QABYL_TRY(text, core::sys::read_file(path, core::jws_bytes_max));
  QABYL_TRY_DO(check_manifest(core::as_text(text), keys.keyring));
  QABYL_TRY(read, read_manifest(core::as_text(text)));
  return read == manifest ? Status(core::Done{}) : Status(Error{ErrorCode::corrupt, "the manifest is not what was written"});
}

Status say_backup(const std::string& folder, const BackupManifest& manifest) {
  core::Json json;
  json["at_ms"] = rows::ms(manifest.at);
  json["log_size"] = static_cast<std::int64_t>(manifest.log_size);
  for (const BackupCount& one : manifest.counts) {
    if (one.table == "records") json["records"] = one.rows;
  }
  return core::sys::write_file_durably(said_path(folder), core::as_bytes(core::canonical(json)));
}

std::string folder_above(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

Status make_backup_key(const std::string& folder, const std::string& out, core::Random& random) {
  if (core::sys::exists(out)) return Error{ErrorCode::conflict, "a file stands at " + out};
  const core::SigningKey key = core::new_signing_key(random);
  std::string seed = core::to_hex(key.seed.view()) + "\n";
  const Status kept = core::sys::write_file_durably(out, core::as_bytes(seed));
  core::wipe(seed);
  if (!kept) return kept;
  return core::sys::write_file_durably(folder + "/keys/" + public_key_name, core::as_bytes(core::to_hex(key.verify_key) + "\n"));
}

core::Result<BackupManifest> make_backup(const std::string& folder, const std::string& to, core::Instant now, core::Random& random) {
  if (const auto recipient = backup_key_of(folder); !recipient) return recipient.error();
  if (core::sys::exists(to)) return Error{ErrorCode::conflict, "something stands at " + to};
  QABYL_TRY(keys, open_office_keys(folder));
  // Looked at first: of a database that this program is too old or too new for, nothing is touched.
  if (const auto looked = core::Database::open(database_path(folder), registry_database(true)); !looked) return looked.error();
  const Scratch scratch(folder + "/backup-scratch"), partial(to + ".partial");
  QABYL_TRY_DO(core::sys::make_directories(scratch.path));
  QABYL_TRY_DO(core::sys::make_directories(partial.path));
  const core::SealKey key = core::random_seal_key(random);
  Writing writing{partial.path, key, random};
  QABYL_TRY(manifest, write_all(writing, folder, scratch, keys, now));
  QABYL_TRY_DO(core::sys::flush_directory(partial.path));
  QABYL_TRY_DO(check_whole(writing, scratch, manifest, keys));
  QABYL_TRY_DO(put_manifest(partial.path, manifest, keys));
  QABYL_TRY_DO(core::sys::rename_file(partial.path, to));
  QABYL_TRY_DO(core::sys::flush_directory(folder_above(to)));
  QABYL_TRY_DO(say_backup(folder, manifest));
  return manifest;
}

core::Result<LastBackup> last_backup(const std::string& folder) {
  if (!core::sys::exists(said_path(folder))) return Error{ErrorCode::not_found, "no backup yet"};
  QABYL_TRY(text, core::sys::read_file(said_path(folder), said_bytes_max));
  QABYL_TRY(json, core::parse_json(core::as_text(text), said_bytes_max));
  return LastBackup{rows::instant(json.number("at_ms")), json.number("records"), static_cast<std::uint64_t>(json.number("log_size"))};
}

}  // namespace qabyl::sync::registry
