// What a measurement leaves as a file (tests/bench/results): its figures, the commit, the machine and how busy it was.
#pragma once

#include <string>

#include "core/json.h"
#include "tests/bench/parts/process_watch.h"

namespace qabyl::bench {

// `before`: the machine when the run began. Takes a look at it as it is now.
core::Json run_report(const std::string& bench, core::Json figures, const Machine& before);

}  // namespace qabyl::bench
