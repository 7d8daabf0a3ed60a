// --frames: one JSON line a frame that was drawn and shown, with what it cost and which screen it was. For measuring: how many
// frames an idle kiosk draws, when the first one stood on the screen. UI thread; knows no screen.
#pragma once

#include <cstdint>
#include <string>

#include "core/result.h"
#include "core/sys/files.h"

namespace qabyl::kiosk {

struct FrameCost {
  std::int64_t build_us = 0;  // the screen into ImGui's lists
  std::int64_t draw_us = 0;   // lists into pixels, shown
  int vertices = 0;
};

class FrameLog {
 public:
  core::Status open(const std::string& path);
  // Nothing when not open. {"build_us":..,"draw_us":..,"frame":n,"steady_us":..,"vertices":..}; n from 1.
  // `screen`: name of what was shown, as its keys begin with; left out where it has no frame.
  void shown(const FrameCost& cost, std::int64_t steady_us, const std::string& screen);

 private:
  core::sys::File file_;
  std::int64_t frames_ = 0;
};

}  // namespace qabyl::kiosk
