// A clock and a random source that a test moves by hand.
#pragma once

#include "core/ports.h"

namespace qabyl::tests {

class FakeClock final : public core::Clock {
 public:
  core::ClockReading read() override { return now; }
  void pass(core::Millis duration) {
    now.wall += duration;
    now.steady += duration;
  }
  core::ClockReading now{core::Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} + std::chrono::hours{9},
                         core::Millis{1'000'000}, "0123456789abcdef0123456789abcdef"};
};

class FakeRandom final : public core::Random {  // xorshift64*: never the same twice, the same in every run
 public:
  explicit FakeRandom(std::uint64_t seed = 0x9e3779b97f4a7c15ULL) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) {
      state_ ^= state_ >> 12;
      state_ ^= state_ << 25;
      state_ ^= state_ >> 27;
      byte = static_cast<std::uint8_t>((state_ * 0x2545f4914f6cdd1dULL) >> 56);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace qabyl::tests
