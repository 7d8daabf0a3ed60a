// A Random that gives the same bytes in every run: SHA-256 of seed and counter. For tests only.
#pragma once

#include "core/crypto.h"

namespace qabyl::test {

class SeededRandom final : public core::Random {
 public:
  explicit SeededRandom(std::uint8_t seed = 1) : seed_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) {
      if (at_ == block_.size()) {
        const std::array<std::uint8_t, 5> input{seed_, std::uint8_t(count_), std::uint8_t(count_ >> 8),
                                                std::uint8_t(count_ >> 16), std::uint8_t(count_ >> 24)};
        ++count_;
        block_ = core::sha256(input);
        at_ = 0;
      }
      byte = block_[at_++];
    }
  }

 private:
  std::uint8_t seed_;
  std::uint32_t count_ = 0;
  core::Digest block_{};
  std::size_t at_ = block_.size();
};

}  // namespace qabyl::test
