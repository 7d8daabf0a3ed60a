// What a seed has in store: how many kiosks and visitors, for how long, and which faults are on and how strong. A swarm: each
// seed draws a part of the faults, so that rare ones meet without all the others (RELIABILITY, 4.2).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string_view>

#include "tests/sim/parts/dice.h"

namespace qabyl::sim {

enum class Fault {
  lost_request, lost_answer, duplicate, clog, offline, cut_request, cut_answer, flipped_request, flipped_answer, forged_answer,
  kiosk_cut, kiosk_crash, cut_after_receipt, office_cut, office_crash, write_error, sync_error, read_error, short_write, disk_full,
  clock_jump, walk_away, many_taps, new_keys, revocation
};
inline constexpr std::size_t faults_count = 25;
std::string_view name_of(Fault fault);

struct Swarm {
  int kiosks = 1, visitors = 4;
  core::Millis lasts{0};                        // of the phase with faults
  std::array<double, faults_count> strength{};  // a chance; what of: sim_world.cpp. 0: off
  bool garbled = false;

  double of(Fault fault) const { return strength[static_cast<std::size_t>(fault)]; }
};

// What shrinking takes away from a seed.
struct Less {
  int visitors_max = 1'000'000;
  std::uint64_t without = 0;                    // bit a fault
  std::optional<std::set<std::int64_t>> only;   // of the blows that are drawn, by their number: those that fall
};

Swarm draw_swarm(Dice dice, const Less& less);

}  // namespace qabyl::sim
