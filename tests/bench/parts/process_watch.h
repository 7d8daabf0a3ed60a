// What a running program costs, seen from outside in /proc: wake-ups, CPU and memory of a process with
// all its threads and children. Knows nothing of what it watches.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace qabyl::bench {

std::vector<pid_t> process_tree(pid_t root);       // root first; those that run now

struct ThreadWakes { std::string name; std::uint64_t wakes = 0; };
// How often each thread of the tree went to sleep of its own will: every wake-up ends in one.
std::vector<ThreadWakes> wakes_by_thread(pid_t root);
std::uint64_t wakes(pid_t root);
std::int64_t cpu_ms(pid_t root);                   // user and system, of the tree

struct Memory { std::int64_t rss_kib = 0, pss_kib = 0; };
// Sums of smaps_rollup. nullopt: the kernel does not show it to us (a kiosk is not dumpable: root only).
std::optional<Memory> memory(pid_t root);

struct Machine { int cores = 0; double load = 0; std::string cpu; };
Machine machine();                                 // load: of the last minute

}  // namespace qabyl::bench
