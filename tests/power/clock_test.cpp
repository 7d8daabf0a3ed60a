// The matrix of RELIABILITY 4.11 for I11 and I12 with real programs and real clocks: {20 years, a day, three seconds} back and
// ahead, at six moments, as libfaketime with the steady clock and without it, as a reboot in a time namespace of its own, and at
// the registry. Each cell: nothing is lost, blocked, repeated or dated wrongly, and what is doubtful says so (clock_ground.h).
// The whole kiosk in process is tests/life/clock_matrix_test; with its window, tests/e2e/trouble_clock_test.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <set>

#include "tests/power/clock_ground.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

// Those that broke something once, or could: they are always played.
bool hard(const ClockCell& cell) {
  return (cell.way == Way::both && cell.moment == Moment::time && cell.seconds >= 86'400) || (cell.way == Way::both && cell.moment == Moment::idle && cell.seconds < -86'400) ||
         (cell.way == Way::wall && cell.moment == Moment::committed && cell.seconds == -86'400) || (cell.way == Way::registry && cell.moment == Moment::sync && std::abs(cell.seconds) > 86'400) ||
         (cell.way == Way::reboot && cell.moment == Moment::committed && cell.seconds < -86'400);
}

// soak: all. Else the hard ones and some of the others, other ones each day; QABYL_CLOCK_LOT=n takes those of the n-th day.
std::vector<ClockCell> drawn() {
  const auto all = clock_cells();
  const std::size_t every = static_cast<std::size_t>(test::at_tier(1000, 11, 1));
  const char* wish = std::getenv("QABYL_CLOCK_LOT");
  const auto today = std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count() / 24;
  const auto lot = wish != nullptr ? std::atoll(wish) : static_cast<long long>(today);
  std::cout << "clock cells of lot " << lot << " (QABYL_CLOCK_LOT)\n";
  std::vector<ClockCell> chosen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (hard(all[i]) || (i + static_cast<std::size_t>(lot)) % every == 0) chosen.push_back(all[i]);
  }
  std::stable_partition(chosen.begin(), chosen.end(), hard);  // the first is of a new kiosk: one that migrates has a store already
  return chosen;
}

}  // namespace

TEST_CASE("real programs whose clocks jump lose, block, repeat and misdate nothing", "[power][clock]") {
  ClockGround ground;
  std::set<Way> skipped;
  std::size_t played = 0;
  for (const auto& cell : drawn()) {
    if (const auto why = ground.cannot(cell.way); !why.empty()) {
      if (skipped.insert(cell.way).second) std::cout << "SKIP: clock cells of " << cell.name() << ": " << why << "\n";
      continue;
    }
    INFO(cell.name());
    const auto wrong = ground.play(cell);
    CHECK(wrong == "");
    ++played;
  }
  SUCCEED();
  if (played == 0) return;
  CHECK(ground.compare() == "");
  std::cout << played << " clock cells, " << ground.filings().size() << " filings, in " << ground.connected() << " cells all was taken while the clock was wrong\n";
}

TEST_CASE("at midnight and at the closing hour a right clock is not enough: the date goes to an officer", "[power][clock]") {
  ClockGround ground;
  if (const auto why = ground.cannot(Way::both); !why.empty()) {
    std::cout << "SKIP: straddled hours: " << why << "\n";
    SUCCEED();
    return;
  }
  struct Case { int hour, minute; std::int64_t before_ms; bool doubtful; };
  std::vector<std::pair<core::Id, bool>> filed;
  for (const Case& one : {Case{18, 0, 700, true}, Case{24, 0, 700, false}, Case{18, 0, 600'000, false}}) {
    const auto id = ground.file_at(one.hour, one.minute, one.before_ms);
    INFO(one.hour << ":" << one.minute << " " << one.before_ms << "\n" << ground.wrong());
    REQUIRE(id != "");
    filed.emplace_back(id, one.doubtful);
  }
  CHECK(ground.compare() == "");
  for (const auto& [id, doubtful] : filed) CHECK(ground.registered(id).doubtful == doubtful);
}
