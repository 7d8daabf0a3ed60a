// The real clock and random source: the only place that reads them. Everything else gets time and
// randomness through core/ports.h, so that the simulation can put its own in their place.
#pragma once

#include "core/ports.h"

namespace qabyl::core::sys {

class SystemClock final : public Clock {
 public:
  SystemClock();
  ClockReading read() override;  // CLOCK_REALTIME, CLOCK_BOOTTIME, /proc/sys/kernel/random/boot_id

 private:
  std::string boot_;
};

// Microseconds since boot, for measuring how long something takes: never for a fact on paper.
std::int64_t steady_us();

class SystemRandom final : public Random {  // getrandom(2)
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace qabyl::core::sys
