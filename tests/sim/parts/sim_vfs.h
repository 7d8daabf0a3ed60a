// SQLite's files on simulated disks, under the name "qabyl-sim"; also the default of the process, since the registry names none.
// Time, sleep and randomness of SQLite come from here too. One thread.
#pragma once

#include "tests/sim/parts/disk.h"

namespace qabyl::sim {

inline constexpr const char* vfs_name = "qabyl-sim";
void register_vfs();
void begin_vfs(Dice dice);  // of a seed: what SQLite draws

}  // namespace qabyl::sim
