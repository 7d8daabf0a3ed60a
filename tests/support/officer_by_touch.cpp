// See officer_by_touch.h.
#include "tests/support/officer_by_touch.h"

#include "tests/support/x_finger.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;

constexpr int page_turns_max = 40;

bool sign_in(XFinger& finger, const core::Json& staff) {
  if (!finger.tap("start.staff") || !finger.find("staff.pin.1")) return false;
  finger.type(staff.text("badge"));
  if (!finger.find_saying("staff.badge", staff.text("name"))) return false;
  for (const char digit : staff.text("pin")) {
    if (!finger.tap(std::string("staff.pin.") + digit)) return false;
  }
  return finger.tap("staff.go");
}

// Each page stays long enough to count.
bool read_to_the_end(XFinger& finger) {
  if (!finger.tap("inbox.open.0", 60s) || !finger.find("read.next", 30s)) return false;
  for (int turn = 0; turn < page_turns_max && !finger.find("read.go", 2500ms); ++turn) {
    if (!finger.tap("read.next", 100ms)) finger.tap("read.prev", 100ms);
  }
  return finger.tap("read.go", 30s);
}

bool mark(XFinger& finger, const core::Json& staff) {
  return sign_in(finger, staff) && read_to_the_end(finger) && finger.draw_signature("ack.pad") && finger.tap("ack.go") && finger.find("rcpt.go", 60s).has_value();
}

}  // namespace

VirtualDisplay::VirtualDisplay(const std::string& folder, const std::string& size) {
  const auto file = folder + "/display";
  write_text(file, "");
  x_ = Program({"/bin/sh", "-c", "exec Xvfb -displayfd 1 -screen 0 " + size + "x24 -nolisten tcp 2>/dev/null"}, file);
  if (wait_for_line(file, "\n", x_, 20s)) name_ = ":" + read_text(file).substr(0, read_text(file).find('\n'));
}

VirtualDisplay::~VirtualDisplay() {
  x_.signal(15);  // by its own hand: a display that is killed leaves its lock behind
  x_.wait(10s);
}

TouchedMark mark_by_touch(Office& office, const std::string& folder, const std::string& events) {
  const auto widgets = folder + "/widgets.json";
  const VirtualDisplay screen(folder, "1920x1080");
  if (screen.name().empty()) return {false, "no virtual display", std::nullopt};
  Program kiosk(office.kiosk_command({"--widgets", widgets, "--events", events}), folder + "/officer-touch.log", {{"DISPLAY", screen.name()}});
  TouchedMark result;
  {
    XFinger finger(screen.name(), widgets);  // gone before its display is
    result.marked = mark(finger, office.secrets().items("staff").front());
    result.shown = read_text(widgets);
    if (result.marked) finger.tap("rcpt.go");
  }
  kiosk.signal(15);
  result.ended = kiosk.wait(20s);
  return result;
}

}  // namespace qabyl::rig
