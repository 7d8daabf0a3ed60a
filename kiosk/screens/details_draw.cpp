// Step 2: four questions with the keyboard, numbers with the number pad. See draw.h; pictures 03, 16-17.
#include <algorithm>

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

const char* name_of(Field field) {
  switch (field) {
    case Field::organisation: return "organisation";
    case Field::address: return "address";
    case Field::representative: return "representative";
    case Field::position: return "position";
    case Field::phone: return "phone";
    case Field::authority_until: return "authority_until";
    case Field::first_head: return "first_head";
    default: return "licence_number";
  }
}

bool has_hint(Field field) {
  return field == Field::position || field == Field::phone || field == Field::authority_until;
}

std::string error_text(const Pen& pen, const FieldError& error) {
  return pen.say(error.text, {{"n", number_text(error.number)}});
}

std::string shown_value(Field field, const Journey& journey) {
  const auto& text = journey.field(field).text;
  if (field == Field::phone) return text.empty() ? std::string{} : digits_as_phone(text);
  return field == Field::authority_until ? digits_as_date(text) : text;
}

ui::FieldSpec field_spec(const Pen& pen, const DetailsScreen& screen, Field field) {
  const std::string key = std::string("details.") + name_of(field);
  ui::FieldSpec spec;
  spec.key = key;
  spec.label = pen.say(key);
  if (has_hint(field)) spec.hint = pen.say(key + ".hint");
  spec.value = shown_value(field, pen.journey());
  spec.caret = numeric(field) ? spec.value.size() : pen.journey().field(field).caret;
  spec.focused = screen.focus == field;
  if (const auto* error = screen.error_of(field)) spec.error = error_text(pen, *error);
  return spec;
}

// All the fields of the question or, where the keyboard leaves no room for them, the one being written: a
// field scrolls itself above the keyboard. Returns the height taken.
float draw_fields(const Pen& pen, Rect room, const DetailsScreen& screen, Caused& caused) {
  const auto fields = fields_of(screen.question, pen.journey().procedure);
  float all = -space::s20;
  for (const Field field : fields) all += ui::field_height(pen.canvas, field_spec(pen, screen, field), room.w) + space::s20;
  const float top = room.y;
  for (const Field field : fields) {
    if (all > room.h && field != screen.focus) continue;
    auto spec = field_spec(pen, screen, field);
    if (all > room.h && ui::field_height(pen.canvas, spec, room.w) > room.h) spec.hint.clear();
    if (ui::field(pen.canvas, room, spec)) caused = person::FieldTapped{field};
    room.cut_top(ui::field_height(pen.canvas, spec, room.w), space::s20);
  }
  return room.y - top;
}

// Numbers: the two fields beside each other (picture 16). Returns the height taken.
float draw_fields_beside(const Pen& pen, Rect room, const DetailsScreen& screen, Caused& caused) {
  float tallest = 0;
  const auto fields = fields_of(screen.question, pen.journey().procedure);
  const int count = static_cast<int>(fields.size());
  for (int i = 0; i < count; ++i) {
    auto spec = field_spec(pen, screen, fields[static_cast<std::size_t>(i)]);
    if (pen.canvas.large() && !screen.errors.empty()) spec.hint.clear();  // the error says more
    const Rect place = room.column(i, count, space::s28);
    if (ui::field(pen.canvas, place, spec)) caused = person::FieldTapped{fields[static_cast<std::size_t>(i)]};
    tallest = std::max(tallest, ui::field_height(pen.canvas, spec, place.w));
  }
  return tallest;
}

// The title, or, once something is wrong, what is wrong. Returns the height taken.
float draw_heading(const Pen& pen, Rect room, const DetailsScreen& screen, Caused& caused) {
  const std::string question = "details.q" + number_text(screen.question);
  if (screen.errors.empty()) return ui::heading(pen.canvas, room, pen.say(question), pen.say(question + ".hint"));
  std::vector<ui::ErrorLine> lines;
  for (const auto& error : screen.errors) lines.push_back({"details.error." + number_text(static_cast<std::int64_t>(lines.size())), error_text(pen, error)});
  const auto title = pen.say("err.n", {{"n", number_text(static_cast<std::int64_t>(lines.size()))}});
  const int tapped = ui::error_summary(pen.canvas, room, title, lines);
  if (tapped >= 0) caused = person::FieldTapped{screen.errors[static_cast<std::size_t>(tapped)].field};
  return ui::error_summary_height(pen.canvas, title, lines, room.w);
}

