// The one source of chance of a seed: splitmix64. Forked by name, so that one actor's draws never move another's.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ports.h"

namespace qabyl::sim {

class Dice {
 public:
  explicit Dice(std::uint64_t seed = 1) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  Dice fork(std::string_view name) const {
    std::uint64_t hash = state_ ^ 0xcbf29ce484222325ULL;
    for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    Dice child(hash);
    child.next();
    return child;
  }
  bool chance(double p) { return p > 0 && static_cast<double>(next() >> 11) * 0x1p-53 < p; }
  std::int64_t between(std::int64_t low, std::int64_t high) {  // both inclusive
    return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }

 private:
  std::uint64_t state_;
};

class DiceRandom final : public core::Random {  // what the product draws
 public:
  explicit DiceRandom(Dice dice) : dice_(dice) {}
  void fill(std::span<std::uint8_t> bytes) override {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i, word >>= 8) {
      if (i % 8 == 0) word = dice_.next();
      bytes[i] = static_cast<std::uint8_t>(word);
    }
  }

 private:
  Dice dice_;
};

}  // namespace qabyl::sim
