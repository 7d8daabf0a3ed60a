// Text field, digits, PIN, number pad. See fields.h.
#include "kiosk/ui/fields.h"

#include <imgui.h>

#include <algorithm>

namespace qabyl::kiosk::ui {
namespace {


float sentence_height(const Canvas& canvas, std::string_view text, float width) {
  if (text.empty()) return 0;
  return space::s8 + std::max(size::icon_small, canvas.text_height(Type::stamp, text, width - size::icon - space::s8));
}

void sentence(Canvas& canvas, Rect box, std::string_view text, bool well) {
  if (text.empty()) return;
  const Tone ink = well ? Tone::ok : Tone::bad;
  const float y = box.y + space::s8, side = size::icon_small + space::s4;
  canvas.icon({box.x, y + (canvas.line_height(Type::stamp) - side) / 2, side, side}, well ? Icon::check : Icon::warning, ink);
  canvas.text({box.x + size::icon + space::s8, y, box.w - size::icon - space::s8, box.h}, Type::stamp, ink, text);
}

// Label and hint above the box; what they took.
float words_height(const Canvas& canvas, std::string_view label, std::string_view hint, float width) {
  float height = 0;
  if (!label.empty()) height += canvas.text_height(Type::list, label, width) + space::s8;
  if (!hint.empty()) height += canvas.text_height(Type::small, hint, width) + space::s8;
  return height;
}

float draw_words(Canvas& canvas, Rect box, std::string_view label, std::string_view hint) {
  float y = box.y;
  if (!label.empty()) y += canvas.text({box.x, y, box.w, box.h}, Type::list, Tone::ink, label) + space::s8;
  if (!hint.empty()) y += canvas.text({box.x, y, box.w, box.h}, Type::small, Tone::ink2, hint) + space::s8;
  return y - box.y;
}

// The box itself: a ring of gold round an ink edge while it has the keyboard.
void field_box(Canvas& canvas, Rect box, bool focused, bool wrong, bool locked) {
  if (focused) canvas.fill(box.inset(-size::focus_gold), Tone::gold, size::radius_field + size::focus_gold);
  const Tone edge = wrong ? Tone::bad : focused ? Tone::ink : locked ? Tone::line : Tone::edge;
  const float border = wrong || focused ? size::border_error : size::border;
  canvas.box(box, locked ? Tone::sunk : Tone::surface, edge, border, size::radius_field);
}

constexpr float lock_room = size::icon_small + space::s12, side_room = 2 * space::s24;

// A field that takes text keeps one line and scrolls; a locked one shows all that it says.
float box_height(const Canvas& canvas, const FieldSpec& spec, float width) {
  const float line = canvas.line_height(Type::field);
  const float text = spec.locked ? canvas.text_height(Type::field, spec.value, width - side_room - lock_room) : line;
  return std::max(size::field, std::max(line, text) + space::s36);
}

float offset_for(float caret_x, float text_w, float room) {
  if (text_w <= room) return 0;
  return std::clamp(caret_x - room * 0.8F, 0.0F, text_w - room);  // some text after the caret stays in sight
}

void field_text(Canvas& canvas, Rect room, const FieldSpec& spec) {
  const std::string_view value = spec.value;
  const float caret_x = canvas.text_width(Type::field, value.substr(0, std::min(spec.caret, value.size())));
  const float text_w = canvas.text_width(Type::field, value);
  const float offset = spec.focused ? offset_for(caret_x, text_w, room.w) : 0;
  const Rect place = canvas.pixels(room);
  canvas.list()->PushClipRect({place.x, place.y}, {place.right(), place.bottom()}, true);
  canvas.text_line({room.x - offset, room.y, std::max(room.w, text_w + 2), room.h}, Type::field, Tone::ink, value);
  canvas.list()->PopClipRect();
  const float height = canvas.line_height(Type::field);
  // Steady: a blink would draw two frames a second while nobody does anything.
  if (spec.focused) canvas.fill({room.x + caret_x - offset, room.mid_y() - height / 2, size::border + 1, height}, Tone::pri);
}

}  // namespace

float field_height(const Canvas& canvas, const FieldSpec& spec, float width) {
  return words_height(canvas, spec.label, spec.hint, width) + box_height(canvas, spec, width) + sentence_height(canvas, spec.error, width);
}

bool field(Canvas& canvas, Rect box, const FieldSpec& spec) {
  const float above = draw_words(canvas, box, spec.label, spec.hint);
  const Rect place{box.x, box.y + above, box.w, box_height(canvas, spec, box.w)};
  const bool tapped = canvas.target(place, spec.key, Role::field, spec.label, !spec.locked, spec.focused, spec.value);
  field_box(canvas, place, spec.focused, !spec.error.empty(), spec.locked);
  Rect room = place.inset(space::s24, space::s4);
  if (spec.locked) {
    const Rect lock = room.cut_left(size::icon_small, space::s12);
    canvas.icon({lock.x, lock.mid_y() - lock.w / 2, lock.w, lock.w}, Icon::lock, Tone::ink2);
    canvas.text_mid(room, Type::field, Tone::ink, spec.value);
  } else {
    field_text(canvas, room, spec);
  }
  sentence(canvas, {box.x, place.bottom(), box.w, sentence_height(canvas, spec.error, box.w)}, spec.error, false);
  return tapped && !spec.locked;
}

namespace {

// The line of the caret, and how far along it stands.
struct CaretPlace { std::size_t line = 0; float x = 0; };
CaretPlace caret_in(const Canvas& canvas, const std::vector<std::string_view>& lines, std::string_view text, std::size_t caret) {
  CaretPlace place;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto start = static_cast<std::size_t>(lines[i].data() - text.data());
    if (start > caret) break;
    place = {i, canvas.text_width(Type::field, text.substr(start, caret - start))};
  }
  return place;
}

}  // namespace

