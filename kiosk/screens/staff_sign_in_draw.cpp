// Sign-in (picture 02, right): the badge that was shown, the PIN, what went wrong. See staff_draw.h.
#include <algorithm>

#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr float badge_w = 150, badge_h = 188;  // the picture of a badge on its card
constexpr float side_button_least = 300;

std::string problem(const Pen& pen, const SignInScreen& form) {
  if (form.locked) return pen.say("pin.lock");
  if (!form.refused) return {};
  if (form.refused->why == core::ErrorCode::forbidden) return pen.say("pin.bad", {{"n", number_text(form.refused->tries_left)}});
  return pen.say("badge.bad");
}

Caused draw_badge_typing(const Pen& pen, const SignInScreen& form) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "staff", 1);
  spec.back = pen.say("back");
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  // Where the letters are large the keyboard leaves little height: "back" stands beside the title.
  const float back_w = std::min(ui::size::rail, canvas.button_width({{}, spec.back, Icon::left}));
  Rect head = room.cut_top(std::max(ui::size::target_normal, canvas.line_height(Type::title)), space::s8);
  const bool back = ui::back_button(canvas, head.cut_right(back_w, space::s20).cut_top(ui::size::target_normal), spec);
  const auto title = pen.say("staff.h");
  canvas.text_mid(head, canvas.fitting(head, title, {Type::title, Type::title_long, Type::h2}, 1), Tone::ink, title);
  const ui::FieldSpec field{.key = "staff.code", .label = pen.say("staff.code"), .hint = {}, .value = form.badge, .caret = form.badge.size(),
                            .focused = true, .error = form.unknown ? pen.say("badge.bad") : std::string{}};
  ui::field(canvas, room, field);
  Caused caused = draw_keyboard(pen, {.field = "staff.code", .name = true, .empty = form.badge.empty(), .latin = true, .next_label = pen.say("close")});
  if (caused && std::holds_alternative<person::KeyPressed>(*caused) && std::get<person::KeyPressed>(*caused).key == Key::enter) {
    caused = staff::Event{staff::TypeBadgePressed{}};
  }
  ui::close_frame(canvas, spec, frame);
  if (back) return person::BackPressed{};
  return caused ? caused : frame_caused(frame);
}

void draw_badge_picture(const Pen& pen, Rect box, bool known) {
  auto& canvas = pen.canvas;
  if (known) canvas.fill(box, Tone::rail, ui::size::radius_control);
  else canvas.dashed_box(box, Tone::sunk, Tone::edge, ui::size::radius_control);
  const float tile = ui::size::row_icon;
  canvas.horn_tile({box.mid_x() - tile / 2, box.y + space::s20, tile, tile});
  const float plate = box.w - 2 * space::s28;
  const Rect white{box.mid_x() - plate / 2, box.bottom() - plate - space::s16, plate, plate};
  canvas.fill(white, Tone::pad, ui::size::radius_thumb);
  const float icon = plate * 0.6F;
  canvas.icon({white.mid_x() - icon / 2, white.mid_y() - icon / 2, icon, icon}, Icon::person, Tone::pad_dark);
}

struct CardLine { Type type; Tone tone; std::string text; };

std::vector<CardLine> card_lines(const Pen& pen, const SignInScreen& form) {
  if (form.holder) {
    return {{Type::h3, Tone::ink, form.holder->name}, {Type::small, Tone::ink2, form.holder->position}, {Type::small, Tone::ink2, form.holder->bureau}};
  }
  return {{Type::h3, Tone::ink, pen.say("staff.show")}, {Type::small, Tone::ink2, pen.say("staff.reader")}};
}

struct Card { Icon icon; std::string tag; State state; };

Card card_of(const Pen& pen, const SignInScreen& form) {
  if (form.holder) return {Icon::check, pen.say("staff.known"), State::ok};
  if (form.unknown) return {Icon::warning, pen.say("badge.bad"), State::bad};
  return {Icon::none, {}, State::neutral};
}

