// The Merkle tree of RFC 9162, section 2.1, over SHA-256: hashing, proofs made and proofs verified. Pure: hashes come
// in as values or through the port Nodes. Knows no tile, no checkpoint and no record. Sizes up to tree_size_max; an
// index or size from outside may be any 64-bit number and is refused, never wrapped.
#pragma once

#include <bit>

#include "core/crypto.h"

namespace qabyl::sync::log {

using core::Digest;
using Hashes = std::vector<Digest>;

inline constexpr std::uint64_t tree_size_max = std::uint64_t{1} << 63;
inline constexpr std::size_t proof_hashes_max = 64;
inline constexpr std::uint8_t leaf_prefix = 0x00, node_prefix = 0x01;

Digest hash_leaf(core::ByteView entry);                      // SHA-256(0x00, entry)
Digest hash_node(const Digest& left, const Digest& right);   // SHA-256(0x01, left, right)
Digest complete_root(Hashes hashes);                         // over 2^n hashes; faster than node by node
Digest empty_root();                                         // SHA-256 of nothing: the tree of size 0

// --- verifying ---
// corrupt: it does not prove it. invalid_input: index not below size, size over tree_size_max. too_large: a proof of
// more than proof_hashes_max hashes.
core::Status verify_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size, const Hashes& proof,
                              const Digest& root);
// The root that such a proof leads to, for a checkpoint whose root is not at hand; the same refusals.
core::Result<Digest> inclusion_root(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size, const Hashes& proof);
// That the tree of size1 is the beginning of the tree of size2. invalid_input also for size1 = 0: everything begins
// with nothing, so such a proof would say nothing; compare the root with empty_root() instead.
core::Status verify_consistency(std::uint64_t size1, const Digest& root1, std::uint64_t size2, const Digest& root2,
                                const Hashes& proof);

// --- making ---
// A complete subtree: the 2^level leaves from index * 2^level.
struct NodePlace {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const NodePlace&) const = default;
};

class Nodes {
 public:
  virtual ~Nodes() = default;
  // The hash of a complete subtree. Any error of where the hashes lie; not_found: beyond the tree.
  virtual core::Result<Digest> node(NodePlace place) = 0;
};

// Each asks for no node that reaches beyond `size`. invalid_input as above; else what nodes.node() says.
core::Result<Digest> root_of(Nodes& nodes, std::uint64_t size);
core::Result<Hashes> inclusion_proof(Nodes& nodes, std::uint64_t index, std::uint64_t size);
core::Result<Hashes> consistency_proof(Nodes& nodes, std::uint64_t size1, std::uint64_t size2);

// The right edge of a tree: append leaf by leaf and know the root, in at most 64 hashes whatever the size.
class Frontier {
 public:
  // As edge() gave it. invalid_input: not as many hashes as a tree of `size` has complete subtrees, or over tree_size_max.
  static core::Result<Frontier> of(std::uint64_t size, const Hashes& edge);
  void append(const Digest& leaf_hash);
  std::uint64_t size() const { return size_; }
  Digest root() const;
  Hashes edge() const;  // the roots of its complete subtrees, the smallest first

 private:
  std::uint64_t size_ = 0;
  std::array<Digest, 64> complete_{};  // [level]: the complete subtree there, if bit `level` of size_ is set
};

// The right edge of the tree of `size` leaves, of a tree that has at least these; as root_of().
core::Result<Frontier> frontier_of(Nodes& nodes, std::uint64_t size);

// A whole tree in memory, 64 bytes a leaf: for tests and verifiers.
class Tree final : public Nodes {
 public:
  void append(const Digest& leaf_hash);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  core::Result<Digest> node(NodePlace place) override;

 private:
  std::vector<Hashes> levels_;
};

}  // namespace qabyl::sync::log
