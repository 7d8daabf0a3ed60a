// The keys of the office (ARCHITECTURE, 5.1): offline root, acceptance, log, assets, the registry's own record
// key, and the TLS authority. Each in a file of its own, mode 0600, under <data>/keys. The root lies in
// keys/root and is read only while keys.json is signed: carry that folder away after `init`.
#pragma once

#include <string>

#include "core/keyring.h"
#include "sync/registry/tls_authority.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis key_years_20{std::int64_t{20} * 365 * 24 * 3600 * 1000};
inline constexpr core::Millis kiosk_key_life{std::int64_t{2} * 365 * 24 * 3600 * 1000};
inline constexpr core::Millis certificate_life{std::int64_t{365} * 24 * 3600 * 1000};

struct OfficeKeys {                 // all that serving needs; no root
  core::SigningKey acceptance, assets, record, log;
  core::VerifyKey root{};
  std::string keys_jws;             // keys.json, signed by the root
  core::Keyring keyring;            // the same, opened
  TlsAuthority authority;
  std::string server_certificate_pem, server_key_pem;
  bool may_sign(core::Instant at) const;  // whether what acceptance and log sign at that time can be believed
};

// Makes every key once. conflict: there are keys already, nothing is touched.
core::Status make_office_keys(const std::string& folder, std::string_view origin, core::Instant now,
                              core::Random& random);
// An office from before the evidence log gets its log key, and a list that names it. Needs keys/root back for that once:
// wrong_state without it. Does nothing when there is a log key.
core::Status add_log_key(const std::string& folder, core::Random& random);
// Which of them are made anew. With a new log key there is always a new acceptance key too: a receipt names only the latter, and
// whoever has an older list is told "by an unknown key" by it.
struct NewKeys { bool acceptance = false, log = false, assets = false; };

// Makes new keys and a list under the root that names them from a day before `now` on. An old acceptance or assets key counts
// until `now`, so that what it signed stays proved; every log key stays one (format.md, 3). While nobody serves; needs
// keys/root back for that once: wrong_state without it. invalid_input: none is asked for; too_large: the list is full.
// A power cut leaves the old keys or the new ones: open_office_keys() ends what was begun.
core::Status rotate_keys(const std::string& folder, NewKeys which, core::Instant now, core::Random& random);
// forbidden: a key file that others may read; corrupt; not_found.
core::Result<OfficeKeys> open_office_keys(const std::string& folder);

}  // namespace qabyl::sync::registry
