// Loaded into a program by LD_PRELOAD (tests only): makes one folder look like a disk of its own, whose size a test
// changes while the program runs. Needs no right to mount anything, so that it works in any CI. A write beyond the
// room that is left is cut short or answers ENOSPC, as a disk does; bytes of removed files count as room again.
//   QABYL_DISK_UNDER  the folder     QABYL_DISK_BYTES  file that holds, in digits, how much the folder may hold
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace {

constexpr std::size_t path_bytes_max = 4096;
constexpr long long disk_bytes = 20LL << 30;  // what statvfs() says: a reserve of 2 GiB follows from it
constexpr int folders_open_max = 16;

template <typename Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

std::mutex walking;
long long walked = 0;

int add_size(const char*, const struct stat* about, int, struct FTW*) {
  if (S_ISREG(about->st_mode)) walked += about->st_size;
  return 0;
}

// Bytes that may still be written below the folder.
long long room() {
  const char* under = std::getenv("QABYL_DISK_UNDER"), *limit = std::getenv("QABYL_DISK_BYTES");
  char digits[32] = {};
  const int file = limit != nullptr ? ::open(limit, O_RDONLY | O_CLOEXEC) : -1;
  if (under == nullptr || file < 0) return disk_bytes;
  (void)!::read(file, digits, sizeof digits - 1);
  ::close(file);
  const std::lock_guard guard(walking);
  walked = 0;
  ::nftw(under, add_size, folders_open_max, FTW_PHYS);
  return std::max(0LL, std::atoll(digits) - walked);
}

bool ours(const char* path) {
  const char* under = std::getenv("QABYL_DISK_UNDER");
  return under != nullptr && std::strncmp(path, under, std::strlen(under)) == 0;
}

bool ours(int fd) {
  char link[64], path[path_bytes_max];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t bytes = ::readlink(link, path, sizeof path - 1);
  if (bytes <= 0) return false;
  path[bytes] = 0;
  return ours(path);
}

// How much of a write at `offset` the disk takes; only what lies beyond the file's end needs room.
std::size_t taken(int fd, off_t offset, std::size_t bytes) {
  struct stat about{};
  if (!ours(fd) || ::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return bytes;
  const long long inside = std::clamp<long long>(about.st_size - offset, 0, static_cast<long long>(bytes));
  const long long beyond = static_cast<long long>(bytes) - inside;
  if (beyond == 0) return bytes;
  return static_cast<std::size_t>(inside + std::min(beyond, room()));
}

int full() {
  errno = ENOSPC;
  return -1;
}

template <typename Answer>
void shrink(Answer* answer) {
  answer->f_blocks = static_cast<fsblkcnt_t>(disk_bytes) / answer->f_frsize;
  answer->f_bfree = answer->f_bavail = static_cast<fsblkcnt_t>(room()) / answer->f_frsize;
}

ssize_t write_at(const char* name, int fd, const void* from, std::size_t bytes, off_t offset) {
  const auto some = taken(fd, offset, bytes);
  if (some == 0 && bytes > 0) return full();
  return next<ssize_t (*)(int, const void*, std::size_t, off_t)>(name)(fd, from, some, offset);
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* from, std::size_t bytes) {
  const auto some = bytes == 0 ? 0 : taken(fd, ::lseek(fd, 0, SEEK_CUR), bytes);
  if (some == 0 && bytes > 0) return full();
  return next<ssize_t (*)(int, const void*, std::size_t)>("write")(fd, from, some);
}
ssize_t pwrite(int fd, const void* from, std::size_t bytes, off_t offset) { return write_at("pwrite", fd, from, bytes, offset); }
ssize_t pwrite64(int fd, const void* from, std::size_t bytes, off_t offset) { return write_at("pwrite64", fd, from, bytes, offset); }
int statvfs(const char* path, struct statvfs* answer) noexcept {
  const int failed = next<int (*)(const char*, struct statvfs*)>("statvfs")(path, answer);
  if (failed == 0 && ours(path)) shrink(answer);
  return failed;
}
int statvfs64(const char* path, struct statvfs64* answer) noexcept {
  const int failed = next<int (*)(const char*, struct statvfs64*)>("statvfs64")(path, answer);
  if (failed == 0 && ours(path)) shrink(answer);
  return failed;
}

}  // extern "C"
