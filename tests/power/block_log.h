// What a logged disk leaves: one entry a write or flush, in the order in which the disk saw them. Shared by the program that
// plays the disk (blocks_main.cpp) and the rig that cuts its power. For tests only.
#pragma once

#include <cstdint>

namespace qabyl::power {

struct BlockEntry {            // a write is followed by its bytes
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};
inline constexpr std::uint64_t flush_mark = ~std::uint64_t{0};  // as an offset: everything before has reached the disk

}  // namespace qabyl::power
