// Overwrites what calls that have returned left below the present one on this thread's stack: short texts live there whole.
// Costs about as much as clearing 512 KiB; for the end of a piece of work, not for loops. Any thread with that much room.
#pragma once

namespace qabyl::core::sys {

void wipe_stack_below();

}  // namespace qabyl::core::sys
