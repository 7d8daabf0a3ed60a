// Ids sort by time of making and have the form of RFC 9562.
#include "tests/support/catch.h"

#include "core/ids.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

TEST_CASE("an id has version 7, variant 10 and its milliseconds in front", "[core][ids]") {
  SeededRandom random;
  // The instant of RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F.
  const Id id = new_id(Instant(Millis(0x017F22E279B0)), random);
  CHECK(id.substr(0, 12) == "017f22e279b0");
  CHECK(valid_id(id));
  CHECK(valid_id("017f22e279b07cc398c4dc0c0c07398f"));
}

TEST_CASE("ids of one millisecond differ, and later ids sort later", "[core][ids]") {
  SeededRandom random;
  const Instant now(Millis(1'795'000'000'000));
  CHECK(new_id(now, random) != new_id(now, random));
  CHECK(new_id(now, random) < new_id(now + Millis(1), random));
}

TEST_CASE("other UUIDs, upper case, dashes and wrong lengths are no ids", "[core][ids]") {
  CHECK_FALSE(valid_id("017f22e279b04cc398c4dc0c0c07398f"));  // version 4
  CHECK_FALSE(valid_id("017f22e279b07cc3c8c4dc0c0c07398f"));  // variant 110
  CHECK_FALSE(valid_id("017F22E279B07CC398C4DC0C0C07398F"));
  CHECK_FALSE(valid_id("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  CHECK_FALSE(valid_id("017f22e279b07cc398c4dc0c0c07398"));
  CHECK_FALSE(valid_id(""));
}
