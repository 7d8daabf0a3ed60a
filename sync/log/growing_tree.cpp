// See growing_tree.h.
#include "sync/log/growing_tree.h"

namespace qabyl::sync::log {
namespace {

Pyramid pyramid_of(const Hashes& hashes) {
  Pyramid pyramid;
  for (const Digest& hash : hashes) pyramid.push(hash);
  return pyramid;
}

}  // namespace

void Pyramid::push(const Digest& hash) {
  QABYL_CHECK(width() < tile_width);
  Digest node = hash;
  for (Hashes& row : rows_) {
    row.push_back(node);
    if (row.size() % 2 != 0) return;
    node = hash_node(row[row.size() - 2], node);
  }
}

const Digest* Pyramid::node(unsigned height, std::size_t index) const {
  return index < rows_[height].size() ? &rows_[height][index] : nullptr;
}

core::Result<GrowingTree> GrowingTree::open(TileSource& tiles, std::uint64_t size) {
  GrowingTree tree(tiles);
  tree.size_ = size;
  for (unsigned level = 0; level < tile_levels_max; ++level) {
    TilePlace place{false, level, (size >> (tile_height * level)) / tile_width, 0};
    place.width = width_in(size, level, place.index);
    if (place.width == 0) continue;
    QABYL_TRY(hashes, tiles.hashes(place));
    if (hashes.size() != place.width) return core::Error{core::ErrorCode::corrupt, "tile of another width"};
    tree.edge_[level] = pyramid_of(hashes);
  }
  return tree;
}

void GrowingTree::append(const Digest& leaf_hash, std::vector<FullTile>& full) {
  QABYL_CHECK(size_ < tree_size_max);
  Digest hash = leaf_hash;
  for (unsigned level = 0; level < tile_levels_max; ++level) {
    Pyramid& tile = edge_[level];
    tile.push(hash);
    if (tile.width() < tile_width) break;
    hash = *tile.node(tile_height, 0);
    full.push_back({{false, level, (size_ >> (tile_height * level)) / tile_width, tile_width}, tile.hashes()});
    tile = Pyramid();
  }
  ++size_;
}

core::Result<Digest> GrowingTree::node(NodePlace place) {
  const unsigned level = place.level / tile_height, height = place.level % tile_height;
  QABYL_CHECK(level < tile_levels_max);
  const std::size_t in_tile = tile_width >> height;  // nodes of that height in a full tile
  const TilePlace wanted{false, level, place.index / in_tile, tile_width};
  const std::size_t index = static_cast<std::size_t>(place.index % in_tile);
  const Pyramid* tile = &edge_[level];
  if (width_in(size_, level, wanted.index) == tile_width) {
    if (!read_ || read_->first != wanted) {
      QABYL_TRY(hashes, finished_->hashes(wanted));
      if (hashes.size() != tile_width) return core::Error{core::ErrorCode::corrupt, "tile of another width"};
      read_.emplace(wanted, pyramid_of(hashes));
    }
    tile = &read_->second;
  } else if (wanted.index != (size_ >> (tile_height * level)) / tile_width) {
    return core::Error{core::ErrorCode::not_found, "beyond the tree"};
  }
  const Digest* const found = tile->node(height, index);
  if (!found) return core::Error{core::ErrorCode::not_found, "beyond the tree"};
  return *found;
}

}  // namespace qabyl::sync::log
