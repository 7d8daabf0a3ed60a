// The uplink's pace: that it sleeps until something is due. How: uplink_rig.h.
#include "tests/sync/uplink_rig.h"

using namespace qabyl;
using namespace std::chrono_literals;
using test::Line;

// Each record that the store gives is read, unsealed and held against its digest: not a hundred of them before each piece of a document.
TEST_CASE("records are asked for by the batch when one goes up, else no more than count", "[sync][uplink]") {
  Line line;
  for (int i = 0; i < 5; ++i) line.file(100);
  for (auto& item : line.outbox.items) item.state = core::SendState::sent;
  line.settle_time();
  line.settle_feed();
  REQUIRE(line.transport.asked->path == "/v1/uploads");
  CHECK(std::all_of(line.outbox.asked_for.begin(), line.outbox.asked_for.end(), [](std::size_t count) { return count == 1; }));
  line.answer(413, "");  // set aside: the next one is looked for behind it
  line.uplink.tick();
  REQUIRE(line.transport.asked->path == "/v1/uploads");
  CHECK(line.outbox.asked_for.back() == 2);
  line.file(100);
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  line.uplink.tick();
  REQUIRE(line.transport.asked->path == "/v1/records");
  CHECK(line.outbox.asked_for.back() == sync::send_records_max);
}

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
