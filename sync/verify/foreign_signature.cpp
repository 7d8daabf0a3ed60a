// See foreign_signature.h.
#include "sync/verify/foreign_signature.h"

#include <gmp.h>
#include <nettle/dsa.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <nettle/ecdsa.h>
#include <nettle/rsa.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include "sync/verify/der.h"

namespace qabyl::sync::verify {
namespace {

constexpr std::size_t modulus_bytes_min = 256, modulus_bytes_max = 1024, exponent_bytes_max = 4;

class Number {
 public:
  Number() { mpz_init(value_); }
  explicit Number(core::ByteView big_endian) : Number() { mpz_import(value_, big_endian.size(), 1, 1, 1, 0, big_endian.data()); }
  ~Number() { mpz_clear(value_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  mpz_ptr get() { return value_; }

 private:
  mpz_t value_;
};

// DER of DigestInfo in front of the digest (RFC 8017, 9.2, note 1).
core::Bytes digest_info(ForeignHash hash, const core::Bytes& digest) {
  const std::uint8_t kind = hash == ForeignHash::sha256 ? 1 : hash == ForeignHash::sha384 ? 2 : 3, size = static_cast<std::uint8_t>(digest.size());
  core::Bytes info{0x30, static_cast<std::uint8_t>(17 + size), 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, kind, 0x05, 0x00, 0x04, size};
  info.insert(info.end(), digest.begin(), digest.end());
  return info;
}

bool verify_rsa(const ForeignKey& key, const core::Bytes& info, core::ByteView signature) {
  if (key.first.size() < modulus_bytes_min || key.first.size() > modulus_bytes_max || key.second.size() > exponent_bytes_max || signature.size() != key.first.size()) return false;
  rsa_public_key rsa;
  rsa_public_key_init(&rsa);
  mpz_import(rsa.n, key.first.size(), 1, 1, 1, 0, key.first.data());
  mpz_import(rsa.e, key.second.size(), 1, 1, 1, 0, key.second.data());
  Number number(signature);
  const bool sound = mpz_odd_p(rsa.n) != 0 && mpz_odd_p(rsa.e) != 0 && mpz_cmp_ui(rsa.e, 1) > 0 && rsa_public_key_prepare(&rsa) == 1;
  const bool holds = sound && rsa_pkcs1_verify(&rsa, info.size(), info.data(), number.get()) == 1;
  rsa_public_key_clear(&rsa);
  return holds;
}

bool verify_ecdsa(const ForeignKey& key, const core::Bytes& digest, core::ByteView signature) {
  DerReader whole(signature);
  auto pair = whole.into(der::sequence);
  if (!pair || !whole.at_end()) return false;
  const auto r = pair->next(der::integer), s = pair->next(der::integer);
  if (!r || !s || !pair->at_end()) return false;
  const auto negative = [](core::ByteView number) { return number.empty() || (number[0] & 0x80) != 0; };
  if (negative(r->content) || negative(s->content)) return false;
  ecc_point point;
  ecc_point_init(&point, key.kind == ForeignKeyKind::p256 ? nettle_get_secp_256r1() : nettle_get_secp_384r1());
  dsa_signature both;
  dsa_signature_init(&both);
  mpz_import(both.r, r->content.size(), 1, 1, 1, 0, r->content.data());
  mpz_import(both.s, s->content.size(), 1, 1, 1, 0, s->content.data());
  Number x(key.first), y(key.second);
  const bool holds = ecc_point_set(&point, x.get(), y.get()) == 1 && ecdsa_verify(&point, digest.size(), digest.data(), &both) == 1;
  dsa_signature_clear(&both);
  ecc_point_clear(&point);
  return holds;
}

template <typename Context, auto init, auto update, auto finish>
core::Bytes digest_by(core::ByteView bytes, std::size_t size) {
  Context context;
  init(&context);
  update(&context, bytes.size(), bytes.data());
  core::Bytes digest(size);
  finish(&context, size, digest.data());
  return digest;
}

}  // namespace

core::Bytes foreign_digest(ForeignHash hash, core::ByteView bytes) {
  if (hash == ForeignHash::sha1) return digest_by<sha1_ctx, sha1_init, sha1_update, sha1_digest>(bytes, SHA1_DIGEST_SIZE);
  if (hash == ForeignHash::sha256) return digest_by<sha256_ctx, sha256_init, sha256_update, sha256_digest>(bytes, SHA256_DIGEST_SIZE);
  if (hash == ForeignHash::sha384) return digest_by<sha512_ctx, sha384_init, sha512_update, sha384_digest>(bytes, SHA384_DIGEST_SIZE);
  return digest_by<sha512_ctx, sha512_init, sha512_update, sha512_digest>(bytes, SHA512_DIGEST_SIZE);
}

bool foreign_verify(const ForeignKey& key, ForeignHash hash, core::ByteView message, core::ByteView signature) {
  if (hash == ForeignHash::sha1) return false;
  const auto digest = foreign_digest(hash, message);
  return key.kind == ForeignKeyKind::rsa ? verify_rsa(key, digest_info(hash, digest), signature) : verify_ecdsa(key, digest, signature);
}

}  // namespace qabyl::sync::verify
