// What the tabs of the operator's panel share: a list of anything, a page at a time, and how records are called there. Drawing only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {

// Anything that knows its height and how to draw itself.
struct Item {
  std::function<float(float width)> height;
  std::function<Caused(ui::Rect box)> draw;
};
Caused draw_items(const Pen& pen, ui::Rect room, const std::vector<Item>& items, int list_page);
// Texts below each other; `gap` above, an icon before.
struct Words { ui::Type type; ui::Tone tone; std::string text; float gap = 0; ui::Icon icon = ui::Icon::none; };
using Column = std::vector<Words>;
float column_height(const Pen& pen, const Column& column, float width);
void draw_column(const Pen& pen, ui::Rect room, const Column& column);

Item note_item(const Pen& pen, ui::NoteSpec note);
Item row_item(const Pen& pen, ui::RowSpec row, Caused on_action = {});
std::vector<Item> held_items(const Pen& pen, const HeldRecord& record);  // operator_held_draw.cpp
std::vector<Item> courier_items(const Pen& pen, const OperatorScreen& panel);  // operator_courier_draw.cpp

// What stays true although there is contact again: somebody answered falsely, a record is not taken. `alarm`: LinkView::alarm.
ui::NoteSpec alarm_note(const Pen& pen, const std::string& alarm);
std::string waiting_age(const Pen& pen, core::Instant since);  // "2 h 10 min"
std::string kind_name(const Pen& pen, const std::string& kind);

}  // namespace qabyl::kiosk
