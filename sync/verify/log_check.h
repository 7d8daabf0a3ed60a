// A whole evidence log, out of its plain files (C2SP tlog-tiles): every entry hashed, every hash tile made again and
// compared, the root compared with the checkpoint's. Names the first file that is wrong. Pure; files come through a port;
// memory does not grow with the log.
#pragma once

#include "sync/log/checkpoint.h"
#include "sync/verify/standing.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

class LogFiles {
 public:
  virtual ~LogFiles() = default;
  // "checkpoint", "tile/0/x001/234" ...; not_found, too_large.
  virtual core::Result<core::Bytes> read(const std::string& path, std::size_t bytes_max) = 0;
};

struct LogCheck {
  Standing standing = Standing::refused;
  std::string why;                  // stable code; empty when proved
  std::string where;                // refused: the first file that is wrong
  std::uint64_t index = 0;          // refused for an entry: which leaf
  log::Checkpoint checkpoint;
  core::Instant first{}, last{};    // registry times of the first and last entry
};
LogCheck check_log(LogFiles& files, const Trust& trust);

}  // namespace qabyl::sync::verify
