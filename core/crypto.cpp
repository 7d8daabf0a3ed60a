// libsodium and OpenSSL behind one header. SHA-256 is OpenSSL's, which uses the processor's own instructions (8 times
// libsodium's here), by SHA256_Init/Update/Final: the same code as behind EVP, which would bring 4 MB of providers
// into the static qabyl-verify and an allocation into each digest. All else is libsodium. Deliberately draws no
// randomness of its own: nonces and one-time keys come from the Random port, so that a simulation can repeat them.
// RFC 8032 (Ed25519), RFC 9106 (Argon2id), RFC 7693 (BLAKE2b), XChaCha20-Poly1305 (draft-irtf-cfrg).
#include "core/crypto.h"

#define OPENSSL_SUPPRESS_DEPRECATED 1  // on purpose: see above
#include <openssl/sha.h>
#include <sodium.h>

#include "core/encoding.h"

namespace qabyl::core {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_bytes == frame_header_bytes && tag_bytes == frame_tag_bytes);

Error corrupt(const char* detail) { return {ErrorCode::corrupt, detail}; }

// Chooses libsodium's code for this processor. Cheap after the first call.
void ready() {
  static const bool done = sodium_init() >= 0;
  QABYL_CHECK(done);
}

Bytes aead_seal(const SealKey& key, ByteView nonce, ByteView plain, ByteView context) {
  ready();
  Bytes out(plain.size() + tag_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(), context.data(),
                                             context.size(), nullptr, nonce.data(), key.view().data());
  return out;
}

// Precondition: sealed.size() >= tag_bytes.
Result<Bytes> aead_unseal(const SealKey& key, ByteView nonce, ByteView sealed, ByteView context) {
  ready();
  Bytes out(sealed.size() - tag_bytes);
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      out.data(), nullptr, nullptr, sealed.data(), sealed.size(), context.data(), context.size(), nonce.data(),
      key.view().data());
  if (failed != 0) return corrupt("seal does not open");
  return out;
}

// BLAKE2b over several parts; each part but the last is preceded by its length, so that no two
// lists of parts give the same stream.
class Blake2b {
 public:
  Blake2b(ByteView key, std::size_t bytes) {
    ready();
    QABYL_CHECK(crypto_generichash_init(&state_, key.data(), key.size(), bytes) == 0);
  }
  Blake2b& part(ByteView bytes) {
    std::array<std::uint8_t, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i) size[i] = static_cast<std::uint8_t>(bytes.size() >> (8 * i));
    return rest(size).rest(bytes);
  }
  Blake2b& rest(ByteView bytes) {
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
    return *this;
  }
  void finish(std::span<std::uint8_t> out) { crypto_generichash_final(&state_, out.data(), out.size()); }
  ~Blake2b() { sodium_memzero(&state_, sizeof state_); }
  Blake2b(const Blake2b&) = delete;
  Blake2b& operator=(const Blake2b&) = delete;

 private:
  crypto_generichash_state state_;
};

// libsodium's secret key: seed, then public key.
Secret<64> expanded(const SigningKey& key) {
  Secret<64> both;
  std::copy(key.seed.view().begin(), key.seed.view().end(), both.raw().begin());
  std::copy(key.verify_key.begin(), key.verify_key.end(), both.raw().begin() + 32);
  return both;
}

// The nonce of a frame: the file's random base with the index mixed into its last eight bytes.
std::array<std::uint8_t, nonce_bytes> frame_nonce(ByteView base, std::uint64_t index) {
  std::array<std::uint8_t, nonce_bytes> nonce{};
  std::copy(base.begin(), base.end(), nonce.begin());
  for (std::size_t i = 0; i < 8; ++i) nonce[16 + i] ^= static_cast<std::uint8_t>(index >> (8 * i));
  return nonce;
}

std::array<std::uint8_t, 9> frame_context(std::uint64_t index, bool last) {
  std::array<std::uint8_t, 9> context{};
  for (std::size_t i = 0; i < 8; ++i) context[i] = static_cast<std::uint8_t>(index >> (8 * i));
  context[8] = last ? 1 : 0;
  return context;
}

}  // namespace

Digest sha256(ByteView bytes) {
  Digest digest{};
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &context);
  return digest;
}

