// Look-up: number and check code, then where the application is. See draw.h; picture 09.
#include "kiosk/screens/draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = LookUpScreen::Stage;

ui::FrameSpec look_frame(const Pen& pen, const LookUpScreen& screen) {
  auto spec = frame_spec(pen, "look");
  spec.steps = {pen.say("look.step.1"), pen.say("look.step.2")};
  spec.current = screen.stage == Stage::found ? 2 : 1;
  spec.steps_can_be_tapped = false;
  spec.back = pen.say("back");
  return spec;
}

ui::FieldSpec field_spec(const Pen& pen, const LookUpScreen& screen, Field field) {
  const bool number = field == Field::look_number;
  const std::string key = number ? "look.number" : "look.code";
  const auto& edit = pen.journey().field(field);
  ui::FieldSpec spec{.key = key, .label = pen.say(key), .hint = pen.say(key + ".hint"), .value = edit.text, .caret = edit.caret, .error = {}};
  spec.focused = screen.focus == field;
  if (number ? screen.number_wrong : screen.code_wrong) spec.error = pen.say(key + ".wrong");
  return spec;
}

Caused draw_typing(const LookUpScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = look_frame(pen, screen);
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  Rect left = canvas.portrait() ? room : room.cut_left(room.w * 0.45F, space::s56);
  left.cut_top(ui::heading(canvas, left, pen.say("look.h"), pen.say("look.hint")), space::s20);
  if (screen.stage == Stage::none) {
    left.cut_top(ui::note_box(canvas, left, {Icon::warning, {}, pen.say("look.none"), State::bad, true}), space::s16);
  }
  if (canvas.portrait()) room = left.cut_top(left.h - ui::size::target_normal - space::s16, space::s16);
  Caused caused;
  for (const Field field : {Field::look_number, Field::look_code}) {
    const auto one = field_spec(pen, screen, field);
    if (ui::field(canvas, room, one)) caused = person::FieldTapped{field};
    room.cut_top(ui::field_height(canvas, one, room.w), space::s20);
  }
  const float width = canvas.text_width(Type::action, spec.back) + 4 * space::s28 + ui::size::icon;
  if (ui::back_button(canvas, left.cut_top(ui::size::target_normal).cut_left(width, space::s20), spec)) caused = person::BackPressed{};
  Writing writing{.field = screen.focus == Field::look_number ? "look.number" : "look.code", .latin = true, .next_label = {}};
  if (screen.focus == Field::look_code) writing.next_label = pen.say(screen.stage == Stage::asking ? "look.asking" : "look.go");
  if (auto pressed = draw_keyboard(pen, writing)) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

Caused draw_receipt_card(const Pen& pen, Rect box, const ReceiptView& receipt) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s28);
  room.cut_top(canvas.text(room, Type::small, Tone::ink2, pen.say("look.number")), space::s4);
  room.cut_top(canvas.text(room, canvas.fitting(room, receipt.number, {Type::h2, Type::h3, Type::list}, 1), Tone::ink, receipt.number), space::s16);
  Rect match = room.cut_top(canvas.text_height(Type::list, pen.say("look.match"), room.w - ui::size::icon - space::s12), space::s28);
  canvas.icon(match.cut_left(ui::size::icon, space::s12), Icon::check, Tone::ok);
  canvas.text_mid(match, Type::list, Tone::ok, pen.say("look.match"));
  const bool other = canvas.button(room.cut_top(ui::size::target_normal), {.key = "look.other", .label = pen.say("look.other"), .icon = Icon::search});
  return other ? Caused{person::BackPressed{}} : Caused{};
}

void draw_found_state(const Pen& pen, Rect box, const ReceiptView& receipt) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s36, space::s28);
  room.cut_top(canvas.text(room, Type::h2, Tone::ink, receipt.organisation), space::s4);
  const auto filed = pen.say("rcpt.time") + ": " + pen.date(receipt.filed_at) + ", " + pen.clock(receipt.filed_at);
  room.cut_top(canvas.text(room, Type::small, Tone::ink2, filed), space::s16);
  canvas.hairline(room.x, room.y, room.w, Tone::gold, space::s4);
  room.cut_top(space::s4, space::s20);
  const auto& last = pen.app.link().last_contact;
  const auto source = last ? pen.say("look.source", {{"t", pen.date(*last) + ", " + pen.clock(*last)}}) : pen.say("look.source.never");
  const ui::NoteSpec note{Icon::cloud, {}, source};
  const Rect foot = room.cut_bottom(ui::note_height(canvas, note, room.w), space::s16);
  ui::note_box(canvas, foot, note);
  draw_custody(pen, room, receipt);
}

}  // namespace

Caused draw(const LookUpScreen& screen, const Pen& pen) {
  if (screen.stage != Stage::found) return draw_typing(screen, pen);
  auto& canvas = pen.canvas;
  auto spec = look_frame(pen, screen);
  spec.primary = ui::Primary{pen.say("done"), true, Icon::check};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("look.h")), space::s24);
  const Rect card = canvas.portrait() ? room.cut_top(room.h * 0.25F, space::s20) : room.cut_left(room.w * 0.3F, space::s28);
  Caused caused = draw_receipt_card(pen, card, *screen.receipt);
  draw_found_state(pen, room, *screen.receipt);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
