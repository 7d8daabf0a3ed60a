// Files of an evidence log that a test has whole, for the verifier's port. Knows no test library.
#pragma once

#include <algorithm>

#include "sync/verify/log_bundle.h"

namespace qabyl::test {

class WholeFiles : public sync::verify::LogFiles {
 public:
  virtual core::Result<core::Bytes> whole(const std::string& path) = 0;
  core::Result<std::size_t> read_into(const std::string& path, std::span<std::uint8_t> room) final {
    QABYL_TRY(bytes, whole(path));
    if (bytes.size() > room.size()) return core::Error{core::ErrorCode::too_large, path};
    std::copy(bytes.begin(), bytes.end(), room.begin());
    return bytes.size();
  }
};

}  // namespace qabyl::test
