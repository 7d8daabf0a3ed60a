// See tree.h. The verifiers follow RFC 9162, 2.1.3.2 and 2.1.4.2, bit by bit over the two numbers fn and sn; the makers
// walk down from the root and turn the path round, so that nothing recurses.
#include "sync/log/tree.h"

#include <algorithm>

#include "core/sha256_each.h"

namespace qabyl::sync::log {
namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t short_entry_bytes = 255;

Error not_proved() { return {ErrorCode::corrupt, "the proof does not lead to that root"}; }
Error outside(const char* what) { return {ErrorCode::invalid_input, what}; }

// The largest power of two below `leaves`, which is at least 2.
std::uint64_t split_of(std::uint64_t leaves) { return std::bit_floor(leaves - 1); }

// Walks from a leaf to the root, one hash of the proof at a time: whether it comes from the left, and the way after it.
class Climb {
 public:
  Climb(std::uint64_t fn, std::uint64_t sn) : fn_(fn), sn_(sn) {}
  bool at_top() const { return sn_ == 0; }
  bool next_is_left() const { return (fn_ & 1) != 0 || fn_ == sn_; }
  void past_left() {
    while ((fn_ & 1) == 0 && fn_ != 0) step();
    step();
  }
  void step() {
    fn_ >>= 1;
    sn_ >>= 1;
  }

 private:
  std::uint64_t fn_, sn_;
};

// The nodes over each two, from the left, into the first half.
void hash_level(std::span<Digest> below) {
  constexpr std::size_t node_bytes = 1 + 2 * sizeof(Digest), at_once = 128;
  std::array<std::uint8_t, at_once * node_bytes> bytes;
  std::array<core::ByteView, at_once> messages;
  const std::size_t nodes = below.size() / 2;
  for (std::size_t from = 0; from < nodes; from += at_once) {
    const std::size_t count = std::min(at_once, nodes - from);
    for (std::size_t i = 0; i < count; ++i) {
      auto* const at = bytes.data() + i * node_bytes;
      at[0] = node_prefix;
      std::copy_n(below[2 * (from + i)].data(), sizeof(Digest), at + 1);
      std::copy_n(below[2 * (from + i) + 1].data(), sizeof(Digest), at + 1 + sizeof(Digest));
      messages[i] = {at, node_bytes};
    }
    core::sha256_each(std::span(messages).first(count), below.subspan(from, count));
  }
}

// Root of the leaves [begin, end): complete subtrees from the left, each as large as still fits, joined from the right.
// Precondition: begin is a multiple of the largest of them, as it is on every way down from the root.
core::Result<Digest> range_root(Nodes& nodes, std::uint64_t begin, std::uint64_t end) {
  Hashes parts;
  while (begin < end) {
    const std::uint64_t leaves = std::bit_floor(end - begin);
    const auto level = static_cast<unsigned>(std::countr_zero(leaves));
    QABYL_TRY(part, nodes.node({level, begin >> level}));
    parts.push_back(part);
    begin += leaves;
  }
  Digest root = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) root = hash_node(parts[i], root);
  return root;
}

}  // namespace

Digest hash_leaf(core::ByteView entry) {
  if (entry.size() <= short_entry_bytes) {
    std::array<std::uint8_t, short_entry_bytes + 1> bytes;
    bytes[0] = leaf_prefix;
    std::copy(entry.begin(), entry.end(), bytes.begin() + 1);
    return core::sha256({bytes.data(), entry.size() + 1});
  }
  core::Sha256 hash;
  hash.update({&leaf_prefix, 1});
  hash.update(entry);
  return hash.finish();
}

Digest hash_node(const Digest& left, const Digest& right) {
  std::array<std::uint8_t, 65> bytes;
  bytes[0] = node_prefix;
  std::copy(left.begin(), left.end(), bytes.begin() + 1);
  std::copy(right.begin(), right.end(), bytes.begin() + 33);
  return core::sha256(bytes);
}

Digest complete_root(Hashes hashes) {
  QABYL_CHECK(std::has_single_bit(hashes.size()));
  for (std::size_t left = hashes.size(); left > 1; left /= 2) hash_level(std::span(hashes).first(left));
  return hashes[0];
}

Digest empty_root() { return core::sha256({}); }

core::Result<Digest> inclusion_root(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size, const Hashes& proof) {
  if (size > tree_size_max || index >= size) return outside("no such leaf in a tree of that size");
  if (proof.size() > proof_hashes_max) return Error{ErrorCode::too_large, "proof over its limit"};
  Climb climb(index, size - 1);
  Digest hash = leaf_hash;
  for (const Digest& sibling : proof) {
    if (climb.at_top()) return not_proved();
    const bool left = climb.next_is_left();
    hash = left ? hash_node(sibling, hash) : hash_node(hash, sibling);
    left ? climb.past_left() : climb.step();
  }
  if (!climb.at_top()) return not_proved();
  return hash;
}

core::Status verify_inclusion(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size, const Hashes& proof,
                              const Digest& root) {
  QABYL_TRY(reached, inclusion_root(leaf_hash, index, size, proof));
  if (reached != root) return not_proved();
  return core::Done{};
}

