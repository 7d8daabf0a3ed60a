// The UI thread: takes input and replies in order, lets the App decide, draws when something changed.
// Sleeps in the window system's own wait; with nobody there it draws no frame. The only place that
// joins App, Canvas, Kiosk and window.
#pragma once

#include <memory>

#include "kiosk/shell/kiosk.h"
#include "kiosk/shell/options.h"

namespace qabyl::kiosk {

// Runs until the script ends, the window of --windowed is closed or a signal asks; the exit code.
int run_shell(const Options& options, Kiosk& kiosk, core::Clock& clock);

// For Kiosk::start(): wakes run_shell() from any thread, also before it runs.
std::function<void()> shell_waker(const Options& options);

}  // namespace qabyl::kiosk
