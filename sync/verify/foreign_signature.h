// Signatures of others than Qabyl, which signs by Ed25519 alone: RSA (RFC 8017, PKCS #1 v1.5) and ECDSA on P-256 and P-384 with SHA-2,
// as certificates and time stamps bear them. The one door to nettle: libcrypto knows them too, but its static form is 3.7 MB.
#pragma once

#include <optional>

#include "core/bytes.h"

namespace qabyl::sync::verify {

enum class ForeignHash { sha1, sha256, sha384, sha512 };  // sha1: to find a certificate by it, never under a signature
core::Bytes foreign_digest(ForeignHash hash, core::ByteView bytes);

enum class ForeignKeyKind { rsa, p256, p384 };
struct ForeignKey {
  ForeignKeyKind kind = ForeignKeyKind::rsa;
  core::ByteView first, second;     // of RSA modulus and exponent, of a curve x and y; big-endian
};
// `signature` as it stands in a certificate or SignerInfo. False also for a key that nobody should use: RSA under 2048 bits, a
// point beside its curve.
bool foreign_verify(const ForeignKey& key, ForeignHash hash, core::ByteView message, core::ByteView signature);

}  // namespace qabyl::sync::verify
