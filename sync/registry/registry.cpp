// See registry.h.
#include "sync/registry/registry.h"

#include "sync/registry/form_body.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/office_profiles.h"
#include "sync/registry/returned_scans.h"
#include "sync/registry/search.h"

#include "sync/registry/schema.h"

namespace qabyl::sync::registry {

namespace {

constexpr int page_cache_kib = 32 * 1024;  // SQLite's own 2 MiB are 125 of our pages: each group would read its tables anew

// The files may know more of the log than the database: then it is an older copy, and signs nothing (I9). A file that is
// no checkpoint of ours says nothing; the next publishing writes it anew.
core::Status open_log(Registry& registry) {
  QABYL_TRY_DO(registry.log.open());
  QABYL_TRY(held, registry.log_files.held());
  if (held.empty()) return core::Done{};
  const auto met = registry.log.meet(held);
  if (!met && met.error().code != core::ErrorCode::forbidden) return met.error();
  return core::Done{};
}

}  // namespace

std::string database_path(const std::string& folder) { return folder + "/registry.sqlite"; }

core::DatabaseOptions registry_database(bool read_only) {
  core::DatabaseOptions options;
  options.application_id = application_id;
  options.migrations = {{1, migration_1}, {2, migration_2}, {3, migration_3}, {4, migration_4}, {5, migration_5}, {6, migration_6}, {7, migration_7}, {8, migration_8}, {9, migration_9}, {10, migration_10}, {11, migration_11}, {12, migration_12}, {13, migration_13}, {14, migration_14}, {15, migration_15}, {16, migration_16}};
  options.read_only = read_only;
  return options;
}

Registry::Registry(RegistryOptions options, core::sys::File folder_lock, core::Database opened, OfficeKeys office_keys,
                   std::shared_ptr<const OfficeAssets> office_assets)
    : folder(options.folder), origin(office_keys.keyring.origin()), lock(std::move(folder_lock)),
      database(std::move(opened)), store(database), documents(options.folder), keys(std::move(office_keys)),
      log(store, keys.keyring, keys.log), log_files(options.folder), shared_assets(std::move(office_assets)), assets(*shared_assets), random(*options.random), cost(options.cost) {}

core::Status Registry::create(const std::string& folder, std::string_view origin, core::Instant now,
                              core::Random& random) {
  QABYL_TRY_DO(core::sys::make_directories(folder));
  QABYL_TRY(lock, core::sys::lock_folder(folder));
  QABYL_TRY_DO(DocumentFiles(folder).prepare());
  QABYL_TRY_DO(make_office_keys(folder, origin, now, random));
  QABYL_TRY(database, core::Database::open(database_path(folder), registry_database(false)));
  return core::Done{};
}

core::Result<std::unique_ptr<Registry>> Registry::open(const RegistryOptions& options) {
  QABYL_CHECK(options.random);
  QABYL_TRY(lock, core::sys::lock_folder(options.folder));
  QABYL_TRY_DO(add_log_key(options.folder, *options.random));
  QABYL_TRY(keys, open_office_keys(options.folder));
  auto assets = options.assets;
  if (!assets) {
    QABYL_TRY(read, load_office_assets(options.assets_folder));
    assets = std::make_shared<const OfficeAssets>(std::move(read));
  }
  QABYL_TRY(database, core::Database::open(database_path(options.folder), registry_database(false)));
  QABYL_TRY_DO(database.check_integrity());
  // A COMMIT that failed may stand in the WAL unflushed, and a second flush would lie: written anew, it may be believed (I7).
  QABYL_TRY_DO(database.checkpoint_truncate());
  QABYL_TRY_DO(database.run("PRAGMA cache_size=-" + std::to_string(page_cache_kib)));
  std::unique_ptr<Registry> registry(new Registry(options, std::move(lock), std::move(database), std::move(keys), std::move(assets)));
  QABYL_TRY_DO(remove_left_forms(options.folder));
  QABYL_TRY_DO(mend_returned_scans(*registry));
  QABYL_TRY_DO(open_log(*registry));
  QABYL_TRY_DO(load_calendars(*registry));
  QABYL_TRY_DO(load_profiles(*registry));
  QABYL_TRY_DO(index_if_empty(*registry));
  QABYL_TRY_DO(know_receipt_numbers(*registry));
  return registry;
}

core::Result<core::Digest> Registry::keep_document(core::ByteView bytes, core::Instant now) {
  const core::Digest sha256 = core::sha256(bytes);
  QABYL_TRY(known, store.document_folder(sha256));
  if (known) return sha256;
  const std::string month = DocumentFiles::month_folder(now);
  QABYL_TRY_DO(documents.keep(bytes, month, sha256));
  QABYL_TRY_DO(store.add_document(sha256, bytes.size(), month, now));
  return sha256;
}

core::Result<core::Bytes> Registry::read_document(const core::Digest& sha256) {
  QABYL_TRY(month, store.document_folder(sha256));
  if (!month) return core::Error{core::ErrorCode::not_found, "document"};
  return documents.read(*month, sha256);
}

}  // namespace qabyl::sync::registry
