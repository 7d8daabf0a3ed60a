// See backup.h: restoring one. Everything is unpacked beside the new folder and checked before it gets its name.
#include <algorithm>
#include <filesystem>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "core/trusted_root.h"
#include "sync/registry/backup.h"
#include "sync/registry/backup_files.h"
#include "sync/registry/refill.h"
#include "sync/registry/registry.h"
#include "sync/registry/restored.h"
#include "sync/registry/rows.h"
#include "sync/wire/feed.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;
using core::Status;

constexpr std::size_t key_text_bytes_max = 1024;

core::Result<core::SealKey> open_key(const std::string& key_file, const BackupManifest& manifest) {
  QABYL_TRY(text, core::sys::read_file(key_file, key_text_bytes_max));
  auto seed = core::digest_from_hex(core::as_text(text).substr(0, 64));
  core::wipe(text);
  if (!seed) return Error{ErrorCode::invalid_input, "not the private half of a backup key"};
  const core::SigningKey recipient = core::signing_key_from_seed(core::Secret<32>(std::span<const std::uint8_t, 32>(*seed)));
  auto key = core::unseal_with(recipient, manifest.sealed_key);
  if (!key || key->size() != 32) return Error{ErrorCode::forbidden, "sealed to another backup key"};
  const core::SealKey opened{std::span<const std::uint8_t, 32>(key->data(), 32)};
  core::wipe(*key);
  return opened;
}

// Items of the feed name their epoch: in the new one every kiosk reads all of them again from the start, so that nothing that
// it has read beyond this copy hides what comes (protocol.md, "Feed").
Status sign_feed_again(RegistryStore& store, const OfficeKeys& keys, std::int64_t epoch) {
  struct Row { std::string device; std::int64_t index; };
  QABYL_TRY(query, store.database().prepare("SELECT device, idx FROM feed ORDER BY device, idx"));
  QABYL_TRY(places, rows::all<Row>(query, [](const core::Statement& row) { return Row{row.text(0), row.integer(1)}; }));
  for (const Row& place : places) {
    QABYL_TRY(one, store.feed(place.device, place.index - 1, 1));
    QABYL_TRY(item, open_feed_item(one.front().jws, keys.keyring, place.device));
    item.at_position.epoch = epoch;
    QABYL_TRY_DO(store.database().run("UPDATE feed SET jws = ? WHERE device = ? AND idx = ?", sign_feed_item(item, keys.acceptance), place.device, place.index));
  }
  return core::Done{};
}

// Uploads that were under way have no file here; who was signed in signs in again; and what kiosks said to hold of the log,
// they say anew.
Status begin_again(const std::string& folder, const OfficeKeys& keys, core::Instant now) {
  QABYL_TRY(database, core::Database::open(database_path(folder), registry_database(false)));
  RegistryStore store(database);
  QABYL_TRY(transaction, core::Transaction::begin(database));
  QABYL_TRY(before, store.epoch());
  const std::int64_t epoch = std::max(before + 1, rows::ms(now) / 1000);  // another one for each restore of the same backup
  QABYL_TRY_DO(store.keep_fact("epoch", std::to_string(epoch)));
  QABYL_TRY_DO(sign_feed_again(store, keys, epoch));
  QABYL_TRY_DO(database.run("UPDATE uploads SET state = 'expired' WHERE state = 'open'"));
  QABYL_TRY_DO(database.run("DELETE FROM sessions"));
  QABYL_TRY_DO(database.run("DELETE FROM log_seen"));
  QABYL_TRY_DO(store.keep_fact(restored_fact, std::to_string(rows::ms(now))));
  QABYL_TRY_DO(store.keep_fact(log_refusal_fact, restored_word));
  QABYL_TRY_DO(store.keep_fact(log_ahead_fact, ""));
  QABYL_TRY_DO(store.audit("command", "backup.restore", "", "done", now));
  QABYL_TRY_DO(transaction.commit());
  return database.checkpoint_truncate();
}

