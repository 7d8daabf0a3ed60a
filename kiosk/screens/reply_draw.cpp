// See reply_draw.h.
#include "kiosk/screens/reply_draw.h"

#include <algorithm>

#include "kiosk/screens/sign_parts.h"
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
using Kind = Question::Kind;
using Stage = ReplyScreen::Stage;

ui::ChoiceSpec option_card(const ReplyScreen& reply, int index) {
  const auto& option = reply.question().options[static_cast<std::size_t>(index)];
  return {.key = "reply.option." + number_text(index), .title = option.title, .sub = option.sub,
          .selected = reply.given[reply.at].chosen.count(index) != 0, .dot = reply.question().kind == Kind::one};
}

float option_height(const Pen& pen, const ReplyScreen& reply, int index, float width) {
  return std::max(ui::size::row, ui::choice_height(pen.canvas, option_card(reply, index), width));
}

Caused draw_options(const Pen& pen, Rect room, const ReplyScreen& reply) {
  const int count = static_cast<int>(reply.question().options.size());
  const auto heights_in = [&](float width) {
    std::vector<float> heights;
    for (int i = 0; i < count; ++i) heights.push_back(option_height(pen, reply, i, width) + space::s12);
    return heights;
  };
  Rect pager;
  if (page_starts(heights_in(room.w), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto heights = heights_in(room.w);
  const auto starts = page_starts(heights, room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(reply.list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : heights.size();
  Caused caused = draw_list_pager(pen, pager, "reply.options", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    const Rect box = room.cut_top(heights[i] - space::s12, space::s12);
    if (ui::choice_card(pen.canvas, box, option_card(reply, static_cast<int>(i)))) caused = staff::Event{staff::OptionTapped{static_cast<int>(i)}};
  }
  return caused;
}

Caused draw_waiting(const Pen& pen, const ReplyScreen& reply) {
  auto spec = reply_frame(pen, reply);
  spec.primary.reset();
  auto frame = ui::open_frame(pen.canvas, spec);
  ui::note_box(pen.canvas, frame.content, {Icon::clock, {}, pen.say("inbox.loading"), State::info});
  ui::close_frame(pen.canvas, spec, frame);
  return frame_caused(frame);
}

// What had been written before the light went out, or before the person went away: go on, or begin anew.
Caused draw_kept(const Pen& pen, const ReplyScreen& reply) {
  auto spec = reply_frame(pen, reply);
  spec.current_sub.clear();
  spec.primary = ui::Primary{pen.say("reply.kept.go"), true};
  auto frame = ui::open_frame(pen.canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(pen.canvas, room, pen.say("reply.kept"), pen.say("reply.kept.sub")), space::s24);
  auto words = pen.say("reply.kept.at", {{"t", moment(pen, reply.kept->saved_at)}});
  if (!reply.kept->files.empty()) words += "\n" + pen.say("reply.kept.files", {{"n", number_text(static_cast<std::int64_t>(reply.kept->files.size()))}});
  const ui::ButtonSpec discard{.key = "reply.discard", .label = pen.say("reply.kept.discard"), .icon = Icon::trash};
  const Rect button = room.cut_bottom(ui::size::target_primary * std::min(pen.canvas.em(), 1.25F), space::s20);
  ui::note_box(pen.canvas, room, {Icon::clock, {}, words, State::info});
  const float width = std::min(button.w, pen.canvas.button_width(discard) + space::s28);
  Caused caused;
  if (pen.canvas.button({button.x, button.y, width, button.h}, discard)) caused = staff::Event{staff::DiscardTapped{}};
  ui::close_frame(pen.canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace

ui::FrameSpec reply_frame(const Pen& pen, const ReplyScreen& reply) {
  auto spec = staff_frame(pen, "reply", 3);
  const bool last = reply.at + 1 >= reply.form.questions.size();
  if (!reply.form.questions.empty()) {
    spec.current_sub = pen.say("kit.question", {{"k", number_text(static_cast<std::int64_t>(reply.at) + 1)}, {"n", number_text(static_cast<std::int64_t>(reply.form.questions.size()))}});
  }
  if (!reply.busy()) spec.back = pen.say("back");
  spec.title = pen.say("act." + std::string(core::to_text(reply.form.act)));
  spec.sub = paper_name(pen, reply.paper);
  spec.saved = time_text(pen, reply.paper, reply.form.act);
  spec.saved_icon = Icon::clock;
  const bool refusal = reply.form.act == core::BureauAct::refuse_receipt;
  if (refusal) spec.saved = pen.say("refuse.runs"), spec.saved_icon = Icon::info;
  spec.primary = ui::Primary{pen.say(!last ? "next" : refusal ? "refuse.go" : "reply.preview"), reply.stage == Stage::asking && reply.faults.empty()};
  if (reply.busy()) spec.warning = pen.say("saving");
  else if (!reply.faults.empty()) spec.warning = fault_text(pen, reply);
  else if (reply.problem) spec.warning = pen.say("act.failed");
  return spec;
}

std::string question_title(const Pen& pen, const ReplyScreen& reply) { return pen.say(reply.question().text); }

std::string question_hint(const Pen& pen, const ReplyScreen& reply) {
  const auto& question = reply.question();
  return question.about.empty() ? pen.say(question.text + ".hint") : question.about;
}

std::string fault_text(const Pen& pen, const ReplyScreen& reply, int field) {
  const auto found = std::find_if(reply.faults.begin(), reply.faults.end(), [&](const auto& one) { return field < 0 || one.field == field; });
  return found == reply.faults.end() ? std::string() : pen.say(found->text);
}

Caused draw_reply_choice(const Pen& pen, const ReplyScreen& reply) {
  auto spec = reply_frame(pen, reply);
  auto frame = ui::open_frame(pen.canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(pen.canvas, room, question_title(pen, reply), question_hint(pen, reply)), space::s20);
  Caused caused = draw_options(pen, room, reply);
  ui::close_frame(pen.canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

Caused draw_reply_date(const Pen& pen, const ReplyScreen& reply) {
  auto& canvas = pen.canvas;
  auto spec = reply_frame(pen, reply);
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, question_title(pen, reply), question_hint(pen, reply)), space::s24);
  const float pad_w = ui::number_pad_width(canvas);
  Rect pad = canvas.portrait() ? room.cut_bottom(std::min(room.h * 0.6F, ui::size::number_pad_h), space::s24) : room.cut_right(pad_w, space::s56);
  pad = {canvas.portrait() ? pad.mid_x() - pad_w / 2 : pad.x, pad.y, pad_w, std::min(pad.h, ui::size::number_pad_h)};
  ui::FieldSpec field{.key = "reply.field.0", .label = pen.say("reply.f.due"), .hint = pen.say("details.authority_until.hint"),
                      .value = digits_as_date(reply.given[reply.at].texts.front().text), .focused = true, .error = fault_text(pen, reply, 0)};
  field.caret = field.value.size();
  ui::field(canvas, room, field);
  Caused caused = draw_number_pad(pen, pad, "reply.pad");
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

Caused draw_reply(const Pen& pen, const StaffJourney& journey) {
  const auto& reply = journey.answering;
  if (reply.stage == Stage::checking) return draw_filing_checked(pen, "reply");
  if (reply.form.questions.empty()) return draw_waiting(pen, reply);
  if (reply.stage == Stage::kept) return draw_kept(pen, reply);
  switch (reply.question().kind) {
    case Kind::one:
    case Kind::many: return draw_reply_choice(pen, reply);
    case Kind::write: return draw_reply_words(pen, reply);
    case Kind::date: return draw_reply_date(pen, reply);
    case Kind::documents: break;
  }
  return draw_reply_documents(pen, reply);
}

}  // namespace qabyl::kiosk
