// The signature pad: takes every sample of one contact from the input queue, draws strokes as soft
// strips whose width falls with speed, gives back each stroke when the finger lifts. Strokes are the
// evidence, the picture is not (design/DESIGN.md, section 7; core/signature.h). UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/signature.h"
#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::ui {

struct InkPadSpec {
  std::string key = "sign.pad";
  std::string name, date;       // under the base line
  bool enabled = true;          // false: shown, takes no ink
};

// Of the drawer; reset when the strokes are erased or the visitor changes.
struct InkPadState {
  core::Stroke stroke;          // under way
  bool down = false;
  std::optional<std::int64_t> first_ms;  // steady, first touch of this signature
  void reset() { *this = {}; }
};

struct InkPadResult {
  std::optional<core::Stroke> lifted;  // x, y in 1/10 000 of the pad's width, t from the first touch
  int width_tenth_mm = 0, height_tenth_mm = 0;
};

// `strokes` are those that the model holds already.
InkPadResult ink_pad(Canvas& canvas, Rect box, const InkPadSpec& spec, const core::Strokes& strokes, InkPadState& state);

// A point of the drawn curve: Catmull-Rom through the samples. Pixels of the pad's width `pad_w`.
struct RibbonPoint { float x = 0, y = 0, half_width = 0; };
std::vector<RibbonPoint> ribbon(const core::Stroke& stroke, float pad_w);
// Draws one stroke into a list; `x`, `y` is the pad's upper left corner in window pixels, `scale` the
// window's pixels a design pixel.
void draw_stroke(ImDrawList* list, const core::Stroke& stroke, float x, float y, float pad_w, float scale, std::uint32_t colour);

}  // namespace qabyl::kiosk::ui
