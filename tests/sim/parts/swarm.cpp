// See swarm.h.
#include "tests/sim/parts/swarm.h"

#include <algorithm>

namespace qabyl::sim {
namespace {

struct Range { Fault fault; std::string_view name; double often, most; };  // often: chance that a seed has it at all

constexpr std::array<Range, faults_count> ranges{{
    {Fault::lost_request, "lost-request", 0.5, 0.30},
    {Fault::lost_answer, "lost-answer", 0.5, 0.30},
    {Fault::duplicate, "duplicate", 0.5, 0.50},
    {Fault::clog, "clog", 0.5, 0.20},
    {Fault::offline, "offline", 0.4, 0.03},
    {Fault::cut_request, "cut-request", 0.4, 0.10},
    {Fault::cut_answer, "cut-answer", 0.4, 0.10},
    {Fault::flipped_request, "flipped-request", 0.3, 0.01},
    {Fault::flipped_answer, "flipped-answer", 0.3, 0.01},
    {Fault::forged_answer, "forged-answer", 0.2, 0.02},
    {Fault::kiosk_cut, "kiosk-cut", 0.6, 0.03},
    {Fault::kiosk_crash, "kiosk-crash", 0.4, 0.01},
    {Fault::cut_after_receipt, "cut-after-receipt", 0.5, 0.7},
    {Fault::office_cut, "office-cut", 0.5, 0.02},
    {Fault::office_crash, "office-crash", 0.4, 0.02},
    {Fault::write_error, "write-error", 0.25, 0.01},
    {Fault::sync_error, "sync-error", 0.25, 0.02},
    {Fault::read_error, "read-error", 0.2, 0.004},
    {Fault::short_write, "short-write", 0.3, 0.10},
    {Fault::disk_full, "disk-full", 0.25, 0.02},
    {Fault::clock_jump, "clock-jump", 0.3, 0.01},
    {Fault::walk_away, "walk-away", 0.4, 0.05},
    {Fault::many_taps, "many-taps", 0.5, 0.20},
    {Fault::new_keys, "new-keys", 0.3, 1.0},
    {Fault::revocation, "revocation", 0.3, 1.0},
}};

}  // namespace

std::string_view name_of(Fault fault) { return ranges[static_cast<std::size_t>(fault)].name; }

Swarm draw_swarm(Dice dice, const Less& less) {
  Swarm swarm;
  const auto size = dice.below(100);
  swarm.kiosks = static_cast<int>(size < 60 ? 1 : size < 85 ? 2 : dice.between(3, 5));
  const auto visitors = static_cast<int>(size < 90 ? dice.between(2, 6) : dice.between(6, 14));
  swarm.visitors = std::min(visitors, less.visitors_max);
  const auto length = dice.below(100);
  const auto minutes = length < 75 ? dice.between(4, 10) : length < 98 ? dice.between(10, 30) : dice.between(60, 240);
  swarm.lasts = core::Millis{minutes * 60'000};
  swarm.garbled = dice.chance(0.5);
  for (std::size_t i = 0; i < faults_count; ++i) {
    const bool on = dice.chance(ranges[i].often);
    const double part = static_cast<double>(dice.between(1, 100)) / 100;
    if (on && (less.without >> i & 1) == 0) swarm.strength[i] = part * ranges[i].most;
  }
  return swarm;
}

}  // namespace qabyl::sim