// Back, and that every letter is kept, above the keyboard where there is no bar.
Caused draw_left_foot(const Pen& pen, Rect room, const ui::FrameSpec& spec) {
  auto& canvas = pen.canvas;
  Rect row = room.cut_top(ui::size::target_normal);
  const float width = std::min(room.w * 0.5F, canvas.text_width(Type::action, spec.back) + 4 * space::s28 + ui::size::icon);
  const bool back = ui::back_button(canvas, row.cut_left(width, space::s20), spec);
  const bool failed = pen.journey().saving.failed.has_value();
  const float side = ui::size::icon_small;
  canvas.icon(row.cut_left(side, space::s12), failed ? Icon::warning : Icon::check, failed ? Tone::warn_ink : Tone::ok);
  const auto words = failed ? spec.saved : pen.say("details.each");
  const Type type = canvas.fitting(row, words, {Type::small, Type::least}, 3);
  if (canvas.text_height(type, words, row.w) <= row.h) canvas.text_mid(row, type, Tone::ink2, words);
  return back ? Caused{person::BackPressed{}} : Caused{};
}

Caused draw_written(const DetailsScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "details");
  spec.current_sub = pen.say("kit.question", {{"k", number_text(screen.question)}, {"n", number_text(questions_count)}});
  spec.back = pen.say("back");
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  Caused caused;
  Rect left = canvas.portrait() ? room : room.cut_left(room.w * 0.5F - space::s28, space::s56);
  left.cut_top(draw_heading(pen, left, screen, caused), space::s20);
  const bool foot_right = !canvas.portrait() && left.h < ui::size::target_normal;  // a tall summary stands at the left
  if (canvas.portrait()) room = left.cut_top(left.h - ui::size::target_normal - space::s16, space::s16);
  Rect fields_room = room;
  if (foot_right) left = fields_room.cut_bottom(ui::size::target_normal, space::s16);
  draw_fields(pen, fields_room, screen, caused);
  if (auto back = draw_left_foot(pen, left, spec)) caused = back;
  const auto fields = fields_of(screen.question, pen.journey().procedure);
  const auto& edit = pen.journey().field(screen.focus);
  const bool name = screen.focus != Field::position && screen.focus != Field::licence_number;
  Writing writing{.field = std::string("details.") + name_of(screen.focus), .name = name, .empty = edit.text.empty(), .next_label = {}};
  if (screen.focus == fields.back()) writing.next_label = pen.say("next");
  if (auto pressed = draw_keyboard(pen, writing)) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

Caused draw_numbers(const DetailsScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "details");
  spec.current_sub = pen.say("kit.question", {{"k", number_text(screen.question)}, {"n", number_text(questions_count)}});
  spec.back = pen.say("back");
  spec.primary = ui::Primary{pen.say("next")};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  room.cut_top(draw_heading(pen, room, screen, caused), space::s24);
  Rect pad = canvas.portrait() ? room.cut_bottom(ui::size::number_pad_h, space::s24)
                               : room.cut_right(ui::number_pad_width(canvas), space::s56);
  const float pad_w = ui::number_pad_width(canvas);
  pad = {canvas.portrait() ? pad.mid_x() - pad_w / 2 : pad.x, pad.y, pad_w, std::min(pad.h, ui::size::number_pad_h)};
  room.cut_top(draw_fields_beside(pen, room, screen, caused), space::s24);
  const ui::ChoiceSpec office{.key = "details.by_office", .title = pen.say("details.by_office"), .sub = {}, .selected = pen.journey().by_office};
  const float office_h = std::max(ui::size::target_primary, ui::choice_height(canvas, office, room.w));
  if (ui::choice_card(canvas, room.cut_top(office_h, space::s20), office)) caused = person::ByOfficePressed{};
  const ui::NoteSpec kept{Icon::shield, {}, pen.say("err.kept")};
  if (!screen.errors.empty() && ui::note_height(canvas, kept, room.w) <= room.h) ui::note_box(canvas, room, kept);
  if (auto pressed = draw_number_pad(pen, pad, "details.pad")) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace

Caused draw(const DetailsScreen& screen, const Pen& pen) {
  const bool numbers = numeric(fields_of(screen.question, pen.journey().procedure).front());
  return numbers ? draw_numbers(screen, pen) : draw_written(screen, pen);
}

}  // namespace qabyl::kiosk
