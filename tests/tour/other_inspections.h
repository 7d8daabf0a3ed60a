// The tour's station of inspections that go another way: prepared on the assignments' page by one officer and signed by
// another, then closed unfinished, led to a meeting, or cancelled. The bureau marks nothing (A10): the body alone comes
// to an end of each. Knows no kiosk screen.
#pragma once

#include "tests/tour/at_the_office.h"

namespace qabyl::rig {

// Begins on the day that `days` says and leaves it some weeks later.
void other_inspections(OfficeHand& hand, const Office& office, LaterDays& days, const Check& check);

}  // namespace qabyl::rig
