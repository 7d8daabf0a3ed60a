// One office, opened: its database, documents, keys and assets. What every part of this folder works on.
// Thread rule: the storage thread alone, except where a call says otherwise.
#pragma once

#include <atomic>

#include "core/sys/files.h"
#include "sync/registry/document_files.h"
#include "sync/registry/known_records.h"
#include "sync/registry/log_files.h"
#include "sync/registry/office_assets.h"
#include "sync/registry/office_keys.h"
#include "sync/registry/receipts_out.h"
#include "sync/registry/refill.h"
#include "sync/registry/registry_store.h"
#include "sync/registry/upload_locks.h"

namespace qabyl::sync::registry {

struct RegistryOptions {
  std::string folder;                 // the data folder
  std::string assets_folder;
  core::Random* random = nullptr;     // must outlive the registry
  core::Argon2Cost cost = core::argon2_interactive;
  std::shared_ptr<const OfficeAssets> assets{};  // read before; null: from assets_folder
};

struct Registry {
  std::string folder, origin;
  core::sys::File lock;               // one process a data folder
  core::Database database;
  RegistryStore store;
  DocumentFiles documents;
  OfficeKeys keys;
  EvidenceLog log;
  LogFiles log_files;
  std::shared_ptr<const OfficeAssets> shared_assets;
  const OfficeAssets& assets;         // those
  core::Random& random;
  core::Argon2Cost cost;
  std::optional<core::SealKey> originals_key{};  // of this run of the program, made with its first link (console/originals.h)
  int originals_port = 0;             // 0: served by nobody; set once, before the console answers
  UploadLocks upload_locks;
  KnownRecords known_records{};
  ReceiptGuesses receipt_guesses{};
  RefillDrafts refill_drafts{};
  std::atomic<int> forms_under_way{0};  // any thread (form_body.h)
  std::atomic<bool> scans_wait{true};   // any thread: somebody should look (scan_matcher.h)
  std::vector<core::Profile> profiles{};    // every version that cases may name, by id and oldest first (office_profiles.h); fixed after open()
  std::vector<core::Calendar> calendars{};  // every version that cases may name, oldest first (office_calendars.h); fixed after open()

  // Keys, folders and an empty database. conflict: there is an office already.
  static core::Status create(const std::string& folder, std::string_view origin, core::Instant now, core::Random& random);
  // conflict: another process has it open; not_found: no office there.
  static core::Result<std::unique_ptr<Registry>> open(const RegistryOptions& options);

  // A document of our own: written, flushed and entered. Once is enough for the same bytes.
  core::Result<core::Digest> keep_document(core::ByteView bytes, core::Instant now);
  core::Result<core::Bytes> read_document(const core::Digest& sha256);  // digest checked

 private:
  Registry(RegistryOptions options, core::sys::File folder_lock, core::Database opened, OfficeKeys office_keys,
           std::shared_ptr<const OfficeAssets> office_assets);
};

core::DatabaseOptions registry_database(bool read_only);
std::string database_path(const std::string& folder);

}  // namespace qabyl::sync::registry
