// The on-screen keyboard as a value: which layout and layer, shift, which key is lit, when backspace
// repeats; and where each key lies. No ImGui, no field: the screen's model owns the text.
// design/DESIGN.md, section 6.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/texts.h"
#include "core/ports.h"
#include "kiosk/ui/geometry.h"

namespace qabyl::kiosk::ui {

enum class Layer { letters, digits };
enum class Shift { off, once, locked };

// What one key does.
enum class Act { character, space, backspace, shift, layer, layout, left, right, next };

struct KeyCap {
  Act act = Act::character;
  std::string lower, upper;  // of a character; also its stable name: "kb." + lower
  bool kazakh = false;       // one of the nine letters that only Kazakh has
};
struct PlacedKey {
  KeyCap cap;
  Rect rect;                 // design pixels
};

// What a press means to the field. Shift and layer changes stay inside the keyboard.
struct KeyPress {
  Act act = Act::character;
  std::string text;          // of a character or space: UTF-8, in the case that shift asks for
  bool operator==(const KeyPress&) const = default;
};

inline constexpr core::Millis key_lit{80};
inline constexpr core::Millis repeat_after{500}, repeat_every{125};

struct KeyboardState {
  core::Language layout = core::Language::kk;
  Layer layer = Layer::letters;
  Shift shift = Shift::off;
  std::string lit;                            // name of the key that is gold
  core::Millis lit_until{0};                  // steady
  std::optional<core::Millis> repeat_at;      // while backspace is held

  // A field takes the focus: letters, and a capital first when it is an empty field for a name.
  void begin_field(bool name, bool empty);
  // A finger or Enter went down on `cap`. Empty: the keyboard dealt with it (shift, layer, layout).
  std::optional<KeyPress> press(const KeyCap& cap, core::Millis now);
  // Call once a pass while backspace is held: true when it must act again.
  bool repeats(core::Millis now);
  void lift() { repeat_at.reset(); }
  // The next instant at which the keyboard looks or acts otherwise by itself.
  std::optional<core::Millis> next_due(core::Millis now) const;
  bool capital() const { return shift != Shift::off && layer == Layer::letters; }
};

std::string name_of(const KeyCap& cap);       // "kb.ә", "kb.backspace": stable in every language

// Height that the keyboard needs with its bed, and its keys inside a bed of `bed`. Five rows; letters
// that two layouts share do not move.
float keyboard_height(bool portrait);
std::vector<PlacedKey> place_keys(core::Language layout, Layer layer, Rect bed, bool portrait);

}  // namespace qabyl::kiosk::ui
