// A program of libFuzzer's for the target that QABYL_FUZZ_TARGET names (preset fuzz).
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto& target = *std::find_if(qabyl::fuzz::targets().begin(), qabyl::fuzz::targets().end(), [](const auto& one) { return one.name == QABYL_FUZZ_TARGET; });
  if (size <= target.bytes_max) target.run({data, size});
  return 0;
}
