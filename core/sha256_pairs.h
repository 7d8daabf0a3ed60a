// SHA-256 of many messages, two at a time where the processor has its own instructions for it (x86 SHA extensions): each round waits
// for the one before, so that a second message fills the gaps. Elsewhere one after the other, by crypto.h; the same digests.
#pragma once

#include "core/bytes.h"

namespace qabyl::core {

// out[i] = sha256(messages[i]). Precondition: as many of the one as of the other.
void sha256_each(std::span<const ByteView> messages, std::span<Digest> out);

}  // namespace qabyl::core
