// What only informs: progress, notes, error summary, custody, ticked sentences. See lists.h.
#include <algorithm>

#include "kiosk/ui/lists.h"

namespace qabyl::kiosk::ui {
namespace {

constexpr float segment_h = space::s12 + 2;

struct NoteRoom { float icon = 0, text_x = 0, text_w = 0; };

NoteRoom note_room(const Canvas& canvas, const NoteSpec& spec, float width) {
  NoteRoom room;
  room.icon = spec.icon == Icon::none ? 0 : size::icon * std::min(canvas.em(), 1.25F);
  room.text_x = space::s24 + (spec.strip ? size::strip : 0) + (room.icon > 0 ? room.icon + space::s20 : 0);
  room.text_w = width - room.text_x - space::s24;
  return room;
}

float note_words(const Canvas& canvas, const NoteSpec& spec, float width) {
  float height = spec.title.empty() ? 0 : canvas.text_height(Type::list, spec.title, width);
  if (!spec.text.empty()) height += canvas.text_height(Type::small, spec.text, width);
  return height;
}

float error_button_height(const Canvas& canvas, const ErrorLine& error, float width) {
  return std::max(size::target_normal, canvas.text_height(Type::list, error.text, width - size::icon - space::s56 - space::s16) + space::s24);
}

// Buttons side by side while they fit, else below each other. Calls put(index, rect); returns the height.
template <typename Put>
float flow_errors(const Canvas& canvas, const std::vector<ErrorLine>& errors, Rect box, Put put) {
  float x = box.x, y = box.y, row_h = 0;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const float wanted = canvas.text_width(Type::list, errors[i].text) + size::icon + space::s56 + space::s20;
    const float width = std::min(box.w, wanted);
    if (x > box.x && x + width > box.right()) {
      x = box.x;
      y += row_h + space::s12;
      row_h = 0;
    }
    const float height = error_button_height(canvas, errors[i], width);
    put(i, Rect{x, y, width, height});
    row_h = std::max(row_h, height);
    x += width + space::s16;
  }
  return y + row_h - box.y;
}

float custody_words(const Canvas& canvas, const CustodyLine& line, float width) {
  return canvas.text_height(Type::h3, line.title, width) + (line.sub.empty() ? 0 : canvas.text_height(Type::small, line.sub, width));
}

constexpr float custody_text_x = size::custody_circle + space::s24;

float custody_row(const Canvas& canvas, const CustodyLine& line, float width) {
  return std::max(size::custody_circle, custody_words(canvas, line, width - custody_text_x)) + space::s28;
}

float tick_row(const Canvas& canvas, const std::string& line, float width) {
  return canvas.text_height(Type::step, line, width - size::icon - space::s12) + space::s16;
}

}  // namespace

void progress(Canvas& canvas, Rect box, const std::vector<State>& units) {
  const auto count = static_cast<int>(units.size());
  for (int i = 0; i < count; ++i) {
    const Rect full = box.column(i, count, space::s8);
    const Rect part{full.x, box.mid_y() - segment_h / 2, full.w, segment_h};
    const State state = units[static_cast<std::size_t>(i)];
    if (state == State::neutral) canvas.box(part, Tone::sunk, Tone::edge, size::border, segment_h / 2);
    else canvas.fill(part, ink_of(state), segment_h / 2);
  }
}

float note_height(const Canvas& canvas, const NoteSpec& spec, float width) {
  const auto room = note_room(canvas, spec, width);
  return std::max(room.icon, note_words(canvas, spec, room.text_w)) + 2 * space::s16;
}

float note_box(Canvas& canvas, Rect box, const NoteSpec& spec) {
  const auto room = note_room(canvas, spec, box.w);
  const float height = note_height(canvas, spec, box.w), words = note_words(canvas, spec, room.text_w);
  const Rect place{box.x, box.y, box.w, height};
  canvas.panel(place, ground_of(spec.state), ink_of(spec.state), size::radius_tag);
  if (spec.strip) canvas.fill_sides({place.x, place.y, size::strip, height}, ink_of(spec.state), size::radius_thumb, Sides::left);
  const float icon_x = place.x + space::s24 + (spec.strip ? size::strip : 0);
  canvas.icon({icon_x, place.mid_y() - room.icon / 2, room.icon, room.icon}, spec.icon, ink_of(spec.state));
  Rect text{place.x + room.text_x, place.mid_y() - words / 2, room.text_w, words};
  const Tone ink = spec.state == State::neutral || spec.state == State::info ? Tone::ink : ink_of(spec.state);
  if (!spec.title.empty()) text.cut_top(canvas.text(text, Type::list, ink, spec.title));
  if (!spec.text.empty()) canvas.text(text, Type::small, spec.state == State::warn ? ink : Tone::ink, spec.text);
  return height;
}

