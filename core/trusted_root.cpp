// See trusted_root.h. The key in the list is only a proposal: its fingerprint decides, then its signature.
#include "core/trusted_root.h"

#include "core/encoding.h"

namespace qabyl::core {
namespace {

Result<VerifyKey> named_root(std::string_view jws) {
  QABYL_TRY(parsed, parse_jws(jws));
  QABYL_TRY(json, parse_json(as_text(parsed.payload), jws_bytes_max));
  const auto text = json.text("root");
  if (text.empty()) return Error{ErrorCode::not_found, "the list of keys does not name its root"};
  return digest_from_hex(text);
}

}  // namespace

Result<TrustedRoot> root_by_fingerprint(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, 200)) {
    if (c == ':' || c == ' ') continue;
    digits += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (const auto digest = digest_from_hex(digits); !digest) return digest.error();
  return TrustedRoot{digits, {}};
}

Result<TrustedRoot> root_by_key(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  QABYL_TRY(key, digest_from_hex(text));
  return TrustedRoot{fingerprint(key), key};
}

Result<Keyring> open_keys(std::string_view jws, const TrustedRoot& root) {
  if (root.key) return Keyring::open(jws, *root.key);
  QABYL_TRY(key, named_root(jws));
  if (fingerprint(key) != root.fingerprint) return Error{ErrorCode::corrupt, "the list of keys is another root's"};
  return Keyring::open(jws, key);
}

Result<Keyring> open_keys_untrusted(std::string_view jws) {
  QABYL_TRY(key, named_root(jws));
  return Keyring::open(jws, key);
}

}  // namespace qabyl::core
