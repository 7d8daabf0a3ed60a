// The kiosk's TLS key and its certificate request (X.509, PKCS#10), and the fingerprint of a CA.
// OpenSSL stands in the .cpp. The key never leaves the device; the request proves its possession.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::sync {

struct TlsIdentity {
  std::string key_pem;      // EC P-256, PKCS#8, unencrypted: the file is 0600 on the sealed disk
  std::string request_pem;  // CN = device
};
core::Result<TlsIdentity> new_tls_identity(std::string_view device);

// SHA-256 of the DER of the first certificate in `pem`; invalid_input if there is none.
core::Result<core::Digest> certificate_fingerprint(std::string_view pem);

}  // namespace qabyl::sync
