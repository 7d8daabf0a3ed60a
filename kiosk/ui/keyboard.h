// Draws the on-screen keyboard and says what was pressed. Keys act on touch-down and are gold for 80 ms.
// The state is a value of the drawer (keyboard_state.h); the text belongs to the screen's model.
#pragma once

#include <optional>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/keyboard_state.h"

namespace qabyl::kiosk::ui {

struct KeyboardSpec {
  std::string next;       // label of the last key; empty: kb.next
  bool next_enabled = true;
};
// The bed: the lower edge of the screen, right of the rail where there is one.
Rect keyboard_bed(const Canvas& canvas);
// Keys: kb.<character>, kb.space, kb.shift, kb.layer, kb.lang, kb.backspace, kb.left, kb.right, kb.next.
std::optional<KeyPress> keyboard(Canvas& canvas, Rect bed, KeyboardState& state, const KeyboardSpec& spec = {});

}  // namespace qabyl::kiosk::ui
