// What every screen of the bureau shares on which something is signed: the pad with its buttons, the locked fields, the
// wait for an open outcome. Const model in, at most one input out.
#pragma once

#include "kiosk/screens/staff_draw.h"

namespace qabyl::kiosk {

// Pad, undo, erase, with keys <screen>.pad, .undo, .clear; what is wrong above them.
Caused draw_sign_pad(const Pen& pen, ui::Rect room, const AcknowledgeScreen& ink, const std::string& screen, const std::string& name);
// What the pad with its buttons takes of a portrait `room`, at most `share` of it.
float pad_height(const Pen& pen, ui::Rect room, float share);
// Position, name and date, locked. The height taken; words where boxes do not fit.
float draw_locked(const Pen& pen, ui::Rect room, const StaffView& staff);
// "It is being checked whether it was filed" (I7).
Caused draw_filing_checked(const Pen& pen, const std::string& screen);

}  // namespace qabyl::kiosk
