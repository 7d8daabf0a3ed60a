// The order of I2, seen in the system calls of a visit: a document's bytes are flushed, then it gets its name, then its folder is
// flushed, then the COMMIT, and only then is anybody told. And a flush that failed is not asked again: the kernel may have
// dropped what it could not write, and would then say yes.
#include <errno.h>

#include "tests/power/broken_visit.h"
#include "tests/power/faults.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

constexpr auto never = static_cast<std::size_t>(-1);

std::size_t where(const Steps& steps, std::string_view begins, std::string_view ends, std::size_t from = 0) {
  for (auto i = from; i < steps.size(); ++i) {
    if (steps[i].starts_with(begins) && steps[i].ends_with(ends)) return i;
  }
  return never;
}

std::string listed(const Steps& steps) {
  std::string lines;
  for (const auto& step : steps) lines += step + "\n";
  return lines;
}

}  // namespace

TEST_CASE("a document is flushed, named and its folder flushed before the COMMIT, and the receipt comes after it", "[power][order][I2]") {
  const Shop shop;
  Counter counter(shop.path(), 2);
  REQUIRE(counter.open());
  arm({.under = shop.path()});
  const auto told = counter.visit(1);
  const auto steps = steps_taken();
  disarm();
  REQUIRE(told.receipt);
  INFO(listed(steps));
  std::size_t named = 0, documents = 0;
  for (auto i = where(steps, "rename documents/", ""); i != never; i = where(steps, "rename documents/", "", i + 1)) {
    named = i;
    ++documents;
    std::size_t written = 0, flushed = 0;  // one document after the other: the newest of those that arrive is this one
    for (std::size_t j = 0; j < i; ++j) {
      if (steps[j].starts_with("write documents/tmp/")) written = j;
      if (steps[j].starts_with("fdatasync documents/tmp/")) flushed = j;
    }
    CHECK(flushed > written);
    const auto folder = steps[i].substr(7, steps[i].rfind('/') - 7);
    CHECK(where(steps, "fsync " + folder, folder, i) < where(steps, "fdatasync kiosk.db-wal", "", i));
  }
  CHECK(documents == 2);
  CHECK(where(steps, "fdatasync kiosk.db-wal", "", named) != never);
}

TEST_CASE("a document whose flush failed is not kept, and the flush is not asked again", "[power][order][I2]") {
  const Shop shop;
  Counter counter(shop.path(), 2);
  REQUIRE(counter.open());
  arm({.under = shop.path() + "/documents/tmp", .call = Call::fdatasync, .nth = 1, .error = EIO});
  const auto told = counter.visit(1);
  const auto steps = steps_taken();
  disarm();
  INFO(listed(steps));
  CHECK(told.refused);
  CHECK_FALSE(told.receipt);
  const auto failed = where(steps, "fdatasync ", "");
  REQUIRE(failed != never);
  CHECK(where(steps, steps[failed], steps[failed], failed + 1) == never);
  CHECK(counter.compare({shop.first, told}) == "");
}
