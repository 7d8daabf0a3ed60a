// A disk as one FUSE file that writes down what it is told: qabyl-power-blocks MOUNT_POINT IMAGE LOG POSITION. IMAGE holds the
// bytes, LOG gets each write and flush (block_log.h), POSITION is a file of 8 bytes, shared with the rig, that says how long
// LOG is. One thread: the log is in the order of the disk. For tests only.
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>

#include "tests/power/block_log.h"

namespace {

using qabyl::power::BlockEntry;

constexpr const char* disk_path = "/disk";
int image = -1, log_file = -1;
std::uint64_t* position = nullptr;

bool note(const BlockEntry& entry, const char* bytes) {
  if (::write(log_file, &entry, sizeof entry) != sizeof entry) return false;
  if (entry.bytes > 0 && ::write(log_file, bytes, entry.bytes) != static_cast<ssize_t>(entry.bytes)) return false;
  __atomic_store_n(position, *position + sizeof entry + entry.bytes, __ATOMIC_SEQ_CST);
  return true;
}

int about(const char* path, struct stat* answer, fuse_file_info*) {
  const bool disk = ::strcmp(path, disk_path) == 0;
  if (!disk && ::strcmp(path, "/") != 0) return -ENOENT;
  if (::fstat(image, answer) != 0) return -errno;
  answer->st_mode = disk ? S_IFREG | 0600 : S_IFDIR | 0700;
  answer->st_nlink = 1;
  return 0;
}

int read_disk(const char*, char* into, size_t bytes, off_t at, fuse_file_info*) {
  const auto got = ::pread(image, into, bytes, at);
  return got < 0 ? -errno : static_cast<int>(got);
}

int write_disk(const char*, const char* from, size_t bytes, off_t at, fuse_file_info*) {
  if (::pwrite(image, from, bytes, at) != static_cast<ssize_t>(bytes)) return -EIO;
  return note({static_cast<std::uint64_t>(at), bytes}, from) ? static_cast<int>(bytes) : -EIO;
}

int flush_disk(const char*, int, fuse_file_info*) { return note({qabyl::power::flush_mark, 0}, nullptr) ? 0 : -EIO; }

int open_disk(const char*, fuse_file_info*) { return 0; }

}  // namespace

int main(int count, char** words) {
  if (count != 5) return std::fprintf(stderr, "qabyl-power-blocks MOUNT_POINT IMAGE LOG POSITION\n"), 2;
  image = ::open(words[2], O_RDWR | O_CLOEXEC);
  log_file = ::open(words[3], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const int shared = ::open(words[4], O_RDWR | O_CLOEXEC);
  void* mapped = shared < 0 ? MAP_FAILED : ::mmap(nullptr, sizeof *position, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
  if (image < 0 || log_file < 0 || mapped == MAP_FAILED) return 3;
  position = static_cast<std::uint64_t*>(mapped);
  fuse_operations operations{};
  operations.getattr = about;
  operations.open = open_disk;
  operations.read = read_disk;
  operations.write = write_disk;
  operations.fsync = flush_disk;
  char foreground[] = "-f", single[] = "-s";
  char* arguments[] = {words[0], foreground, single, words[1], nullptr};
  return fuse_main(4, arguments, &operations, nullptr);
}
