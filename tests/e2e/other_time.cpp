// Loaded into a program by LD_PRELOAD (tests only): its wall clock is wrong by as much as a file says, which a test
// changes while the program runs. The clocks that count from the boot go on as they are, as when a person sets the
// time of a running machine.
//   QABYL_CLOCK_SHIFT   file that holds seconds, e.g. "-86400"; no file: the time is right
//   QABYL_STEADY_SHIFT  the same for the clocks that count from the boot: a person who waits for minutes
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace {

template <typename Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

time_t shift(const char* variable = "QABYL_CLOCK_SHIFT") {
  const char* path = std::getenv(variable);
  const int file = path != nullptr ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
  char digits[32] = {};
  if (file < 0) return 0;
  (void)!::read(file, digits, sizeof digits - 1);
  ::close(file);
  return static_cast<time_t>(std::atoll(digits));
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, struct timespec* now) noexcept {
  const int failed = next<int (*)(clockid_t, struct timespec*)>("clock_gettime")(clock, now);
  if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
  if (failed == 0 && (clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME || clock == CLOCK_MONOTONIC_RAW)) now->tv_sec += shift("QABYL_STEADY_SHIFT");
  return failed;
}
int gettimeofday(struct timeval* now, void* zone) noexcept {
  const int failed = next<int (*)(struct timeval*, void*)>("gettimeofday")(now, zone);
  if (failed == 0) now->tv_sec += shift();
  return failed;
}
time_t time(time_t* kept) noexcept {
  const time_t now = next<time_t (*)(time_t*)>("time")(nullptr) + shift();
  if (kept != nullptr) *kept = now;
  return now;
}

}  // extern "C"