Status unpack_checked(const RestoreOptions& options, const std::string& partial, std::string_view signed_manifest, const BackupManifest& manifest, core::Instant now) {
  QABYL_TRY(key, open_key(options.key_file, manifest));
  QABYL_TRY(root, core::root_by_fingerprint(options.root));
  QABYL_TRY_DO(unpack_backup(options.backup, manifest, key, partial, true));
  QABYL_TRY(keys, open_office_keys(partial));
  if (core::fingerprint(keys.root) != root.fingerprint) return Error{ErrorCode::forbidden, "backup of an office with another root"};
  QABYL_TRY_DO(check_manifest(signed_manifest, keys.keyring));
  QABYL_TRY_DO(check_unpacked(partial, manifest, keys.keyring));
  QABYL_TRY_DO(DocumentFiles(partial).prepare());
  return begin_again(partial, keys, now);
}

// An act that is lost may have given a number, which stands on a paper somewhere: each gave one of a kind at most.
Status pass_lost_numbers(Registry& registry, std::int64_t lost, core::Instant now) {
  if (lost == 0) return core::Done{};
  const std::string year = core::iso_date(registry.assets.zone.local(now).date).substr(0, 4);
  for (const std::string& counter : {std::string("journal"), "application." + year, std::string("licence"), std::string("licence_form"), std::string("officer"), std::string("staff")}) {
    QABYL_TRY_DO(registry.database.run("INSERT OR IGNORE INTO facts(name, value) VALUES(?, '0')", "counter." + counter));
  }
  return registry.database.run("UPDATE facts SET value = CAST(CAST(value AS INTEGER) + ? AS TEXT) WHERE name LIKE 'counter.%'", lost);
}

std::string folder_above(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == path.npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

core::Result<BackupManifest> restore_backup(const RestoreOptions& options, core::Instant now) {
  if (core::sys::exists(options.folder)) return Error{ErrorCode::conflict, "something stands at " + options.folder};
  const auto text = core::sys::read_file(options.backup + "/" + std::string(manifest_name), core::jws_bytes_max);
  if (!text) return Error{text.error().code, "no whole backup: " + text.error().detail};
  QABYL_TRY(manifest, read_manifest(core::as_text(*text)));
  const std::string partial = options.folder + ".partial";
  std::error_code none_there;
  std::filesystem::remove_all(partial, none_there);
  const Status unpacked = unpack_checked(options, partial, core::as_text(*text), manifest, now);
  if (!unpacked) {
    std::filesystem::remove_all(partial, none_there);
    return unpacked.error();
  }
  QABYL_TRY_DO(core::sys::rename_file(partial, options.folder));
  QABYL_TRY_DO(core::sys::flush_directory(folder_above(options.folder)));
  return manifest;
}

Status end_restore(Registry& registry, const ResumeWord& word, core::Instant now) {
  QABYL_TRY(restored, registry.store.fact(restored_fact));
  if (restored.empty()) return Error{ErrorCode::wrong_state, "this office was not restored, or that is over"};
  if (!registry.log.restoring()) return Error{ErrorCode::wrong_state, "somebody holds another evidence log than this copy"};
  if (!registry.log.ahead().empty()) return Error{ErrorCode::wrong_state, "somebody holds more of the evidence log than this copy, and no kiosk has given its leaves back"};
  const auto since = parse_decimal(restored);
  QABYL_CHECK(since);  // our own fact
  QABYL_TRY(devices, registry.store.devices());
  for (const DeviceRow& device : devices) {
    const bool spoke = device.last_contact && rows::ms(*device.last_contact) >= static_cast<std::int64_t>(*since);
    const bool excused = std::find(word.without.begin(), word.without.end(), device.device) != word.without.end();
    if (device.state == "enrolled" && !spoke && !excused) return Error{ErrorCode::conflict, device.device + " has not spoken since: wait for it, or say --without " + device.device};
  }
  QABYL_TRY(lost, lost_count(registry));
  if (lost != word.lost) {
    return Error{ErrorCode::conflict, std::to_string(lost) + " acts after the backup are known only by digest and time (qabyl-registry lost): read which, wait for kiosks that may hold some, then say --lost " + std::to_string(lost)};
  }
  QABYL_TRY_DO(pass_lost_numbers(registry, lost, now));
  QABYL_TRY_DO(registry.store.keep_fact(log_refusal_fact, ""));
  QABYL_TRY_DO(registry.store.keep_fact(restored_fact, ""));
  return registry.store.audit("command", "backup.resume", "lost " + std::to_string(lost), "done", now);
}

}  // namespace qabyl::sync::registry
