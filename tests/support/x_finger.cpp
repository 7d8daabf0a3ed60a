// See x_finger.h.
#include "tests/support/x_finger.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

#include <cctype>
#include <thread>

#include "tests/support/rig.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;

Display* x(void* display) { return static_cast<Display*>(display); }

void point(void* display, int px, int py) { XTestFakeMotionEvent(x(display), -1, px, py, CurrentTime); }
void button(void* display, bool down) {
  XTestFakeButtonEvent(x(display), 1, down ? True : False, CurrentTime);
  XFlush(x(display));
}

}  // namespace

XFinger::XFinger(std::string display, std::string widgets_file)
    : display_(XOpenDisplay(display.c_str())), widgets_file_(std::move(widgets_file)) {
  QABYL_CHECK(display_ != nullptr);
}

XFinger::~XFinger() { XCloseDisplay(x(display_)); }

std::optional<core::Json> XFinger::find(const std::string& key, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (std::chrono::steady_clock::now() < until) {
    const auto json = core::parse_json(read_text(widgets_file_), 4 * 1024 * 1024);
    if (json) {
      for (const auto& widget : json->items("widgets")) {
        if (widget.text("key") == key && widget.flag("enabled")) return widget;
      }
    }
    std::this_thread::sleep_for(20ms);  // the poll of a file, not a hope
  }
  return std::nullopt;
}

bool XFinger::find_saying(const std::string& key, const std::string& text, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  do {
    const auto widget = find(key, 500ms);
    if (widget && widget->text("text").find(text) != std::string::npos) return true;
  } while (std::chrono::steady_clock::now() < until);
  return false;
}

bool XFinger::tap(const std::string& key, std::chrono::milliseconds at_most) {
  const auto widget = find(key, at_most);
  if (!widget) return false;
  std::this_thread::sleep_for(450ms);  // a person looks first: sooner than 400 ms after a change nothing is pressed
  point(display_, static_cast<int>(widget->number("x") + widget->number("w") / 2),
        static_cast<int>(widget->number("y") + widget->number("h") / 2));
  button(display_, true);
  std::this_thread::sleep_for(40ms);  // a finger stays for a moment
  button(display_, false);
  return true;
}

bool XFinger::draw_signature(const std::string& pad) {
  const auto widget = find(pad);
  if (!widget) return false;
  const auto at = [&](double px, double py) {
    point(display_, static_cast<int>(static_cast<double>(widget->number("x")) + px * static_cast<double>(widget->number("w"))),
          static_cast<int>(static_cast<double>(widget->number("y")) + py * static_cast<double>(widget->number("w"))));
    XFlush(x(display_));
    std::this_thread::sleep_for(8ms);
  };
  at(0.2, 0.35);
  button(display_, true);
  for (int i = 0; i <= 80; ++i) at(0.2 + i * 0.007, 0.35 - (i % 10 < 5 ? i % 5 : 5 - i % 5) * 0.03);
  button(display_, false);
  return true;
}

void XFinger::type(const std::string& ascii) {
  const KeyCode shift = XKeysymToKeycode(x(display_), XK_Shift_L);
  for (const char c : ascii) {
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0 || c == ':';
    const KeySym symbol = c == ':' ? XK_colon : c == '-' ? XK_minus : static_cast<KeySym>(std::tolower(static_cast<unsigned char>(c)));
    const KeyCode key = XKeysymToKeycode(x(display_), symbol);
    if (upper) XTestFakeKeyEvent(x(display_), shift, True, CurrentTime);
    XTestFakeKeyEvent(x(display_), key, True, CurrentTime);
    XTestFakeKeyEvent(x(display_), key, False, CurrentTime);
    if (upper) XTestFakeKeyEvent(x(display_), shift, False, CurrentTime);
    XFlush(x(display_));
  }
}

}  // namespace qabyl::rig
