// See sha256_pairs.h. FIPS 180-4, 6.2, with the instructions as Intel's "SHA extensions" describes them: the state lies in two
// registers as ABEF and CDGH, one instruction makes two rounds. Two messages of as many blocks go through together.
#include "core/sha256_pairs.h"

#include <algorithm>

#include "core/sha256_parts.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace qabyl::core {
namespace {

#if defined(__x86_64__)

using namespace sha256_parts;

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
  const auto words = [](int a, int b, int c, int d) { return _mm_set_epi32(static_cast<int>(start[a]), static_cast<int>(start[b]), static_cast<int>(start[c]), static_cast<int>(start[d])); };
  return {words(0, 1, 4, 5), words(2, 3, 6, 7)};
}

QABYL_SHA void store(const Lane& lane, Digest& out) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i feba = _mm_shuffle_epi32(lane.abef, 0x1b), dchg = _mm_shuffle_epi32(lane.cdgh, 0xb1);
  auto* const to = reinterpret_cast<__m128i*>(out.data());
  _mm_storeu_si128(to, _mm_shuffle_epi8(_mm_blend_epi16(feba, dchg, 0xf0), big_endian));
  _mm_storeu_si128(to + 1, _mm_shuffle_epi8(_mm_alignr_epi8(dchg, feba, 8), big_endian));
}

// What is left of a message behind its full blocks, padded; in how many blocks.
std::size_t tail_of(ByteView message, std::uint8_t* tail) {
  const std::size_t full = message.size() / block_bytes * block_bytes, rest = message.size() - full;
  const std::size_t blocks = blocks_of(message.size()) - full / block_bytes, end = blocks * block_bytes;
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
  const std::size_t full_one = blocks_of(message_one.size()) - tail_of(message_one, tail_one), full_two = blocks_of(message_two.size()) - tail_of(message_two, tail_two);
  Lane one = begun(), two = begun();
  for (std::size_t i = 0, count = blocks_of(message_one.size()); i < count; ++i) {
    const auto* const block_one = i < full_one ? message_one.data() + i * block_bytes : tail_one + (i - full_one) * block_bytes;
    const auto* const block_two = i < full_two ? message_two.data() + i * block_bytes : tail_two + (i - full_two) * block_bytes;
    compress(one, two, block_one, block_two);
  }
  store(one, out_one);
  store(two, out_two);
}

}  // namespace

std::size_t sha256_pairs(std::span<const ByteView> messages, std::span<Digest> out) {
  static const bool able = has_instructions();
  std::size_t i = 0;
  while (able && i + 1 < messages.size() && blocks_of(messages[i].size()) == blocks_of(messages[i + 1].size())) {
    hash_two(messages[i], messages[i + 1], out[i], out[i + 1]);
    i += 2;
  }
  return i;
}

#else

}  // namespace

std::size_t sha256_pairs(std::span<const ByteView>, std::span<Digest>) { return 0; }

#endif

}  // namespace qabyl::core
