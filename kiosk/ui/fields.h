// What a person types into: text field, grouped digits, PIN boxes, number pad. They show what the model
// holds and say what was tapped; none of them holds a text. design/DESIGN.md, section 5.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::ui {

struct FieldSpec {
  std::string key, label, hint;  // label above, hint above the box, never inside it
  std::string value;
  std::size_t caret = 0;         // byte offset in value; drawn while focused
  bool focused = false;          // has the keyboard
  bool locked = false;           // shown with a lock, cannot be changed
  std::string error;             // 4 px frame, icon and this sentence below
};
// Height that the field needs at `width`, label to error. A value too long for the box scrolls inside it;
// that of a locked one wraps and the box grows.
float field_height(const Canvas& canvas, const FieldSpec& spec, float width);
// True when tapped. Draws from the top of `box`; only its width counts.
bool field(Canvas& canvas, Rect box, const FieldSpec& spec);

// A text of several lines: as many as `box` has room for, those round the caret. True when tapped.
bool text_area(Canvas& canvas, Rect box, const FieldSpec& spec);

struct DigitsSpec {
  std::string key, label;
  std::string digits;
  std::vector<int> groups = {4, 4, 4};  // BIN
  bool focused = true;
  std::string error, well;       // one of the two sentences below the box
};
float digits_height(const Canvas& canvas, const DigitsSpec& spec, float width);
bool digits_field(Canvas& canvas, Rect box, const DigitsSpec& spec);

struct PinSpec {
  std::string key, label;
  int filled = 0, count = 6;     // dots only: a digit is never drawn or recorded
  bool focused = true;
  std::string error;
};
float pin_height(const Canvas& canvas, const PinSpec& spec, float width);
bool pin_boxes(Canvas& canvas, Rect box, const PinSpec& spec);

struct PadPress {
  enum class What { digit, backspace, clear } what = What::digit;
  char digit = '0';
};
// Keys <key>.0 ... <key>.9, <key>.backspace, <key>.clear; they act on touch-down. 416 x 430 px wanted
// (size::number_pad_w, _h); keys grow with the box.
// A word as wide as the clear key's wants wider keys with larger text.
float number_pad_width(const Canvas& canvas);
std::optional<PadPress> number_pad(Canvas& canvas, Rect box, const std::string& key);

}  // namespace qabyl::kiosk::ui
