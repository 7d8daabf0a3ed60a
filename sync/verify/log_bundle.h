// One bundle of a log's entries and the tile of their hashes: read, hashed, compared. A bundle knows nothing of the others, so
// that several hands may work at once.
#pragma once

#include <functional>

#include "sync/log/leaf.h"
#include "sync/log/tiles.h"

namespace qabyl::sync::verify {

class LogFiles {  // may be asked by several threads at once
 public:
  virtual ~LogFiles() = default;
  // The file at "checkpoint", "tile/0/x001/234" ... into the beginning of `room`: how many bytes it has. not_found; too_large: more
  // than there is room for.
  virtual core::Result<std::size_t> read_into(const std::string& path, std::span<std::uint8_t> room) = 0;
  core::Result<core::Bytes> read(const std::string& path, std::size_t bytes_max);
};

// Calls `each` once for every number below `count`, in any order, perhaps on several threads; returns when all are done.
using Hands = std::function<void(std::size_t count, const std::function<void(std::size_t)>& each)>;
inline void one_hand(std::size_t count, const std::function<void(std::size_t)>& each) {
  for (std::size_t i = 0; i < count; ++i) each(i);
}

// A fault and where it is; empty `why`: none.
struct Fault {
  std::string why, where;
  std::uint64_t index = 0;  // of the entry
};

struct Bundle {
  Fault fault;                        // then nothing else counts but the times
  std::int64_t first_ms = 0, last_ms = 0;
  log::Hashes hashes;                 // of its entries
  std::vector<core::Digest> records;  // what the entries name, if that was asked
  log::Digest root{};                 // of a full one
};
// Where one hand reads one bundle after the other.
struct BundleRoom {
  core::Bytes entries = core::Bytes(log::tile_width * (2 + log::leaf_bytes_max)), tile = core::Bytes(log::tile_width * sizeof(log::Digest));
};
// Bundle `number` of a log of `size` entries.
Bundle check_bundle(LogFiles& files, std::uint64_t size, std::uint64_t number, bool with_records, BundleRoom& room);

}  // namespace qabyl::sync::verify