bool text_area(Canvas& canvas, Rect box, const FieldSpec& spec) {
  const float below = sentence_height(canvas, spec.error, box.w), above = draw_words(canvas, box, spec.label, spec.hint);
  const Rect place{box.x, box.y + above, box.w, std::max(size::field, box.h - above - below)};
  const bool tapped = canvas.target(place, spec.key, Role::field, spec.label, true, spec.focused, spec.value);
  field_box(canvas, place, spec.focused, !spec.error.empty(), false);
  Rect room = place.inset(space::s24, space::s16);
  const float height = canvas.line_height(Type::field);
  const auto lines = canvas.lines_of(Type::field, spec.value, room.w);
  const auto caret = caret_in(canvas, lines, spec.value, std::min(spec.caret, spec.value.size()));
  const auto shown = static_cast<std::size_t>(std::max(1.0F, room.h / height));
  const std::size_t first = caret.line + 1 > shown ? caret.line + 1 - shown : 0;
  if (spec.focused) canvas.fill({room.x + std::min(caret.x, room.w), room.y + static_cast<float>(caret.line - first) * height, size::border + 1, height}, Tone::pri);
  for (std::size_t i = first; i < lines.size() && i < first + shown; ++i) canvas.text_line(room.cut_top(height), Type::field, Tone::ink, lines[i]);
  sentence(canvas, {box.x, place.bottom(), box.w, below}, spec.error, false);
  return tapped;
}

float digits_height(const Canvas& canvas, const DigitsSpec& spec, float width) {
  const auto& below = spec.error.empty() ? spec.well : spec.error;
  return words_height(canvas, spec.label, {}, width) + size::digits_h + sentence_height(canvas, below, width);
}

