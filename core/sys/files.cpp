// POSIX files with the order of calls that survives a power cut (RELIABILITY, 1.2), and opens that a
// hostile stick cannot trap: no symbolic link in the last place, no FIFO, no device. No policy here:
// what to keep, where and for how long is decided above.
#include "core/sys/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <utility>

namespace qabyl::core::sys {
namespace {

std::atomic<std::uint64_t> flushes{0};

// The Error for errno; the path stays out of it, since it could name a person's file.
Error failed(const char* call, int number = errno) {
  const std::string detail = std::string(call) + ": " + std::strerror(number);
  switch (number) {
    case ENOENT: case ENOTDIR: return {ErrorCode::not_found, detail};
    case EEXIST: return {ErrorCode::conflict, detail};
    case ENOSPC: case EDQUOT: return {ErrorCode::full, detail};
    case ELOOP: case EISDIR: return {ErrorCode::forbidden, detail};
    case ENODEV: case ENXIO: case ESTALE: case ENOMEDIUM: return {ErrorCode::gone, detail};
    default: return {ErrorCode::storage, detail};
  }
}

// A call again and again while signals interrupt it.
template <typename Call>
auto unbroken(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

Result<File> open_file(const std::string& path, int flags, mode_t mode = 0) {
  if (path.find('\0') != path.npos) return Error{ErrorCode::invalid_input, "path with NUL"};
  File file(unbroken([&] { return ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode); }));
  if (!file.open()) return failed("open");
  return file;
}

Status require_regular(const File& file) {
  struct stat info{};
  if (::fstat(file.fd(), &info) != 0) return failed("fstat");
  if (!S_ISREG(info.st_mode)) return Error{ErrorCode::forbidden, "not a regular file"};
  return Done{};
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == path.npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status make_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return Done{};
  if (errno != EEXIST) return failed("mkdir");
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) return Error{ErrorCode::conflict, "a file stands where a folder must be"};
  return Done{};
}

Status write_flushed(const std::string& path, ByteView bytes) {
  QABYL_TRY(file, create_private(path));
  QABYL_TRY_DO(write_all(file, bytes));
  return flush(file);
}

}  // namespace

File::~File() {
  if (fd_ >= 0) ::close(fd_);
}
File::File(File&& other) noexcept : fd_(other.release()) {}
File& File::operator=(File&& other) noexcept {
  File old(std::exchange(fd_, other.release()));  // closed at the end of this call
  return *this;
}
int File::release() { return std::exchange(fd_, -1); }

Result<File> open_read(const std::string& path) {
  // O_NONBLOCK: a FIFO opens at once and is then refused; on regular files it has no effect.
  QABYL_TRY(file, open_file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  QABYL_TRY_DO(require_regular(file));
  return file;
}

Result<File> create_private(const std::string& path) {
  return open_file(path, O_RDWR | O_CREAT | O_EXCL, 0600);
}

Result<File> open_append(const std::string& path) {
  QABYL_TRY(file, open_file(path, O_RDWR | O_NONBLOCK | O_NOCTTY));
  QABYL_TRY_DO(require_regular(file));
  if (::lseek(file.fd(), 0, SEEK_END) < 0) return failed("lseek");
  return file;
}

Status write_all(const File& file, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = unbroken([&] { return ::write(file.fd(), bytes.data(), bytes.size()); });
    if (wrote < 0) return failed("write");
    bytes = bytes.subspan(static_cast<std::size_t>(wrote));
  }
  return Done{};
}

