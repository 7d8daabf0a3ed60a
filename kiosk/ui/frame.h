// What is the same round every screen: rail or brand band with the steps, header with connection,
// language, text size and contrast, action bar. design/DESIGN.md, section 4. Three shapes: landscape with
// rail; landscape at 125 % and 150 % with the rail folded into a top band; portrait.
// Knows no case: what the steps are and where "back" leads is the screen's business.
//
//   Frame frame = open_frame(canvas, spec);   // rail and header, so that Tab reads in order
//   ... the screen draws inside frame.content ...
//   close_frame(canvas, spec, frame);         // the action bar
//   if (frame.primary) ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::ui {

struct MenuLine { std::string key, label; Icon icon = Icon::none; bool selected = false; };

struct Primary {
  std::string label;
  bool enabled = true;       // disabled: drawn dashed, still comes back when tapped; name the reason in `warning`
  Icon icon = Icon::right;
};

struct FrameSpec {
  std::string screen;        // prefix of keys: "docs" gives docs.back, docs.go
  // Rail. Steps in their order; the current from 1, 0: none yet. Finished ones can be tapped.
  std::vector<std::string> steps;
  int current = 0;
  std::string current_sub;   // "2-сұрақ, барлығы 4"
  bool steps_can_be_tapped = true;
  std::string under_brand;   // empty: kit.what
  std::vector<MenuLine> menu;        // instead of steps (operator); keys as given
  // Start screen: a wide rail with a welcome instead of steps; `under_brand` and language switch are left out.
  std::string welcome, welcome_text;
  std::vector<std::pair<Icon, std::string>> promises;  // at its foot
  std::string finish;        // label of "finish and clear"; empty: no such button
  std::string kiosk, time;   // "AL-03", "14:26"
  // Header. `title` with `sub` stands in place of the connection when given, unless offline.
  bool online = true;
  std::string title, sub;
  // Bar. Without back, saved, warning and primary there is none and the content grows.
  std::string back;          // label, usually say("back")
  std::string saved;         // what was saved and when, or another short note
  Icon saved_icon = Icon::check;
  std::string warning;       // tag beside the primary: why it is disabled, or what is missing
  std::optional<Primary> primary;
  bool keyboard = false;     // the content reaches to the lower edge; no bar (the keyboard stands there)
};

struct Frame {
  Rect content;              // design pixels that are the screen's
  std::optional<core::Language> language;
  bool text_size = false, contrast = false, finish = false;
  bool back = false, primary = false;  // after close_frame
  int step = 0;              // a finished step was tapped
  std::string menu;          // key of the tapped line
};

// Keys: lang.kk, lang.ru, lang.en, acc.text, acc.contrast, finish, step.N, <screen>.back, <screen>.go.
Frame open_frame(Canvas& canvas, const FrameSpec& spec);
void close_frame(Canvas& canvas, const FrameSpec& spec, Frame& frame);

// Language, text size and contrast alone, at the upper right or, upright, at the lower edge, for a screen without
// a frame. Cuts what they took off `room`.
Frame bare_controls(Canvas& canvas, Rect& room);

// Title in the serif with a line of help under it; returns the height that both took.
float heading(Canvas& canvas, Rect box, std::string_view title, std::string_view help = {});
// The back button alone, for screens whose lower edge is the keyboard. Key <screen>.back.
bool back_button(Canvas& canvas, Rect box, const FrameSpec& spec);

}  // namespace qabyl::kiosk::ui
