// The drawings of the staff journey that lie in files of their own, and the frame that they share.
// Const model in, at most one input out; no decision is made here.
#pragma once

#include "kiosk/screens/draw.h"
#include "kiosk/ui/keyboard.h"

namespace qabyl::kiosk {

// Rail with the five steps of the bureau's journey.
ui::FrameSpec staff_frame(const Pen& pen, std::string screen, int step);
Caused draw_acknowledge(const Pen& pen, const StaffJourney& journey);
Caused draw_mark_receipt(const Pen& pen, const StaffJourney& journey);
Caused draw_operator(const Pen& pen, const StaffJourney& journey);

}  // namespace qabyl::kiosk
