// What a script and a test may ask of the widgets that were drawn (kiosk/ui/widget_registry.h).
#include "kiosk/ui/widget_registry.h"
#include "tests/support/catch.h"

using namespace qabyl::kiosk::ui;

namespace {

Widget widget(const char* key, Rect rect, const char* text) {
  Widget made;
  made.key = key;
  made.rect = rect;
  made.text = text;
  return made;
}

}  // namespace

TEST_CASE("a button is found in the row that says a text, and only there", "[kiosk][registry]") {
  WidgetRegistry registry;
  registry.add(widget("inbox.row.0", {0, 0, 1000, 100}, "Written request No 4"));
  registry.add(widget("inbox.open.0", {800, 20, 150, 60}, "Answer"));
  registry.add(widget("inbox.row.1", {0, 110, 1000, 100}, "Interim report No 5"));
  registry.add(widget("inbox.due.x", {600, 130, 150, 60}, "4 days"));
  registry.add(widget("inbox.open.1", {800, 130, 150, 60}, "Acknowledge"));
  REQUIRE(registry.find_in_row("No 5", "inbox.open.") != nullptr);
  CHECK(registry.find_in_row("No 5", "inbox.open.")->key == "inbox.open.1");
  CHECK(registry.find_in_row("No 4", "inbox.open.")->key == "inbox.open.0");
  CHECK(registry.find_in_row("No 4", "inbox.due.") == nullptr);
  CHECK(registry.find_in_row("No 6", "inbox.open.") == nullptr);
}

TEST_CASE("the name of a screen goes with its frame", "[kiosk][registry]") {
  WidgetRegistry registry;
  registry.name_screen("inbox");
  CHECK(registry.screen() == "inbox");
  registry.clear();
  CHECK(registry.screen().empty());
}
