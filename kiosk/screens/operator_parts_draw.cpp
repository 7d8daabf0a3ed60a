// See operator_draw.h.
#include "kiosk/screens/operator_draw.h"

#include <algorithm>

#include "kiosk/screens/staff_draw.h"

namespace qabyl::kiosk {

using ui::Icon;
using ui::Rect;
namespace space = ui::space;

namespace {

float icon_room(const Pen& pen, const Words& words) { return words.icon == Icon::none ? 0 : ui::size::icon_small * std::min(1.4F, pen.canvas.em()) + space::s12; }

}  // namespace

float column_height(const Pen& pen, const Column& column, float width) {
  float height = 0;
  for (const auto& words : column) height += words.gap + pen.canvas.text_height(words.type, words.text, width - icon_room(pen, words));
  return height;
}

void draw_column(const Pen& pen, Rect room, const Column& column) {
  for (const auto& words : column) {
    room.cut_top(words.gap);
    Rect line = room;
    if (const float icon = icon_room(pen, words); icon > 0) {
      const float side = icon - space::s12;
      const Rect place = line.cut_left(side, space::s12);
      pen.canvas.icon({place.x, place.y + (pen.canvas.line_height(words.type) - side) / 2, side, side}, words.icon, words.tone);
    }
    room.cut_top(pen.canvas.text(line, words.type, words.tone, words.text));
  }
}

std::string waiting_age(const Pen& pen, core::Instant since) {
  const auto minutes = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::minutes>(pen.app.now().wall - since).count());
  const auto days = minutes / (24 * 60), hours = minutes / 60 % 24;
  if (days > 0) return pen.say("op.age.days", {{"d", number_text(days)}, {"h", number_text(hours)}});
  return pen.say("op.age.hours", {{"h", number_text(hours)}, {"m", number_text(minutes % 60)}});
}

Caused draw_items(const Pen& pen, Rect room, const std::vector<Item>& items, int list_page) {
  const auto heights_in = [&](float width) {
    std::vector<float> heights;
    for (const auto& item : items) heights.push_back(item.height(width) + space::s12);
    return heights;
  };
  Rect pager;
  if (page_starts(heights_in(room.w), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto heights = heights_in(room.w);
  const auto starts = page_starts(heights, room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : items.size();
  Caused caused = draw_list_pager(pen, pager, "op", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    if (auto tapped = items[i].draw(room.cut_top(heights[i] - space::s12, space::s12))) caused = tapped;
  }
  return caused;
}

Item note_item(const Pen& pen, ui::NoteSpec note) {
  return {[&pen, note](float width) { return ui::note_height(pen.canvas, note, width); },
          [&pen, note](Rect box) { return ui::note_box(pen.canvas, box, note), Caused{}; }};
}

Item row_item(const Pen& pen, ui::RowSpec row, Caused on_action) {
  return {[&pen, row](float width) { return ui::row_height(pen.canvas, row, width); },
          [&pen, row, on_action](Rect box) { return ui::list_row(pen.canvas, box, row) == ui::RowTap::action ? on_action : Caused{}; }};
}

std::string kind_name(const Pen& pen, const std::string& kind) {
  const auto id = "op.kind." + kind;
  const auto act = "act.rcpt." + kind.substr(kind.rfind('.') + 1);  // what a bureau has done, in the same words as its receipt
  const auto has = [&](const std::string& text) { return pen.canvas.texts().has(pen.language(), text); };
  return pen.say(has(id) ? id : kind.ends_with(".receive") ? "ack.rcpt.h" : has(act) ? act : "op.kind.other");
}

ui::NoteSpec alarm_note(const Pen& pen, const std::string& alarm) {
  const auto code = alarm.substr(0, alarm.find(' '));  // what follows is an id or a digest
  const auto id = "op.alarm." + code;
  const auto words = pen.canvas.texts().has(pen.language(), id) ? pen.say(id) : pen.say("op.reason.other");
  return {Icon::warning, pen.say("op.alarm"), words + " " + pen.say("op.reason.code", {{"c", code}}) + ".", ui::State::bad, true};
}

}  // namespace qabyl::kiosk
