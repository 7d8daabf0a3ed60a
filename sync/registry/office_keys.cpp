// Key files. See office_keys.h. A seed is one line of 64 hex digits.
#include "sync/registry/office_keys.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "core/encoding.h"
#include "core/sys/files.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

constexpr std::size_t key_file_bytes_max = 64 * 1024;
constexpr std::size_t listed_keys_max = 60;  // of 64 that a list may hold
constexpr std::string_view next = ".next";   // a key that the list names and that does not sign yet

struct KeyFile { core::KeyUse use; std::string_view name; };
constexpr std::array<KeyFile, 3> rotating{{{core::KeyUse::acceptance, "acceptance.key"}, {core::KeyUse::log, "log.key"}, {core::KeyUse::assets, "assets.key"}}};

std::string in_keys(const std::string& folder, std::string_view name) {
  return folder + "/keys/" + std::string(name);
}

Status write_text(const std::string& path, std::string_view text) {
  QABYL_TRY_DO(core::sys::write_file_durably(path, core::as_bytes(text)));
  if (::chmod(path.c_str(), 0600) != 0) return core::Error{core::ErrorCode::storage, "chmod of a key file"};
  return core::Done{};
}

Status write_seed(const std::string& path, const core::SigningKey& key) {
  std::string text = core::to_hex(key.seed.view()) + "\n";
  const Status done = write_text(path, text);
  core::wipe(text);
  return done;
}

core::Result<std::string> read_private(const std::string& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return core::Error{core::ErrorCode::not_found, "key file " + path};
  if ((facts.st_mode & 077) != 0) return core::Error{core::ErrorCode::forbidden, "others may read " + path};
  QABYL_TRY(bytes, core::sys::read_file(path, key_file_bytes_max));
  return std::string(core::as_text(bytes));
}

core::Result<core::SigningKey> read_seed(const std::string& path) {
  QABYL_TRY(text, read_private(path));
  auto seed = core::digest_from_hex(std::string_view(text).substr(0, text.find('\n')));
  core::wipe(text);
  if (!seed) return core::Error{core::ErrorCode::corrupt, "key file " + path};
  return core::signing_key_from_seed(core::Secret<32>(std::span<const std::uint8_t, 32>(*seed)));
}

struct Listed { core::Keyring keyring; core::SigningKey root; };

// The list as it stands and the root that may sign another. wrong_state: the root is not here.
core::Result<Listed> open_list(const std::string& folder, const char* without_root) {
  QABYL_TRY(root_text, read_private(in_keys(folder, "root.pub")));
  QABYL_TRY(root_key, core::digest_from_hex(std::string_view(root_text).substr(0, 64)));
  QABYL_TRY(keys_jws, read_private(in_keys(folder, "keys.json")));
  QABYL_TRY(keyring, core::Keyring::open(keys_jws, root_key));
  const auto root = read_seed(in_keys(folder, "root/root.key"));
  if (!root) return core::Error{core::ErrorCode::wrong_state, without_root};
  if (root->verify_key != root_key || keyring.entries().empty()) return core::Error{core::ErrorCode::corrupt, "keys/root is of another office"};
  return Listed{std::move(keyring), *root};
}

bool lists(const core::Keyring& keyring, core::KeyUse use, const core::VerifyKey& key) {
  return std::any_of(keyring.entries().begin(), keyring.entries().end(), [&](const core::KeyEntry& one) { return one.use == use && one.key == key; });
}

bool holds(const core::Keyring& keyring, core::KeyUse use, const core::VerifyKey& key, core::Instant at) {
  return std::any_of(keyring.entries().begin(), keyring.entries().end(),
                     [&](const core::KeyEntry& one) { return one.use == use && one.key == key && at >= one.from && at < one.to; });
}

// A rotation that was cut short: keys that the list names take their place, others were never used.
Status end_rotation(const std::string& folder, const core::Keyring& keyring) {
  for (const KeyFile& file : rotating) {
    const std::string path = in_keys(folder, file.name), waiting = path + std::string(next);
    if (!core::sys::exists(waiting)) continue;
    QABYL_TRY(key, read_seed(waiting));
    QABYL_TRY_DO(lists(keyring, file.use, key.verify_key) ? core::sys::rename_file(waiting, path) : core::sys::remove_file(waiting));
    QABYL_TRY_DO(core::sys::flush_directory(in_keys(folder, "")));
  }
  return core::Done{};
}

Status make_tls(const std::string& folder, std::string_view origin, Validity validity, core::Random& random) {
  QABYL_TRY(ca, TlsAuthority::make_ca(origin, validity, random));
  QABYL_TRY(authority, TlsAuthority::open(ca.certificate_pem, ca.key_pem));
  QABYL_TRY(server, authority.issue_server(origin, validity, random));
  QABYL_TRY_DO(write_text(in_keys(folder, "ca.pem"), ca.certificate_pem));
  QABYL_TRY_DO(write_text(in_keys(folder, "ca.key"), ca.key_pem));
  QABYL_TRY_DO(write_text(in_keys(folder, "server.pem"), server.certificate_pem));
  return write_text(in_keys(folder, "server.key"), server.key_pem);
}

}  // namespace

bool OfficeKeys::may_sign(core::Instant at) const {
  return holds(keyring, core::KeyUse::acceptance, acceptance.verify_key, at) && holds(keyring, core::KeyUse::log, log.verify_key, at);
}

