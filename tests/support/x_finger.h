// A finger through X's own input: XTEST events on a virtual display, at places that the kiosk's --widgets
// file names. What GLFW and the window system do with a touch is thereby in the test. Knows no screen.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"

namespace qabyl::rig {

class XFinger {
 public:
  XFinger(std::string display, std::string widgets_file);
  ~XFinger();
  XFinger(const XFinger&) = delete;
  XFinger& operator=(const XFinger&) = delete;

  // The widget of that key once it is on the screen and enabled; nullopt after `at_most`.
  std::optional<core::Json> find(const std::string& key, std::chrono::milliseconds at_most = std::chrono::seconds{30});
  bool find_saying(const std::string& key, const std::string& text, std::chrono::milliseconds at_most = std::chrono::seconds{30});
  bool tap(const std::string& key, std::chrono::milliseconds at_most = std::chrono::seconds{30});
  // The same without looking first: for keys of a keyboard and digits of a pad, which take every touch.
  bool touch(const std::string& key, std::chrono::milliseconds at_most = std::chrono::seconds{5});
  // All of them at once, faster than any frame; each must be on the screen already.
  bool touch_all(const std::vector<std::string>& keys);
  void hover();  // the pointer moves over nothing: the kiosk wakes up and nothing is pressed
  bool draw_signature(const std::string& pad);
  // Everything that stands on the display, four bytes a pixel (blue, green, red, nothing), from the top.
  std::vector<std::uint8_t> picture();
  // Types as a code reader does: keys of a real keyboard.
  void type(const std::string& ascii);

 private:
  void* display_ = nullptr;
  std::string widgets_file_;
};

}  // namespace qabyl::rig
