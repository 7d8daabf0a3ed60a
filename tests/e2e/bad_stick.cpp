// Loaded into a program by LD_PRELOAD (tests only): while a file of one folder is read beyond its first piece, that
// happens to it which its name says, once, between two reads of the program.
//   QABYL_STICK  the folder
//   vanishes.*   is removed        grows.*   gets one byte more
//   pulled.*     the folder is renamed to <folder>.pulled, and every read from it fails with EIO from then on
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

namespace {

constexpr std::size_t path_bytes_max = 4096;
std::atomic<bool> pulled{false};

using Read = ssize_t (*)(int, void*, std::size_t, off_t);

std::string path_of(int fd) {
  char link[64], path[path_bytes_max];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t bytes = ::readlink(link, path, sizeof path);
  return bytes <= 0 ? std::string() : std::string(path, static_cast<std::size_t>(bytes));
}

void grow(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) return;  // it has grown once and is another file now
  (void)!::write(file, "!", 1);
  ::close(file);
}

// True: the stick is out.
bool trouble(int fd, off_t offset) {
  const char* stick = std::getenv("QABYL_STICK");
  if (stick == nullptr || offset == 0) return false;
  const std::string folder = stick, path = path_of(fd);
  if (pulled && path.rfind(folder + ".pulled/", 0) == 0) return true;
  if (path.rfind(folder + "/", 0) != 0) return false;
  const auto name = path.substr(folder.size() + 1);
  if (name.rfind("vanishes.", 0) == 0) ::unlink(path.c_str());
  if (name.rfind("grows.", 0) == 0) grow(path);
  if (name.rfind("pulled.", 0) == 0) pulled = ::rename(folder.c_str(), (folder + ".pulled").c_str()) == 0;
  return pulled;
}

ssize_t read_at(const char* call, int fd, void* to, std::size_t bytes, off_t offset) {
  if (trouble(fd, offset)) {
    errno = EIO;
    return -1;
  }
  return reinterpret_cast<Read>(dlsym(RTLD_NEXT, call))(fd, to, bytes, offset);
}

}  // namespace

extern "C" {

ssize_t pread(int fd, void* to, std::size_t bytes, off_t offset) { return read_at("pread", fd, to, bytes, offset); }
ssize_t pread64(int fd, void* to, std::size_t bytes, off_t offset) { return read_at("pread64", fd, to, bytes, offset); }

}  // extern "C"
