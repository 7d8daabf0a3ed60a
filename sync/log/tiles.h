// Where a log's hashes and entries lie (C2SP tlog-tiles): paths of tiles and their bytes. growing_tree.h makes
// a tree of them. Knows no file and no HTTP.
#pragma once

#include "sync/log/tree.h"

namespace qabyl::sync::log {

inline constexpr unsigned tile_height = 8;
inline constexpr std::size_t tile_width = 256;                 // hashes of a full tile
inline constexpr unsigned tile_levels_max = 8;                 // of a tree of tree_size_max
inline constexpr std::size_t entry_bytes_max = 65535;
inline constexpr std::size_t bundle_bytes_max = tile_width * (2 + entry_bytes_max);

struct TilePlace {
  bool entries = false;             // an entry bundle; its level is 0
  unsigned level = 0;
  std::uint64_t index = 0;
  std::size_t width = tile_width;   // hashes or entries that it holds; below tile_width: partial
  auto operator<=>(const TilePlace&) const = default;
};

// "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/000.p/4"; without a slash in front.
std::string tile_path(const TilePlace& place);
// invalid_input: not a path that tile_path() writes.
core::Result<TilePlace> parse_tile_path(std::string_view path);

// How many hashes the tile holds in a tree of `size`; 0: it does not exist.
std::size_t width_in(std::uint64_t size, unsigned level, std::uint64_t index);

// Tiles and bundles that a tree of size `to` has and one of size `from` had not, or had narrower; lower levels first.
std::vector<TilePlace> changed_tiles(std::uint64_t from, std::uint64_t to);

core::Bytes hash_tile_bytes(const Hashes& hashes);              // the 32 bytes of each, one after the other
core::Result<Hashes> parse_hash_tile(core::ByteView bytes, std::size_t width);
void append_entry(core::Bytes& bundle, core::ByteView entry);   // two bytes of length, then the entry
core::Result<std::vector<core::ByteView>> parse_bundle(core::ByteView bundle, std::size_t width);  // views into it
// The leaf hash of each entry; the lengths in the bundle are overwritten. Precondition: parse_bundle() takes it as one of out.size().
void hash_bundle(std::span<std::uint8_t> bundle, std::span<Digest> out);

class TileSource {
 public:
  virtual ~TileSource() = default;
  // As many as `place.width` says. not_found, or any error of where they lie.
  virtual core::Result<Hashes> hashes(const TilePlace& place) = 0;
};

}  // namespace qabyl::sync::log