// The badge as it was read; returns the height that the card took.
float draw_card(const Pen& pen, Rect room, const SignInScreen& form) {
  auto& canvas = pen.canvas;
  const auto card = card_of(pen, form);
  const auto lines = card_lines(pen, form);
  const float words_w = room.w - 2 * space::s28 - badge_w - space::s28;
  float words = card.tag.empty() ? 0 : ui::size::tag * canvas.em() + space::s12;
  for (const auto& line : lines) words += canvas.text_height(line.type, line.text, words_w) + space::s4;
  const Rect box{room.x, room.y, room.w, std::max(badge_h, words) + 2 * space::s28};
  const Tone edge = card.state == State::ok ? Tone::ok : card.state == State::bad ? Tone::bad : Tone::edge;
  canvas.box(box, Tone::surface, edge, card.state == State::bad ? ui::size::border_error : ui::size::border, ui::size::radius_card);
  canvas.note(box, "staff.badge", ui::Role::text, form.holder ? form.holder->name : std::string{}, card.tag);
  Rect inner = box.inset(space::s28);
  const Rect art = inner.cut_left(badge_w, space::s28);
  draw_badge_picture(pen, {art.x, art.mid_y() - badge_h / 2, badge_w, badge_h}, form.holder.has_value());
  inner.cut_top(std::max(0.0F, (inner.h - words) / 2));
  if (!card.tag.empty()) {
    canvas.tag(inner.cut_top(ui::size::tag * canvas.em(), space::s12), card.icon, card.tag, ui::ground_of(card.state), ui::ink_of(card.state), ui::Align::left);
  }
  for (const auto& line : lines) inner.cut_top(canvas.text(inner, line.type, line.tone, line.text), space::s4);
  return box.h;
}

// PIN boxes, and beside or below them the way to another badge.
Caused draw_pin(const Pen& pen, Rect& room, const SignInScreen& form) {
  auto& canvas = pen.canvas;
  ui::PinSpec pin;
  pin.key = "staff.pin";
  pin.label = pen.say("pin.enter");
  pin.filled = static_cast<int>(form.pin.size());
  pin.focused = form.holder.has_value() && !form.locked;
  pin.error = problem(pen, form);
  const float boxes = 6 * (ui::size::pin_box + ui::size::pin_gap) - ui::size::pin_gap;
  const float height = ui::pin_height(canvas, pin, room.w);
  Rect row = room.cut_top(height, space::s20);
  ui::pin_boxes(canvas, row, pin);
  const ui::ButtonSpec type{.key = "staff.type", .label = pen.say("staff.type"), .icon = Icon::document};
  const ui::ButtonSpec other{.key = "staff.other", .label = pen.say("staff.other"), .icon = Icon::refresh};
  const bool known = form.badge_whole();
  row.cut_left(boxes, space::s36);
  const bool beside = row.w >= side_button_least;
  const float label = canvas.text_height(Type::list, pin.label, height) + space::s8;
  const Rect place = beside ? Rect{row.x, row.y + std::min(label, canvas.line_height(Type::list) + space::s8), std::min(row.w, ui::size::other_badge_w), ui::size::target_normal + space::s4}
                            : room.cut_top(ui::size::target_normal, space::s20).cut_left(std::min(room.w, ui::size::type_badge_w));
  if (!canvas.button(place, known ? other : type)) return {};
  return known ? Caused{staff::Event{staff::OtherBadgePressed{}}} : Caused{staff::Event{staff::TypeBadgePressed{}}};
}

void draw_cover_note(const Pen& pen, Rect room) {
  const ui::NoteSpec note{Icon::lock, {}, pen.say("pin.cover") + " " + pen.say("staff.five")};
  if (ui::note_height(pen.canvas, note, room.w) <= room.h) ui::note_box(pen.canvas, room, note);
}

}  // namespace

Caused draw_sign_in(const Pen& pen, const SignInScreen& form) {
  if (form.typing) return draw_badge_typing(pen, form);
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "staff", 1);
  spec.back = pen.say("back");
  spec.primary = ui::Primary{pen.say("staff.enter"), form.ready()};
  if (form.busy) spec.warning = pen.say("staff.opening");
  else if (!form.holder) spec.warning = pen.say("staff.first");
  else if (!form.ready() && !form.locked) spec.warning = pen.say("pin.enter");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("staff.h"), canvas.large() ? std::string{} : pen.say("staff.hint")), space::s24);
  const bool tall = canvas.portrait();
  Rect pad = tall ? room.cut_bottom(ui::size::number_pad_h, space::s24) : room.cut_right(ui::size::number_pad_w, space::s56).cut_top(ui::size::number_pad_h);
  pad = {tall ? pad.mid_x() - ui::size::number_pad_w / 2 : pad.x, pad.y, ui::size::number_pad_w, pad.h};
  room.cut_top(draw_card(pen, room, form), space::s20);
  Caused caused = draw_pin(pen, room, form);
  draw_cover_note(pen, room);
  if (auto pressed = draw_number_pad(pen, pad, "staff.pin")) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
