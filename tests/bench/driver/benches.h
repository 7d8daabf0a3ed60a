// The subcommands of qabyl-bench: each prints its figures and returns them as JSON.
#pragma once

#include "tests/bench/driver/contest.h"

namespace qabyl::bench {

core::Json bench_queue(const Settings& settings);      // goals 1, 2, 3, 5
core::Json bench_documents(const Settings& settings);  // goal 6
core::Json bench_sync(const Settings& settings);       // goals 4, 7, 8, 9: our side
core::Json bench_upload(const Settings& settings);     // goals 10, 11: our side
core::Json bench_frontend(const Settings& settings);   // goals 12, 13, 14, 16, 17: our side
core::Json bench_log(const Settings& settings);        // goal 21, its first half; the second: qabyl-test-verify "[.speed]"

}  // namespace qabyl::bench
