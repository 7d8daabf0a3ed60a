// A log's tree while it grows: the unfinished tile of each level in memory with every node above its hashes, so that a
// leaf costs one or two hashes and a proof of a new leaf none. Finished tiles are handed to the caller and read back
// through TileSource. A value: a copy is a tree that may be thrown away when its transaction is. Knows no storage.
#pragma once

#include <optional>

#include "sync/log/tiles.h"

namespace qabyl::sync::log {

// One tile with all nodes over its hashes; height 0: the hashes themselves.
class Pyramid {
 public:
  void push(const Digest& hash);                       // precondition: not full
  std::size_t width() const { return rows_[0].size(); }
  const Hashes& hashes() const { return rows_[0]; }
  // nullptr: not complete yet.
  const Digest* node(unsigned height, std::size_t index) const;

 private:
  std::array<Hashes, tile_height + 1> rows_{};
};

struct FullTile {
  TilePlace place;
  Hashes hashes;
};

class GrowingTree final : public Nodes {
 public:
  // Empty. `finished` gives the full tiles of this tree, and outlives it.
  explicit GrowingTree(TileSource& finished) : finished_(&finished) {}
  // Of that size: reads the unfinished tile of each level. Any error of the source; corrupt: a tile of another width.
  static core::Result<GrowingTree> open(TileSource& tiles, std::uint64_t size);

  // Appends; tiles that became full are added to `full`, lower levels first.
  void append(const Digest& leaf_hash, std::vector<FullTile>& full);
  std::uint64_t size() const { return size_; }
  core::Result<Digest> node(NodePlace place) override;
  const Hashes& unfinished(unsigned level) const { return edge_[level].hashes(); }

 private:
  TileSource* finished_;
  std::uint64_t size_ = 0;
  std::array<Pyramid, tile_levels_max> edge_{};
  std::optional<std::pair<TilePlace, Pyramid>> read_{};  // the finished tile that was read last
};

}  // namespace qabyl::sync::log
