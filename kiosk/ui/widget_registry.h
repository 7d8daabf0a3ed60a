// What was drawn in the last frame: every widget with its key, place, text, role and state, and every
// text with whether it fitted, every ground that was filled, in the order of drawing. For tests, scripts and
// speech; knows no ImGui. Places are window pixels.
#pragma once

#include <string>
#include <vector>

#include "kiosk/ui/geometry.h"
#include "kiosk/ui/tokens.h"

namespace qabyl::kiosk::ui {

enum class Role { button, choice, field, key, text, image, tag, pad, dialog };
std::string_view to_text(Role role);

struct Widget {
  std::string key;       // stable: start.apply, docs.add.LD2, kb.ә
  Role role = Role::button;
  Rect rect;             // window pixels
  std::string text;      // label, spoken name
  std::string value;     // of a field or choice
  bool enabled = true, selected = false, focused = false;
  float target_px = 0;   // smaller side in design pixels
};

struct DrawnText {
  std::string text;
  Rect rect;             // what the glyphs take, window pixels
  Rect box;              // where it had to stay
  float px = 0;          // design pixels of the type
  bool fitted = true;
  bool broken = false;   // a word of it stands on two lines
  Tone ink = Tone::ink;
};

// A filled area. What it covers of a text drawn before is not seen; what is drawn after stands on it.
struct DrawnGround {
  Rect rect;
  Tone tone = Tone::paper;
  std::size_t texts_before = 0;
};

class WidgetRegistry {
 public:
  void clear();
  void add(Widget widget) { widgets_.push_back(std::move(widget)); }
  void add(DrawnText text) { texts_.push_back(std::move(text)); }
  void add_ground(Rect rect, Tone tone) { grounds_.push_back({rect, tone, texts_.size()}); }
  const Widget* find(std::string_view key) const;
  const Widget* find_text(std::string_view text) const;  // a target whose label holds `text`
  // A target inside the row that says `text` (an inbox's row, a list's): its key begins with `prefix`.
  const Widget* find_in_row(std::string_view text, std::string_view prefix) const;
  bool shows(std::string_view text) const;               // any drawn text holds it
  void name_screen(std::string name) { screen_ = std::move(name); }
  const std::string& screen() const { return screen_; }  // FrameSpec::screen; empty: one without a frame
  const std::vector<Widget>& widgets() const { return widgets_; }
  const std::vector<DrawnText>& texts() const { return texts_; }
  const std::vector<DrawnGround>& grounds() const { return grounds_; }
  std::string to_json() const;

 private:
  std::string screen_;
  std::vector<Widget> widgets_;
  std::vector<DrawnText> texts_;
  std::vector<DrawnGround> grounds_;
};

}  // namespace qabyl::kiosk::ui
