// See flush_count.h. The system calls are made directly: our fsync must not find itself.
#include "tests/bench/parts/flush_count.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace qabyl::bench {
namespace {

std::atomic<std::uint64_t> counted = 0;
std::atomic<std::int64_t> slow_us = 0;

int flushed(long system_call, int fd) {
  ++counted;
  const auto result = static_cast<int>(syscall(system_call, fd));
  if (const auto us = slow_us.load(); us > 0) std::this_thread::sleep_for(std::chrono::microseconds{us});
  return result;
}

}  // namespace

std::uint64_t flushes() { return counted; }
void make_flushes_slow(std::chrono::microseconds by) { slow_us = by.count(); }

}  // namespace qabyl::bench

extern "C" int fsync(int fd) { return qabyl::bench::flushed(SYS_fsync, fd); }
extern "C" int fdatasync(int fd) { return qabyl::bench::flushed(SYS_fdatasync, fd); }
