// The device's own keys: where they live, and that nobody else can read them (ARCHITECTURE, 5.1). A port,
// because a TPM will hold them one day, and its file driver. Knows no records and no network.
#pragma once

#include <string>

#include "core/crypto.h"

namespace qabyl::kiosk {

class KeyStore {
 public:
  virtual ~KeyStore() = default;
  // Makes the keys that are not there yet, on this device; keeps those that are. Only enrolment calls it:
  // a key that is lost later must be seen, not silently replaced by one that opens nothing.
  virtual core::Status make_missing(core::Random& random) = 0;
  // not_found: no key; forbidden: others may read it or it is another user's; corrupt: altered; storage.
  virtual core::Result<core::SealKey> storage_key() = 0;
  virtual core::Result<core::SigningKey> record_key() = 0;
  // Keeps the private key of the device's TLS certificate (PEM), replacing an earlier one.
  virtual core::Status keep_tls_key(std::string_view pem) = 0;
  // Path of that key for the transport, checked like the others.
  virtual core::Result<std::string> tls_key_file() = 0;
};

// Files storage.key and record.key in a folder (0700), and the TLS key at its own path; all 0600 and ours.
class FileKeyStore final : public KeyStore {
 public:
  FileKeyStore(std::string folder, std::string tls_key_path) : folder_(std::move(folder)), tls_key_path_(std::move(tls_key_path)) {}
  core::Status make_missing(core::Random& random) override;
  core::Result<core::SealKey> storage_key() override;
  core::Result<core::SigningKey> record_key() override;
  core::Status keep_tls_key(std::string_view pem) override;
  core::Result<std::string> tls_key_file() override;

 private:
  std::string storage_path() const { return folder_ + "/storage.key"; }
  std::string record_path() const { return folder_ + "/record.key"; }

  std::string folder_, tls_key_path_;
};

}  // namespace qabyl::kiosk
