// The bureau's officer at a kiosk with a window: a virtual display, XTEST and GLFW, no script. What only a window does -
// waking for its threads and for signals, keys of a code reader - is thereby in the test. Knows no test library.
#pragma once

#include "tests/support/rig.h"

namespace qabyl::rig {

// A virtual display of its own, of that size ("1920x1080"); gone with the value. Empty name: none came up.
class VirtualDisplay {
 public:
  VirtualDisplay(const std::string& folder, const std::string& size);
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;
  const std::string& name() const { return name_; }

 private:
  Program x_;
  std::string name_;
};

struct TouchedMark {
  bool marked = false;         // signed in, read every page, signed: the receipt stood on the screen
  std::string shown;           // --widgets as it was last
  std::optional<int> ended;    // exit code after SIGTERM; nullopt: it did not hear it
};
// The first of the office's staff marks the one notice that waits. The registry must be running. Logs and the kiosk's
// events go to `folder`, which exists.
TouchedMark mark_by_touch(Office& office, const std::string& folder, const std::string& events);

}  // namespace qabyl::rig