struct Sha256::State {
  SHA256_CTX context{};
  bool finished = false;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { SHA256_Init(&state_->context); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(ByteView bytes) {
  QABYL_CHECK(!state_->finished);
  SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

Digest Sha256::finish() {
  QABYL_CHECK(!state_->finished);
  state_->finished = true;
  Digest digest{};
  SHA256_Final(digest.data(), &state_->context);
  return digest;
}

SealKey random_seal_key(Random& random) {
  SealKey key;
  random.fill(key.raw());
  return key;
}

void wipe(Bytes& bytes) {
  sodium_memzero(bytes.data(), bytes.size());
  bytes.clear();
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

SigningKey signing_key_from_seed(const Secret<32>& seed) {
  ready();
  SigningKey key{.seed = seed};
  Secret<64> both;
  crypto_sign_ed25519_seed_keypair(key.verify_key.data(), both.raw().data(), seed.view().data());
  return key;
}

SigningKey new_signing_key(Random& random) {
  Secret<32> seed;
  random.fill(seed.raw());
  return signing_key_from_seed(seed);
}

Signature sign(const SigningKey& key, ByteView message) {
  ready();
  Signature signature{};
  const auto both = expanded(key);
  crypto_sign_ed25519_detached(signature.data(), nullptr, message.data(), message.size(), both.view().data());
  return signature;
}

bool verify(const VerifyKey& key, ByteView message, const Signature& signature) {
  ready();
  return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

std::string key_id(const VerifyKey& key) { return to_hex(sha256(key)).substr(0, 16); }

Bytes seal(const SealKey& key, ByteView plain, std::string_view context, Random& random) {
  Bytes out(nonce_bytes);
  random.fill(out);
  const Bytes sealed = aead_seal(key, out, plain, as_bytes(context));
  out.insert(out.end(), sealed.begin(), sealed.end());
  return out;
}

Result<Bytes> unseal(const SealKey& key, ByteView sealed, std::string_view context) {
  if (sealed.size() < nonce_bytes + tag_bytes) return corrupt("sealed bytes too short");
  return aead_unseal(key, sealed.first(nonce_bytes), sealed.subspan(nonce_bytes), as_bytes(context));
}

std::uint64_t framed_size(std::uint64_t plain_bytes) {
  const std::uint64_t frames = std::max<std::uint64_t>(1, (plain_bytes + frame_plain_bytes - 1) / frame_plain_bytes);
  return frame_header_bytes + plain_bytes + frames * frame_tag_bytes;
}

FrameSealer::FrameSealer(const SealKey& key, Random& random) : key_(key) { random.fill(base_); }

Bytes FrameSealer::header() const { return {base_.begin(), base_.end()}; }

Bytes FrameSealer::next(ByteView plain, bool last) {
  QABYL_CHECK(!closed_ && plain.size() <= frame_plain_bytes);
  QABYL_CHECK(last ? !plain.empty() || index_ == 0 : plain.size() == frame_plain_bytes);
  closed_ = last;
  Bytes frame = aead_seal(key_, frame_nonce(base_, index_), plain, frame_context(index_, last));
  ++index_;
  return frame;
}

Result<Bytes> unseal_frame(const SealKey& key, ByteView header, std::uint64_t index, bool last, ByteView frame) {
  constexpr std::size_t whole = frame_plain_bytes + frame_tag_bytes;
  if (header.size() != frame_header_bytes) return corrupt("frame header size");
  if (last ? frame.size() < tag_bytes || frame.size() > whole : frame.size() != whole) return corrupt("frame size");
  return aead_unseal(key, frame_nonce(header, index), frame, frame_context(index, last));
}

Result<Bytes> seal_to(const VerifyKey& recipient, ByteView plain, Random& random) {
  ready();
  std::array<std::uint8_t, crypto_box_PUBLICKEYBYTES> to{}, once{};
  if (crypto_sign_ed25519_pk_to_curve25519(to.data(), recipient.data()) != 0) {
    return Error{ErrorCode::invalid_input, "recipient's key is no point of the curve"};
  }
  Secret<crypto_box_SECRETKEYBYTES> secret;
  random.fill(secret.raw());
  crypto_scalarmult_base(once.data(), secret.view().data());
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce{};
  Blake2b({}, nonce.size()).rest(once).rest(to).finish(nonce);  // as crypto_box_seal does

  Bytes out(once.begin(), once.end());
  out.resize(crypto_box_SEALBYTES + plain.size());
  if (crypto_box_easy(out.data() + once.size(), plain.data(), plain.size(), nonce.data(), to.data(), secret.view().data()) != 0) {
    return Error{ErrorCode::invalid_input, "recipient's key is weak"};
  }
  return out;
}

Result<Bytes> unseal_with(const SigningKey& recipient, ByteView boxed) {
  ready();
  if (boxed.size() < crypto_box_SEALBYTES) return corrupt("sealed box too short");
  Secret<crypto_box_SECRETKEYBYTES> secret;
  std::array<std::uint8_t, crypto_box_PUBLICKEYBYTES> own{};
  crypto_sign_ed25519_sk_to_curve25519(secret.raw().data(), expanded(recipient).view().data());
  crypto_scalarmult_base(own.data(), secret.view().data());
  Bytes out(boxed.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(out.data(), boxed.data(), boxed.size(), own.data(), secret.view().data()) != 0) {
    return corrupt("sealed box does not open");
  }
  return out;
}

SealKey key_from_password(std::string_view password, const Salt& salt, ByteView pepper, Argon2Cost cost) {
  ready();
  // The pepper may be of any length; BLAKE2b takes a key of at most 64 bytes.
  Secret<32> pepper_key, peppered;
  Blake2b({}, 32).rest(pepper).finish(pepper_key.raw());
  Blake2b(pepper_key.view(), 32).part(as_bytes("qabyl password 1")).rest(as_bytes(password)).finish(peppered.raw());

  const std::uint64_t passes = std::clamp(cost.passes, 1U, argon2_passes_max);
  const std::size_t memory_bytes = std::size_t{std::clamp(cost.memory_kib, 8U, argon2_memory_kib_max)} * 1024;
  SealKey key;
  const int failed = crypto_pwhash(key.raw().data(), key.raw().size(), reinterpret_cast<const char*>(peppered.view().data()),
                                   peppered.view().size(), salt.data(), passes, memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
  QABYL_CHECK(failed == 0);  // out of memory
  return key;
}

SealKey derive_key(const SealKey& key, std::string_view purpose) {
  SealKey derived;
  Blake2b(key.view(), 32).part(as_bytes("qabyl derive 1")).rest(as_bytes(purpose)).finish(derived.raw());
  return derived;
}

Digest keyed_tag(const SealKey& key, std::string_view purpose, ByteView message) {
  Digest tag{};
  Blake2b(key.view(), 32).part(as_bytes("qabyl tag 1")).part(as_bytes(purpose)).rest(message).finish(tag);
  return tag;
}

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace qabyl::core
