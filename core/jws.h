// Compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037): the form of every record, verdict, feed
// item and key list. The domain stands in `typ`, so that no signature serves two purposes.
#pragma once

#include <string>
#include <string_view>

#include "core/crypto.h"

namespace qabyl::core {

inline constexpr std::size_t jws_bytes_max = 1024 * 1024;

namespace typ {
inline constexpr std::string_view record = "qabyl-record+jws";
inline constexpr std::string_view act = "qabyl-act+jws";          // a person's signature inside a record
inline constexpr std::string_view verdict = "qabyl-verdict+jws";  // the registry judged a record
inline constexpr std::string_view feed = "qabyl-feed+jws";        // one item of the feed
inline constexpr std::string_view keys = "qabyl-keys+jws";        // keys.json, signed by the root
inline constexpr std::string_view kiosk_key = "qabyl-kiosk-key+jws";  // registry certifies a record key
inline constexpr std::string_view possession = "qabyl-possession+jws";  // enrolment: proof of the key
inline constexpr std::string_view asset = "qabyl-asset+jws";      // profile or calendar that travels
}  // namespace typ

struct Jws {
  std::string kid;
  std::string typ;
  Bytes payload;
  std::string signing_input;  // header.payload, as received
  Signature signature{};
};

// header = {"alg":"EdDSA","kid":...,"typ":...} in canonical form; kid = key_id(key).
std::string sign_jws(const SigningKey& key, std::string_view typ, ByteView payload);

// Syntax only. invalid_input: not three canonical base64url parts, unknown or missing header
// members (alg must be EdDSA; exactly alg, kid, typ), signature not 64 bytes. too_large: over jws_bytes_max.
Result<Jws> parse_jws(std::string_view compact);

// corrupt: another typ than expected, or the signature is not `key`'s.
Status verify_jws(const Jws& jws, std::string_view expected_typ, const VerifyKey& key);

}  // namespace qabyl::core
