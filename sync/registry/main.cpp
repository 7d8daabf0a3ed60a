// The central registry: wires the system's clock and randomness to the command line. Nothing else.
#include "core/sys/clock.h"
#include "sync/registry/commands.h"

int main(int argc, char** argv) {
  qabyl::core::sys::SystemClock clock;
  qabyl::core::sys::SystemRandom random;
  return qabyl::sync::registry::run_command(argc, argv, clock, random);
}
