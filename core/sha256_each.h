// SHA-256 of many messages, several at a time where the processor can: sixteen side by side in wide registers (sha256_sixteens.h), two
// that fill each other's gaps (sha256_pairs.h), else one after the other by crypto.h. The same digests each way.
#pragma once

#include "core/bytes.h"

namespace qabyl::core {

// out[i] = sha256(messages[i]). Precondition: as many of the one as of the other.
void sha256_each(std::span<const ByteView> messages, std::span<Digest> out);

}  // namespace qabyl::core
