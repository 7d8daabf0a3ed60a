// SHA-256 of two messages at a time by the processor's own instructions for it (x86 SHA extensions): each round waits for the one
// before, so that a second message fills the gaps.
#pragma once

#include "core/bytes.h"

namespace qabyl::core {

// How many of the messages, from the first, were hashed into `out`: an even number, as far as each two have as many blocks; 0 where the
// processor has no such instructions. Precondition: room in `out` for all.
std::size_t sha256_pairs(std::span<const ByteView> messages, std::span<Digest> out);

}  // namespace qabyl::core
