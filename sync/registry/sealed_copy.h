// One file of a backup: sealed in frames under a key of its own, with the digests of both forms, and opened again. In pieces:
// memory does not grow with it. Knows no database and no manifest.
#pragma once

#include <string>

#include "core/crypto.h"

namespace qabyl::sync::registry {

struct SealedCopy {
  std::uint64_t bytes = 0;     // of the original
  core::Digest plain{}, sealed{};
  bool operator==(const SealedCopy&) const = default;
};

// `to` is new, private and flushed. Failures of either file.
core::Result<SealedCopy> seal_copy(const std::string& from, const std::string& to, const core::SealKey& key, core::Random& random);
// corrupt: not that copy, or sealed under another key. An empty `to` only checks; else the file is new, private and flushed.
core::Status unseal_copy(const std::string& from, const std::string& to, const core::SealKey& key, const SealedCopy& expected);

}  // namespace qabyl::sync::registry
