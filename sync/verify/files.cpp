// See files.h.
#include "sync/verify/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
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

core::Result<std::size_t> read_small(int folder, const std::string& path, std::span<std::uint8_t> room) {
  const int fd = ::openat(folder, path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a FIFO must not hold us up
  if (fd < 0) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  std::size_t have = 0;
  std::uint8_t more = 0;
  ssize_t n = 1;
  while (n > 0 && have < room.size()) {
    n = ::read(fd, room.data() + have, room.size() - have);
    have += static_cast<std::size_t>(n > 0 ? n : 0);
  }
  if (n > 0 || room.empty()) n = ::read(fd, &more, 1);
  ::close(fd);
  if (n < 0) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  if (n > 0) return core::Error{core::ErrorCode::too_large, path};
  return have;
}

core::Result<std::vector<std::string>> files_in(const std::string& path, std::size_t files_max) {
  std::error_code problem;
  if (!std::filesystem::is_directory(path, problem)) return std::vector<std::string>{path};
  std::vector<std::string> paths;
  for (std::filesystem::directory_iterator entry(path, problem), end; !problem && entry != end; entry.increment(problem)) {
    if (paths.size() == files_max) return core::Error{core::ErrorCode::too_large, path + " holds too many files"};
    paths.push_back(entry->path().string());
  }
  if (problem) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  std::sort(paths.begin(), paths.end());
  return paths;
}

core::Result<std::string> next_line(std::istream& file, std::size_t bytes_max) {
  std::string line;
  for (int c = file.get(); c != std::char_traits<char>::eof(); c = file.get()) {
    if (c == '\n') return line;
    if (line.size() == bytes_max) return core::Error{core::ErrorCode::too_large, "a line is too long"};
    line.push_back(static_cast<char>(c));
  }
  if (line.empty()) return core::Error{core::ErrorCode::not_found, ""};
  return line;
}

}  // namespace qabyl::sync::verify
