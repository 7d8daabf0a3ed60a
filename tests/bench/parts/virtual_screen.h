// An X server without a screen (Xvfb) on a display that it chooses itself; ended with the value.
#pragma once

#include <string>

#include "tests/support/rig.h"

namespace qabyl::bench {

class VirtualScreen {
 public:
  explicit VirtualScreen(const std::string& folder);    // its log goes there
  const std::string& display() const { return display_; }  // ":99"; empty: no Xvfb on this machine

 private:
  rig::Program server_;
  std::string display_;
};

}  // namespace qabyl::bench
