// The system calls of core/sys/files.cpp, and of the few files beside it that make some themselves, for paths of simulated
// machines; all others go to the system. The linker puts these in the place of the calls (--wrap, tests/sim/CMakeLists.txt):
// the product's own file code runs unchanged, and no mock is in the product. One thread.
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <set>

#include "tests/sim/parts/disk.h"

namespace qabyl::sim {
namespace {

constexpr int first_fd = 1 << 28;
constexpr const char* machines = "/qabyl-sim";  // the folder of all of them: there, and of no machine

struct Open {
  Disk* disk = nullptr;
  std::string path;
  Disk::NodePtr node;
  std::uint64_t offset = 0;
};

std::map<int, Open> opened;
int next_fd = first_fd;

struct Listing {
  std::string folder;
  std::vector<std::string> names;
  std::size_t at = 0;
  int fd = -1;
  dirent entry{};
};
std::set<Listing*> listings;

int failed(int code) {
  errno = -code;
  return -1;
}

long answered(long code) { return code < 0 ? failed(static_cast<int>(code)) : code; }

Open* open_of(int fd) {
  const auto found = opened.find(fd);
  return found == opened.end() ? nullptr : &found->second;
}

int open_at(Disk& disk, std::string path, int flags) {
  if (path.ends_with('/')) path.pop_back();
  if (disk.dead()) return failed(-EIO);
  auto node = disk.find(path);
  if (node && (flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) return failed(-EEXIST);
  if (node && node->folder && (flags & O_ACCMODE) != O_RDONLY) return failed(-EISDIR);
  if (!node && (flags & O_CREAT) == 0) return failed(-ENOENT);
  if (!node) {
    if (const int made = disk.create(path, node)) return failed(made);
  }
  opened[next_fd] = {&disk, path, node, 0};
  return next_fd++;
}

int stat_node(const Disk& disk, const Disk::NodePtr& node, struct stat* info) {
  if (disk.dead()) return failed(-EIO);
  if (!node) return failed(-ENOENT);
  *info = {};
  info->st_mode = node->folder ? (S_IFDIR | 0700) : (S_IFREG | 0600);
  info->st_size = static_cast<off_t>(node->now.size());
  return 0;
}

}  // namespace
}  // namespace qabyl::sim

using namespace qabyl::sim;

extern "C" {

int __real_open(const char* path, int flags, ...);
int __wrap_open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>((flags & O_CREAT) != 0 ? va_arg(more, int) : 0);
  va_end(more);
  if (auto* disk = disk_of(path)) return open_at(*disk, path, flags);
  return __real_open(path, flags, mode);
}

int __real_close(int fd);
int __wrap_close(int fd) {
  if (fd < first_fd) return __real_close(fd);
  return opened.erase(fd) == 1 ? 0 : failed(-EBADF);
}

ssize_t __real_write(int fd, const void* bytes, size_t count);
ssize_t __wrap_write(int fd, const void* bytes, size_t count) {
  auto* file = open_of(fd);
  if (!file) return __real_write(fd, bytes, count);
  const auto wrote = file->disk->write(*file->node, file->offset, bytes, count);
  if (wrote > 0) file->offset += static_cast<std::uint64_t>(wrote);
  return answered(wrote);
}

ssize_t __real_pwrite(int fd, const void* bytes, size_t count, off_t offset);
ssize_t __wrap_pwrite(int fd, const void* bytes, size_t count, off_t offset) {
  auto* file = open_of(fd);
  if (!file) return __real_pwrite(fd, bytes, count, offset);
  return answered(file->disk->write(*file->node, static_cast<std::uint64_t>(offset), bytes, count));
}

ssize_t __real_pread(int fd, void* bytes, size_t count, off_t offset);
ssize_t __wrap_pread(int fd, void* bytes, size_t count, off_t offset) {
  auto* file = open_of(fd);
  if (!file) return __real_pread(fd, bytes, count, offset);
  return answered(file->disk->read(*file->node, static_cast<std::uint64_t>(offset), bytes, count));
}

off_t __real_lseek(int fd, off_t offset, int whence);
off_t __wrap_lseek(int fd, off_t offset, int whence) {
  auto* file = open_of(fd);
  if (!file) return __real_lseek(fd, offset, whence);
  file->offset = whence == SEEK_END ? file->node->now.size() : static_cast<std::uint64_t>(offset);
  return static_cast<off_t>(file->offset);
}

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd) {
  auto* file = open_of(fd);
  if (!file) return __real_fdatasync(fd);
  return static_cast<int>(answered(file->disk->sync(*file->node)));
}

