// Published vectors for hashes and signatures; refusals for everything that is sealed.
#include "tests/support/catch.h"

#include <sodium.h>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/sha256_each.h"
#include "core/sha256_pairs.h"
#include "core/sha256_sixteens.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> fixed(std::string_view hex) {
  const auto bytes = from_hex(hex);
  REQUIRE(bytes);
  REQUIRE(bytes->size() == N);
  std::array<std::uint8_t, N> out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

SigningKey key_from_hex(std::string_view seed) { return signing_key_from_seed(Secret<32>(fixed<32>(seed))); }

struct FramedFile {
  Bytes header;
  std::vector<Bytes> frames;
};

FramedFile sealed_in_frames(const SealKey& key, const Bytes& plain, Random& random) {
  FrameSealer sealer(key, random);
  FramedFile file{sealer.header(), {}};
  std::size_t at = 0;
  do {
    const std::size_t size = std::min(frame_plain_bytes, plain.size() - at);
    file.frames.push_back(sealer.next(ByteView(plain).subspan(at, size), at + size == plain.size()));
    at += size;
  } while (at < plain.size());
  return file;
}

}  // namespace

TEST_CASE("SHA-256 gives the vectors of FIPS 180-4, at once and in pieces", "[core][crypto]") {
  CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256(as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const std::string text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.update(as_bytes(text.substr(0, cut)));
    hash.update(as_bytes(text.substr(cut)));
    CHECK(to_hex(hash.finish()) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  }
}

TEST_CASE("many messages at once have the digests that each has alone", "[core][crypto]") {
  Bytes bytes(4000);
  SeededRandom random(11);
  random.fill(bytes);
  // Every length around the ends of blocks, alone, beside one of the same and beside one of another number of blocks.
  for (std::size_t a = 0; a < 260; ++a) {
    for (const std::size_t b : {a, a + 1, std::size_t{0}, std::size_t{55}, std::size_t{56}, std::size_t{119}, std::size_t{200}}) {
      const std::array messages{ByteView(bytes.data() + a, a), ByteView(bytes.data() + 7, b), ByteView(bytes.data() + 3 * b, b)};
      std::array<Digest, 3> out{};
      sha256_each(messages, out);
      for (std::size_t i = 0; i < messages.size(); ++i) {
        INFO(a << " " << b << " " << i);
        CHECK(out[i] == sha256(messages[i]));
      }
    }
  }
  sha256_each({}, {});
}

// Each way by itself: on a machine that has both, the wider one takes nearly all.
TEST_CASE("messages hashed side by side have the digests that each has alone, at every length", "[core][crypto]") {
  Bytes bytes(8000);
  SeededRandom random(12);
  random.fill(bytes);
  const auto check = [&](auto way, std::size_t together, const std::vector<ByteView>& messages) {
    std::vector<Digest> out(messages.size());
    const auto done = way(messages, out);
    CHECK(done % together == 0);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      INFO(together << " at a time, message " << i << " of " << messages[i].size());
      CHECK(out[i] == (i < done ? sha256(messages[i]) : Digest{}));
    }
    return done;
  };
  std::vector<ByteView> many, odd;
  for (std::size_t length = 0; length < 260; ++length) {
    std::vector<ByteView> same;
    for (std::size_t i = 0; i < 33; ++i) same.emplace_back(bytes.data() + 97 * i, length);
    const auto two = check(sha256_pairs, 2, same), sixteen = check(sha256_sixteens, 16, same);
    CHECK((two == 0 || two == 32));  // 0: not on this processor
    CHECK((sixteen == 0 || sixteen == 32));
    if (length == 0 && two == 0) WARN("SKIP: no SHA instructions on this machine");
    if (length == 0 && sixteen == 0) WARN("SKIP: no AVX-512 on this machine");
    same[17] = {bytes.data(), length + 64};  // one of another number of blocks stops there
    CHECK(check(sha256_pairs, 2, same) <= 16);
    CHECK(check(sha256_sixteens, 16, same) <= 16);
    many.emplace_back(bytes.data() + length, length);
  }
  for (std::size_t length = 0; length < 16; ++length) odd.emplace_back(bytes.data(), 56 + length % 8 * 8);  // 56 ... 112: two blocks each, padded in many ways
  CHECK(check(sha256_sixteens, 16, odd) % 16 == 0);
  std::vector<Digest> out(many.size());
  sha256_each(many, out);
  for (std::size_t i = 0; i < many.size(); ++i) CHECK(out[i] == sha256(many[i]));
}

