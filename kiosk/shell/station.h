// What a kiosk is once it is enrolled: its name, place, keys and where the registry stands. Read from
// the data folder at start; written only by `qabyl-kiosk enrol`. Knows no screen and no network.
#pragma once

#include "core/crypto.h"
#include "core/keyring.h"
#include "core/profile.h"

namespace qabyl::kiosk {

struct Station {
  std::string device;                // AL-03
  core::LocalText place;             // Almaty, window 1
  std::string registry_url;          // https://host:port
  std::string profile;               // id of the rule profile new applications begin under
  core::VerifyKey root_key{};
  std::string keys_jws;              // keys.json as enrolled; newer ones come by feed
  core::Instant key_from{}, key_to{};
  std::string registry_kid;
  core::Signature registry_signature{};  // over kiosk_key_statement()
};

std::string encode_station(const Station& station);
core::Result<Station> decode_station(std::string_view text);

// Files of the data folder (all 0600): station.json, tls.key, tls.crt, ca.pem, keys/*, store/.
struct DataFolder {
  std::string path;
  std::string station() const { return path + "/station.json"; }
  std::string tls_key() const { return path + "/tls.key"; }
  std::string tls_certificate() const { return path + "/tls.crt"; }
  std::string ca() const { return path + "/ca.pem"; }
  std::string keys() const { return path + "/keys"; }
  std::string store() const { return path + "/store"; }
};

}  // namespace qabyl::kiosk
