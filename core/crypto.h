// The one door to libsodium and OpenSSL: hashes, signatures, seals, password hashes.
// Knows no files and no random source: randomness comes in through ports.h.
#pragma once

#include <algorithm>
#include <memory>

#include "core/bytes.h"
#include "core/ports.h"
#include "core/result.h"

namespace qabyl::core {

Digest sha256(ByteView bytes);

class Sha256 {  // streaming; one use
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void update(ByteView bytes);
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// N secret bytes, wiped when they go. Copying is explicit.
template <std::size_t N>
class Secret {
 public:
  Secret() : bytes_{} {}
  explicit Secret(std::span<const std::uint8_t, N> bytes) { std::copy(bytes.begin(), bytes.end(), bytes_.begin()); }
  ~Secret() { wipe(); }
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  void wipe() {
    volatile std::uint8_t* p = bytes_.data();
    for (std::size_t i = 0; i < N; ++i) p[i] = 0;
  }
  std::span<const std::uint8_t, N> view() const { return bytes_; }
  std::span<std::uint8_t, N> raw() { return bytes_; }

 private:
  std::array<std::uint8_t, N> bytes_;
};
using SealKey = Secret<32>;  // XChaCha20-Poly1305

SealKey random_seal_key(Random& random);
void wipe(Bytes& bytes);        // overwrites, then clears
void wipe(std::string& text);

// --- signatures: Ed25519 (RFC 8032) ---
using VerifyKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
struct SigningKey {
  Secret<32> seed;
  VerifyKey verify_key{};  // derived from seed
};
SigningKey signing_key_from_seed(const Secret<32>& seed);
SigningKey new_signing_key(Random& random);
Signature sign(const SigningKey& key, ByteView message);
bool verify(const VerifyKey& key, ByteView message, const Signature& signature);
// First 16 hex digits of SHA-256 of the key: the `kid` everywhere.
std::string key_id(const VerifyKey& key);

// --- seals: XChaCha20-Poly1305, 24-byte nonce in front ---
// `context` is bound as associated data (which row and column this is): it must be given again.
Bytes seal(const SealKey& key, ByteView plain, std::string_view context, Random& random);
// corrupt: other key, other context or altered bytes.
Result<Bytes> unseal(const SealKey& key, ByteView sealed, std::string_view context);

// Documents are sealed in frames, so that any part can be read or resumed without the rest.
// A sealed file = 24-byte nonce prefix base, then frames of frame_plain_bytes + 16 each (the last
// may be shorter); frame index and "last" flag are bound, so frames cannot be moved or cut off.
inline constexpr std::size_t frame_plain_bytes = 64 * 1024;
inline constexpr std::size_t frame_tag_bytes = 16;
inline constexpr std::size_t frame_header_bytes = 24;
std::uint64_t framed_size(std::uint64_t plain_bytes);  // size of the sealed file
class FrameSealer {
 public:
  FrameSealer(const SealKey& key, Random& random);
  Bytes header() const;  // frame_header_bytes
  // Frames in order, each of frame_plain_bytes but the last. An empty document has one empty frame.
  Bytes next(ByteView plain, bool last);

 private:
  SealKey key_;
  std::array<std::uint8_t, 24> base_{};
  std::uint64_t index_ = 0;
  bool closed_ = false;  // the last frame is out: another one is a bug
};
// corrupt unless exactly frame `index` of that file.
Result<Bytes> unseal_frame(const SealKey& key, ByteView header, std::uint64_t index, bool last, ByteView frame);

// --- sealed to a person: X25519 sealed box to the Ed25519 key's curve25519 form ---
// Same bytes as libsodium's crypto_box_seal, but its one-time key comes from `random`.
// invalid_input: `recipient` is no point of the curve. corrupt: not for this key, or altered.
Result<Bytes> seal_to(const VerifyKey& recipient, ByteView plain, Random& random);
Result<Bytes> unseal_with(const SigningKey& recipient, ByteView boxed);

// --- passwords ---
// Argon2id cost. The simulation uses `minimum`; the product `interactive` (PIN, password).
struct Argon2Cost {
  std::uint32_t passes;
  std::uint32_t memory_kib;
};
// A cost outside 1..passes_max and 8..memory_max is brought to the nearest limit: a foolish number in
// a feed item then opens nothing, instead of taking the terminal's memory.
inline constexpr std::uint32_t argon2_passes_max = 16;
inline constexpr std::uint32_t argon2_memory_kib_max = 256 * 1024;
inline constexpr Argon2Cost argon2_interactive{2, 64 * 1024};
inline constexpr Argon2Cost argon2_minimum{1, 8};
using Salt = std::array<std::uint8_t, 16>;
// Key from a low-entropy secret. `pepper` (may be empty) is mixed in by keyed BLAKE2b, e.g. the
// kiosk's storage key: a stolen database alone cannot try PINs.
SealKey key_from_password(std::string_view password, const Salt& salt, ByteView pepper, Argon2Cost cost);
// Key for one purpose from a key: keyed BLAKE2b.
SealKey derive_key(const SealKey& key, std::string_view purpose);
// Keyed BLAKE2b-256 of `message`: a look-up tag that does not reveal the message.
Digest keyed_tag(const SealKey& key, std::string_view purpose, ByteView message);
bool equal_constant_time(ByteView a, ByteView b);

}  // namespace qabyl::core
