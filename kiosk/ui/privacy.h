// Screens that hide all others: the time-out dialog, "screen cleared", and cards in the middle of the
// screen (after a power cut, intake stopped). design/DESIGN.md, section 8. Nothing of a visitor is here.
#pragma once

#include <string>
#include <vector>

#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::ui {

struct AwaySpec {
  int seconds_left = 90, seconds_max = 90;
  std::string second;            // the word under the digits
  std::string title, text, draft_note;   // draft_note empty: nothing is kept
  std::string yes, more, leave;
  std::string foot;              // "hidden for privacy", kiosk
};
enum class AwayTap { none, yes, more, leave };
// Keys away.yes, away.more, away.leave. Any other touch counts as "yes" (AwayTap::yes).
AwayTap away_dialog(Canvas& canvas, const AwaySpec& spec);

// Solid rail with shield, title, text and one gold button. Key <key>. True when tapped.
struct ClearedSpec { std::string key, title, text, begin; };
bool cleared_screen(Canvas& canvas, const ClearedSpec& spec);

// A message in the middle of the paper ground: icon, title, text, a card, up to two buttons, a foot line.
struct MessageSpec {
  Icon icon = Icon::power;
  bool bad = false;
  std::string title, text;
  std::string card_label, card_title, card_text;  // empty: no card
  std::vector<ButtonSpec> buttons;
  std::string foot;
};
// Key of the button tapped, or empty. `box` is the room it may take: a frame's content or the screen.
std::string message_screen(Canvas& canvas, Rect box, const MessageSpec& spec);

}  // namespace qabyl::kiosk::ui
