// A kiosk with a window, through X's own input (officer_by_touch.h). The other end-to-end tests run offscreen: a window
// that did not hear its threads, so that the inbox stood at "opening", passed them all.
#include "core/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/officer_by_touch.h"
#include "tests/support/x_finger.h"

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

// The window asked the server where the pointer was when a touch was dealt with, and typed what lay under the next one.
TEST_CASE("touches that come faster than frames are drawn act where they were made", "[e2e][window]") {
  rig::TemporaryFolder folder("window");
  rig::Office office(folder.path() + "/office");
  const rig::VirtualDisplay screen(folder.path(), "1280x720");
  REQUIRE(screen.name() != "");
  rig::Program kiosk(office.kiosk_command({"--widgets", folder.path() + "/widgets.json"}), folder.path() + "/kiosk.log", {{"DISPLAY", screen.name()}});
  rig::XFinger finger(screen.name(), folder.path() + "/widgets.json");
  REQUIRE((finger.tap("start.apply") && finger.tap("kind.issue") && finger.tap("kind.go") && finger.tap("id.pad.1")));
  std::vector<std::string> keys;
  for (const char digit : std::string("80640012347")) keys.push_back(std::string("id.pad.") + digit);
  REQUIRE(finger.touch_all(keys));
  CHECK(finger.find("id.go", std::chrono::seconds{10}));  // enabled once the twelve digits are those, with their check digit
  kiosk.signal(15);
  kiosk.wait(std::chrono::seconds{20});
}
