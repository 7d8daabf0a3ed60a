// Icons by path on a 24-unit grid, stroke 2 units, round ends; the horn and its ornament band.
#pragma once

#include <cstdint>

#include "kiosk/ui/geometry.h"

struct ImDrawList;

namespace qabyl::kiosk::ui {

enum class Icon {
  none, check, cross, left, right, up, down, backspace, shift, globe, document, search, building, usb, scanner, camera,
  printer, clock, warning, cloud_off, cloud, shield, lock, leave, plus, minus, undo, trash, eye, text_size, contrast,
  power, inbox, stamp, home, database, refresh, person, turn, info, fee, icons_count
};

// Draws into window pixels; `colour` is ImGui's packed colour.
void draw_icon(ImDrawList* list, Icon icon, Rect box, std::uint32_t colour);
// The ram's horn: two mirrored curves and a stem.
void draw_horn(ImDrawList* list, Rect box, std::uint32_t colour, float thickness);
// A band of small horns along a line.
void draw_ornament(ImDrawList* list, Rect box, std::uint32_t colour, float pitch);

}  // namespace qabyl::kiosk::ui
