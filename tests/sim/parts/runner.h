// Seeds, one or many: played here or by forked workers, failures shrunk to a script, coverage summed up.
#pragma once

#include <vector>

#include "tests/sim/parts/sim_world.h"

namespace qabyl::sim {

inline constexpr std::int64_t events_max_default = 2'000'000;

struct Played {
  std::uint64_t seed = 0, hash = 0;
  std::int64_t events = 0;
  std::size_t promises = 0;
  std::int64_t blows = 0;          // faults that were drawn
  std::string failure;             // empty: all invariants held
};

struct Sum {
  std::int64_t seeds = 0, events = 0, promises = 0, twice = 0;
  std::vector<Played> failed;
  std::map<std::uint64_t, std::uint64_t> hashes;  // by seed
  std::map<std::string, std::int64_t> counts;
};

// In this process. `counts` is added to.
Played play(const Ground& ground, std::uint64_t seed, const Less& less = {}, std::int64_t events_max = events_max_default, Tell tell = Tell::nothing,
            std::map<std::string, std::int64_t>* counts = nullptr);
// Seeds first ... first + count - 1 by so many forked workers; every hundredth twice, and compared (I20). A worker that ends
// by a broken invariant of the product is a failure of its seed.
Sum play_many(std::uint64_t first, std::int64_t count, int workers, std::int64_t events_max = events_max_default);
// Fewer visitors, then fewer kinds of faults, then fewer blows of them, as long as it fails in the same way.
Less shrink(const Played& failed, std::int64_t events_max = events_max_default);
// What happened, line by line, without the questions that kiosks ask all day; printed by a process of its own.
void tell_story(std::uint64_t seed, const Less& less, std::int64_t events_max = events_max_default);
std::string replay_line(std::uint64_t seed, const Less& less);
// What never fired: each is a failure of the simulator itself.
std::vector<std::string> never_fired(const Sum& sum);

}  // namespace qabyl::sim
