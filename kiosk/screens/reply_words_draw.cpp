// A question that is answered in words: one long text, or two fields, above the keyboard. See reply_draw.h.
#include <algorithm>

#include "kiosk/screens/reply_draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr float area_least = 120;

bool long_text(const Question& question) { return question.fields.size() == 1; }

std::string field_key(int index) { return "reply.field." + number_text(index); }

ui::FieldSpec field_spec(const Pen& pen, const ReplyScreen& reply, int index) {
  const auto at = static_cast<std::size_t>(index);
  const auto& edit = reply.given[reply.at].texts[at];
  return {.key = field_key(index), .label = pen.say("reply.f." + reply.question().fields[at].key), .hint = {}, .value = edit.text, .caret = edit.caret,
          .focused = reply.field == index, .error = fault_text(pen, reply, index)};
}

// Both fields or, where the keyboard leaves no room, the one that is being written.
Caused draw_fields(const Pen& pen, Rect room, const ReplyScreen& reply) {
  const int count = static_cast<int>(reply.question().fields.size());
  float all = -space::s20;
  for (int i = 0; i < count; ++i) all += ui::field_height(pen.canvas, field_spec(pen, reply, i), room.w) + space::s20;
  Caused caused;
  for (int i = 0; i < count; ++i) {
    if (all > room.h && i != reply.field) continue;
    const auto spec = field_spec(pen, reply, i);
    if (ui::field(pen.canvas, room, spec)) caused = staff::Event{staff::AnswerTapped{i}};
    room.cut_top(ui::field_height(pen.canvas, spec, room.w), space::s20);
  }
  return caused;
}

float heading_height(const Pen& pen, float width, const ReplyScreen& reply, std::string_view hint) {
  auto& canvas = pen.canvas;
  const float words = hint.empty() ? 0 : canvas.text_height(Type::body, hint, width);
  return canvas.text_height(Type::title_long, question_title(pen, reply), width) + words + space::s12;
}

// Where the serif would leave no room for what the question is about: a breach is never left out.
float small_heading(const Pen& pen, Rect room, const std::string& title, const std::string& about) {
  auto& canvas = pen.canvas;
  const float top = room.y;
  room.cut_top(canvas.text(room, Type::list, Tone::ink, title), space::s4);
  if (canvas.text_height(Type::least, about, room.w) <= room.h) room.cut_top(canvas.text(room, Type::least, Tone::ink2, about));
  return room.y - top;
}

// Back at the left of the keyboard, and the primary beside it: there is no bar. What is wrong stands at its field.
Caused draw_foot(const Pen& pen, Rect row, const ui::FrameSpec& spec, bool wrong_said) {
  auto& canvas = pen.canvas;
  const ui::ButtonSpec on{.key = spec.screen + ".go", .label = spec.primary->label, .icon = spec.primary->icon, .icon_right = true,
                          .look = ui::Look::primary, .enabled = spec.primary->enabled};
  const float back_w = std::min(row.w * 0.4F, canvas.text_width(Type::action, spec.back) + 4 * space::s28 + ui::size::icon);
  const bool back = !spec.back.empty() && ui::back_button(canvas, row.cut_left(back_w, space::s16), spec);
  const float on_w = std::min(row.w, canvas.button_width(on) + space::s28);
  const bool go = canvas.button(row.cut_right(on_w, space::s16), on);
  const auto words = wrong_said ? std::string() : spec.warning.empty() ? spec.saved : spec.warning;
  const Type type = canvas.fitting(row, words, {Type::small, Type::least}, 3);
  const bool fits = row.w > space::s56 * 2 && canvas.text_height(type, words, row.w) <= row.h && canvas.whole_words(type, words, row.w);
  if (fits) canvas.text_mid(row, type, spec.warning.empty() ? Tone::ink2 : Tone::bad, words);
  if (back) return person::BackPressed{};
  return go ? Caused{person::PrimaryPressed{}} : Caused{};
}

Writing writing_of(const Pen& pen, const ReplyScreen& reply) {
  const auto at = static_cast<std::size_t>(reply.field);
  Writing writing{.field = number_text(static_cast<std::int64_t>(reply.at)) + "." + field_key(reply.field), .name = true, .empty = reply.given[reply.at].texts[at].text.empty(), .next_label = {}};
  if (reply.field + 1 == static_cast<int>(reply.question().fields.size())) writing.next_label = pen.say("next");
  return writing;
}

}  // namespace

Caused draw_reply_words(const Pen& pen, const ReplyScreen& reply) {
  auto& canvas = pen.canvas;
  auto spec = reply_frame(pen, reply);
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  Caused caused = draw_foot(pen, room.cut_bottom(ui::size::target_normal, space::s16), spec, !reply.faults.empty());
  auto hint = question_hint(pen, reply);
  const bool beside = !canvas.portrait();
  Rect head = beside ? room.cut_left(room.w * 0.4F - space::s28, space::s36) : room;
  const float least = long_text(reply.question()) ? area_least : ui::size::field;
  if (!beside && heading_height(pen, room.w, reply, hint) + least > room.h) hint.clear();
  const bool large_beside = beside && heading_height(pen, head.w, reply, hint) > head.h;
  const float title = large_beside ? small_heading(pen, head, question_title(pen, reply), hint) : ui::heading(canvas, head, question_title(pen, reply), hint);
  if (!beside) room.cut_top(title, space::s16);
  if (long_text(reply.question())) ui::text_area(canvas, room, field_spec(pen, reply, 0));
  else if (auto tapped = draw_fields(pen, room, reply)) caused = tapped;
  if (auto pressed = draw_keyboard(pen, writing_of(pen, reply))) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