bool digits_field(Canvas& canvas, Rect box, const DigitsSpec& spec) {
  const float above = draw_words(canvas, box, spec.label, {});
  float wide = 2 * space::s24 - size::digit_gap;
  for (const int group : spec.groups) wide += static_cast<float>(group) * (size::digit_w + size::digit_gap);
  wide += static_cast<float>(spec.groups.size() - 1) * (size::digit_group_gap - size::digit_gap);
  const Rect place{box.x, box.y + above, std::min(wide, box.w), size::digits_h};
  const bool tapped = canvas.target(place, spec.key, Role::field, spec.label, true, spec.focused, spec.digits);
  field_box(canvas, place, spec.focused, !spec.error.empty(), false);
  const float shrink = std::min(1.0F, box.w / wide);
  float x = place.x + space::s24 * shrink;
  std::size_t at = 0;
  for (const int group : spec.groups) {
    for (int i = 0; i < group; ++i, ++at) {
      const Rect cell{x, place.y + space::s8, size::digit_w * shrink, place.h - space::s28};
      const bool next = spec.focused && at == spec.digits.size();
      canvas.fill({cell.x, cell.bottom(), cell.w, next ? size::rule + 2 : size::border + 1}, next ? Tone::pri : Tone::ink);
      if (at < spec.digits.size()) canvas.text_mid(cell, Type::digits, Tone::ink, spec.digits.substr(at, 1), Align::centre);
      x += (size::digit_w + size::digit_gap) * shrink;
    }
    x += (size::digit_group_gap - size::digit_gap) * shrink;
  }
  const auto& below = spec.error.empty() ? spec.well : spec.error;
  sentence(canvas, {box.x, place.bottom() + (spec.focused ? space::s8 : 0), box.w, sentence_height(canvas, below, box.w)}, below, spec.error.empty());
  return tapped;
}

float pin_height(const Canvas& canvas, const PinSpec& spec, float width) {
  return words_height(canvas, spec.label, {}, width) + size::pin_box + sentence_height(canvas, spec.error, width);
}

bool pin_boxes(Canvas& canvas, Rect box, const PinSpec& spec) {
  const float above = draw_words(canvas, box, spec.label, {});
  const float y = box.y + above, pitch = size::pin_box + size::pin_gap;
  const Rect all{box.x, y, static_cast<float>(spec.count) * pitch - size::pin_gap, size::pin_box};
  const bool tapped = canvas.target(all, spec.key, Role::field, spec.label, true, spec.focused, std::to_string(spec.filled));
  for (int i = 0; i < spec.count; ++i) {
    const Rect cell{box.x + static_cast<float>(i) * pitch, y, size::pin_box, size::pin_box};
    field_box(canvas, cell, spec.focused && i == spec.filled, !spec.error.empty(), false);
    if (i < spec.filled) canvas.circle(cell.mid_x(), cell.mid_y(), size::pin_dot, Tone::ink, Tone::ink, 0);
  }
  sentence(canvas, {box.x, all.bottom(), box.w, sentence_height(canvas, spec.error, box.w)}, spec.error, false);
  return tapped;
}

float number_pad_width(const Canvas& canvas) { return size::number_pad_w * (canvas.large() ? 1.25F : 1); }

std::optional<PadPress> number_pad(Canvas& canvas, Rect box, const std::string& key) {
  constexpr std::string_view order = "123456789<0x";
  std::optional<PadPress> pressed;
  for (int i = 0; i < static_cast<int>(order.size()); ++i) {
    const Rect place = box.row(i / 3, 4, size::number_gap).column(i % 3, 3, size::number_gap);
    const char what = order[static_cast<std::size_t>(i)];
    const bool back = what == '<', clear = what == 'x';
    const std::string name = key + (back ? ".backspace" : clear ? ".clear" : std::string(".") + what);
    const std::string label = back ? canvas.say("pad.backspace") : clear ? canvas.say("pad.clear") : std::string(1, what);
    if (canvas.key_down(place, name, label)) {
      pressed = PadPress{back ? PadPress::What::backspace : clear ? PadPress::What::clear : PadPress::What::digit, what};
    }
    const bool down = canvas.held(name);
    canvas.box(place, down ? Tone::gold : clear ? Tone::key_fn : Tone::surface, Tone::edge, size::border, size::radius_control);
    const Tone ink = down ? Tone::gold_ink : Tone::ink;
    if (back) canvas.icon({place.mid_x() - size::icon / 2, place.mid_y() - size::icon / 2, size::icon, size::icon}, Icon::backspace, ink);
    else if (clear && canvas.text_width(Type::least, label) > place.w - 2 * space::s4) canvas.icon({place.mid_x() - size::icon / 2, place.mid_y() - size::icon / 2, size::icon, size::icon}, Icon::trash, ink);
    else canvas.text_mid(place.inset(space::s4, 0), clear ? canvas.fitting(place.inset(space::s4), label, {Type::action, Type::list, Type::stamp, Type::least}, 1) : Type::h2, ink, label, Align::centre);
  }
  return pressed;
}

}  // namespace qabyl::kiosk::ui
