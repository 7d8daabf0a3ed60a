// See sha256_pairs.h. FIPS 180-4, 6.2, with the instructions as Intel's "SHA extensions" describes them: the state lies in two
// registers as ABEF and CDGH, one instruction makes two rounds. Two messages of as many blocks go through together.
#include "core/sha256_pairs.h"

#include "core/crypto.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace qabyl::core {
namespace {

#if defined(__x86_64__)

constexpr std::size_t block_bytes = 64, length_bytes = 8;

alignas(16) constexpr std::uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
    0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d,
    0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
    0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
    0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

bool has_instructions() {
  constexpr unsigned ssse3 = 1U << 9, sse41 = 1U << 19, sha = 1U << 29;
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & ssse3) == 0 || (c & sse41) == 0) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
}

#define QABYL_SHA __attribute__((target("sha,sse4.1"), always_inline)) inline

struct Lane {
  __m128i abef, cdgh;
};

QABYL_SHA void load(const std::uint8_t* block, __m128i* words) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  for (int i = 0; i < 4; ++i) words[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i), big_endian);
}

// Words 4r ... 4r + 3 of the schedule, r >= 4, in the place of those 16 before them.
QABYL_SHA void extend(__m128i* words, int r) {
  const __m128i before = words[(r + 3) % 4];
  const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(words[r % 4], words[(r + 1) % 4]), _mm_alignr_epi8(before, words[(r + 2) % 4], 4));
  words[r % 4] = _mm_sha256msg2_epu32(sum, before);
}

QABYL_SHA void four_rounds(Lane& lane, __m128i words, int r) {
  const __m128i sum = _mm_add_epi32(words, _mm_load_si128(reinterpret_cast<const __m128i*>(round_constants) + r));
  lane.cdgh = _mm_sha256rnds2_epu32(lane.cdgh, lane.abef, sum);
  lane.abef = _mm_sha256rnds2_epu32(lane.abef, lane.cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

QABYL_SHA void compress(Lane& one, Lane& two, const std::uint8_t* block_one, const std::uint8_t* block_two) {
  const Lane before_one = one, before_two = two;
  __m128i words_one[4], words_two[4];
  load(block_one, words_one);
  load(block_two, words_two);
#pragma GCC unroll 16
  for (int r = 0; r < 16; ++r) {
    if (r >= 4) {
      extend(words_one, r);
      extend(words_two, r);
    }
    four_rounds(one, words_one[r % 4], r);
    four_rounds(two, words_two[r % 4], r);
  }
  one = {_mm_add_epi32(one.abef, before_one.abef), _mm_add_epi32(one.cdgh, before_one.cdgh)};
  two = {_mm_add_epi32(two.abef, before_two.abef), _mm_add_epi32(two.cdgh, before_two.cdgh)};
}

QABYL_SHA Lane begun() {
  return {_mm_set_epi32(0x6a09e667, static_cast<int>(0xbb67ae85), 0x510e527f, static_cast<int>(0x9b05688c)),
          _mm_set_epi32(0x3c6ef372, static_cast<int>(0xa54ff53a), 0x1f83d9ab, 0x5be0cd19)};
}

QABYL_SHA void store(const Lane& lane, Digest& out) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i feba = _mm_shuffle_epi32(lane.abef, 0x1b), dchg = _mm_shuffle_epi32(lane.cdgh, 0xb1);
  auto* const to = reinterpret_cast<__m128i*>(out.data());
  _mm_storeu_si128(to, _mm_shuffle_epi8(_mm_blend_epi16(feba, dchg, 0xf0), big_endian));
  _mm_storeu_si128(to + 1, _mm_shuffle_epi8(_mm_alignr_epi8(dchg, feba, 8), big_endian));
}

std::size_t blocks_of(ByteView message) { return (message.size() + 1 + length_bytes + block_bytes - 1) / block_bytes; }

// What is left of a message behind its full blocks, padded; in how many blocks.
std::size_t tail_of(ByteView message, std::uint8_t* tail) {
  const std::size_t full = message.size() / block_bytes * block_bytes, rest = message.size() - full;
  const std::size_t blocks = blocks_of(message) - full / block_bytes, end = blocks * block_bytes;
  std::copy_n(message.data() + full, rest, tail);
  std::fill(tail + rest, tail + end, std::uint8_t{0});
  tail[rest] = 0x80;
  const std::uint64_t bits = std::uint64_t{message.size()} * 8;
  for (std::size_t i = 0; i < length_bytes; ++i) tail[end - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
  return blocks;
}

// Precondition: as many blocks of the one as of the other.
__attribute__((target("sha,sse4.1"))) void hash_two(ByteView message_one, ByteView message_two, Digest& out_one, Digest& out_two) {
  std::uint8_t tail_one[2 * block_bytes], tail_two[2 * block_bytes];
  const std::size_t full_one = blocks_of(message_one) - tail_of(message_one, tail_one), full_two = blocks_of(message_two) - tail_of(message_two, tail_two);
  Lane one = begun(), two = begun();
  for (std::size_t i = 0, count = blocks_of(message_one); i < count; ++i) {
    const auto* const block_one = i < full_one ? message_one.data() + i * block_bytes : tail_one + (i - full_one) * block_bytes;
    const auto* const block_two = i < full_two ? message_two.data() + i * block_bytes : tail_two + (i - full_two) * block_bytes;
    compress(one, two, block_one, block_two);
  }
  store(one, out_one);
  store(two, out_two);
}

// How many of the messages, from the first, were hashed two at a time.
std::size_t hash_pairs(std::span<const ByteView> messages, std::span<Digest> out) {
  static const bool able = has_instructions();
  std::size_t i = 0;
  while (able && i + 1 < messages.size() && blocks_of(messages[i]) == blocks_of(messages[i + 1])) {
    hash_two(messages[i], messages[i + 1], out[i], out[i + 1]);
    i += 2;
  }
  return i;
}

#else

std::size_t hash_pairs(std::span<const ByteView>, std::span<Digest>) { return 0; }

#endif

}  // namespace

void sha256_each(std::span<const ByteView> messages, std::span<Digest> out) {
  QABYL_CHECK(messages.size() == out.size());
  for (std::size_t i = 0; i < messages.size();) {
    i += hash_pairs(messages.subspan(i), out.subspan(i));
    if (i == messages.size()) break;
    out[i] = sha256(messages[i]);
    ++i;
  }
}

}  // namespace qabyl::core
