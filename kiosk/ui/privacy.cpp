// Time-out, cleared screen, messages in the middle. See privacy.h and design/DESIGN.md, section 8.
#include "kiosk/ui/privacy.h"

#include <algorithm>

#include "kiosk/ui/lists.h"

namespace qabyl::kiosk::ui {
namespace {

void cover(Canvas& canvas, bool at_top) {
  const Rect whole = canvas.screen();
  canvas.fill(whole, Tone::rail);
  const float y = at_top ? space::s36 : whole.h - space::s36 - size::ornament_h;
  canvas.ornament({space::s28, y, whole.w - 2 * space::s28, size::ornament_h}, size::ornament_pitch);
}

NoteSpec draft_note(const AwaySpec& spec) { return {Icon::lock, {}, spec.draft_note, State::info, false}; }

struct AwayLayout { float words_w = 0, words_h = 0, note_h = 0, height = 0; };

constexpr float dialog_pad = space::s28 + space::s36;

AwayLayout away_layout(const Canvas& canvas, const AwaySpec& spec, float width) {
  const float room = width - 2 * dialog_pad;
  AwayLayout out;
  out.words_w = room - 2 * size::ring_radius - size::ring_thick - space::s56;
  out.words_h = std::max(2 * size::ring_radius + size::ring_thick,
                         canvas.text_height(Type::title, spec.title, out.words_w) + space::s12 + canvas.text_height(Type::body, spec.text, out.words_w));
  out.note_h = spec.draft_note.empty() ? 0 : note_height(canvas, draft_note(spec), room) + space::s36;
  out.height = 2 * dialog_pad + out.words_h + space::s36 + out.note_h + size::away_answer + space::s20 + size::target_primary;
  return out;
}

void countdown(Canvas& canvas, float x, float y, const AwaySpec& spec) {
  const float part = spec.seconds_max > 0 ? static_cast<float>(spec.seconds_left) / static_cast<float>(spec.seconds_max) : 0;
  canvas.ring(x, y, size::ring_radius, size::ring_thick, part, Tone::selected, Tone::sunk);
  const auto digits = std::to_string(spec.seconds_left);
  const float digits_h = canvas.line_height(Type::money), word_h = canvas.line_height(Type::least), inner = size::ring_radius * 1.7F;
  const float top = y - (digits_h + word_h) / 2;
  canvas.text({x - inner / 2, top, inner, digits_h}, Type::money, Tone::ink, digits, Align::centre);
  canvas.text({x - inner / 2, top + digits_h, inner, word_h}, Type::least, Tone::ink2, spec.second, Align::centre);
}

bool touched_outside(const Canvas& canvas, std::initializer_list<Rect> buttons) {
  for (const auto& sample : canvas.input().samples()) {
    if (!sample.last) continue;
    const bool on_one = std::any_of(buttons.begin(), buttons.end(), [&](Rect box) { return canvas.pixels(box).contains(sample.x, sample.y); });
    if (!on_one) return true;
  }
  return false;
}

}  // namespace

AwayTap away_dialog(Canvas& canvas, const AwaySpec& spec) {
  cover(canvas, true);
  const Rect whole = canvas.screen();
  const float width = std::min(whole.w - 2 * size::screen_edge, size::dialog_w * canvas.em());
  const auto layout = away_layout(canvas, spec, width);
  const Rect dialog{whole.mid_x() - width / 2, std::max(space::s16, whole.mid_y() - layout.height / 2), width, layout.height};
  canvas.note(dialog, "away", Role::dialog, spec.title, std::to_string(spec.seconds_left));
  canvas.box(dialog, Tone::surface, Tone::gold, size::border_selected, size::radius_dialog);
  Rect room = dialog.inset(dialog_pad);
  Rect head = room.cut_top(layout.words_h, space::s36);
  const float reach = size::ring_radius + size::ring_thick / 2;
  countdown(canvas, head.x + reach, head.y + reach, spec);
  head.cut_left(2 * reach, space::s56);
  head.cut_top(canvas.text(head, canvas.fitting(head, spec.title, {Type::title, Type::title_long}, 1), Tone::ink, spec.title), space::s12);
  canvas.text(head, Type::body, Tone::ink2, spec.text);
  if (layout.note_h > 0) room.cut_top(note_box(canvas, room, draft_note(spec)), space::s36);
  const Rect yes = room.cut_top(size::away_answer, space::s20), row = room.cut_top(size::target_primary);
  const Rect more = row.column(0, 2, space::s20), leave = row.column(1, 2, space::s20);
  AwayTap tap = AwayTap::none;
  if (canvas.button(yes, {"away.yes", spec.yes, Icon::check, false, Look::primary, true, Type::action})) tap = AwayTap::yes;
  if (canvas.button(more, {"away.more", spec.more, Icon::clock})) tap = AwayTap::more;
  if (canvas.button(leave, {"away.leave", spec.leave, Icon::leave})) tap = AwayTap::leave;
  if (!spec.foot.empty()) {
    const float height = canvas.text_height(Type::small, spec.foot, whole.w - 2 * size::screen_edge);
    const float y = std::max(dialog.bottom() + space::s4, whole.h - space::s36 - height);
    canvas.text({size::screen_edge, y, whole.w - 2 * size::screen_edge, height}, Type::small, Tone::rail_ink2, spec.foot, Align::centre);
  }
  if (tap == AwayTap::none && touched_outside(canvas, {yes, more, leave})) tap = AwayTap::yes;
  return tap;
}

bool cleared_screen(Canvas& canvas, const ClearedSpec& spec) {
  cover(canvas, false);
  const Rect whole = canvas.screen();
  const float width = std::min(whole.w - 2 * size::screen_edge, size::dialog_w * canvas.em());
  const float title_h = canvas.text_height(Type::title, spec.title, width), text_h = canvas.text_height(Type::lead, spec.text, width);
  const float mark = size::cleared_mark;
  const float all = mark + space::s36 + title_h + space::s12 + text_h + space::s36 + size::target_hero;
  Rect room{whole.mid_x() - width / 2, whole.mid_y() - all / 2, width, all};
  const Rect circle = room.cut_top(mark, space::s36);
  canvas.circle(circle.mid_x(), circle.mid_y(), mark / 2, Tone::rail, Tone::gold, size::border_selected);
  canvas.icon(circle.inset(mark * 0.26F), Icon::shield, Tone::gold);
  room.cut_top(canvas.text(room, Type::title, Tone::rail_ink, spec.title, Align::centre), space::s12);
  room.cut_top(canvas.text(room, Type::lead, Tone::rail_ink2, spec.text, Align::centre), space::s36);
  const ButtonSpec begin{spec.key, spec.begin, Icon::none, false, Look::gold};
  const float begin_w = std::min(width, canvas.button_width(begin) + 2 * space::s28);
  return canvas.button({whole.mid_x() - begin_w / 2, room.y, begin_w, size::target_hero}, begin);
}

namespace {

float buttons_width(const Canvas& canvas, const MessageSpec& spec) {
  float width = -space::s20;
  for (const auto& button : spec.buttons) width += canvas.button_width(button) + space::s20;
  return width;
}

float card_height(const Canvas& canvas, const MessageSpec& spec, float width) {
  if (spec.card_title.empty()) return 0;
  const float room = width - 2 * space::s36;
  return 2 * space::s28 + (spec.card_label.empty() ? 0 : canvas.text_height(Type::least, spec.card_label, room) + space::s4) +
         canvas.text_height(Type::h3, spec.card_title, room) + (spec.card_text.empty() ? 0 : canvas.text_height(Type::small, spec.card_text, room) + space::s4);
}

void card(Canvas& canvas, Rect box, const MessageSpec& spec) {
  canvas.box(box, Tone::surface, Tone::line, size::border, size::radius_card);
  Rect room = box.inset(space::s36, space::s28);
  if (!spec.card_label.empty()) room.cut_top(canvas.text(room, Type::least, Tone::ink2, spec.card_label), space::s4);
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, spec.card_title), space::s4);
  if (!spec.card_text.empty()) canvas.text(room, Type::small, Tone::ink2, spec.card_text);
}

