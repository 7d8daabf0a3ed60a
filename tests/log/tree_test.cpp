// The tree of RFC 9162: the roots that everybody gets, every pair of small sizes against the definition itself, every
// bit of a proof, and sizes at the end of the numbers.
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "sync/log/tree.h"

using namespace qabyl;
using namespace qabyl::sync::log;

namespace {

constexpr std::size_t pairs_max = 130;

Digest leaf_of(std::size_t i) { return hash_leaf(core::as_bytes("leaf " + std::to_string(i))); }

Hashes leaves_of(std::size_t count) {
  Hashes leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_of(i));
  return leaves;
}

Tree tree_of(std::size_t count) {
  Tree tree;
  for (const Digest& leaf : leaves_of(count)) tree.append(leaf);
  return tree;
}

using Span = std::span<const Digest>;
std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

// RFC 9162, 2.1.1, 2.1.3.1 and 2.1.4.1, as they are written there: slow, recursive, and nothing of ours.
Digest mth(Span d) {
  if (d.empty()) return core::sha256({});
  if (d.size() == 1) return d[0];
  const std::size_t k = split(d.size());
  return hash_node(mth(d.first(k)), mth(d.subspan(k)));
}
Hashes path(std::size_t m, Span d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  Hashes out = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  out.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
  return out;
}
Hashes subproof(std::size_t m, Span d, bool whole) {
  if (m == d.size()) return whole ? Hashes{} : Hashes{mth(d)};
  const std::size_t k = split(d.size());
  Hashes out = m <= k ? subproof(m, d.first(k), whole) : subproof(m - k, d.subspan(k), false);
  out.push_back(m <= k ? mth(d.subspan(k)) : mth(d.first(k)));
  return out;
}

// A tree in which all leaves are the same, so that it can be of any size.
class UniformTree final : public Nodes {
 public:
  UniformTree() {
    levels_[0] = leaf_of(0);
    for (std::size_t i = 1; i < levels_.size(); ++i) levels_[i] = hash_node(levels_[i - 1], levels_[i - 1]);
  }
  core::Result<Digest> node(NodePlace place) override { return levels_.at(place.level); }

 private:
  std::array<Digest, 64> levels_{};
};

Digest with_bit(Digest digest, std::size_t bit) {
  digest[bit / 8] = static_cast<std::uint8_t>(digest[bit / 8] ^ 1U << bit % 8);
  return digest;
}

}  // namespace

