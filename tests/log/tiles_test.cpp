// Tiles and leaves: the paths of the specification, one spelling each, and proofs out of tiles that equal proofs out of
// the whole tree.
#include "tests/support/catch.h"

#include <map>
#include <set>

#include "core/encoding.h"
#include "core/json.h"
#include "sync/log/growing_tree.h"
#include "sync/log/leaf.h"

using namespace qabyl;
using namespace qabyl::sync::log;

namespace {

// All tiles of a tree, as a log would keep them.
class TilesInMemory final : public TileSource {
 public:
  void cut(Tree& tree) {
    for (unsigned level = 0; level < tile_levels_max; ++level) {
      for (std::uint64_t index = 0; width_in(tree.size(), level, index) > 0; ++index) {
        const TilePlace place{false, level, index, width_in(tree.size(), level, index)};
        Hashes hashes;
        for (std::size_t i = 0; i < place.width; ++i) hashes.push_back(*tree.node({tile_height * level, index * tile_width + i}));
        tiles[place] = std::move(hashes);
      }
    }
  }
  core::Result<Hashes> hashes(const TilePlace& place) override {
    const auto found = tiles.find(place);
    if (found == tiles.end()) return core::Error{core::ErrorCode::not_found, tile_path(place)};
    ++reads;
    return found->second;
  }
  std::map<TilePlace, Hashes> tiles;
  std::size_t reads = 0;
};

Digest leaf_number(std::size_t i) { return leaf_hash({core::sha256(core::as_bytes(std::to_string(i))), core::Instant(core::Millis(i))}); }

}  // namespace

TEST_CASE("a tile lies where the specification says", "[log][tiles]") {
  CHECK(tile_path({false, 0, 1234067, 256}) == "tile/0/x001/x234/067");
  CHECK(tile_path({false, 1, 0, 17}) == "tile/1/000.p/17");
  CHECK(tile_path({true, 0, 999, 256}) == "tile/entries/999");
  CHECK(tile_path({true, 0, 1000, 1}) == "tile/entries/x001/000.p/1");
}

