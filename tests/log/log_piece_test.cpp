// Pieces of the log on their way (format.md, 8): what is read is what was written, and only leaves that give the signed tree hold.
#include "sync/log/log_piece.h"

#include "core/encoding.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::sync;

namespace {

log::Leaf leaf(std::uint64_t n) { return {core::sha256(core::as_bytes(std::to_string(n))), core::Instant(core::Millis(1'795'000'000'000 + static_cast<std::int64_t>(n)))}; }

struct Grown {
  log::Tree tree;
  explicit Grown(std::uint64_t size) {
    for (std::uint64_t n = 0; n < size; ++n) tree.append(log::leaf_hash(leaf(n)));
  }
  log::Checkpoint checkpoint() { return {"office.example", tree.size(), *log::root_of(tree, tree.size())}; }
  log::LogPiece piece(std::uint64_t from, std::uint64_t to) {
    log::LogPiece made;
    made.from = from;
    for (std::uint64_t n = from; n < to; ++n) made.leaves.push_back(leaf(n));
    if (to < tree.size()) made.proof = *log::consistency_proof(tree, to, tree.size());
    made.note = "note";
    return made;
  }
};

}  // namespace

TEST_CASE("the edge of a tree is all that its growth needs, at every size", "[log][piece]") {
  Grown whole(130);
  for (std::uint64_t size = 0; size <= 130; ++size) {
    const auto frontier = log::frontier_of(whole.tree, size);
    REQUIRE(frontier);
    CHECK(frontier->root() == (size == 0 ? log::empty_root() : *log::root_of(whole.tree, size)));
    auto again = *log::Frontier::of(size, frontier->edge());
    for (std::uint64_t n = size; n < 130; ++n) again.append(log::leaf_hash(leaf(n)));
    CHECK(again.root() == whole.checkpoint().root);
  }
  CHECK_FALSE(log::Frontier::of(3, {core::sha256({})}));
  CHECK_FALSE(log::Frontier::of(log::tree_size_max + 1, {}));
}

TEST_CASE("a piece follows from any size to any other, and leads to the checkpoint", "[log][piece]") {
  Grown whole(37);
  for (std::uint64_t from = 1; from <= 37; ++from) {
    for (std::uint64_t to = from; to <= 37; ++to) {
      const auto piece = whole.piece(from, to);
      const auto after = log::follow(*log::frontier_of(whole.tree, from), piece, whole.checkpoint());
      REQUIRE(after);
      CHECK(after->size() == to);
    }
  }
}

TEST_CASE("a piece with anything else in it does not hold", "[log][piece]") {
  Grown whole(37);
  const auto before = *log::frontier_of(whole.tree, 9);
  const auto good = whole.piece(9, 30);
  const auto refused = [&](log::LogPiece piece) { return !log::follow(before, piece, whole.checkpoint()); };
  auto piece = good;
  SECTION("a bit of a digest") { piece.leaves[3].record[5] ^= 1; }
  SECTION("a millisecond") { piece.leaves[3].at += core::Millis{1}; }
  SECTION("one left out") { piece.leaves.erase(piece.leaves.begin() + 4); }
  SECTION("two changed") { std::swap(piece.leaves[0], piece.leaves[1]); }
  SECTION("another proof") { piece.proof[0][0] ^= 1; }
  SECTION("no proof") { piece.proof.clear(); }
  SECTION("from elsewhere") { piece.from = 8; }
  SECTION("more than was signed") {
    piece = whole.piece(9, 37);
    piece.leaves.push_back(leaf(37));
  }
  CHECK(refused(piece));
  CHECK_FALSE(refused(good));
}

TEST_CASE("pieces are read as they were written, and nothing else is read", "[log][piece]") {
  Grown whole(20);
  auto piece = whole.piece(4, 11);
  piece.edge = log::frontier_of(whole.tree, 4)->edge();
  const auto json = log::to_json(piece);
  CHECK(*log::log_piece_from(*core::parse_json(core::canonical(json), 1'000'000)) == piece);
  for (const char* member : {"from", "leaves", "note"}) {
    auto without = json;
    without[member] = true;
    CHECK_FALSE(log::log_piece_from(without));
  }
  auto odd = json;
  odd["leaves"] = core::to_base64(core::Bytes(41));
  CHECK_FALSE(log::log_piece_from(odd));
  odd["leaves"] = core::to_base64(core::Bytes(40, 0xff));  // a time beyond 2^53
  CHECK_FALSE(log::log_piece_from(odd));
  odd["leaves"] = core::to_base64(core::Bytes(40 * (log::piece_leaves_max + 1)));
  CHECK(log::log_piece_from(odd).error().code == core::ErrorCode::too_large);
}
