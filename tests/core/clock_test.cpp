// The real clock and the real random source, as far as one run can tell.
#include "tests/support/catch.h"

#include "core/sys/clock.h"

using namespace qabyl::core;
using namespace std::chrono_literals;

TEST_CASE("the steady clock never goes back, and the boot has an id", "[core][clock]") {
  sys::SystemClock clock;
  const auto first = clock.read(), second = clock.read();
  CHECK(second.steady >= first.steady);
  CHECK(first.boot == second.boot);
  CHECK(first.boot.size() == 32);
  CHECK(first.boot.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(sys::SystemClock().read().boot == first.boot);
}

TEST_CASE("a count that goes back goes on from where it was", "[core][clock]") {
  sys::RisingCount count;
  CHECK(count.next(5h) == 5h);
  CHECK(count.next(5h + 1s) == 5h + 1s);
  CHECK(count.next(20ms) == 5h + 1s);  // back
  CHECK(count.next(1s + 20ms) == 5h + 2s);
  CHECK(count.next(7h) == 12h + 1s - 20ms);  // far ahead: that it may be
  CHECK(count.next(6h) == 12h + 1s - 20ms);
  CHECK(count.next(6h + 1s) == 12h + 2s - 20ms);
}

TEST_CASE("the random source fills any length and does not repeat", "[core][clock]") {
  sys::SystemRandom random;
  std::vector<std::uint8_t> one(1000), two(1000);
  random.fill(one);
  random.fill(two);
  random.fill({});
  CHECK(one != two);
  CHECK(std::count(one.begin(), one.end(), 0) < 100);
}
