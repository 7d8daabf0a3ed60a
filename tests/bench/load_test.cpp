// Short forms of the load runs (RELIABILITY 4.8) on whatever machine this is: nothing lost, nothing doubled, every receipt
// proved, memory and WAL within their limits. Rates and times are printed beside their limits; the long forms judge them
// (qabyl-load).
#include "tests/bench/load/runs.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using test::at_tier;

namespace {

load::Order order_of(int seconds, int kiosks, int filings) { return {seconds, kiosks, filings, false, 0, nullptr}; }

}  // namespace

TEST_CASE("load: a steady stream of filings is taken whole and once", "[bench][load]") { CHECK(load::filing_rate(order_of(at_tier(3, 10, 60), at_tier(10, 50, 50), 0))); }

TEST_CASE("load: the backlog of many kiosks drains whole and once when the link comes back", "[bench][load]") { CHECK(load::backlog_drain(order_of(0, at_tier(10, 50, 500), at_tier(2, 4, 4)))); }

TEST_CASE("load: over a bad line and through kills of the registry nothing is lost or doubled", "[bench][load]") { CHECK(load::soak(order_of(at_tier(6, 20, 600), at_tier(5, 20, 50), 0))); }
