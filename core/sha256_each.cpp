// See sha256_each.h.
#include "core/sha256_each.h"

#include "core/crypto.h"
#include "core/sha256_pairs.h"
#include "core/sha256_sixteens.h"

namespace qabyl::core {

void sha256_each(std::span<const ByteView> messages, std::span<Digest> out) {
  QABYL_CHECK(messages.size() == out.size());
  for (std::size_t i = 0; i < messages.size();) {
    i += sha256_sixteens(messages.subspan(i), out.subspan(i));
    i += sha256_pairs(messages.subspan(i), out.subspan(i));
    if (i == messages.size()) break;
    out[i] = sha256(messages[i]);
    ++i;
  }
}

}  // namespace qabyl::core
