// The time of a fact as a record states it (RELIABILITY, I11). Reads no clock: compares the readings
// it is given. A doubtful clock dates nothing and turns nobody away.
#include "core/clock_guard.h"

#include <algorithm>
#include <cstdlib>

namespace qabyl::core {
namespace {

constexpr std::int64_t u_base_ms = 2000;
constexpr std::int64_t drift_ppm = 200;
constexpr Millis step_back_max{2000};

Millis uncertainty(Millis elapsed) { return Millis{u_base_ms + elapsed.count() * drift_ppm / 1'000'000}; }

bool apart(Millis difference, Millis allowed) { return std::abs(difference.count()) > allowed.count(); }

// Between two readings of one boot the wall clock and the steady clock must have moved alike.
bool jumped(const ClockReading& last, const ClockReading& now) {
  const Millis elapsed = now.steady - last.steady;
  return elapsed < Millis{0} || apart((now.wall - last.wall) - elapsed, uncertainty(elapsed));
}

bool stepped_back(const ClockReading& last, const ClockReading& now) { return now.wall < last.wall - step_back_max; }

// Time that the registry has vouched for in this boot: what `last` said before that no longer counts,
// or a clock that was once a year ahead would stay untrusted for a year after it was set right.
bool trusted_since(const TimeSync& sync, const ClockMemory& memory, const ClockReading& now, Millis u) {
  const Millis elapsed = now.steady - sync.at.steady;
  if (elapsed < Millis{0} || apart(now.wall - (sync.registry + elapsed), u)) return false;
  const bool last_is_newer = memory.last && memory.last->boot == now.boot && memory.last->steady >= sync.at.steady;
  return !last_is_newer || !stepped_back(*memory.last, now);
}

bool contradicts_last(const ClockMemory& memory, const ClockReading& now) {
  if (!memory.last) return false;
  return stepped_back(*memory.last, now) || (memory.last->boot == now.boot && jumped(*memory.last, now));
}

}  // namespace

RecordTime judge_time(const ClockMemory& memory, const ClockReading& now, int offset_min) {
  // No kernel counts below zero, a fake clock does; a record could not say it, and nobody is turned away for that.
  RecordTime time{now.wall, offset_min, Trust::unconfirmed, 0, now.boot, std::max<std::int64_t>(0, now.steady.count())};
  if (memory.sync && memory.sync->at.boot == now.boot) {
    const Millis u = uncertainty(now.steady - memory.sync->at.steady) + Millis{memory.sync->half_round_trip_ms};
    const bool trusted = trusted_since(*memory.sync, memory, now, u);
    time.trust = trusted ? Trust::trusted : Trust::untrusted;
    time.u_ms = trusted ? u.count() : 0;
  } else if (contradicts_last(memory, now)) {
    time.trust = Trust::untrusted;
  }
  return time;
}

}  // namespace qabyl::core