TEST_CASE("a path has one spelling and comes back", "[log][tiles]") {
  for (const std::uint64_t index : {0ULL, 7ULL, 999ULL, 1000ULL, 999'999ULL, 1'000'000ULL, 36'028'797'018'963'967ULL}) {
    for (const std::size_t width : {1, 255, 256}) {
      const TilePlace place{false, 3, index, width};
      const auto back = parse_tile_path(tile_path(place));
      REQUIRE(back);
      CHECK(*back == place);
    }
  }
  for (const std::string_view bad :
       {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/0/1000", "tile/0/x001/x234/67", "tile/00/000",
        "tile/8/000", "tile/64/000", "tile/-1/000", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/257",
        "tile/0/000/", "/tile/0/000", "tile/0/../000", "tile/entries/000.p/1/", "tile/entry/000", "tile/0/x001/x234/x067", "tile/0/%30%30%30",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/999"}) {
    INFO(bad);
    CHECK_FALSE(parse_tile_path(bad));
  }
}

TEST_CASE("a tree of 70,000 has the tiles that the specification counts", "[log][tiles]") {
  CHECK(width_in(70'000, 0, 272) == 256);
  CHECK(width_in(70'000, 0, 273) == 112);
  CHECK(width_in(70'000, 0, 274) == 0);
  CHECK(width_in(70'000, 1, 0) == 256);
  CHECK(width_in(70'000, 1, 1) == 17);
  CHECK(width_in(70'000, 2, 0) == 1);
  CHECK(width_in(70'000, 3, 0) == 0);
  CHECK(width_in(256, 0, 0) == 256);
  CHECK(width_in(256, 1, 0) == 1);
  CHECK(width_in(tree_size_max, 7, 0) == 128);
  CHECK(width_in(tree_size_max, 8, 0) == 0);
}

TEST_CASE("proofs out of tiles are those of the whole tree", "[log][tiles]") {
  Tree tree;
  for (const std::size_t size : {1, 2, 255, 256, 257, 511, 513, 65'536, 66'049, 70'000}) {
    while (tree.size() < size) tree.append(leaf_number(tree.size()));
    TilesInMemory tiles;
    tiles.cut(tree);
    auto opened = GrowingTree::open(tiles, size);
    REQUIRE(opened);
    GrowingTree& nodes = *opened;
    CHECK(*root_of(nodes, size) == *root_of(tree, size));
    for (const std::size_t index : {std::size_t{0}, size / 2, size - 1}) {
      CHECK(*inclusion_proof(nodes, index, size) == *inclusion_proof(tree, index, size));
      CHECK(*consistency_proof(nodes, index + 1, size) == *consistency_proof(tree, index + 1, size));
    }
    CHECK(nodes.node({0, size}).error().code == core::ErrorCode::not_found);
    CHECK(nodes.node({8, size / 256}).error().code == core::ErrorCode::not_found);
  }
}

TEST_CASE("a missing or foreign tile is an error and no proof", "[log][tiles]") {
  Tree tree;
  while (tree.size() < 600) tree.append(leaf_number(tree.size()));
  TilesInMemory tiles;
  tiles.cut(tree);
  tiles.tiles.erase({false, 0, 1, 256});
  auto nodes = GrowingTree::open(tiles, 600);
  REQUIRE(nodes);
  CHECK(inclusion_proof(*nodes, 300, 600).error().code == core::ErrorCode::not_found);
  tiles.tiles[{false, 0, 1, 256}] = Hashes(12);
  CHECK(inclusion_proof(*nodes, 300, 600).error().code == core::ErrorCode::corrupt);
  tiles.tiles[{false, 0, 2, 88}] = Hashes(12);
  CHECK(GrowingTree::open(tiles, 600).error().code == core::ErrorCode::corrupt);
}

TEST_CASE("what a log must write anew as it grows are its new and its widened tiles", "[log][tiles]") {
  std::vector<std::string> paths;
  for (const TilePlace& place : changed_tiles(255, 513)) paths.push_back(tile_path(place));
  CHECK(paths == std::vector<std::string>{"tile/entries/000", "tile/0/000", "tile/entries/001", "tile/0/001", "tile/entries/002.p/1", "tile/0/002.p/1", "tile/1/000.p/2"});
  CHECK(changed_tiles(513, 513).empty());
  CHECK(changed_tiles(0, 1).size() == 2);
  for (std::uint64_t from = 0; from < 70'000; from += 1999) {  // all that a tree has is what it ever had to write
    std::set<TilePlace> written;
    for (const TilePlace& place : changed_tiles(0, from)) written.insert(place);
    for (const TilePlace& place : changed_tiles(from, 70'000)) written.insert(place);
    for (const TilePlace& place : changed_tiles(0, 70'000)) REQUIRE(written.contains(place));
  }
}

TEST_CASE("tile bytes and entry bundles come back, and cut ones do not", "[log][tiles]") {
  const Hashes hashes{leaf_number(1), leaf_number(2), leaf_number(3)};
  const core::Bytes bytes = hash_tile_bytes(hashes);
  CHECK(bytes.size() == 96);
  CHECK(*parse_hash_tile(bytes, 3) == hashes);
  CHECK_FALSE(parse_hash_tile(bytes, 2));
  CHECK_FALSE(parse_hash_tile(bytes, 0));
  core::Bytes bundle;
  append_entry(bundle, core::as_bytes("ab"));
  append_entry(bundle, {});
  CHECK(core::to_hex(bundle) == "000261620000");
  const auto entries = parse_bundle(bundle, 2);
  REQUIRE(entries);
  CHECK(core::as_text((*entries)[0]) == "ab");
  CHECK((*entries)[1].empty());
  CHECK_FALSE(parse_bundle(bundle, 1));
  CHECK_FALSE(parse_bundle(bundle, 3));
  for (std::size_t cut = 1; cut < bundle.size(); ++cut) CHECK_FALSE(parse_bundle(core::ByteView(bundle).first(cut), 2));
}

TEST_CASE("a leaf's bytes are fixed for ever", "[log][leaf]") {
  const Leaf leaf{core::sha256(core::as_bytes("record")), core::Instant(core::Millis(1'795'000'000'000))};
  const std::string entry = leaf_entry(leaf);
  CHECK(entry == R"({"at_ms":1795000000000,"sha256":"70ce871f8a3d3fb449bc3c3ace6547cef02dfc74ffe48d912532a724bfdbe5b9","v":1})");
  CHECK(core::to_hex(leaf_hash(leaf)) == "fdb4eff0fb59f0ad49fc3c90c3d89808da3cfe527abb82e8477acc72e217be99");
  CHECK(*parse_leaf(entry) == leaf);
  CHECK(core::canonical(*core::parse_json(entry, leaf_bytes_max)) == entry);  // RFC 8785, though written by hand
}

TEST_CASE("a leaf of another form is none", "[log][leaf]") {
  const std::string entry = leaf_entry({core::sha256({}), core::Instant(core::Millis(5))});
  for (const std::string& bad : {std::string(), entry + "\n", " " + entry, entry.substr(0, entry.size() - 1), "{}" + entry,
                                 R"({"at_ms":5,"name":"A","sha256":")" + core::to_hex(core::sha256({})) + R"(","v":1})",
                                 R"({"sha256":")" + core::to_hex(core::sha256({})) + R"(","at_ms":5,"v":1})", std::string(leaf_bytes_max + 1, 'x')}) {
    INFO(bad);
    CHECK_FALSE(parse_leaf(bad));
  }
  for (std::size_t bit = 0; bit < entry.size() * 8; ++bit) {  // another leaf or none, never the same one
    std::string changed = entry;
    changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ 1U << bit % 8);
    const auto leaf = parse_leaf(changed);
    REQUIRE((!leaf || leaf_entry(*leaf) == changed));
  }
}

TEST_CASE("a growing tree hands out its full tiles and proves like the whole one", "[log][tiles]") {
  Tree tree;
  TilesInMemory finished;
  GrowingTree growing(finished);
  const std::set<std::size_t> looked_at{1, 2, 3, 255, 256, 257, 511, 512, 513, 4099, 65'535, 65'536, 65'537, 66'100};
  for (std::size_t size = 1; size <= 66'100; ++size) {
    std::vector<FullTile> full;
    const Digest leaf = leaf_number(size - 1);
    tree.append(leaf);
    growing.append(leaf, full);
    for (FullTile& tile : full) finished.tiles[tile.place] = std::move(tile.hashes);
    if (!looked_at.contains(size)) continue;
    INFO(size);
    REQUIRE(*root_of(growing, size) == *root_of(tree, size));
    for (const std::size_t index : {std::size_t{0}, size / 3, size - 1}) {
      REQUIRE(*inclusion_proof(growing, index, size) == *inclusion_proof(tree, index, size));
      REQUIRE(*consistency_proof(growing, index + 1, size) == *consistency_proof(tree, index + 1, size));
    }
    CHECK(growing.node({0, size}).error().code == core::ErrorCode::not_found);
  }
  TilesInMemory whole;
  whole.cut(tree);
  for (const auto& [place, hashes] : whole.tiles) {
    if (place.width == tile_width) CHECK(finished.tiles.at(place) == hashes);
    else CHECK(growing.unfinished(place.level) == hashes);
  }
  auto again = GrowingTree::open(whole, tree.size());
  REQUIRE(again);
  CHECK(*root_of(*again, tree.size()) == *root_of(tree, tree.size()));
}

TEST_CASE("the newest leaves of a growing tree are proved without reading a tile", "[log][tiles]") {
  TilesInMemory finished;
  GrowingTree growing(finished);
  for (std::size_t i = 0; i < 1000; ++i) {
    std::vector<FullTile> full;
    growing.append(leaf_number(i), full);
    for (FullTile& tile : full) finished.tiles[tile.place] = std::move(tile.hashes);
  }
  for (std::size_t i = 768; i < 1000; ++i) REQUIRE(inclusion_proof(growing, i, 1000));
  CHECK(finished.reads == 0);
}
