// Runs a registry until it is told to stop: one storage thread, three HTTPS ports, one thread that has scans looked at. Knows no command line.
#pragma once

#include <string>

#include "core/ports.h"
#include "core/result.h"

namespace qabyl::sync::registry {

struct ServeOptions {
  std::string folder, assets_folder;
  std::string preview;                                        // the program qabyl-preview, which alone looks at scans
  int device_port = 0, console_port = 0, originals_port = 0;  // 0: the system chooses
  bool loopback_only = true;
};

// Prints {"ready":true,...} on stdout, returns after SIGTERM or SIGINT once everything taken is answered.
// unknown_outcome: a COMMIT failed; start anew.
core::Status serve(const ServeOptions& options, core::Clock& clock, core::Random& random);

}  // namespace qabyl::sync::registry
