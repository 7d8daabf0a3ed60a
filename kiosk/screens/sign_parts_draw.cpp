// See sign_parts.h.
#include <algorithm>

#include "kiosk/screens/sign_parts.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = AcknowledgeScreen::Stage;

constexpr float pad_least = 300;

std::vector<ui::FieldSpec> locked_fields(const Pen& pen, const StaffView& staff) {
  const auto date = pen.date(pen.app.now().wall);
  return {{.key = "ack.position", .label = pen.say("ack.position"), .hint = {}, .value = staff.position, .locked = true, .error = {}},
          {.key = "ack.name", .label = pen.say("ack.name"), .hint = {}, .value = staff.name, .locked = true, .error = {}},
          {.key = "ack.date", .label = pen.say("ack.date"), .hint = {}, .value = date, .locked = true, .error = {}}};
}

std::string pad_hint(const Pen& pen, const AcknowledgeScreen& ink) {
  if (ink.short_said) return pen.say("short.sign");
  return pen.say(ink.problem ? "act.failed" : "sign.hint");
}

float button_height(const Pen& pen) { return ui::size::target_normal * std::min(pen.canvas.em(), 1.25F); }

}  // namespace

Caused draw_filing_checked(const Pen& pen, const std::string& screen) {
  auto spec = staff_frame(pen, screen, 4);
  auto frame = ui::open_frame(pen.canvas, spec);
  ui::MessageSpec message;
  message.icon = Icon::clock;
  message.title = pen.say("out.check");
  message.text = pen.say("out.wait");
  ui::message_screen(pen.canvas, frame.content, message);
  ui::close_frame(pen.canvas, spec, frame);
  return frame_caused(frame);
}

// Boxes while there is room for them; else the same words as label and value, so that nothing is cut.
float draw_locked(const Pen& pen, Rect room, const StaffView& staff) {
  auto& canvas = pen.canvas;
  const auto specs = locked_fields(pen, staff);
  float boxes = 0;
  for (const auto& spec : specs) boxes += ui::field_height(canvas, spec, room.w) + space::s12;
  const float top = room.y;
  if (boxes <= room.h + space::s12) {
    for (const auto& spec : specs) ui::field(canvas, room.cut_top(ui::field_height(canvas, spec, room.w), space::s12), spec);
    return room.y - top;
  }
  for (const auto& spec : specs) {
    const auto type = canvas.fitting({0, 0, room.w, room.h}, spec.value, {Type::list, Type::stamp}, 3);
    const float label = canvas.text_height(Type::least, spec.label, room.w), value = canvas.text_height(type, spec.value, room.w);
    canvas.note({room.x, room.y, room.w, label + value}, spec.key, ui::Role::text, spec.label, spec.value);
    room.cut_top(canvas.text(room, Type::least, Tone::ink2, spec.label));
    room.cut_top(canvas.text(room, type, Tone::ink, spec.value), space::s8);
  }
  return room.y - top;
}

float pad_height(const Pen& pen, Rect room, float share) {
  const float wanted = pen.canvas.line_height(Type::small) + space::s12 + ui::size::pad_h_portrait + space::s16 + button_height(pen);
  return std::min(wanted, std::max(pad_least, room.h * share));
}

Caused draw_sign_pad(const Pen& pen, Rect room, const AcknowledgeScreen& ink, const std::string& screen, const std::string& name) {
  auto& canvas = pen.canvas;
  if (ink.strokes.empty() && !pen.state.ink.down) pen.state.ink.reset();
  room.cut_top(canvas.text(room, Type::small, ink.short_said || ink.problem ? Tone::bad : Tone::ink2, pad_hint(pen, ink)), space::s12);
  const Rect buttons = room.cut_bottom(button_height(pen), space::s16);
  const Rect pad{room.x, room.y, room.w, std::min(room.h, canvas.portrait() ? ui::size::pad_h_portrait : ui::size::pad_h)};
  const ui::InkPadSpec spec{.key = screen + ".pad", .name = name, .date = pen.date(pen.app.now().wall), .enabled = ink.stage == Stage::signing};
  auto result = ui::ink_pad(canvas, pad, spec, ink.strokes, pen.state.ink);
  Caused caused;
  if (result.lifted) caused = person::PenLifted{*result.lifted, result.width_tenth_mm, result.height_tenth_mm};
  const bool inked = !ink.strokes.empty() && ink.stage == Stage::signing;
  const Rect row{buttons.x, pad.bottom() + space::s16, pad.w, buttons.h};
  const ui::ButtonSpec undo{.key = screen + ".undo", .label = pen.say("sign.undo"), .icon = Icon::undo, .enabled = inked};
  const ui::ButtonSpec clear{.key = screen + ".clear", .label = pen.say("sign.clear"), .icon = Icon::trash, .enabled = inked};
  if (canvas.button(row.column(0, 2, space::s16), undo)) caused = person::UndoPressed{};
  if (canvas.button(row.column(1, 2, space::s16), clear)) caused = person::ErasePressed{};
  return caused;
}

}  // namespace qabyl::kiosk
