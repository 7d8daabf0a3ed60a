// The mark of receipt of paragraph 10 (picture 13) and its receipt. It means receipt, not consent, and
// says so. See staff_draw.h.
#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = Acknowledging::Stage;

Caused draw_waiting(const Pen& pen) {
  auto spec = staff_frame(pen, "ack", 4);
  auto frame = ui::open_frame(pen.canvas, spec);
  ui::MessageSpec message;
  message.icon = Icon::clock;
  message.title = pen.say("out.check");
  message.text = pen.say("out.wait");
  ui::message_screen(pen.canvas, frame.content, message);
  ui::close_frame(pen.canvas, spec, frame);
  return frame_caused(frame);
}

void draw_fields(const Pen& pen, Rect room, const StaffView& staff) {
  const auto date = pen.date(pen.app.now().wall);
  const ui::FieldSpec specs[] = {{.key = "ack.position", .label = pen.say("ack.position"), .hint = {}, .value = staff.position, .locked = true, .error = {}},
                                 {.key = "ack.name", .label = pen.say("ack.name"), .hint = {}, .value = staff.name, .locked = true, .error = {}},
                                 {.key = "ack.date", .label = pen.say("ack.date"), .hint = {}, .value = date, .locked = true, .error = {}}};
  for (const auto& spec : specs) {
    ui::field(pen.canvas, room.cut_top(ui::field_height(pen.canvas, spec, room.w), space::s12), spec);
  }
}

void draw_mark_text(const Pen& pen, Rect room, const StaffJourney& journey) {
  const auto& staff = *journey.staff;
  const auto text = pen.say("ack.preview", {{"position", staff.position}, {"name", staff.name}, {"d", pen.date(pen.app.now().wall)}});
  ui::note_box(pen.canvas, room, {Icon::stamp, pen.say("ack.last"), text, State::info});
}

Caused draw_pad(const Pen& pen, Rect room, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto& ink = journey.acknowledging;
  if (ink.strokes.empty() && !pen.state.ink.down) pen.state.ink.reset();
  const auto hint = ink.short_said ? "short.sign" : ink.problem ? "sign.failed" : "sign.hint";
  room.cut_top(canvas.text(room, Type::small, ink.short_said || ink.problem ? Tone::bad : Tone::ink2, pen.say(hint)), space::s12);
  const Rect buttons = room.cut_bottom(ui::size::target_normal * (canvas.large() ? 1.3F : 1), space::s16);
  const Rect pad{room.x, room.y, std::min(room.w, ui::size::pad_w), std::min(room.h, canvas.portrait() ? ui::size::pad_h_portrait : ui::size::pad_h)};
  const ui::InkPadSpec spec{.key = "ack.pad", .name = journey.staff->name, .date = pen.date(pen.app.now().wall), .enabled = ink.stage == Stage::signing};
  auto result = ui::ink_pad(canvas, pad, spec, ink.strokes, pen.state.ink);
  Caused caused;
  if (result.lifted) caused = person::PenLifted{*result.lifted, result.width_tenth_mm, result.height_tenth_mm};
  const bool inked = !ink.strokes.empty() && ink.stage == Stage::signing;
  const Rect row{buttons.x, pad.bottom() + space::s16, pad.w, buttons.h};
  if (canvas.button(row.column(0, 2, space::s16), {.key = "ack.undo", .label = pen.say("sign.undo"), .icon = Icon::undo, .enabled = inked})) caused = person::UndoPressed{};
  if (canvas.button(row.column(1, 2, space::s16), {.key = "ack.clear", .label = pen.say("sign.clear"), .icon = Icon::trash, .enabled = inked})) caused = person::ErasePressed{};
  return caused;
}

ui::SlipSpec slip_of(const Pen& pen, const ReceiptView& receipt) {
  ui::SlipSpec slip;
  slip.word = pen.say("rcpt.word");
  slip.number_label = pen.say("ack.rcpt.no");
  slip.number = receipt.number;
  auto at = pen.date(receipt.filed_at) + ", " + pen.clock_seconds(receipt.filed_at);
  if (receipt.trust != core::Trust::trusted) at += ". " + pen.say("clock.doubt");
  slip.lines = {{pen.say("rcpt.time"), at}, {pen.say("ack.rcpt.bureau"), receipt.organisation}, {pen.say("ack.rcpt.paper"), receipt.title}};
  slip.qr = pen.state.qr_of(receipt.qr);
  slip.qr_note = pen.say("rcpt.qr");
  slip.code_label = pen.say("rcpt.code");
  slip.code = receipt.check_code;
  return slip;
}

Caused draw_receipt_state(const Pen& pen, Rect room, const ReceiptScreen& screen) {
  auto& canvas = pen.canvas;
  room.cut_top(ui::heading(canvas, room, pen.say("ack.rcpt.h")), space::s20);
  draw_custody(pen, room.cut_top(custody_height_of(pen, screen.receipt, room.w), space::s20), screen.receipt);
  const bool saved = screen.copy == ReceiptScreen::Copy::saved, failed = screen.copy == ReceiptScreen::Copy::failed;
  const ui::ButtonSpec usb{.key = "rcpt.usb", .label = pen.say("rcpt.usb"), .icon = Icon::usb, .enabled = screen.copy != ReceiptScreen::Copy::saving};
  const bool pressed = canvas.button(room.cut_top(ui::size::target_normal * (canvas.large() ? 1.3F : 1), space::s16), usb);
  const auto text = saved ? pen.say("rcpt.copy.saved") : failed ? pen.say("rcpt.copy.failed") : pen.say("ack.copies.here");
  ui::note_box(canvas, room, {saved ? Icon::check : Icon::info, {}, text, saved ? State::ok : failed ? State::bad : State::info});
  return pressed ? Caused{person::SaveReceiptPressed{}} : Caused{};
}

}  // namespace

Caused draw_acknowledge(const Pen& pen, const StaffJourney& journey) {
  const auto& ink = journey.acknowledging;
  if (ink.stage == Stage::checking) return draw_waiting(pen);
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "ack", 4);
  spec.title = journey.reading->paper.title.in(pen.language());
  spec.sub = pen.say("inbox.pages", {{"n", number_text(journey.reading->pages)}});
  if (ink.stage == Stage::signing) spec.back = pen.say("back");
  spec.saved = pen.say("ack.mean");
  spec.saved_icon = Icon::info;
  if (ink.stage == Stage::filing) spec.warning = pen.say("saving");
  spec.primary = ui::Primary{pen.say("ack.return"), ink.stage == Stage::signing && ink.ink() == core::InkProblem::none};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("ack.h")), space::s16);
  const Rect pad = canvas.portrait() ? room.cut_bottom(ui::size::pad_h_portrait + 170, space::s20) : room.cut_right(room.w * 0.58F, space::s36);
  Rect left = room;
  const float preview = canvas.large() || canvas.portrait() ? 0 : 230;
  if (preview > 0) draw_mark_text(pen, left.cut_bottom(preview, space::s12), journey);
  draw_fields(pen, left, *journey.staff);
  Caused caused = draw_pad(pen, pad, journey);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

Caused draw_mark_receipt(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "rcpt", 5);
  spec.primary = ui::Primary{pen.say("ack.rcpt.inbox"), true, Icon::check};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  const Rect slip = canvas.portrait() ? room.cut_top(room.h * 0.5F, space::s20) : room.cut_left(room.w * 0.39F, space::s56);
  if (!canvas.large()) ui::receipt_slip(canvas, slip, slip_of(pen, journey.receipt.receipt));
  Caused caused = draw_receipt_state(pen, canvas.large() ? frame.content : room, journey.receipt);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