TEST_CASE("the eight leaves of RFC 6962's tests give the roots that everybody gets", "[log][tree]") {
  const std::array<const char*, 8> entries{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  const std::array<const char*, 8> roots{
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Frontier frontier;
  CHECK(core::to_hex(frontier.root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    frontier.append(hash_leaf(*core::from_hex(entries[i])));
    CHECK(core::to_hex(frontier.root()) == roots[i]);
  }
}

TEST_CASE("a long entry hashes as a short one does, piece by piece", "[log][tree]") {
  for (const std::size_t bytes : {0, 1, 254, 255, 256, 257, 5000}) {
    const core::Bytes entry(bytes, 7);
    core::Bytes prefixed{0};
    prefixed.insert(prefixed.end(), entry.begin(), entry.end());
    CHECK(hash_leaf(entry) == core::sha256(prefixed));
  }
}

TEST_CASE("for every pair of sizes to 130, roots and proofs are those of the definition and verify", "[log][tree]") {
  const Hashes leaves = leaves_of(pairs_max);
  Tree tree = tree_of(pairs_max);
  Frontier frontier;
  for (std::size_t size = 1; size <= pairs_max; ++size) {
    frontier.append(leaves[size - 1]);
    const Span all = Span(leaves).first(size);
    const Digest root = *root_of(tree, size);
    REQUIRE(root == mth(all));
    REQUIRE(frontier.root() == root);
    for (std::size_t i = 0; i < size; ++i) {
      const Hashes inclusion = *inclusion_proof(tree, i, size);
      REQUIRE(inclusion == path(i, all));
      REQUIRE(verify_inclusion(leaves[i], i, size, inclusion, root));
      const Hashes consistency = *consistency_proof(tree, i + 1, size);
      REQUIRE(consistency == subproof(i + 1, all, true));
      REQUIRE(verify_consistency(i + 1, mth(all.first(i + 1)), size, root, consistency));
    }
  }
}

TEST_CASE("a proof of another leaf, place or size is refused", "[log][tree]") {
  constexpr std::size_t sizes_max = 40;
  Tree tree = tree_of(sizes_max);
  for (std::size_t size = 1; size <= sizes_max; ++size) {
    const Digest root = *root_of(tree, size);
    for (std::size_t i = 0; i < size; ++i) {
      const Hashes proof = *inclusion_proof(tree, i, size);
      for (std::size_t other = 0; other < size; ++other) {
        REQUIRE(bool(verify_inclusion(leaf_of(i), other, size, proof, root)) == (i == other));
        REQUIRE(bool(verify_inclusion(leaf_of(other), i, size, proof, root)) == (i == other));
      }
      REQUIRE_FALSE(verify_inclusion(leaf_of(i), i, 4 * size, proof, root));
    }
  }
}

TEST_CASE("every single-bit change of a proof, a root or a leaf is refused", "[log][tree]") {
  constexpr std::size_t size = 13;
  Tree tree = tree_of(size);
  const Digest root = *root_of(tree, size);
  for (std::size_t bit = 0; bit < 256; ++bit) {
    for (std::size_t i = 0; i < size; ++i) {
      const Hashes proof = *inclusion_proof(tree, i, size);
      REQUIRE_FALSE(verify_inclusion(with_bit(leaf_of(i), bit), i, size, proof, root));
      REQUIRE_FALSE(verify_inclusion(leaf_of(i), i, size, proof, with_bit(root, bit)));
      const Digest smaller = *root_of(tree, i + 1);
      const Hashes joined = *consistency_proof(tree, i + 1, size);
      REQUIRE_FALSE(verify_consistency(i + 1, with_bit(smaller, bit), size, root, joined));
      REQUIRE_FALSE(verify_consistency(i + 1, smaller, size, with_bit(root, bit), joined));
      for (std::size_t at = 0; at < proof.size(); ++at) {
        Hashes changed = proof;
        changed[at] = with_bit(changed[at], bit);
        REQUIRE_FALSE(verify_inclusion(leaf_of(i), i, size, changed, root));
      }
      for (std::size_t at = 0; at < joined.size(); ++at) {
        Hashes changed = joined;
        changed[at] = with_bit(changed[at], bit);
        REQUIRE_FALSE(verify_consistency(i + 1, smaller, size, root, changed));
      }
    }
  }
}

TEST_CASE("trees to 2^63 leaves are proved; what is beyond them is refused", "[log][tree]") {
  UniformTree tree;
  const Digest leaf = leaf_of(0);
  const std::array<std::uint64_t, 6> sizes{tree_size_max, tree_size_max - 1, tree_size_max / 2 + 1, (1ULL << 53) + 12345, 10'000'019, 1};
  for (const std::uint64_t size : sizes) {
    const Digest root = *root_of(tree, size);
    for (const std::uint64_t index : {std::uint64_t{0}, size / 3, size - 1}) {
      const auto proof = inclusion_proof(tree, index, size);
      REQUIRE(proof);
      CHECK(proof->size() <= proof_hashes_max);
      CHECK(verify_inclusion(leaf, index, size, *proof, root));
    }
    for (const std::uint64_t smaller : sizes) {
      const auto proof = consistency_proof(tree, smaller, size);
      REQUIRE(bool(proof) == (smaller <= size));
      if (proof) CHECK(verify_consistency(smaller, *root_of(tree, smaller), size, root, *proof));
    }
  }
  const std::uint64_t beyond = tree_size_max + 1, most = ~std::uint64_t{0};
  CHECK_FALSE(root_of(tree, beyond));
  CHECK_FALSE(inclusion_proof(tree, 0, most));
  CHECK_FALSE(consistency_proof(tree, 1, beyond));
  CHECK(verify_inclusion(leaf, most, most, {}, leaf).error().code == core::ErrorCode::invalid_input);
  CHECK(verify_inclusion(leaf, 0, most, {}, leaf).error().code == core::ErrorCode::invalid_input);
  CHECK(verify_consistency(1, leaf, most, leaf, {}).error().code == core::ErrorCode::invalid_input);
  CHECK(verify_consistency(most, leaf, most, leaf, {}).error().code == core::ErrorCode::invalid_input);
}

TEST_CASE("a proof of more than 64 hashes is refused before it is hashed", "[log][tree]") {
  const Hashes endless(proof_hashes_max + 1, leaf_of(1));
  CHECK(verify_inclusion(leaf_of(0), 0, tree_size_max, endless, leaf_of(2)).error().code == core::ErrorCode::too_large);
  CHECK(verify_consistency(1, leaf_of(0), tree_size_max, leaf_of(2), endless).error().code == core::ErrorCode::too_large);
}

TEST_CASE("nothing is consistent with nothing, and a tree with itself needs no hash", "[log][tree]") {
  Tree tree = tree_of(5);
  const Digest root = *root_of(tree, 5);
  CHECK(*root_of(tree, 0) == empty_root());
  CHECK_FALSE(consistency_proof(tree, 0, 5));
  CHECK_FALSE(verify_consistency(0, empty_root(), 5, root, {}));
  CHECK(consistency_proof(tree, 5, 5)->empty());
  CHECK(verify_consistency(5, root, 5, root, {}));
  CHECK_FALSE(verify_consistency(5, root, 5, root, {root}));
  CHECK_FALSE(verify_consistency(5, root, 4, *root_of(tree, 4), {}));
}
