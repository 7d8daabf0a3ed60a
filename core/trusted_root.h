// What a verifier is given from outside, by a way that the office cannot change later: the root's public key, or its
// fingerprint alone. Opens keys.json by either (ARCHITECTURE, section 5.1). Knows no files.
#pragma once

#include <optional>

#include "core/keyring.h"

namespace qabyl::core {

struct TrustedRoot {
  std::string fingerprint;         // 64 hex: SHA-256 of the key
  std::optional<VerifyKey> key;    // none: the list of keys must bring the key that has this fingerprint
};

// The root by its fingerprint: 64 hex digits, capitals and the colons and blanks that people write between them forgiven.
Result<TrustedRoot> root_by_fingerprint(std::string_view text);
// The root by its key: the text of root.pub, 64 hex digits of the key and a line end.
Result<TrustedRoot> root_by_key(std::string_view text);

// corrupt: not signed by that root. invalid_input: not a list of keys. not_found: the list does not name the root's key
// (lists made before it did), and only a fingerprint is known.
Result<Keyring> open_keys(std::string_view jws, const TrustedRoot& root);
// Under the root that the list itself names: intact, but nobody has said that this root is to be trusted.
Result<Keyring> open_keys_untrusted(std::string_view jws);

}  // namespace qabyl::core
