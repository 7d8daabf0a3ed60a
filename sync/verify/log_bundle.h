// One bundle of a log's entries and the tile of their hashes: read, hashed, compared. A bundle knows nothing of the others, so
// that several hands may work at once.
#pragma once

#include <functional>

#include "sync/log/tiles.h"

namespace qabyl::sync::verify {

class LogFiles {  // may be asked by several threads at once
 public:
  virtual ~LogFiles() = default;
  // "checkpoint", "tile/0/x001/234" ...; not_found, too_large.
  virtual core::Result<core::Bytes> read(const std::string& path, std::size_t bytes_max) = 0;
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
// Bundle `number` of a log of `size` entries.
Bundle check_bundle(LogFiles& files, std::uint64_t size, std::uint64_t number, bool with_records);

}  // namespace qabyl::sync::verify
