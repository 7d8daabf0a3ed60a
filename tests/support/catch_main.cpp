// The one main of every test program; Catch2's implementation is compiled only here. In a run of all suites
// (tests/run) the title of each test that passed is added to the file QABYL_TESTS_PASSED: tests/tidy reads it.
#define CATCH_CONFIG_MAIN
#include "tests/support/catch.h"

#include <cstdlib>
#include <fstream>

namespace {

struct Passed : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;
  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    const char* path = std::getenv("QABYL_TESTS_PASSED");
    if (path == nullptr || !stats.totals.assertions.allOk() || stats.totals.assertions.total() == 0) return;
    std::ofstream(path, std::ios::app) << stats.testInfo.name << "\n";
  }
};
CATCH_REGISTER_LISTENER(Passed)

}  // namespace