core::Status make_office_keys(const std::string& folder, std::string_view origin, core::Instant now,
                              core::Random& random) {
  if (core::sys::exists(in_keys(folder, "keys.json"))) {
    return core::Error{core::ErrorCode::conflict, "this office has its keys already"};
  }
  QABYL_TRY_DO(core::sys::make_directories(in_keys(folder, "root")));
  const core::SigningKey root = core::new_signing_key(random), acceptance = core::new_signing_key(random),
                         assets = core::new_signing_key(random), record = core::new_signing_key(random), log = core::new_signing_key(random);
  const core::Instant from = now - std::chrono::hours(24), to = from + key_years_20;
  const std::string keys = core::Keyring::sign(root, origin,
                                               {{core::KeyUse::acceptance, acceptance.verify_key, from, to},
                                                {core::KeyUse::log, log.verify_key, from, to},
                                                {core::KeyUse::assets, assets.verify_key, from, to}}, now);
  QABYL_TRY_DO(write_seed(in_keys(folder, "root/root.key"), root));
  QABYL_TRY_DO(write_seed(in_keys(folder, "acceptance.key"), acceptance));
  QABYL_TRY_DO(write_seed(in_keys(folder, "assets.key"), assets));
  QABYL_TRY_DO(write_seed(in_keys(folder, "record.key"), record));
  QABYL_TRY_DO(write_seed(in_keys(folder, "log.key"), log));
  QABYL_TRY_DO(write_text(in_keys(folder, "root.pub"), core::to_hex(root.verify_key) + "\n"));
  QABYL_TRY_DO(make_tls(folder, origin, {from, to}, random));
  return write_text(in_keys(folder, "keys.json"), keys);  // last: its presence says that all are there
}

core::Status add_log_key(const std::string& folder, core::Random& random) {
  if (core::sys::exists(in_keys(folder, "log.key"))) return core::Done{};
  QABYL_TRY(list, open_list(folder, "no log key yet: put keys/root back for one start, so that keys.json can name one"));
  const core::SigningKey log = core::new_signing_key(random);
  std::vector<core::KeyEntry> entries = list.keyring.entries();
  entries.push_back({core::KeyUse::log, log.verify_key, entries.front().from, entries.front().to});
  const std::string listed = core::Keyring::sign(list.root, list.keyring.origin(), entries, list.keyring.issued() + core::Millis(1));
  QABYL_TRY_DO(write_text(in_keys(folder, "keys.json"), listed));
  return write_seed(in_keys(folder, "log.key"), log);  // last: its presence says that the list names it
}

core::Status rotate_keys(const std::string& folder, NewKeys which, core::Instant now, core::Random& random) {
  which.acceptance = which.acceptance || which.log;
  if (!which.acceptance && !which.assets) return core::Error{core::ErrorCode::invalid_input, "which keys?"};
  QABYL_TRY(list, open_list(folder, "keys/root is not here: put it back for this one call"));
  QABYL_TRY_DO(end_rotation(folder, list.keyring));
  std::vector<core::KeyEntry> entries = list.keyring.entries();
  if (entries.size() + rotating.size() > listed_keys_max) return core::Error{core::ErrorCode::too_large, "keys.json is full"};
  const core::Instant from = now - std::chrono::hours(24);
  for (const KeyFile& file : rotating) {
    const bool wanted = file.use == core::KeyUse::acceptance ? which.acceptance : file.use == core::KeyUse::log ? which.log : which.assets;
    if (!wanted) continue;
    for (core::KeyEntry& old : entries) {
      if (old.use == file.use && old.from < now) old.to = std::min(old.to, now);
    }
    const core::SigningKey key = core::new_signing_key(random);
    QABYL_TRY_DO(write_seed(in_keys(folder, file.name) + std::string(next), key));
    entries.push_back({file.use, key.verify_key, from, from + key_years_20});
  }
  const core::Instant issued = std::max(now, list.keyring.issued() + core::Millis(1));
  QABYL_TRY_DO(write_text(in_keys(folder, "keys.json"), core::Keyring::sign(list.root, list.keyring.origin(), entries, issued)));
  QABYL_TRY(renewed, open_list(folder, "keys/root is gone"));
  return end_rotation(folder, renewed.keyring);
}

core::Result<OfficeKeys> open_office_keys(const std::string& folder) {
  QABYL_TRY(root_text, read_private(in_keys(folder, "root.pub")));
  QABYL_TRY(root, core::digest_from_hex(std::string_view(root_text).substr(0, 64)));
  QABYL_TRY(keys_jws, read_private(in_keys(folder, "keys.json")));
  QABYL_TRY(keyring, core::Keyring::open(keys_jws, root));
  QABYL_TRY_DO(end_rotation(folder, keyring));
  QABYL_TRY(acceptance, read_seed(in_keys(folder, "acceptance.key")));
  QABYL_TRY(assets, read_seed(in_keys(folder, "assets.key")));
  QABYL_TRY(record, read_seed(in_keys(folder, "record.key")));
  QABYL_TRY(ca, read_private(in_keys(folder, "ca.pem")));
  QABYL_TRY(ca_key, read_private(in_keys(folder, "ca.key")));
  QABYL_TRY(authority, TlsAuthority::open(ca, ca_key));
  QABYL_TRY(server, read_private(in_keys(folder, "server.pem")));
  QABYL_TRY(server_key, read_private(in_keys(folder, "server.key")));
  QABYL_TRY(log, read_seed(in_keys(folder, "log.key")));
  return OfficeKeys{acceptance, assets, record, log, root, keys_jws, keyring, std::move(authority), server, server_key};
}

}  // namespace qabyl::sync::registry
