// The pieces that frame.cpp and frame_rail.cpp share. Not for screens.
#pragma once

#include "kiosk/ui/frame.h"

namespace qabyl::kiosk::ui {

bool folded(const Canvas& canvas, const FrameSpec& spec);  // landscape without the rail

void rail(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame);
void folded_band(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame);
void portrait_band(Canvas& canvas, Rect box, const FrameSpec& spec, Frame& frame);
float portrait_band_height(const Canvas& canvas, const FrameSpec& spec);

float control_width(const Canvas& canvas, std::string_view id);  // of the button with that label
void language_switch(Canvas& canvas, Rect box, Frame& frame);
void text_button(Canvas& canvas, Rect box, Frame& frame);
void contrast_button(Canvas& canvas, Rect box, Frame& frame);

}  // namespace qabyl::kiosk::ui