std::string message_buttons(Canvas& canvas, Rect room, const MessageSpec& spec) {
  std::string tapped;
  const bool beside = buttons_width(canvas, spec) <= room.w;
  float x = room.mid_x() - std::min(room.w, buttons_width(canvas, spec)) / 2, y = room.y;
  for (const auto& button : spec.buttons) {
    const float height = size::target_primary + (button.look == Look::primary ? size::primary_edge : 0);
    const float width = beside ? canvas.button_width(button) : room.w;
    if (canvas.button({beside ? x : room.x, y, width, height}, button)) tapped = button.key;
    if (beside) x += width + space::s20;
    else y += height + space::s16;
  }
  return tapped;
}

}  // namespace

std::string message_screen(Canvas& canvas, Rect box, const MessageSpec& spec) {
  const float width = std::min(box.w - space::s56, size::message_w * canvas.em());
  const float title_h = canvas.text_height(Type::title, spec.title, width), text_h = canvas.text_height(Type::body, spec.text, width);
  const float card_w = std::min(width, size::dialog_w * canvas.em()), card_h = card_height(canvas, spec, card_w);
  const bool beside = buttons_width(canvas, spec) <= width;
  const float buttons_h = spec.buttons.empty() ? 0 : (beside ? 1.0F : static_cast<float>(spec.buttons.size())) * (size::target_primary + space::s20);
  const float foot_h = spec.foot.empty() ? 0 : canvas.text_height(Type::small, spec.foot, width) + space::s28;
  const float icon_h = size::message_icon + space::s28;
  const float all = icon_h + title_h + space::s16 + text_h + (card_h > 0 ? card_h + space::s36 : 0) + space::s36 + buttons_h + foot_h;
  Rect room{box.mid_x() - width / 2, box.y + std::max(0.0F, (box.h - all) / 2), width, all};
  const Rect icon = room.cut_top(size::message_icon, space::s28);
  canvas.icon_square({icon.mid_x() - icon.h / 2, icon.y, icon.h, icon.h}, spec.icon, spec.bad ? Tone::bad_bg : Tone::ok_bg, spec.bad ? Tone::bad : Tone::ok);
  room.cut_top(canvas.text(room, Type::title, Tone::ink, spec.title, Align::centre), space::s16);
  room.cut_top(canvas.text(room, Type::body, Tone::ink2, spec.text, Align::centre), space::s36);
  if (card_h > 0) {
    const Rect place = room.cut_top(card_h, space::s36);
    card(canvas, {place.mid_x() - card_w / 2, place.y, card_w, place.h}, spec);
  }
  std::string tapped = message_buttons(canvas, room.cut_top(buttons_h, space::s8), spec);
  if (foot_h > 0) canvas.text(room, Type::small, Tone::ink2, spec.foot, Align::centre);
  return tapped;
}

}  // namespace qabyl::kiosk::ui
