// The uplink's pace: that it sleeps until something is due. How: uplink_rig.h.
#include "tests/sync/uplink_rig.h"

using namespace qabyl;
using namespace std::chrono_literals;
using test::Line;

TEST_CASE("with nothing to send, news is asked for again when the back-off is over", "[sync][uplink]") {
  Line line;
  line.settle_time();
  for (int i = 0; i < 3; ++i) {
    REQUIRE(line.transport.asked);
    CHECK(line.transport.asked->path.find("/v1/feed") == 0);
    line.transport.answer(sync::NoAnswer{"refused"});
    line.uplink.tick();
    REQUIRE(line.uplink.next_due() > line.clock.now.steady);  // sleeps: a due time in the past would spin
    line.clock.pass(line.uplink.next_due() - line.clock.now.steady);
    line.uplink.tick();
  }
  line.settle_feed();
  CHECK(line.uplink.link().online);
  CHECK(line.uplink.next_due() == line.clock.now.steady + sync::feed_interval);
}
