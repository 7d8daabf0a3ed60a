// Loaded into a program by LD_PRELOAD (tests only): counts the calls that make files durable, below one folder, and
// ends the process by SIGKILL right before the n-th. Says nothing of its own and changes no answer.
//   QABYL_KILL_UNDER  folder whose files count     QABYL_KILL_LOG  file that gets "name path" a call
//   QABYL_KILL_AT     n, from 1
// Or, at the first call that is QABYL_KILL_BEFORE ("fdatasync /data/registry.sqlite-wal"), puts the text QABYL_KILL_SHIFT into
// the file QABYL_KILL_CLOCK, from which libfaketime reads the clock of the program: it jumps there.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

namespace {

constexpr std::size_t path_bytes_max = 4096;
std::atomic<long> count{0};

template <typename Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

bool counts(const char* path) {
  const char* under = std::getenv("QABYL_KILL_UNDER");
  return under != nullptr && std::strncmp(path, under, std::strlen(under)) == 0;
}

void log_call(const char* name, const char* path) {
  const char* file = std::getenv("QABYL_KILL_LOG");
  if (file == nullptr) return;
  const int log = ::open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) return;
  char line[path_bytes_max + 64];
  const int bytes = std::snprintf(line, sizeof line, "%s %s\n", name, path);
  if (bytes > 0) (void)!::write(log, line, static_cast<std::size_t>(bytes));
  ::close(log);
}

void jump_before(const char* name, const char* path) {
  const char *call = std::getenv("QABYL_KILL_BEFORE"), *file = std::getenv("QABYL_KILL_CLOCK"), *shift = std::getenv("QABYL_KILL_SHIFT");
  const std::size_t named = std::strlen(name);
  if (call == nullptr || file == nullptr || shift == nullptr) return;
  if (std::strncmp(call, name, named) != 0 || call[named] != ' ' || std::strcmp(call + named + 1, path) != 0 || ++count != 1) return;
  const int clock = ::open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (clock < 0) return;
  (void)!::write(clock, shift, std::strlen(shift));
  ::close(clock);
}

void about_to(const char* name, const char* path) {
  if (!counts(path)) return;
  log_call(name, path);
  const char* at = std::getenv("QABYL_KILL_AT");
  if (at != nullptr && ++count == std::atol(at)) ::kill(::getpid(), SIGKILL);
  jump_before(name, path);
}

void about_to(const char* name, int fd) {
  char link[64], path[path_bytes_max];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t bytes = ::readlink(link, path, sizeof path - 1);
  if (bytes <= 0) return;
  path[bytes] = 0;
  about_to(name, path);
}

}  // namespace

extern "C" {

int fsync(int fd) {
  about_to("fsync", fd);
  return next<int (*)(int)>("fsync")(fd);
}
int fdatasync(int fd) {
  about_to("fdatasync", fd);
  return next<int (*)(int)>("fdatasync")(fd);
}
int rename(const char* from, const char* to) noexcept {
  about_to("rename", to);
  return next<int (*)(const char*, const char*)>("rename")(from, to);
}
int unlink(const char* path) noexcept {
  about_to("unlink", path);
  return next<int (*)(const char*)>("unlink")(path);
}

}  // extern "C"
