// The simulation as a suite: many seeds, each with kiosks, visitors and an office under faults; every invariant that the oracle
// knows (tests/sim/README.md). A failure names its seed and how to replay it.
#include "tests/sim/parts/runner.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl::sim;

namespace {

constexpr std::uint64_t first_seed = 1;
constexpr int workers = 2;

}  // namespace

TEST_CASE("whatever befalls kiosks, network and registry, nothing that was acknowledged is lost or counted twice", "[sim][I1][I4][I6][I9][I19]") {
  const auto sum = play_many(first_seed, qabyl::test::at_tier(100, 2'000, 20'000), workers);
  for (const auto& one : sum.failed) {
    UNSCOPED_INFO("seed " << one.seed << ": " << one.failure << "\n  replay: " << replay_line(one.seed, {}));
  }
  if (!sum.failed.empty()) UNSCOPED_INFO("shrunk: " << replay_line(sum.failed.front().seed, shrink(sum.failed.front())));
  CHECK(sum.failed.empty());
  CHECK(sum.promises > sum.seeds);  // a simulation in which nobody files proves nothing
  if (sum.seeds < 500) return;
  for (const auto& what : never_fired(sum)) FAIL_CHECK("never fired: " << what);
}

TEST_CASE("a seed goes the same way twice in one process, and in another process", "[sim][I20]") {
  const auto one = play_many(100, 1, 1);   // every hundredth is played twice there
  const auto other = play_many(99, 3, 1);  // after another seed, in a process of its own
  REQUIRE(one.failed.empty());
  REQUIRE(other.failed.empty());
  CHECK(one.twice == 1);
  CHECK(one.hashes.at(100) == other.hashes.at(100));
  CHECK(other.hashes.at(99) != other.hashes.at(100));
}
