// The office's own small certificate authority (X.509, RFC 5280; RFC 2986 for requests): one CA, one
// server certificate, one client certificate a kiosk. Knows no store, no files and no sockets; serials
// and revocation are the caller's. ECDSA P-256. One of the two OpenSSL files outside core.
#pragma once

#include <memory>
#include <string>

#include "core/bytes.h"
#include "core/ports.h"
#include "core/result.h"

namespace qabyl::sync::registry {

struct Certified {
  std::string certificate_pem;
  std::string serial;        // lower-case hex, no leading zeros
  std::string key_pem;       // only where the key was made here (CA, server); else empty
};

struct Validity {
  core::Instant from{}, to{};  // whole seconds count
};

class TlsAuthority {
 public:
  // A new CA with its key. `origin` names it (CN). storage: OpenSSL refused.
  static core::Result<Certified> make_ca(std::string_view origin, Validity validity, core::Random& random);
  // corrupt: not a CA certificate with its own key.
  static core::Result<TlsAuthority> open(std::string_view ca_pem, std::string_view ca_key_pem);

  TlsAuthority(TlsAuthority&&) noexcept;
  TlsAuthority& operator=(TlsAuthority&&) noexcept;
  ~TlsAuthority();

  const std::string& ca_pem() const;
  std::string ca_sha256() const;  // 64 hex: of the DER

  // Server certificate with a new key; SAN: localhost, 127.0.0.1, ::1 and `origin`.
  core::Result<Certified> issue_server(std::string_view origin, Validity validity, core::Random& random) const;
  // Client certificate for `device` (CN; what the request asks for is not taken over). invalid_input when
  // the request's own signature is wrong (proof of possession), its key is neither P-256 nor Ed25519, it
  // asks for CA:true, or for another name than `device`.
  core::Result<Certified> sign_request(std::string_view csr_pem, std::string_view device, Validity validity,
                                       core::Random& random) const;

 private:
  struct State;
  explicit TlsAuthority(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::sync::registry
