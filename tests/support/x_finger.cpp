// See x_finger.h.
#include "tests/support/x_finger.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
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

namespace {

void press(void* display, const core::Json& widget, std::chrono::milliseconds held) {
  point(display, static_cast<int>(widget.number("x") + widget.number("w") / 2), static_cast<int>(widget.number("y") + widget.number("h") / 2));
  button(display, true);
  std::this_thread::sleep_for(held);
  button(display, false);
}

}  // namespace

bool XFinger::touch(const std::string& key, std::chrono::milliseconds at_most) {
  const auto widget = find(key, at_most);
  if (!widget) return false;
  press(display_, *widget, 15ms);
  std::this_thread::sleep_for(15ms);
  return true;
}

bool XFinger::touch_all(const std::vector<std::string>& keys) {
  std::vector<core::Json> widgets;
  for (const auto& key : keys) {
    auto widget = find(key, 5s);
    if (!widget) return false;
    widgets.push_back(*std::move(widget));
  }
  for (const auto& widget : widgets) press(display_, widget, 0ms);
  return true;
}

void XFinger::hover() {
  static int place = 0;
  point(display_, 2 + (place = 1 - place), 2);
  XFlush(x(display_));
}

std::vector<std::uint8_t> XFinger::picture() {
  XWindowAttributes all{};
  XGetWindowAttributes(x(display_), DefaultRootWindow(x(display_)), &all);
  XImage* image = XGetImage(x(display_), DefaultRootWindow(x(display_)), 0, 0, static_cast<unsigned>(all.width), static_cast<unsigned>(all.height), AllPlanes, ZPixmap);
  QABYL_CHECK(image != nullptr);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(image->data);
  std::vector<std::uint8_t> copy(bytes, bytes + static_cast<std::size_t>(image->bytes_per_line) * static_cast<std::size_t>(image->height));
  XDestroyImage(image);
  return copy;
}

bool XFinger::tap(const std::string& key, std::chrono::milliseconds at_most) {
  if (!find(key, at_most)) return false;
  std::this_thread::sleep_for(450ms);  // a person looks first: sooner than 400 ms after a change nothing is pressed
  const auto widget = find(key, at_most);  // where it is by now
  if (!widget) return false;
  press(display_, *widget, 40ms);  // a finger stays for a moment
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