core::Status verify_consistency(std::uint64_t size1, const Digest& root1, std::uint64_t size2, const Digest& root2,
                                const Hashes& proof) {
  if (size1 == 0 || size1 > size2 || size2 > tree_size_max) return outside("sizes that no proof joins");
  if (proof.size() > proof_hashes_max) return Error{ErrorCode::too_large, "proof over its limit"};
  if (size1 == size2) return proof.empty() && root1 == root2 ? core::Status(core::Done{}) : not_proved();
  // Both walks start at the last complete subtree of the smaller tree; it is the smaller tree itself when that is complete.
  const bool complete = std::has_single_bit(size1);
  if (!complete && proof.empty()) return not_proved();
  const auto level = std::countr_one(size1 - 1);
  Climb climb((size1 - 1) >> level, (size2 - 1) >> level);
  const Digest first = complete ? root1 : proof.front();
  Digest hash1 = first, hash2 = first;
  for (std::size_t i = complete ? 0 : 1; i < proof.size(); ++i) {
    if (climb.at_top()) return not_proved();
    const bool left = climb.next_is_left();
    if (left) hash1 = hash_node(proof[i], hash1);
    hash2 = left ? hash_node(proof[i], hash2) : hash_node(hash2, proof[i]);
    left ? climb.past_left() : climb.step();
  }
  if (!climb.at_top() || hash1 != root1 || hash2 != root2) return not_proved();
  return core::Done{};
}

core::Result<Digest> root_of(Nodes& nodes, std::uint64_t size) {
  if (size > tree_size_max) return outside("tree over its limit");
  if (size == 0) return empty_root();
  return range_root(nodes, 0, size);
}

core::Result<Hashes> inclusion_proof(Nodes& nodes, std::uint64_t index, std::uint64_t size) {
  if (size > tree_size_max || index >= size) return outside("no such leaf in a tree of that size");
  Hashes proof;
  std::uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool in_left = index < middle;
    QABYL_TRY(sibling, in_left ? range_root(nodes, middle, end) : range_root(nodes, begin, middle));
    proof.push_back(sibling);
    (in_left ? end : begin) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

core::Result<Hashes> consistency_proof(Nodes& nodes, std::uint64_t size1, std::uint64_t size2) {
  if (size1 == 0 || size1 > size2 || size2 > tree_size_max) return outside("sizes that no proof joins");
  Hashes proof;
  std::uint64_t begin = 0, end = size2;
  while (end != size1) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool in_left = size1 <= middle;
    QABYL_TRY(sibling, in_left ? range_root(nodes, middle, end) : range_root(nodes, begin, middle));
    proof.push_back(sibling);
    (in_left ? end : begin) = middle;
  }
  if (begin > 0) {  // else the smaller tree is a whole left part, whose root the verifier has
    QABYL_TRY(last, range_root(nodes, begin, end));
    proof.push_back(last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

void Frontier::append(const Digest& leaf_hash) {
  QABYL_CHECK(size_ < tree_size_max);
  Digest hash = leaf_hash;
  const auto level = static_cast<unsigned>(std::countr_one(size_));
  for (unsigned i = 0; i < level; ++i) hash = hash_node(complete_[i], hash);
  complete_[level] = hash;
  ++size_;
}

core::Result<Frontier> Frontier::of(std::uint64_t size, const Hashes& edge) {
  if (size > tree_size_max || edge.size() != static_cast<std::size_t>(std::popcount(size))) return core::Error{core::ErrorCode::invalid_input, "edge of a tree"};
  Frontier frontier;
  frontier.size_ = size;
  auto next = edge.begin();
  for (unsigned level = 0; level < 64; ++level) {
    if ((size >> level & 1) != 0) frontier.complete_[level] = *next++;
  }
  return frontier;
}

Hashes Frontier::edge() const {
  Hashes edge;
  for (unsigned level = 0; level < 64; ++level) {
    if ((size_ >> level & 1) != 0) edge.push_back(complete_[level]);
  }
  return edge;
}

core::Result<Frontier> frontier_of(Nodes& nodes, std::uint64_t size) {
  if (size > tree_size_max) return core::Error{core::ErrorCode::invalid_input, "size"};
  Hashes edge;
  for (unsigned level = 0; level < 64; ++level) {
    if ((size >> level & 1) == 0) continue;
    QABYL_TRY(hash, nodes.node({level, (size >> level) - 1}));
    edge.push_back(hash);
  }
  return Frontier::of(size, edge);
}

Digest Frontier::root() const {
  if (size_ == 0) return empty_root();
  auto level = static_cast<unsigned>(std::countr_zero(size_));
  Digest root = complete_[level];
  while (++level < 64) {
    if ((size_ >> level & 1) != 0) root = hash_node(complete_[level], root);
  }
  return root;
}

void Tree::append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    levels_[level].push_back(hash);
    const std::size_t count = levels_[level].size();
    if (count % 2 != 0) return;
    hash = hash_node(levels_[level][count - 2], hash);
  }
}

core::Result<Digest> Tree::node(NodePlace place) {
  if (place.level >= levels_.size() || place.index >= levels_[place.level].size()) return Error{ErrorCode::not_found, "beyond the tree"};
  return levels_[place.level][place.index];
}

}  // namespace qabyl::sync::log
