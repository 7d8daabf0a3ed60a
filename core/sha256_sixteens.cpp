// See sha256_sixteens.h. FIPS 180-4, 6.2.2, word by word as it stands there: what is one word there is a register here.
#include "core/sha256_sixteens.h"

#include <algorithm>

#include "core/sha256_parts.h"

#if defined(__x86_64__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // g++ 12 warns of its own header (its bug 105593)
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif

namespace qabyl::core {

#if defined(__x86_64__)

namespace {

using namespace sha256_parts;

constexpr std::size_t lanes = 16;

using Words = __m512i;  // one word of each of sixteen messages

#define QABYL_WIDE __attribute__((target("avx512f,avx512bw"), always_inline)) inline

QABYL_WIDE Words everywhere(std::uint32_t word) { return _mm512_set1_epi32(static_cast<int>(word)); }
QABYL_WIDE Words sum(Words a, Words b) { return _mm512_add_epi32(a, b); }
template <int bits>
QABYL_WIDE Words turned(Words a) { return _mm512_ror_epi32(a, bits); }
// By the table of its eight values: the result where the bits of a, b and c are 4 a + 2 b + c is that bit of `table`.
template <int table>
QABYL_WIDE Words of_bits(Words a, Words b, Words c) { return _mm512_ternarylogic_epi32(a, b, c, table); }
constexpr int odd = 0x96, choice = 0xca, majority = 0xe8;

QABYL_WIDE Words big_endian(Words bytes) { return _mm512_shuffle_epi8(bytes, _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203))); }

// Word t of the schedule, t >= 16, in the place of the one sixteen before it.
QABYL_WIDE void extend(Words* w, int t) {
  const Words early = w[(t + 1) % 16], late = w[(t + 14) % 16];
  const Words sigma0 = of_bits<odd>(turned<7>(early), turned<18>(early), _mm512_srli_epi32(early, 3));
  const Words sigma1 = of_bits<odd>(turned<17>(late), turned<19>(late), _mm512_srli_epi32(late, 10));
  w[t % 16] = sum(sum(w[t % 16], sigma0), sum(w[(t + 9) % 16], sigma1));
}

QABYL_WIDE void compress(Words* state, Words* w) {
  Words a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
#pragma GCC unroll 64
  for (int t = 0; t < 64; ++t) {
    if (t >= 16) extend(w, t);
    const Words scheduled = sum(w[t % 16], everywhere(round_constants[t]));
    const Words one = sum(sum(sum(h, scheduled), of_bits<odd>(turned<6>(e), turned<11>(e), turned<25>(e))), of_bits<choice>(e, f, g));
    const Words two = sum(of_bits<odd>(turned<2>(a), turned<13>(a), turned<22>(a)), of_bits<majority>(a, b, c));
    h = g, g = f, f = e, e = sum(d, one);
    d = c, c = b, b = a, a = sum(one, two);
  }
  const Words worked[8] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < 8; ++i) state[i] = sum(state[i], worked[i]);
}

// Sixteen rows of sixteen words: rows become columns, in fours of words, then in fours of those.
QABYL_WIDE void transpose(Words* rows) {
  Words t[lanes];
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    rows[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    rows[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    rows[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    rows[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm512_shuffle_i32x4(rows[i], rows[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(rows[i], rows[i + 4], 0xdd);
    t[i + 8] = _mm512_shuffle_i32x4(rows[i + 8], rows[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(rows[i + 8], rows[i + 12], 0xdd);
  }
  for (int i = 0; i < 8; ++i) {
    rows[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    rows[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
  }
}

// A block as it lies in memory; behind the message's end its padding, without the length.
QABYL_WIDE Words block_at(ByteView message, std::size_t from) {
  if (from + block_bytes <= message.size()) return _mm512_loadu_si512(message.data() + from);
  if (from > message.size()) return _mm512_setzero_si512();
  const __mmask64 end = __mmask64{1} << (message.size() - from);
  return _mm512_or_si512(_mm512_maskz_loadu_epi8(end - 1, message.data() + from), _mm512_maskz_set1_epi8(end, static_cast<char>(0x80)));
}

// Precondition: sixteen, of `blocks` blocks each.
__attribute__((target("avx512f,avx512bw"))) void hash_sixteen(const ByteView* messages, std::size_t blocks, Digest* out) {
  alignas(64) std::uint32_t high[lanes], low[lanes];  // the lengths in bits
  for (std::size_t i = 0; i < lanes; ++i) {
    const std::uint64_t bits = std::uint64_t{messages[i].size()} * 8;
    high[i] = static_cast<std::uint32_t>(bits >> 32);
    low[i] = static_cast<std::uint32_t>(bits);
  }
  Words state[lanes];
  for (std::size_t i = 0; i < lanes; ++i) state[i] = i < 8 ? everywhere(start[i]) : _mm512_setzero_si512();
  for (std::size_t block = 0; block < blocks; ++block) {
    Words words[lanes];
    for (std::size_t i = 0; i < lanes; ++i) words[i] = big_endian(block_at(messages[i], block * block_bytes));
    transpose(words);
    if (block + 1 == blocks) {
      words[14] = _mm512_or_si512(words[14], _mm512_load_si512(high));
      words[15] = _mm512_or_si512(words[15], _mm512_load_si512(low));
    }
    compress(state, words);
  }
  transpose(state);
  for (std::size_t i = 0; i < lanes; ++i) _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[i].data()), _mm512_castsi512_si256(big_endian(state[i])));
}

bool as_long(std::span<const ByteView> messages) {
  return std::all_of(messages.begin(), messages.end(), [&](ByteView one) { return blocks_of(one.size()) == blocks_of(messages.front().size()); });
}

}  // namespace

std::size_t sha256_sixteens(std::span<const ByteView> messages, std::span<Digest> out) {
  static const bool able = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0;  // asks the system too
  std::size_t i = 0;
  for (; able && i + lanes <= messages.size() && as_long(messages.subspan(i, lanes)); i += lanes) {
    hash_sixteen(&messages[i], blocks_of(messages[i].size()), &out[i]);
  }
  return i;
}

#else

std::size_t sha256_sixteens(std::span<const ByteView>, std::span<Digest>) { return 0; }

#endif

}  // namespace qabyl::core
