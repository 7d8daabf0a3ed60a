// keys.json: read only under the root's signature, written canonically. Knows no network and no file;
// whoever brings the text, only the root's signature makes it count (ARCHITECTURE, section 5.1).
#include "core/keyring.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::core {
namespace {

constexpr std::size_t keys_max = 64;
constexpr std::size_t origin_bytes_max = 200;

std::int64_t ms(Instant at) { return at.time_since_epoch().count(); }

KeyEntry entry_from(const Json& json, std::size_t index, Reader& list) {
  Reader reader(json, "keys[" + std::to_string(index) + "]");
  KeyEntry entry;
  const std::string use = reader.word("use", {"acceptance", "log", "assets"});
  entry.use = use == "acceptance" ? KeyUse::acceptance : use == "log" ? KeyUse::log : KeyUse::assets;
  entry.key = reader.digest("key");  // 32 bytes in 64 hex digits, as a digest
  entry.from = Instant(Millis(reader.integer("from_ms", 0, json_integer_max)));
  entry.to = Instant(Millis(reader.integer("to_ms", 0, json_integer_max)));
  if (entry.from >= entry.to) reader.fault("to_ms", "not after from_ms");
  reader.refuse_others();
  if (auto status = reader.status(); !status) list.fault("", status.error().detail);
  return entry;
}

}  // namespace

std::string_view to_text(KeyUse use) {
  switch (use) {
    case KeyUse::acceptance: return "acceptance";
    case KeyUse::log: return "log";
    case KeyUse::assets: return "assets";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Keyring> Keyring::open(std::string_view jws, const VerifyKey& root) {
  QABYL_TRY(parsed, parse_jws(jws));
  QABYL_TRY_DO(verify_jws(parsed, typ::keys, root));
  QABYL_TRY(json, parse_json(as_text(parsed.payload), jws_bytes_max));
  Reader reader(json);
  reader.integer("v", 1, 1);
  Keyring keyring;
  keyring.origin_ = reader.text("origin", origin_bytes_max, 1);
  if (json.find("issued_ms") != nullptr) keyring.issued_ = Instant(Millis(reader.integer("issued_ms", 0, json_integer_max)));
  const auto& keys = reader.array("keys", keys_max);
  for (std::size_t i = 0; i < keys.size() && i < keys_max; ++i) keyring.entries_.push_back(entry_from(keys[i], i, reader));
  QABYL_TRY_DO(reader.status());
  return keyring;
}

std::string Keyring::sign(const SigningKey& root, std::string_view origin, const std::vector<KeyEntry>& keys, Instant issued) {
  QABYL_CHECK(keys.size() <= keys_max && !origin.empty() && origin.size() <= origin_bytes_max);
  Json::Array list;
  for (const auto& entry : keys) {
    list.push_back(Json::Object{{"use", to_text(entry.use)}, {"key", to_hex(entry.key)}, {"from_ms", ms(entry.from)}, {"to_ms", ms(entry.to)}});
  }
  // The root's own key stands in it, so that who was given only its fingerprint can check the list (trusted_root.h).
  const Json json(Json::Object{{"v", 1}, {"origin", origin}, {"issued_ms", ms(issued)}, {"root", to_hex(root.verify_key)}, {"keys", std::move(list)}});
  return sign_jws(root, typ::keys, as_bytes(canonical(json)));
}

Status Keyring::verify(const Jws& jws, std::string_view expected_typ, KeyUse use, Instant at) const {
  for (const auto& entry : entries_) {
    if (entry.use != use || key_id(entry.key) != jws.kid) continue;
    if (at < entry.from || at >= entry.to) continue;
    return verify_jws(jws, expected_typ, entry.key);
  }
  return Error{ErrorCode::forbidden, "no key of that use and time"};
}

std::string fingerprint(const VerifyKey& key) { return to_hex(sha256(key)); }

}  // namespace qabyl::core
