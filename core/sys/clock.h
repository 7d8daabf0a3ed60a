// The real clock and random source: the only place that reads them. Everything else gets time and
// randomness through core/ports.h, so that the simulation can put its own in their place.
#pragma once

#include <mutex>
#include <optional>

#include "core/ports.h"

namespace qabyl::core::sys {

// Keeps a count from going back: what a reading lacks against the one before is added to all that follow, so that it also goes
// on. No kernel's count does within a boot, but that of a machine that was moved or put to sleep by its host may, and
// whatever waits for an instant would wait for as long as it went back. Any thread.
class RisingCount {
 public:
  Millis next(Millis reading);

 private:
  std::mutex mutex_;
  std::optional<Millis> last_;
  Millis lost_{};
};

class SystemClock final : public Clock {
 public:
  SystemClock();
  ClockReading read() override;  // CLOCK_REALTIME, CLOCK_BOOTTIME (rising), /proc/sys/kernel/random/boot_id

 private:
  std::string boot_;
  RisingCount steady_;
};

// Microseconds since boot, for measuring how long something takes: never for a fact on paper.
std::int64_t steady_us();

class SystemRandom final : public Random {  // getrandom(2)
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace qabyl::core::sys
