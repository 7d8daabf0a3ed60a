// See faults.h.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/power/faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

namespace qabyl::power {
namespace {

constexpr std::size_t path_bytes_max = 4096;
constexpr long interrupted_in_a_row = 3;

struct State {
  FaultPlan plan;
  std::array<long, calls_count> counts{};
  long steps = 0;
  Steps taken;
};
State* state = nullptr;  // while armed
std::array<long, calls_count> last_counts{};
long last_steps = 0;
Steps last_taken;
long allocation_due = 0, allocated = 0;

template <typename Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

bool concerns(std::string_view path) {
  const auto& plan = state->plan;
  return path.starts_with(plan.under) && path.ends_with(plan.name_ends);
}

std::string path_of(std::string_view path) { return std::string(path); }
std::string path_of(int fd) {
  char link[64], path[path_bytes_max];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t bytes = ::readlink(link, path, sizeof path);
  return bytes > 0 ? std::string(path, static_cast<std::size_t>(bytes)) : std::string();
}

bool is_step(Call call) { return call != Call::open && call != Call::read && call != Call::pread && call != Call::mmap; }

// Whether this call, which concerns us, is to fail.
bool due(Call call, std::string_view path) {
  if (is_step(call)) state->taken.push_back(std::string(to_text(call)) + " " + std::string(path.substr(std::min(path.size(), state->plan.under.size() + 1))));
  const long n = ++state->counts[static_cast<std::size_t>(call)];
  const auto& plan = state->plan;
  if (is_step(call) && ++state->steps == plan.kill_at) ::kill(::getpid(), SIGKILL);
  if (plan.call != call || n < plan.nth) return false;
  if (!plan.and_on) return n == plan.nth;
  return plan.error != EINTR || n < plan.nth + interrupted_in_a_row;
}

template <typename Target>
bool fails(Call call, Target target) {
  if (state == nullptr) return false;
  const auto path = path_of(target);
  return concerns(path) && due(call, path);
}

int refuse() {
  errno = state->plan.error;
  return -1;
}

// The call that is due: refused, or with half of its bytes.
template <typename Transfer>
ssize_t transfer(Call call, int fd, std::size_t bytes, Transfer real) {
  if (!fails(call, fd)) return real(bytes);
  return state->plan.error != 0 ? refuse() : real((bytes + 1) / 2);
}

int flush(Call call, const char* name, int fd) {
  if (fails(call, fd) && state->plan.error != 0) return refuse();
  if (state != nullptr && state->plan.lying_flush && concerns(path_of(fd))) return 0;
  return next<int (*)(int)>(name)(fd);
}

bool refused(Call call, const char* path) { return fails(call, std::string_view(path)) && state->plan.error != 0; }
bool refused(Call call, int fd) { return fails(call, fd) && state->plan.error != 0; }

int open_it(const char* name, const char* path, int flags, mode_t mode) {
  if (refused(Call::open, path)) return refuse();
  return next<int (*)(const char*, int, mode_t)>(name)(path, flags, mode);
}

void* allocate(std::size_t bytes) {
  ++allocated;
  if (allocation_due > 0 && --allocation_due == 0) throw std::bad_alloc();
  if (void* made = std::malloc(bytes == 0 ? 1 : bytes)) return made;
  throw std::bad_alloc();
}

}  // namespace

std::string_view to_text(Call call) {
  constexpr std::array<std::string_view, calls_count> names{"open", "read", "pread", "write", "pwrite", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "mmap", "fallocate"};
  return names[static_cast<std::size_t>(call)];
}

void arm(FaultPlan plan) {
  disarm();
  state = new State{std::move(plan), {}, 0, {}};
}

void disarm() {
  if (state == nullptr) return;
  last_counts = state->counts;
  last_steps = state->steps;
  last_taken = std::move(state->taken);
  delete state;
  state = nullptr;
}

long counted(Call call) { return (state != nullptr ? state->counts : last_counts)[static_cast<std::size_t>(call)]; }
Steps steps_taken() { return state != nullptr ? state->taken : last_taken; }
long durable_steps() { return state != nullptr ? state->steps : last_steps; }

void fail_allocation(long nth) {
  allocation_due = nth;
  allocated = 0;
}
long allocations() { return allocated; }

}  // namespace qabyl::power

