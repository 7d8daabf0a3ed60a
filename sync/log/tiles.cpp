// See tiles.h.
#include "sync/log/tiles.h"

#include <algorithm>

#include "core/sha256_each.h"

namespace qabyl::sync::log {
namespace {

constexpr std::size_t path_bytes_max = 64;
constexpr std::string_view path_begin = "tile/";

core::Error malformed(const char* what) { return {core::ErrorCode::invalid_input, what}; }

std::string three_digits(std::uint64_t number) {
  std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string index_path(std::uint64_t index) {
  std::string path = three_digits(index % 1000);
  while ((index /= 1000) > 0) path = "x" + three_digits(index % 1000) + "/" + path;
  return path;
}

// Digits of `text` up to another character, taken off it; 0 when there are none. What is odd, tile_path() will not write again.
std::uint64_t take_number(std::string_view& text) {
  std::uint64_t number = 0;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    number = number * 10 + static_cast<std::uint64_t>(text[0] - '0');
    text.remove_prefix(1);
  }
  return number;
}

bool take(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

std::uint64_t take_index(std::string_view& text) {
  std::uint64_t index = 0;
  while (take(text, "x")) {
    index = (index + take_number(text)) * 1000;
    if (!take(text, "/")) return index;
  }
  return index + take_number(text);
}

}  // namespace

std::string tile_path(const TilePlace& place) {
  QABYL_CHECK(place.width > 0 && place.width <= tile_width && !(place.entries && place.level != 0));
  std::string path(path_begin);
  path += (place.entries ? std::string("entries") : std::to_string(place.level)) + "/" + index_path(place.index);
  if (place.width < tile_width) path += ".p/" + std::to_string(place.width);
  return path;
}

core::Result<TilePlace> parse_tile_path(std::string_view path) {
  const std::string_view whole = path;
  if (path.size() > path_bytes_max || !take(path, path_begin)) return malformed("not a tile");
  TilePlace place;
  place.entries = take(path, "entries");
  if (!place.entries) place.level = static_cast<unsigned>(std::min<std::uint64_t>(take_number(path), tile_levels_max));
  if (place.level == tile_levels_max || !take(path, "/")) return malformed("level of a tile");
  place.index = take_index(path);
  if (take(path, ".p/")) place.width = static_cast<std::size_t>(std::min<std::uint64_t>(take_number(path), tile_width));
  if (place.width == 0 || tile_path(place) != whole) return malformed("another spelling of a tile");
  return place;
}

std::size_t width_in(std::uint64_t size, unsigned level, std::uint64_t index) {
  if (level >= tile_levels_max) return 0;
  const std::uint64_t hashes = size >> (tile_height * level);
  const std::uint64_t full = hashes / tile_width;
  if (index < full) return tile_width;
  return index == full ? static_cast<std::size_t>(hashes % tile_width) : 0;
}

std::vector<TilePlace> changed_tiles(std::uint64_t from, std::uint64_t to) {
  std::vector<TilePlace> places;
  for (unsigned level = 0; level < tile_levels_max; ++level) {
    for (std::uint64_t index = (from >> (tile_height * level)) / tile_width;; ++index) {
      const std::size_t width = width_in(to, level, index);
      if (width == 0) break;
      if (width == width_in(from, level, index)) continue;
      if (level == 0) places.push_back({true, 0, index, width});
      places.push_back({false, level, index, width});
    }
  }
  return places;
}

core::Bytes hash_tile_bytes(const Hashes& hashes) {
  core::Bytes bytes;
  bytes.reserve(hashes.size() * sizeof(Digest));
  for (const Digest& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
  return bytes;
}

core::Result<Hashes> parse_hash_tile(core::ByteView bytes, std::size_t width) {
  if (width == 0 || width > tile_width || bytes.size() != width * sizeof(Digest)) return malformed("tile: length");
  Hashes hashes(width);
  for (std::size_t i = 0; i < width; ++i) std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest), hashes[i].begin());
  return hashes;
}

void append_entry(core::Bytes& bundle, core::ByteView entry) {
  QABYL_CHECK(entry.size() <= entry_bytes_max);
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

core::Result<std::vector<core::ByteView>> parse_bundle(core::ByteView bundle, std::size_t width) {
  std::vector<core::ByteView> entries;
  entries.reserve(std::min(width, tile_width));
  while (!bundle.empty()) {
    if (entries.size() == std::min(width, tile_width) || bundle.size() < 2) return malformed("bundle: more than its entries");
    const std::size_t bytes = static_cast<std::size_t>(bundle[0]) << 8 | bundle[1];
    if (bundle.size() - 2 < bytes) return malformed("bundle: entry cut off");
    entries.push_back(bundle.subspan(2, bytes));
    bundle = bundle.subspan(2 + bytes);
  }
  if (entries.size() != width) return malformed("bundle: fewer than its entries");
  return entries;
}

// What is hashed is the entry behind one byte, and before each entry stand two that are not needed any more.
void hash_bundle(std::span<std::uint8_t> bundle, std::span<Digest> out) {
  std::vector<core::ByteView> messages;
  messages.reserve(out.size());
  while (!bundle.empty()) {
    const std::size_t bytes = static_cast<std::size_t>(bundle[0]) << 8 | bundle[1];
    bundle[1] = leaf_prefix;
    messages.push_back(bundle.subspan(1, 1 + bytes));
    bundle = bundle.subspan(2 + bytes);
  }
  core::sha256_each(messages, out);
}

}  // namespace qabyl::sync::log
