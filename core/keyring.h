// keys.json: every public key of an office with its use and validity, signed by the offline root.
// A verifier is given only the root's fingerprint.
#pragma once

#include "core/jws.h"
#include "core/json.h"

namespace qabyl::core {

enum class KeyUse { acceptance, log, assets };
std::string_view to_text(KeyUse use);

struct KeyEntry {
  KeyUse use = KeyUse::acceptance;
  VerifyKey key{};
  Instant from{}, to{};
};

class Keyring {
 public:
  // corrupt: not signed by `root`; invalid_input: not the format
  // {v:1, origin, issued_ms, keys:[{use,key,from_ms,to_ms}]}; lists without issued_ms count as issued in 1970.
  static Result<Keyring> open(std::string_view jws, const VerifyKey& root);
  static std::string sign(const SigningKey& root, std::string_view origin, const std::vector<KeyEntry>& keys,
                          Instant issued = {});
  // Verifies `jws` (its typ and signature) by the key of that use whose kid it names, valid at `at`.
  // forbidden: unknown key or outside its validity.
  Status verify(const Jws& jws, std::string_view expected_typ, KeyUse use, Instant at) const;
  const std::string& origin() const { return origin_; }
  Instant issued() const { return issued_; }  // a list issued earlier never replaces a later one
  const std::vector<KeyEntry>& entries() const { return entries_; }

 private:
  std::string origin_;
  Instant issued_{};
  std::vector<KeyEntry> entries_;
};

std::string fingerprint(const VerifyKey& key);  // 64 hex: SHA-256 of the 32 bytes

}  // namespace qabyl::core