TEST_CASE("Ed25519 gives the vectors of RFC 8032 section 7.1", "[core][crypto]") {
  struct Vector { const char *seed, *key, *message, *signature; };
  const Vector vectors[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}};
  for (const auto& vector : vectors) {
    const auto key = key_from_hex(vector.seed);
    const auto message = from_hex(vector.message);
    CHECK(to_hex(key.verify_key) == vector.key);
    CHECK(to_hex(sign(key, *message)) == vector.signature);
    CHECK(verify(key.verify_key, *message, fixed<64>(vector.signature)));
  }
}

TEST_CASE("a signature with any bit changed is refused", "[core][crypto]") {
  SeededRandom random;
  const auto key = new_signing_key(random);
  const auto signature = sign(key, as_bytes("message"));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    auto changed = signature;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CHECK_FALSE(verify(key.verify_key, as_bytes("message"), changed));
  }
  CHECK_FALSE(verify(key.verify_key, as_bytes("messagE"), signature));
  CHECK_FALSE(verify(VerifyKey{}, as_bytes("message"), signature));
}

TEST_CASE("a key id is the first 16 hex digits of the key's SHA-256", "[core][crypto]") {
  const auto key = fixed<32>("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(key_id(key) == to_hex(sha256(key)).substr(0, 16));
}

TEST_CASE("a seal opens with its key and context only", "[core][crypto]") {
  SeededRandom random;
  const auto key = random_seal_key(random), other = random_seal_key(random);
  const auto sealed = seal(key, as_bytes("Қабыл"), "records:7", random);
  CHECK(sealed.size() == 24 + 10 + 16);
  const auto opened = unseal(key, sealed, "records:7");
  REQUIRE(opened);
  CHECK(as_text(*opened) == "Қабыл");
  CHECK_FALSE(unseal(other, sealed, "records:7"));
  CHECK_FALSE(unseal(key, sealed, "records:8"));
  CHECK_FALSE(unseal(key, sealed, ""));
  CHECK(seal(key, as_bytes("Қабыл"), "records:7", random) != sealed);
}

TEST_CASE("a seal with any bit changed or any byte cut is refused", "[core][crypto]") {
  SeededRandom random;
  const auto key = random_seal_key(random);
  const auto sealed = seal(key, as_bytes("abc"), "c", random);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CHECK_FALSE(unseal(key, changed, "c"));
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) CHECK_FALSE(unseal(key, ByteView(sealed).first(size), "c"));
}

TEST_CASE("framed files have the size that framed_size says, and open frame by frame", "[core][crypto]") {
  SeededRandom random;
  const auto key = random_seal_key(random);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, frame_plain_bytes - 1, frame_plain_bytes, frame_plain_bytes + 1, 3 * frame_plain_bytes}) {
    Bytes plain(size, 0x5A);
    const auto file = sealed_in_frames(key, plain, random);
    std::uint64_t total = file.header.size();
    Bytes opened;
    for (std::size_t i = 0; i < file.frames.size(); ++i) {
      total += file.frames[i].size();
      const auto part = unseal_frame(key, file.header, i, i + 1 == file.frames.size(), file.frames[i]);
      REQUIRE(part);
      opened.insert(opened.end(), part->begin(), part->end());
    }
    CHECK(total == framed_size(size));
    CHECK(opened == plain);
  }
}

TEST_CASE("a frame that was moved, cut off, altered or taken from another file is refused", "[core][crypto]") {
  SeededRandom random;
  const auto key = random_seal_key(random);
  const Bytes plain(3 * frame_plain_bytes, 0x41);
  const auto file = sealed_in_frames(key, plain, random), twin = sealed_in_frames(key, plain, random);
  REQUIRE(file.frames.size() == 3);
  CHECK(unseal_frame(key, file.header, 0, false, file.frames[0]));
  CHECK_FALSE(unseal_frame(key, file.header, 1, false, file.frames[0]));  // moved
  CHECK_FALSE(unseal_frame(key, file.header, 1, true, file.frames[1]));   // the file cut after it
  CHECK_FALSE(unseal_frame(key, file.header, 2, false, file.frames[2]));  // the file continued
  CHECK_FALSE(unseal_frame(key, file.header, 0, false, twin.frames[0]));  // same text, other file
  CHECK_FALSE(unseal_frame(key, twin.header, 0, false, file.frames[0]));
  CHECK_FALSE(unseal_frame(key, file.header, 0, false, ByteView(file.frames[0]).first(100)));
  CHECK_FALSE(unseal_frame(key, file.header, 2, true, {}));
  auto altered = file.frames[1];
  altered[frame_plain_bytes / 2] ^= 1;
  CHECK_FALSE(unseal_frame(key, file.header, 1, false, altered));
}

