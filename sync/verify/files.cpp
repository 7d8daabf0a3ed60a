// See files.h.
#include "sync/verify/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

namespace qabyl::sync::verify {

core::Result<std::string> read_named(const std::string& path, std::size_t bytes_max) {
  constexpr std::size_t part_bytes = 64 * 1024;
  std::ifstream file(path, std::ios::binary);
  if (!file) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  std::string text;
  while (file) {
    const auto before = text.size();
    text.resize(before + part_bytes);
    file.read(text.data() + before, part_bytes);
    text.resize(before + static_cast<std::size_t>(file.gcount()));
    if (text.size() > bytes_max) return core::Error{core::ErrorCode::too_large, path + " is larger than anything of this kind"};
  }
  if (!file.eof()) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  return text;
}

core::Result<core::Bytes> read_small(const std::string& path, std::size_t bytes_max) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a FIFO must not hold us up
  if (fd < 0) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  core::Bytes bytes(bytes_max + 1);
  std::size_t have = 0;
  for (ssize_t n = 1; n > 0 && have < bytes.size(); have += static_cast<std::size_t>(n > 0 ? n : 0)) n = ::read(fd, bytes.data() + have, bytes.size() - have);
  ::close(fd);
  if (have > bytes_max) return core::Error{core::ErrorCode::too_large, path};
  bytes.resize(have);
  return bytes;
}

}  // namespace qabyl::sync::verify
