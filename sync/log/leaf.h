// The entry of one leaf: the digest of a record and when the registry took it, and nothing else (ARCHITECTURE, 5). A
// record's nonce keeps its digest from being guessed, so the log can be public and the record can still be deleted.
#pragma once

#include "sync/log/tree.h"

namespace qabyl::sync::log {

inline constexpr std::size_t leaf_bytes_max = 128;

struct Leaf {
  Digest record{};                  // SHA-256 of the record's canonical bytes, the JWS payload
  core::Instant at{};               // registry time; never before that of the leaf in front
  bool operator==(const Leaf&) const = default;
};

// {"at_ms":1795000000000,"sha256":"<64 hex digits>","v":1}: RFC 8785, without a newline. Precondition: 0 <= at < 2^53 ms.
std::string leaf_entry(const Leaf& leaf);
core::Result<Leaf> parse_leaf(std::string_view entry);  // invalid_input: not these bytes exactly
Digest leaf_hash(const Leaf& leaf);                      // hash_leaf(leaf_entry(leaf))

}  // namespace qabyl::sync::log