TEST_CASE("a sealed box opens only with its recipient's key, and is libsodium's format", "[core][crypto]") {
  SeededRandom random;
  const auto recipient = new_signing_key(random), other = new_signing_key(random);
  const auto boxed = seal_to(recipient.verify_key, as_bytes("content key"), random);
  REQUIRE(boxed);
  const auto opened = unseal_with(recipient, *boxed);
  REQUIRE(opened);
  CHECK(as_text(*opened) == "content key");
  CHECK_FALSE(unseal_with(other, *boxed));
  for (std::size_t bit = 0; bit < boxed->size() * 8; ++bit) {
    auto changed = *boxed;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CHECK_FALSE(unseal_with(recipient, changed));
  }
  CHECK_FALSE(unseal_with(recipient, ByteView(*boxed).first(47)));

  std::array<std::uint8_t, 32> curve{};
  REQUIRE(crypto_sign_ed25519_pk_to_curve25519(curve.data(), recipient.verify_key.data()) == 0);
  Bytes theirs(crypto_box_SEALBYTES + 3);
  REQUIRE(crypto_box_seal(theirs.data(), as_bytes("abc").data(), 3, curve.data()) == 0);
  const auto read = unseal_with(recipient, theirs);
  REQUIRE(read);
  CHECK(as_text(*read) == "abc");
}

TEST_CASE("nothing is sealed to a key that is no point of the curve", "[core][crypto]") {
  SeededRandom random;
  CHECK_FALSE(seal_to(VerifyKey{}, as_bytes("x"), random));
}

TEST_CASE("a sealed box depends on the random port alone", "[core][crypto]") {
  SeededRandom one(3), two(3);
  const auto key = new_signing_key(one);
  new_signing_key(two);
  CHECK(*seal_to(key.verify_key, as_bytes("x"), one) == *seal_to(key.verify_key, as_bytes("x"), two));
}

TEST_CASE("a password key depends on password, salt, pepper and cost, and on nothing else", "[core][crypto]") {
  const Salt salt{1, 2, 3}, other_salt{1, 2, 4};
  const Bytes pepper(32, 7), long_pepper(200, 7);
  const auto key = [](std::string_view password, const Salt& s, ByteView p, Argon2Cost cost) {
    return to_hex(key_from_password(password, s, p, cost).view());
  };
  const auto base = key("482913", salt, pepper, argon2_minimum);
  CHECK(base == key("482913", salt, pepper, argon2_minimum));
  CHECK(base != key("482914", salt, pepper, argon2_minimum));
  CHECK(base != key("482913", other_salt, pepper, argon2_minimum));
  CHECK(base != key("482913", salt, long_pepper, argon2_minimum));
  CHECK(base != key("482913", salt, {}, argon2_minimum));
  CHECK(base != key("482913", salt, pepper, {2, 8}));
  CHECK(base != key("482913", salt, pepper, {1, 16}));
}

TEST_CASE("a foolish password cost is brought to the limits instead of stopping the program", "[core][crypto]") {
  const auto key = [](Argon2Cost cost) { return to_hex(key_from_password("x", {}, {}, cost).view()); };
  CHECK(key({0, 0}) == key(argon2_minimum));
  CHECK(key({0xFFFFFFFF, 8}) == key({argon2_passes_max, 8}));
}

TEST_CASE("derived keys and tags differ by purpose and by message", "[core][crypto]") {
  SeededRandom random;
  const auto key = random_seal_key(random);
  CHECK(to_hex(derive_key(key, "drafts").view()) != to_hex(derive_key(key, "records").view()));
  CHECK(to_hex(derive_key(key, "drafts").view()) == to_hex(derive_key(key, "drafts").view()));
  CHECK(keyed_tag(key, "a", as_bytes("bc")) != keyed_tag(key, "ab", as_bytes("c")));
  CHECK(keyed_tag(key, "a", as_bytes("bc")) == keyed_tag(key, "a", as_bytes("bc")));
}

TEST_CASE("wiped secrets are gone", "[core][crypto]") {
  Secret<32> secret;
  secret.raw()[5] = 9;
  secret.wipe();
  CHECK(std::all_of(secret.view().begin(), secret.view().end(), [](auto byte) { return byte == 0; }));
  std::string pin = "482913";
  wipe(pin);
  CHECK(pin.empty());
  CHECK(equal_constant_time(as_bytes("abc"), as_bytes("abc")));
  CHECK_FALSE(equal_constant_time(as_bytes("abc"), as_bytes("abd")));
  CHECK_FALSE(equal_constant_time(as_bytes("abc"), as_bytes("ab")));
  CHECK(equal_constant_time({}, {}));
}
