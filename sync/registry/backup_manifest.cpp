// See backup_manifest.h. The list is lines of "plain-sha256 sealed-sha256 bytes name".
#include "sync/registry/backup_manifest.h"

#include <charconv>

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t origin_bytes_max = 255, table_bytes_max = 60, counts_max = 60, name_bytes_max = 200, sealed_key_text_max = 200;

core::Json to_json(const SealedCopy& copy) {
  return core::Json::Object{{"bytes", static_cast<std::int64_t>(copy.bytes)}, {"plain", core::to_hex(copy.plain)}, {"sealed", core::to_hex(copy.sealed)}};
}

core::Result<SealedCopy> copy_from(const core::Json& json) {
  QABYL_TRY(plain, core::digest_from_hex(json.text("plain")));
  QABYL_TRY(sealed, core::digest_from_hex(json.text("sealed")));
  const std::int64_t bytes = json.number("bytes", -1);
  if (bytes < 0) return Error{ErrorCode::invalid_input, "bytes"};
  return SealedCopy{static_cast<std::uint64_t>(bytes), plain, sealed};
}

// "keys/ca.pem", "documents/2026-11/<hex>": relative, without empty parts or dots in front.
bool plain_name(std::string_view name) {
  if (name.empty() || name.size() > name_bytes_max || name.find("/.") != name.npos || name.find("//") != name.npos) return false;
  if (name.front() == '.' || name.front() == '/' || name.back() == '/') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/") == name.npos;
}

core::Result<BackupEntry> entry_from(std::string_view line) {
  constexpr std::size_t hex = 64;
  const auto wrong = Error{ErrorCode::invalid_input, "line of the list"};
  if (line.size() < 2 * hex + 4 || line[hex] != ' ' || line[2 * hex + 1] != ' ') return wrong;
  QABYL_TRY(plain, core::digest_from_hex(line.substr(0, hex)));
  QABYL_TRY(sealed, core::digest_from_hex(line.substr(hex + 1, hex)));
  line.remove_prefix(2 * hex + 2);
  const auto blank = line.find(' ');
  std::uint64_t bytes = 0;
  const auto read = std::from_chars(line.data(), line.data() + std::min(blank, line.size()), bytes);
  if (blank == line.npos || read.ec != std::errc() || read.ptr != line.data() + blank) return wrong;
  const std::string name(line.substr(blank + 1));
  if (!plain_name(name)) return wrong;
  return BackupEntry{name, {bytes, plain, sealed}};
}

}  // namespace

std::string sign_manifest(const BackupManifest& manifest, const core::SigningKey& acceptance) {
  core::Json json;
  json["v"] = 1;
  json["origin"] = manifest.origin;
  json["at_ms"] = manifest.at.time_since_epoch().count();
  json["schema"] = manifest.schema;
  json["log"] = core::Json::Object{{"size", static_cast<std::int64_t>(manifest.log_size)}, {"root", core::to_hex(manifest.log_root)}};
  core::Json counts;
  for (const BackupCount& one : manifest.counts) counts[one.table] = one.rows;
  json["counts"] = counts;
  json["key"] = core::to_base64url(manifest.sealed_key);
  json["list"] = to_json(manifest.list);
  return core::sign_jws(acceptance, backup_typ, core::as_bytes(core::canonical(json)));
}

core::Result<BackupManifest> read_manifest(std::string_view text) {
  QABYL_TRY(jws, core::parse_jws(text));
  QABYL_TRY(json, core::parse_json(core::as_text(jws.payload), core::jws_bytes_max));
  core::Reader reader(json);
  BackupManifest manifest;
  const std::int64_t version = reader.integer("v", 1, core::json_integer_max);
  manifest.origin = reader.text("origin", origin_bytes_max, 1);
  manifest.at = core::Instant{core::Millis{reader.integer("at_ms", 0, core::json_integer_max)}};
  manifest.schema = reader.integer("schema", 1, core::json_integer_max);
  const std::string key = reader.text("key", sealed_key_text_max, 1);
  QABYL_TRY_DO(reader.status());
  if (version != 1) return Error{ErrorCode::unsupported, "backup of another version"};
  QABYL_TRY(sealed_key, core::from_base64url(key));
  manifest.sealed_key = sealed_key;
  QABYL_TRY(root, core::digest_from_hex(json.member("log").text("root")));
  manifest.log_root = root;
  const std::int64_t size = json.member("log").number("size", -1);
  if (size < 0) return Error{ErrorCode::invalid_input, "log.size"};
  manifest.log_size = static_cast<std::uint64_t>(size);
  const core::Json& counts = json.member("counts");
  if (!counts.is_object() || counts.object().size() > counts_max) return Error{ErrorCode::invalid_input, "counts"};
  for (const auto& [table, rows] : counts.object()) {
    if (table.size() > table_bytes_max || !rows.is_integer()) return Error{ErrorCode::invalid_input, "counts"};
    manifest.counts.push_back({table, rows.integer()});
  }
  QABYL_TRY(list, copy_from(json.member("list")));
  manifest.list = list;
  return manifest;
}

core::Status check_manifest(std::string_view text, const core::Keyring& keys) {
  QABYL_TRY(jws, core::parse_jws(text));
  QABYL_TRY(manifest, read_manifest(text));
  if (manifest.origin != keys.origin()) return Error{ErrorCode::forbidden, "backup of another office"};
  return keys.verify(jws, backup_typ, core::KeyUse::acceptance, manifest.at);
}

std::string write_list(const std::vector<BackupEntry>& entries) {
  std::string text;
  for (const BackupEntry& one : entries) {
    QABYL_CHECK(plain_name(one.name));
    text += core::to_hex(one.copy.plain) + " " + core::to_hex(one.copy.sealed) + " " + std::to_string(one.copy.bytes) + " " + one.name + "\n";
  }
  return text;
}

core::Result<std::vector<BackupEntry>> read_list(std::string_view text) {
  std::vector<BackupEntry> entries;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == text.npos) return Error{ErrorCode::invalid_input, "the list is cut"};
    QABYL_TRY(entry, entry_from(text.substr(0, end)));
    entries.push_back(std::move(entry));
    text.remove_prefix(end + 1);
  }
  return entries;
}

core::SealKey list_key(const core::SealKey& key) { return core::derive_key(key, "backup list"); }
core::SealKey entry_key(const core::SealKey& key, std::size_t n) { return core::derive_key(key, "backup file " + std::to_string(n)); }

}  // namespace qabyl::sync::registry
