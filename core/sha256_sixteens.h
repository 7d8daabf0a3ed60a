// SHA-256 of sixteen messages at a time, side by side: one 32-bit word of each in a register of 512 bits (x86 AVX-512).
#pragma once

#include "core/bytes.h"

namespace qabyl::core {

// How many of the messages, from the first, were hashed into `out`: a multiple of sixteen, as far as each sixteen have as many blocks;
// 0 where processor or system lack such registers. Precondition: room in `out` for all.
std::size_t sha256_sixteens(std::span<const ByteView> messages, std::span<Digest> out);

}  // namespace qabyl::core
