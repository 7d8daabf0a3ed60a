// `qabyl-kiosk courier write|read`: what waits in this data folder as a bundle for the registry, and its answers back
// (sync/courier.md), while the kiosk's screen is not running. Uses the same uplink and store as the line does.
#pragma once

#include "core/ports.h"
#include "core/result.h"
#include "kiosk/shell/options.h"

namespace qabyl::kiosk {

// Prints one JSON line of what was done. not_found: not enrolled; wrong_state: the kiosk runs; else as Uplink says.
core::Status carry_courier(const Options& options, core::Clock& clock, core::Random& random);

}  // namespace qabyl::kiosk