float error_summary_height(const Canvas& canvas, std::string_view title, const std::vector<ErrorLine>& errors, float width) {
  const Rect room{0, 0, width - 2 * space::s36, 0};
  return space::s24 + std::max(size::icon_large, canvas.text_height(Type::h2, title, room.w - size::icon_large - space::s20)) + space::s16 +
         flow_errors(canvas, errors, room, [](std::size_t, Rect) {}) + space::s28;
}

int error_summary(Canvas& canvas, Rect box, std::string_view title, const std::vector<ErrorLine>& errors) {
  const Rect place{box.x, box.y, box.w, error_summary_height(canvas, title, errors, box.w)};
  canvas.box(place, Tone::surface, Tone::bad, size::border_summary, size::radius_card);
  canvas.note(place, "errors", Role::dialog, std::string(title), std::to_string(errors.size()));
  Rect room = place.inset(space::s36, 0);
  room.cut_top(space::s24);
  const float title_h = std::max(size::icon_large, canvas.text_height(Type::h2, title, room.w - size::icon_large - space::s20));
  Rect head = room.cut_top(title_h, space::s16);
  const Rect icon = head.cut_left(size::icon_large, space::s20);
  canvas.icon({icon.x, icon.mid_y() - icon.w / 2, icon.w, icon.w}, Icon::warning, Tone::bad);
  canvas.text_mid(head, Type::h2, Tone::bad, title);
  int tapped = -1;
  flow_errors(canvas, errors, room, [&](std::size_t i, Rect where) {
    if (canvas.button(where, {errors[i].key, errors[i].text, Icon::down, true, Look::danger, true, Type::list})) tapped = static_cast<int>(i);
  });
  return tapped;
}

float custody_height(const Canvas& canvas, const std::vector<CustodyLine>& lines, float width) {
  float height = 0;
  for (const auto& line : lines) height += custody_row(canvas, line, width);
  return height;
}

void custody_list(Canvas& canvas, Rect box, const std::vector<CustodyLine>& lines) {
  const float radius = size::custody_circle / 2;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    const Rect row = box.cut_top(custody_row(canvas, line, box.w));
    canvas.note(row, "custody." + std::to_string(i), Role::text, line.title, line.sub, line.state == State::ok);
    if (i + 1 < lines.size()) canvas.fill({row.x + radius - size::border, row.y + size::custody_circle, 2 * size::border, row.h - size::custody_circle}, Tone::line);
    canvas.circle(row.x + radius, row.y + radius, radius, ground_of(line.state), ink_of(line.state), size::border + 1);
    const float side = size::icon;
    canvas.icon({row.x + radius - side / 2, row.y + radius - side / 2, side, side}, line.icon, ink_of(line.state));
    Rect words{row.x + custody_text_x, row.y, row.w - custody_text_x, row.h};
    const float all = custody_words(canvas, line, words.w);
    words.cut_top(std::max(0.0F, (size::custody_circle - all) / 2));
    words.cut_top(canvas.text(words, Type::h3, Tone::ink, line.title));
    if (!line.sub.empty()) canvas.text(words, Type::small, Tone::ink2, line.sub);
  }
}

float ticks_height(const Canvas& canvas, const std::vector<std::string>& lines, float width) {
  float height = 0;
  for (const auto& line : lines) height += tick_row(canvas, line, width);
  return height;
}

void ticks(Canvas& canvas, Rect box, const std::vector<std::string>& lines) {
  for (const auto& line : lines) {
    const Rect row = box.cut_top(tick_row(canvas, line, box.w));
    const float first = canvas.line_height(Type::step);
    canvas.icon({row.x, row.y + (first - size::icon) / 2, size::icon, size::icon}, Icon::check, Tone::ok);
    canvas.text({row.x + size::icon + space::s12, row.y, row.w - size::icon - space::s12, row.h}, Type::step, Tone::ink, line);
  }
}

}  // namespace qabyl::kiosk::ui
