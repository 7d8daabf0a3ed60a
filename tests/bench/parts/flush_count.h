// Every fsync and fdatasync of this program, SQLite's too: this library's own definitions stand before
// the C library's. Counts them, and makes each one slow when a kiosk's disk is to be played. Any thread.
#pragma once

#include <chrono>
#include <cstdint>

namespace qabyl::bench {

std::uint64_t flushes();                                  // since the program began
void make_flushes_slow(std::chrono::microseconds by);     // FLUSH_US: waits that long after each; 0: as the disk is

}  // namespace qabyl::bench
