// Real clock and randomness of Linux. CLOCK_BOOTTIME runs on through suspend, and the kernel's boot id
// says which boot it counts from. Deliberately judges nothing: whether a time is to be trusted is
// core/clock_guard.h's business (RELIABILITY, I11).
#include "core/sys/clock.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "core/result.h"
#include "core/sys/files.h"

namespace qabyl::core::sys {
namespace {

Millis read_clock(clockid_t id) {
  timespec now{};
  QABYL_CHECK(clock_gettime(id, &now) == 0);
  return std::chrono::floor<Millis>(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

// The kernel's boot id, 32 hex digits; zeros where there is no /proc (then every boot looks alike,
// and a clock that was set back over a restart is found by the wall clock only).
std::string boot_id() {
  const auto text = read_file("/proc/sys/kernel/random/boot_id", 64);
  std::string id;
  if (text) {
    std::copy_if(text->begin(), text->end(), std::back_inserter(id), [](std::uint8_t c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
  }
  return id.size() == 32 ? id : std::string(32, '0');
}

}  // namespace

SystemClock::SystemClock() : boot_(boot_id()) {}

ClockReading SystemClock::read() {
  return {Instant(read_clock(CLOCK_REALTIME)), steady_.next(read_clock(CLOCK_BOOTTIME)), boot_};
}

Millis RisingCount::next(Millis reading) {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (last_ && reading < *last_) lost_ += *last_ - reading;
  last_ = reading;
  return reading + lost_;
}

std::int64_t steady_us() {
  timespec now{};
  QABYL_CHECK(clock_gettime(CLOCK_BOOTTIME, &now) == 0);
  return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    QABYL_CHECK(got > 0);  // a kernel without randomness: no key may be made
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace qabyl::core::sys