int __real_fsync(int fd);
int __wrap_fsync(int fd) {
  auto* file = open_of(fd);
  if (!file) return __real_fsync(fd);
  return static_cast<int>(answered(file->node->folder ? file->disk->sync_folder(file->path) : file->disk->sync(*file->node)));
}

int __real_fstat(int fd, struct stat* info);
int __wrap_fstat(int fd, struct stat* info) {
  auto* file = open_of(fd);
  return file ? stat_node(*file->disk, file->node, info) : __real_fstat(fd, info);
}

int __real_stat(const char* path, struct stat* info);
int __wrap_stat(const char* path, struct stat* info) {
  auto* disk = disk_of(path);
  if (std::strcmp(path, machines) == 0) {
    *info = {};
    info->st_mode = S_IFDIR | 0700;
    return 0;
  }
  return disk ? stat_node(*disk, disk->find(path), info) : __real_stat(path, info);
}

int __real_lstat(const char* path, struct stat* info);
int __wrap_lstat(const char* path, struct stat* info) {
  auto* disk = disk_of(path);
  return disk ? stat_node(*disk, disk->find(path), info) : __real_lstat(path, info);
}

int __real_fstatat(int folder, const char* name, struct stat* info, int flags);
int __wrap_fstatat(int folder, const char* name, struct stat* info, int flags) {
  auto* file = open_of(folder);
  if (!file) return __real_fstatat(folder, name, info, flags);
  return stat_node(*file->disk, file->disk->find(file->path + "/" + name), info);
}

int __real_chmod(const char* path, mode_t mode);
int __wrap_chmod(const char* path, mode_t mode) {
  auto* disk = disk_of(path);
  if (!disk) return __real_chmod(path, mode);
  return disk->find(path) ? 0 : failed(-ENOENT);
}

int __real_mkdir(const char* path, mode_t mode);
int __wrap_mkdir(const char* path, mode_t mode) {
  if (std::strcmp(path, machines) == 0) return failed(-EEXIST);
  if (auto* disk = disk_of(path)) return static_cast<int>(answered(disk->make_folder(path)));
  return __real_mkdir(path, mode);
}

int __real_rename(const char* from, const char* to);
int __wrap_rename(const char* from, const char* to) {
  if (auto* disk = disk_of(from)) return static_cast<int>(answered(disk->rename(from, to)));
  return __real_rename(from, to);
}

int __real_unlink(const char* path);
int __wrap_unlink(const char* path) {
  if (auto* disk = disk_of(path)) return static_cast<int>(answered(disk->remove(path)));
  return __real_unlink(path);
}

int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation) { return open_of(fd) ? 0 : __real_flock(fd, operation); }

int __real_statvfs(const char* path, struct statvfs* info);
int __wrap_statvfs(const char* path, struct statvfs* info) {
  auto* disk = disk_of(path);
  if (!disk) return __real_statvfs(path, info);
  if (disk->dead()) return failed(-EIO);
  *info = {};
  info->f_frsize = 512;
  info->f_blocks = disk->total_bytes / 512;
  info->f_bavail = disk->room / 512;
  return 0;
}

DIR* __real_opendir(const char* path);
DIR* __wrap_opendir(const char* path) {
  auto* disk = disk_of(path);
  if (!disk) return __real_opendir(path);
  const int fd = open_at(*disk, path, O_RDONLY);
  if (fd < 0) return nullptr;
  auto* listing = new Listing{path, disk->list(path), 0, fd, {}};
  listings.insert(listing);
  return reinterpret_cast<DIR*>(listing);
}

dirent* __real_readdir(DIR* folder);
dirent* __wrap_readdir(DIR* folder) {
  auto* listing = reinterpret_cast<Listing*>(folder);
  if (listings.count(listing) == 0) return __real_readdir(folder);
  if (listing->at == listing->names.size()) return nullptr;
  const auto& name = listing->names[listing->at++];
  std::memcpy(listing->entry.d_name, name.c_str(), std::min(name.size() + 1, sizeof listing->entry.d_name));
  return &listing->entry;
}

int __real_dirfd(DIR* folder);
int __wrap_dirfd(DIR* folder) {
  auto* listing = reinterpret_cast<Listing*>(folder);
  return listings.count(listing) == 0 ? __real_dirfd(folder) : listing->fd;
}

int __real_closedir(DIR* folder);
int __wrap_closedir(DIR* folder) {
  auto* listing = reinterpret_cast<Listing*>(folder);
  if (listings.erase(listing) == 0) return __real_closedir(folder);
  opened.erase(listing->fd);
  delete listing;
  return 0;
}

}  // extern "C"
