// qabyl-kiosk: the touch terminal. Wires the real clock, the data folder and the screen; decides nothing.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>

#include "core/sys/clock.h"
#include "kiosk/shell/courier_command.h"
#include "kiosk/shell/enrol_command.h"
#include "kiosk/shell/shell.h"

namespace {

int say(const qabyl::core::Error& error) {
  std::fprintf(stderr, "qabyl-kiosk: %s\n", error.detail.c_str());
  return 1;
}

// No memory of ours in core dumps, and no other process looks in (RELIABILITY, section 7.9).
void close_the_windows() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace

int main(int count, char** words) {
  using namespace qabyl;
  close_the_windows();
  const auto options = kiosk::parse_options(count, words);
  if (!options) return options.error().code == core::ErrorCode::not_found ? 0 : 2;

  core::sys::SystemClock clock;
  core::sys::SystemRandom random;
  if (options->enrol) {
    const auto enrolled = kiosk::enrol_kiosk(*options, clock, random);
    return enrolled ? 0 : say(enrolled.error());
  }
  if (options->courier) {
    const auto carried = kiosk::carry_courier(*options, clock, random);
    return carried ? 0 : say(carried.error());
  }
  auto started = kiosk::Kiosk::start(*options, clock, random, kiosk::shell_waker(*options));
  if (!started) return say(started.error());
  return kiosk::run_shell(*options, **started, clock);
}
