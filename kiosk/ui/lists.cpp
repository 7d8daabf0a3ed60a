// Choices, rows, answers and the pager; what only informs is in notes.cpp. See lists.h.
#include "kiosk/ui/lists.h"

#include <algorithm>

namespace qabyl::kiosk::ui {
namespace {

Tone pressed_or(const Canvas& canvas, const std::string& key, Tone tone) { return canvas.held(key) ? Tone::gold : tone; }

void choice_mark(Canvas& canvas, float x, float y, const ChoiceSpec& spec) {
  const float radius = size::mark / 2;
  const Rect inside{x - radius, y - radius, size::mark, size::mark};
  if (!spec.selected) return canvas.circle(x, y, radius, Tone::surface, spec.enabled ? Tone::pri : Tone::edge, size::border + 1);
  canvas.circle(x, y, radius, Tone::pri, Tone::pri, 0);
  if (spec.dot) canvas.circle(x, y, radius * 0.38F, Tone::pri_ink, Tone::pri_ink, 0);
  else canvas.icon(inside.inset(space::s8), Icon::check, Tone::pri_ink);
}

void card_ground(Canvas& canvas, Rect box, const ChoiceSpec& spec) {
  if (!spec.enabled) return canvas.dashed_box(box, Tone::sunk, Tone::edge, size::radius_card);
  if (spec.selected) return canvas.box(box, pressed_or(canvas, spec.key, Tone::tint), Tone::selected, size::border_selected, size::radius_card);
  canvas.box(box, pressed_or(canvas, spec.key, Tone::surface), Tone::edge, size::border, size::radius_card);
}

// Title over a line, centred on the height.
void two_lines(Canvas& canvas, Rect box, std::string_view title, Type title_type, Tone title_ink, std::string_view sub, Tone sub_ink) {
  const float top = canvas.text_height(title_type, title, box.w), below = sub.empty() ? 0 : canvas.text_height(Type::small, sub, box.w);
  const float y = box.y + std::max(0.0F, (box.h - top - below) / 2);
  canvas.text({box.x, y, box.w, box.bottom() - y}, title_type, title_ink, title);
  if (!sub.empty()) canvas.text({box.x, y + top, box.w, box.bottom() - y - top}, Type::small, sub_ink, sub);
}

float action_width(const Canvas& canvas, const RowSpec& spec, float width) {
  if (spec.action.empty()) return 0;
  return std::min(width * 0.45F, canvas.button_width({{}, spec.action, spec.action_icon, false, Look::plain, true, Type::list}) - space::s20);
}

float row_side(const Canvas& canvas, const RowSpec& spec, float width) {  // what stands at the right
  if (!spec.action.empty()) return action_width(canvas, spec, width);
  return spec.tag.empty() ? 0 : std::min(width * 0.46F, canvas.tag_width(spec.tag_icon, spec.tag) + 2);
}

float row_words(const Canvas& canvas, const RowSpec& spec, float width) {
  const float side = row_side(canvas, spec, width);
  return width - 2 * space::s20 - size::row_icon - space::s16 - (side > 0 ? side + space::s16 : 0);
}

void row_ground(Canvas& canvas, Rect box, const RowSpec& spec) {
  const Tone ground = pressed_or(canvas, spec.key, spec.quiet && !spec.can_be_tapped ? Tone::paper : Tone::surface);
  if (spec.selected) return canvas.box(box, ground, Tone::selected, size::border_selected, size::radius_card);
  if (spec.bad) return canvas.box(box, ground, Tone::bad, size::border_error, size::radius_card);
  canvas.box(box, ground, spec.quiet ? Tone::line : Tone::edge, size::border, size::radius_card);
}

}  // namespace

Tone ground_of(State state) {
  switch (state) {
    case State::info: return Tone::tint;
    case State::ok: return Tone::ok_bg;
    case State::warn: return Tone::warn_bg;
    case State::bad: return Tone::bad_bg;
    case State::neutral: break;
  }
  return Tone::sunk;
}

Tone ink_of(State state) {
  switch (state) {
    case State::info: return Tone::selected;
    case State::ok: return Tone::ok;
    case State::warn: return Tone::warn_ink;
    case State::bad: return Tone::bad;
    case State::neutral: break;
  }
  return Tone::ink2;
}

bool choice_card(Canvas& canvas, Rect box, const ChoiceSpec& spec) {
  const bool tapped = canvas.target(box, spec.key, Role::choice, spec.title, spec.enabled, spec.selected);
  canvas.ring_if_focused(box, spec.key, size::radius_card);
  card_ground(canvas, box, spec);
  Rect room = box.inset(space::s28, space::s12);
  if (spec.leads_on) {
    const Rect arrow = room.cut_right(size::icon, space::s16);
    canvas.icon({arrow.x, arrow.mid_y() - arrow.w / 2, arrow.w, arrow.w}, Icon::right, spec.enabled ? Tone::selected : Tone::ink2);
  }
  if (spec.icon != Icon::none) {
    const Rect square = room.cut_left(size::card_icon, space::s20);
    canvas.icon_square({square.x, square.mid_y() - square.w / 2, square.w, square.w}, spec.icon, spec.enabled ? Tone::tint : Tone::sunk, spec.enabled ? Tone::selected : Tone::ink2);
  } else if (!spec.leads_on) {
    choice_mark(canvas, room.cut_left(size::mark, space::s20).mid_x(), room.mid_y(), spec);
  }
  const bool down = canvas.held(spec.key) && spec.enabled;
  two_lines(canvas, room, spec.title, canvas.fitting(room, spec.title, {Type::h3, Type::list}, 2), down ? Tone::gold_ink : Tone::ink, spec.sub,
            down ? Tone::gold_ink : Tone::ink2);
  return tapped;
}

float choice_height(const Canvas& canvas, const ChoiceSpec& spec, float width) {
  float words = width - 2 * space::s28;
  if (spec.leads_on) words -= size::icon + space::s16;
  if (spec.icon != Icon::none) words -= size::card_icon + space::s20;
  else if (!spec.leads_on) words -= size::mark + space::s20;
  return canvas.text_height(Type::h3, spec.title, words) + (spec.sub.empty() ? 0 : canvas.text_height(Type::small, spec.sub, words)) + 2 * space::s12;
}

namespace {

void hero_flat(Canvas& canvas, Rect room, const HeroSpec& spec) {
  const Rect square = room.cut_left(std::min(size::hero_icon, room.h), space::s36);
  canvas.icon_square({square.x, square.mid_y() - square.w / 2, square.w, square.w}, spec.icon, spec.first ? Tone::pri : Tone::tint, spec.first ? Tone::pri_ink : Tone::selected);
  const Rect arrow = room.cut_right(size::icon_large, space::s20);
  canvas.icon({arrow.x, arrow.mid_y() - arrow.w / 2, arrow.w, arrow.w}, Icon::right, Tone::selected);
  const float title_h = canvas.text_height(Type::h2, spec.title, room.w);
  float text_h = canvas.text_height(Type::small, spec.text, room.w);
  if (title_h + text_h > room.h) text_h = 0;  // very large text in a small card: what it is goes before what it does
  float tag_h = spec.tag.empty() ? 0 : size::tag * canvas.em() + space::s12;
  if (title_h + text_h + tag_h > room.h) tag_h = 0;  // how long it takes gives way to what it is
  room.cut_top(std::max(0.0F, (room.h - title_h - text_h - tag_h) / 2));
  room.cut_top(canvas.text(room, Type::h2, Tone::ink, spec.title));
  if (text_h > 0) room.cut_top(canvas.text(room, Type::small, Tone::ink2, spec.text), space::s12);
  if (tag_h > 0) canvas.tag(room.cut_top(size::tag * canvas.em()), Icon::none, spec.tag, Tone::tint, Tone::selected, Align::left);
}

void hero_tall(Canvas& canvas, Rect room, const HeroSpec& spec) {
  const Rect square = room.cut_top(size::hero_icon, space::s28);
  canvas.icon_square({square.x, square.y, square.h, square.h}, spec.icon, spec.first ? Tone::pri : Tone::tint, spec.first ? Tone::pri_ink : Tone::selected);
  Rect foot = room.cut_bottom(std::max(size::icon_large, size::tag * canvas.em()), space::s12);
  const Rect arrow = foot.cut_right(size::icon_large, space::s12);
  canvas.icon({arrow.x, arrow.mid_y() - arrow.w / 2, arrow.w, arrow.w}, Icon::right, Tone::selected);
  if (!spec.tag.empty()) canvas.tag(foot, Icon::none, spec.tag, Tone::tint, Tone::selected, Align::left);
  room.cut_top(canvas.text(room, canvas.fitting(room, spec.title, {Type::hero, Type::h2, Type::h3}, 3), Tone::ink, spec.title), space::s12);
  canvas.text(room, canvas.fitting(room, spec.text, {Type::step, Type::small, Type::least}, 12), Tone::ink2, spec.text);
}

}  // namespace

bool hero_card(Canvas& canvas, Rect box, const HeroSpec& spec) {
  const bool tapped = canvas.target(box, spec.key, Role::button, spec.title);
  canvas.ring_if_focused(box, spec.key, size::radius_card);
  canvas.box(box, canvas.held(spec.key) ? Tone::tint : Tone::surface, spec.first ? Tone::selected : Tone::edge, spec.first ? size::border_selected - 1 : size::border, size::radius_card);
  const bool flat = box.w > box.h * 1.4F;
  if (flat) hero_flat(canvas, box.inset(space::s36, canvas.large() ? space::s12 : space::s20), spec);
  else hero_tall(canvas, box.inset(space::s36, size::rail_edge), spec);
  return tapped;
}

float row_height(const Canvas& canvas, const RowSpec& spec, float width) {
  const float words = row_words(canvas, spec, width);
  const float text = canvas.text_height(Type::list, spec.title, words) + (spec.sub.empty() ? 0 : canvas.text_height(Type::small, spec.sub, words));
  return std::max(size::row, text + 2 * space::s8);
}

RowTap list_row(Canvas& canvas, Rect box, const RowSpec& spec) {
  RowTap tap = RowTap::none;
  const bool with_action = !spec.action.empty();
  Rect touch = box;  // the row's own target ends where the button's begins
  const float side = row_side(canvas, spec, box.w);
  if (with_action) touch.w -= side + space::s16 + size::gap_min;
  if (spec.can_be_tapped && canvas.target(touch, spec.key, Role::choice, spec.title, true, spec.selected, spec.tag.empty() ? spec.sub : spec.tag)) tap = RowTap::row;
  if (!spec.can_be_tapped) canvas.note(box, spec.key, Role::text, spec.title, spec.tag.empty() ? spec.sub : spec.tag, spec.selected);
  canvas.ring_if_focused(box, spec.key, size::radius_card);
  row_ground(canvas, box, spec);
  Rect room = box.inset(space::s20, space::s4);
  const Rect square = room.cut_left(size::row_icon, space::s16);
  canvas.icon_square({square.x, square.mid_y() - square.w / 2, square.w, square.w}, spec.icon, ground_of(spec.state), ink_of(spec.state));
  if (with_action) {
    Rect place = room.cut_right(side, space::s16).moved(space::s8, 0);
    const float height = std::clamp(box.h - 2 * space::s12, size::target_least, size::target_normal);
    place = {place.x, box.mid_y() - height / 2, place.w, height};
    const auto look = spec.action_primary ? Look::choice_filled : Look::plain;
    if (canvas.button(place, {spec.action_key, spec.action, spec.action_icon, false, look, true, Type::list})) tap = RowTap::action;
  } else if (!spec.tag.empty()) {
    canvas.tag(room.cut_right(side, space::s16), spec.tag_icon, spec.tag, ground_of(spec.tag_state), ink_of(spec.tag_state));
  }
  const bool down = canvas.held(spec.key);
  two_lines(canvas, room, spec.title, Type::list, down ? Tone::gold_ink : Tone::ink, spec.sub, down ? Tone::gold_ink : spec.bad || spec.state == State::bad ? Tone::bad : Tone::ink2);
  return tap;
}

namespace {

float change_width(const Canvas& canvas, const AnswerSpec& spec) {
  return spec.change.empty() ? 0 : canvas.button_width({{}, spec.change, Icon::none, false, Look::plain, true, Type::stamp}) - space::s24;
}

// Of the width: a short value ("14 pages") leaves more to a long label.
float label_part(const Canvas& canvas, const AnswerSpec& spec, float width) {
  constexpr float usual = 0.3F, wide = 0.5F, short_value = 0.24F;
  const bool narrow = canvas.text_width(Type::value, spec.value) > width * short_value;
  return narrow && canvas.whole_words(Type::small, spec.label, width * usual - space::s16) ? usual : wide;
}

}  // namespace

float answer_height(const Canvas& canvas, const AnswerSpec& spec, float width) {
  if (canvas.large()) {  // the label above the value, which then has the width
    const float all = width - change_width(canvas, spec) - space::s16;
    const float height = canvas.text_height(Type::small, spec.label, all) + canvas.text_height(Type::value, spec.value, all);
    return std::max(spec.change.empty() ? size::target_row : size::target_row + space::s20, height + space::s20);
  }
  const float part = width * label_part(canvas, spec, width), label_w = part - space::s16, value_w = width - part - change_width(canvas, spec) - space::s16;
  const float words = std::max(canvas.text_height(Type::small, spec.label, label_w), canvas.text_height(Type::value, spec.value, value_w));
  return std::max(spec.change.empty() ? size::target_row : size::target_row + space::s20, words + space::s24);
}

bool answer_row(Canvas& canvas, Rect box, const AnswerSpec& spec) {
  Rect room = box;
  const float change = change_width(canvas, spec);
  bool tapped = false;
  Rect label = canvas.large() ? Rect{} : room.cut_left(box.w * label_part(canvas, spec, box.w) - space::s16, space::s16);
  const Rect button = change > 0 ? room.cut_right(change, space::s16) : Rect{};
  if (canvas.large()) {
    const float label_h = canvas.text_height(Type::small, spec.label, room.w), value_h = canvas.text_height(Type::value, spec.value, room.w);
    room.cut_top(std::max(0.0F, (room.h - label_h - value_h) / 2));
    label = room.cut_top(label_h);
    room.h = value_h;
  }
  canvas.text_mid(label, Type::small, Tone::ink2, spec.label);
  canvas.text_mid(room, Type::value, spec.bad ? Tone::bad : Tone::ink, spec.value);
  if (change > 0) {
    const Rect place{button.x, box.mid_y() - size::target_row / 2, button.w, size::target_row};
    tapped = canvas.button(place, {spec.key, spec.change, Icon::none, false, Look::plain, true, Type::stamp, spec.change + ": " + spec.label});
  }
  canvas.hairline(box.x, box.bottom() - size::border, box.w);
  return tapped;
}

float group_title_height(const Canvas& canvas) { return canvas.line_height(Type::h3) + space::s8 + size::rule; }

void group_title(Canvas& canvas, Rect box, std::string_view title) {
  canvas.text(box, canvas.fitting(box, title, {Type::h3, Type::list}, 1), Tone::selected, title);
  canvas.fill({box.x, box.y + canvas.line_height(Type::h3) + space::s8, box.w, size::rule}, Tone::selected);
}

namespace {

bool pager_button(Canvas& canvas, Rect box, const std::string& key, Icon icon, const std::string& label, const std::string& spoken, bool enabled) {
  const bool tapped = canvas.target(box, key, Role::button, label.empty() ? spoken : label, enabled);
  const bool down = canvas.held(key) && enabled;
  if (enabled) canvas.box(box, down ? Tone::gold : Tone::surface, Tone::edge, size::border, size::radius_card);
  else canvas.dashed_box(box, Tone::sunk, Tone::edge, size::radius_card);
  const Tone ink = down ? Tone::gold_ink : enabled ? Tone::ink : Tone::ink2;
  const float words = label.empty() ? 0 : canvas.line_height(Type::list);
  if (words > 0 && size::icon + words > box.h - space::s8) {  // low: the arrow beside the word
    const float icon_side = size::icon, width = std::min(canvas.text_width(Type::list, label) + 2, box.w - icon_side - space::s24);
    const float left = box.mid_x() - (icon_side + space::s8 + width) / 2;
    canvas.icon({left, box.mid_y() - icon_side / 2, icon_side, icon_side}, icon, ink);
    canvas.text_mid({left + icon_side + space::s8, box.y, width, box.h}, Type::list, ink, label);
    return tapped && enabled;
  }
  const float side = std::min({size::icon_large, box.h / 2, box.h - words - space::s8});
  const float top = box.mid_y() - (side + words) / 2;
  canvas.icon({box.mid_x() - side / 2, top, side, side}, icon, ink);
  if (words > 0) canvas.text({box.x, top + side, box.w, words}, Type::list, ink, label, Align::centre);
  return tapped && enabled;
}

}  // namespace

int pager(Canvas& canvas, Rect box, const PagerSpec& spec) {
  const bool upright = box.h > box.w;
  const float part = upright ? std::max(size::target_normal, box.h * 0.32F) : std::max(size::target_normal, box.w * 0.3F);
  Rect room = box;
  const Rect up = upright ? room.cut_top(part, space::s12) : room.cut_left(part, space::s12);
  const Rect down = upright ? room.cut_bottom(part, space::s12) : room.cut_right(part, space::s12);
  int turned = 0;
  if (pager_button(canvas, up, spec.key + ".up", Icon::up, spec.up_label, canvas.say("list.up"), spec.up)) turned = -1;
  if (room.h >= canvas.line_height(Type::least)) canvas.text_mid(room, canvas.fitting(room, spec.middle, {Type::small, Type::least}, upright ? 5 : 2), Tone::ink2, spec.middle, Align::centre);
  if (pager_button(canvas, down, spec.key + ".down", Icon::down, spec.down_label, canvas.say("list.down"), spec.down)) turned = 1;
  return turned;
}

float blocks_height(const std::vector<Block>& blocks, float gap) {
  float height = blocks.empty() ? 0 : -gap;
  for (const auto& block : blocks) height += block.height + gap;
  return height;
}

std::vector<std::size_t> page_starts(const std::vector<Block>& blocks, float gap, float height) {
  std::vector<std::size_t> starts;
  float used = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (starts.empty() || used + gap + blocks[i].height > height + 0.5F) {
      starts.push_back(i);
      used = blocks[i].height;
    } else {
      used += gap + blocks[i].height;
    }
  }
  return starts;
}

void paged(Canvas& canvas, Rect room, const std::vector<Block>& blocks, float gap, const std::string& key, int& page) {
  std::size_t from = 0, to = blocks.size();
  if (blocks_height(blocks, gap) > room.h + 0.5F) {
    const Rect turn = room.cut_bottom(size::target_normal, space::s12);
    const auto starts = page_starts(blocks, gap, room.h);
    const int last = static_cast<int>(starts.size()) - 1;
    page = std::clamp(page, 0, last);
    page += pager(canvas, turn, {key, page > 0, page < last, {}, std::to_string(page + 1) + " / " + std::to_string(last + 1), {}});
    page = std::clamp(page, 0, last);
    from = starts[static_cast<std::size_t>(page)];
    to = page < last ? starts[static_cast<std::size_t>(page) + 1] : blocks.size();
  }
  for (std::size_t i = from; i < to; ++i) blocks[i].draw(room.cut_top(blocks[i].height, gap));
}

}  // namespace qabyl::kiosk::ui