using qabyl::power::Call;
namespace faults = qabyl::power;

extern "C" {

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>(va_arg(more, int));
  va_end(more);
  return faults::open_it("open", path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>(va_arg(more, int));
  va_end(more);
  return faults::open_it("open64", path, flags, mode);
}
ssize_t read(int fd, void* into, size_t bytes) {
  return faults::transfer(Call::read, fd, bytes, [&](size_t n) { return faults::next<ssize_t (*)(int, void*, size_t)>("read")(fd, into, n); });
}
ssize_t pread(int fd, void* into, size_t bytes, off_t at) {
  return faults::transfer(Call::pread, fd, bytes, [&](size_t n) { return faults::next<ssize_t (*)(int, void*, size_t, off_t)>("pread")(fd, into, n, at); });
}
ssize_t pread64(int fd, void* into, size_t bytes, off_t at) {
  return faults::transfer(Call::pread, fd, bytes, [&](size_t n) { return faults::next<ssize_t (*)(int, void*, size_t, off_t)>("pread64")(fd, into, n, at); });
}
ssize_t write(int fd, const void* from, size_t bytes) {
  return faults::transfer(Call::write, fd, bytes, [&](size_t n) { return faults::next<ssize_t (*)(int, const void*, size_t)>("write")(fd, from, n); });
}
ssize_t pwrite(int fd, const void* from, size_t bytes, off_t at) {
  return faults::transfer(Call::pwrite, fd, bytes, [&](size_t n) { return faults::next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite")(fd, from, n, at); });
}
ssize_t pwrite64(int fd, const void* from, size_t bytes, off_t at) {
  return faults::transfer(Call::pwrite, fd, bytes, [&](size_t n) { return faults::next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64")(fd, from, n, at); });
}
int fsync(int fd) { return faults::flush(Call::fsync, "fsync", fd); }
int fdatasync(int fd) { return faults::flush(Call::fdatasync, "fdatasync", fd); }
int rename(const char* from, const char* to) noexcept {
  if (faults::refused(Call::rename, to)) return faults::refuse();
  return faults::next<int (*)(const char*, const char*)>("rename")(from, to);
}
int unlink(const char* path) noexcept {
  if (faults::refused(Call::unlink, path)) return faults::refuse();
  return faults::next<int (*)(const char*)>("unlink")(path);
}
int ftruncate(int fd, off_t length) noexcept {
  if (faults::refused(Call::ftruncate, fd)) return faults::refuse();
  return faults::next<int (*)(int, off_t)>("ftruncate")(fd, length);
}
int ftruncate64(int fd, off_t length) noexcept {
  if (faults::refused(Call::ftruncate, fd)) return faults::refuse();
  return faults::next<int (*)(int, off_t)>("ftruncate64")(fd, length);
}
int fallocate(int fd, int mode, off_t from, off_t bytes) {
  if (faults::refused(Call::fallocate, fd)) return faults::refuse();
  return faults::next<int (*)(int, int, off_t, off_t)>("fallocate")(fd, mode, from, bytes);
}
void* mmap(void* at, size_t bytes, int protection, int flags, int fd, off_t from) noexcept {
  if (fd >= 0 && faults::refused(Call::mmap, fd)) return faults::refuse(), MAP_FAILED;
  return faults::next<void* (*)(void*, size_t, int, int, int, off_t)>("mmap")(at, bytes, protection, flags, fd, from);
}
void* mmap64(void* at, size_t bytes, int protection, int flags, int fd, off_t from) noexcept {
  if (fd >= 0 && faults::refused(Call::mmap, fd)) return faults::refuse(), MAP_FAILED;
  return faults::next<void* (*)(void*, size_t, int, int, int, off_t)>("mmap64")(at, bytes, protection, flags, fd, from);
}

}  // extern "C"

void* operator new(std::size_t bytes) { return faults::allocate(bytes); }
void* operator new[](std::size_t bytes) { return faults::allocate(bytes); }
void operator delete(void* what) noexcept { std::free(what); }
void operator delete[](void* what) noexcept { std::free(what); }
void operator delete(void* what, std::size_t) noexcept { std::free(what); }
void operator delete[](void* what, std::size_t) noexcept { std::free(what); }