Status write_at(const File& file, std::uint64_t offset, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = unbroken([&] { return ::pwrite(file.fd(), bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (wrote < 0) return failed("pwrite");
    offset += static_cast<std::uint64_t>(wrote);
    bytes = bytes.subspan(static_cast<std::size_t>(wrote));
  }
  return Done{};
}

Result<Bytes> read_some(const File& file, std::uint64_t offset, std::size_t bytes_max) {
  Bytes bytes(bytes_max);
  std::size_t have = 0;
  while (have < bytes_max) {
    const ssize_t got = unbroken([&] {
      return ::pread(file.fd(), bytes.data() + have, bytes_max - have, static_cast<off_t>(offset + have));
    });
    if (got < 0) return failed("pread");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

Result<std::uint64_t> file_size(const File& file) {
  struct stat info{};
  if (::fstat(file.fd(), &info) != 0) return failed("fstat");
  return static_cast<std::uint64_t>(info.st_size);
}

// After an error the kernel may have dropped the pages: a second fsync would lie, so nobody retries.
Status flush(const File& file) {
  ++flushes;
  if (unbroken([&] { return ::fdatasync(file.fd()); }) != 0) return failed("fdatasync");
  return Done{};
}

Status flush_directory(const std::string& path) {
  ++flushes;
  const File folder(unbroken([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!folder.open()) return failed("open folder");
  if (unbroken([&] { return ::fsync(folder.fd()); }) != 0) return failed("fsync folder");
  return Done{};
}

std::uint64_t flush_count() { return flushes; }

Status rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename");
  return Done{};
}

Status link_file(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) != 0) return failed("link");
  return Done{};
}

Status remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return failed("unlink");
  return Done{};
}

Status make_directories(const std::string& path) {
  if (path.empty() || path.size() >= PATH_MAX) return Error{ErrorCode::invalid_input, "path length"};
  for (auto slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1)) {
    QABYL_TRY_DO(make_directory(path.substr(0, slash)));
  }
  return make_directory(path);
}

Result<Bytes> read_file(const std::string& path, std::size_t bytes_max) {
  QABYL_TRY(file, open_read(path));
  QABYL_TRY(size, file_size(file));
  if (size > bytes_max) return Error{ErrorCode::too_large, "file over its limit"};
  // Files of /proc say 0 and hold more; one byte beyond tells a file that grew.
  const std::size_t ask = size == 0 ? bytes_max + 1 : std::min(static_cast<std::size_t>(size) + 1, bytes_max + 1);
  QABYL_TRY(bytes, read_some(file, 0, ask));
  if (bytes.size() > bytes_max) return Error{ErrorCode::too_large, "file over its limit"};
  return bytes;
}

Status write_file_durably(const std::string& path, ByteView bytes) {
  const std::string temporary = path + ".tmp";
  if (auto removed = remove_file(temporary); !removed && removed.error().code != ErrorCode::not_found) return removed;
  if (auto written = write_flushed(temporary, bytes); !written) {
    (void)remove_file(temporary);  // a full disk is not to be fuller for it
    return written;
  }
  QABYL_TRY_DO(rename_file(temporary, path));
  return flush_directory(folder_of(path));
}

bool exists(const std::string& path) {
  struct stat info{};
  return ::lstat(path.c_str(), &info) == 0;
}

std::optional<std::uint64_t> free_bytes(const std::string& path) {
  struct statvfs info{};
  if (::statvfs(path.c_str(), &info) != 0) return std::nullopt;
  return std::uint64_t{info.f_bavail} * info.f_frsize;
}

std::uint64_t total_bytes(const std::string& path) {
  struct statvfs info{};
  if (::statvfs(path.c_str(), &info) != 0) return 0;
  return std::uint64_t{info.f_blocks} * info.f_frsize;
}

Result<std::vector<FolderEntry>> list_folder(const std::string& path, std::size_t entries_max) {
  DIR* folder = ::opendir(path.c_str());
  if (!folder) return failed("opendir");
  std::vector<FolderEntry> entries;
  while (entries.size() < entries_max) {
    const dirent* next = ::readdir(folder);
    if (!next) break;
    const std::string name = next->d_name;
    if (name == "." || name == "..") continue;
    struct stat info{};
    if (::fstatat(::dirfd(folder), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;  // it has just gone
    entries.push_back({name, static_cast<std::uint64_t>(info.st_size), S_ISREG(info.st_mode)});
  }
  ::closedir(folder);
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

Result<File> lock_folder(const std::string& path) {
  QABYL_TRY(file, open_file(path + "/lock", O_RDWR | O_CREAT, 0600));
  if (::flock(file.fd(), LOCK_EX | LOCK_NB) == 0) return file;
  if (errno == EWOULDBLOCK) return Error{ErrorCode::conflict, "another process has the folder"};
  return failed("flock");
}

std::string program_folder() {
  char path[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  return size > 0 ? folder_of(std::string(path, static_cast<std::size_t>(size))) : ".";
}

}  // namespace qabyl::core::sys
