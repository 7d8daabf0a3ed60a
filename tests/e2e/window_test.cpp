// A kiosk with a window, through X's own input (officer_by_touch.h). The other end-to-end tests run offscreen: a window
// that did not hear its threads, so that the inbox stood at "opening", passed them all.
#include "core/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/officer_by_touch.h"

using namespace qabyl;

TEST_CASE("in a window an officer reads a notice and marks its receipt by touch, and the kiosk ends when asked", "[e2e][window]") {
  rig::TemporaryFolder folder("window");
  rig::Office office(folder.path() + "/office");
  const auto events = folder.path() + "/events.jsonl";
  const auto result = rig::mark_by_touch(office, folder.path(), events);
  INFO(result.shown.substr(0, 1500));
  REQUIRE(result.marked);
  CHECK(result.ended == 0);
  CHECK(rig::read_text(events).find("notice.mark_receipt") != std::string::npos);
}
