// The doors through which core meets the world: clock and randomness. Owned by main, passed by
// reference; the simulation has its own. The store's ports stand in core/store_ports.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

namespace qabyl::core {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC
using Millis = std::chrono::milliseconds;

// One reading of both clocks. `steady` runs since boot (suspend included) and never goes back
// within one `boot`; only it says how long something lasted. `wall` dates papers.
struct ClockReading {
  Instant wall{};
  Millis steady{};
  std::string boot;  // 32 hex digits, new at each boot of the machine
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual ClockReading read() = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

}  // namespace qabyl::core
