// The mark of receipt of paragraph 10 (picture 13): position, name and date locked, the words of the mark,
// a signature. It means receipt, not consent, and says so. See staff_draw.h.
#include <algorithm>

#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = AcknowledgeScreen::Stage;

constexpr float pad_share = 0.6F, pad_least = 300;

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

std::vector<ui::FieldSpec> locked_fields(const Pen& pen, const StaffView& staff) {
  const auto date = pen.date(pen.app.now().wall);
  return {{.key = "ack.position", .label = pen.say("ack.position"), .hint = {}, .value = staff.position, .locked = true, .error = {}},
          {.key = "ack.name", .label = pen.say("ack.name"), .hint = {}, .value = staff.name, .locked = true, .error = {}},
          {.key = "ack.date", .label = pen.say("ack.date"), .hint = {}, .value = date, .locked = true, .error = {}}};
}

// Boxes while there is room for them; else the same words as label and value, so that nothing is cut.
float draw_fields(const Pen& pen, Rect room, const StaffView& staff) {
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

ui::NoteSpec mark_words(const Pen& pen, const StaffView& staff) {
  const auto text = pen.say("ack.preview", {{"position", staff.position}, {"name", staff.name}, {"d", pen.date(pen.app.now().wall)}});
  return {Icon::stamp, pen.say("ack.last"), text, State::info};
}

std::string pad_hint(const Pen& pen, const AcknowledgeScreen& ink) {
  if (ink.short_said) return pen.say("short.sign");
  return pen.say(ink.problem ? "sign.failed" : "sign.hint");
}

Caused draw_pad(const Pen& pen, Rect room, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto& ink = journey.acknowledge;
  if (ink.strokes.empty() && !pen.state.ink.down) pen.state.ink.reset();
  room.cut_top(canvas.text(room, Type::small, ink.short_said || ink.problem ? Tone::bad : Tone::ink2, pad_hint(pen, ink)), space::s12);
  const float button = ui::size::target_normal * std::min(canvas.em(), 1.25F);
  const Rect buttons = room.cut_bottom(button, space::s16);
  const Rect pad{room.x, room.y, room.w, std::min(room.h, canvas.portrait() ? ui::size::pad_h_portrait : ui::size::pad_h)};
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

}  // namespace

Caused draw_acknowledge(const Pen& pen, const StaffJourney& journey) {
  const auto& ink = journey.acknowledge;
  if (ink.stage == Stage::checking) return draw_waiting(pen);
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "ack", 4);
  spec.title = paper_name(pen, journey.reading->paper);
  spec.sub = pen.say("ack.seen", {{"n", number_text(journey.reading->pages)}});
  if (ink.stage == Stage::signing) spec.back = pen.say("back");
  spec.saved = pen.say("ack.mean");
  spec.saved_icon = Icon::info;
  if (ink.stage == Stage::filing) spec.warning = pen.say("saving");
  else if (ink.strokes.empty()) spec.warning = pen.say("ack.unsigned");
  spec.primary = ui::Primary{pen.say("ack.return"), ink.primary_enabled()};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("ack.h")), space::s16);
  Caused caused;
  if (canvas.portrait()) {
    const float wanted = canvas.line_height(Type::small) + space::s12 + ui::size::pad_h_portrait + space::s16 + ui::size::target_normal * std::min(canvas.em(), 1.25F);
    const Rect pad = room.cut_bottom(std::min(wanted, std::max(pad_least, room.h * 0.58F)), space::s20);
    draw_fields(pen, room, *journey.staff);
    caused = draw_pad(pen, pad, journey);
  } else {
    const Rect pad = room.cut_right(room.w * pad_share, space::s36);
    const auto words = mark_words(pen, *journey.staff);
    room.cut_top(draw_fields(pen, room, *journey.staff), space::s4);
    if (ui::note_height(canvas, words, room.w) <= room.h) ui::note_box(canvas, room, words);
    caused = draw_pad(pen, pad, journey);
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
