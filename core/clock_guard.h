// What is known of the time of a fact (RELIABILITY, I11): trusted within u = 2 s + 200 ppm of the
// time since the last verified answer of the registry, unconfirmed, or untrusted. Never a reason to stop.
#pragma once

#include "core/record.h"

namespace qabyl::core {

struct TimeSync {          // kept by the store after each verified answer
  Instant registry{};      // registry time in the answer
  std::int64_t half_round_trip_ms = 0;
  ClockReading at;         // our clocks when it arrived
};

struct ClockMemory {       // kept by the store; what the guard compares with
  std::optional<TimeSync> sync;
  std::optional<ClockReading> last;  // the newest reading ever used
};

// The reading as a record states it. untrusted: the wall clock ran back by more than 2 s against
// `last`, or moved more than u against the steady clock of the same boot since the sync.
// unconfirmed: no sync yet in this boot. `offset_min` comes from the time zone table.
RecordTime judge_time(const ClockMemory& memory, const ClockReading& now, int offset_min);

}  // namespace qabyl::core
