// The command line of qabyl-registry: init, serve, add-*, sample, show ... Passwords and PINs are never
// arguments: they are made here and printed once. Knows the office's functions and nothing below them.
#pragma once

#include "core/ports.h"

namespace qabyl::sync::registry {

// The program's exit code: 0 done, 1 refused (one line on stderr), 2 wrong usage.
int run_command(int argc, char** argv, core::Clock& clock, core::Random& random);

}  // namespace qabyl::sync::registry
