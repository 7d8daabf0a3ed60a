// A kiosk's record key as the registry has certified it at enrolment: whose it is, from when to when, and the signature of
// the registry's acceptance key. Stands inside what the kiosk gives out, so that no list of kiosks is needed to check it.
#pragma once

#include "core/keyring.h"

namespace qabyl::core {

inline constexpr std::size_t device_name_bytes_max = 16;

struct KioskKey {
  std::string device;
  VerifyKey key{};
  Instant from{}, to{};             // whole seconds
  std::string registry_kid;         // 16 hex: acceptance key that certified `key`
  Signature registry_signature{};   // over kiosk_key_statement()
  bool operator==(const KioskKey&) const = default;
};

// The exact bytes that the registry signs when it certifies a kiosk's record key:
// "qabyl kiosk key 1\n" device "\n" hex(key) "\n" from_s "\n" to_s "\n".
std::string kiosk_key_statement(std::string_view device, const VerifyKey& key, Instant from, Instant to);

// forbidden: certified by a key that `keys` does not hold for that time. corrupt: not certified at all.
Status verify_kiosk_key(const KioskKey& kiosk, const Keyring& keys);

bool is_device_name(std::string_view text);  // 2 to device_name_bytes_max of A-Z, 0-9 and dash

}  // namespace qabyl::core
