// Documents brought on a stick for a reply: what is there already, one more, or the stick itself. See reply_draw.h.
#include <algorithm>

#include "kiosk/screens/reply_draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
namespace space = ui::space;

ui::RowSpec file_row(const Pen& pen, const core::DraftFile& file, std::size_t index) {
  ui::RowSpec row;
  row.key = "reply.file." + std::to_string(index);
  row.title = file.ref.name;
  row.sub = file.pages > 0 ? pen.say("inbox.pages", {{"n", number_text(file.pages)}}) : pen.say("docs.nopreview");
  row.state = file.problem.empty() ? State::ok : State::warn;
  row.action_key = "reply.remove." + std::to_string(index);
  row.action = pen.say("docs.remove");
  row.action_icon = Icon::trash;
  row.can_be_tapped = false;
  return row;
}

Caused draw_files(const Pen& pen, Rect room, const ReplyScreen& reply) {
  const auto& files = reply.files;
  if (files.empty()) {
    ui::note_box(pen.canvas, room, {Icon::info, {}, pen.say("reply.documents.none"), State::info});
    return {};
  }
  const auto heights_in = [&](float width) {
    std::vector<float> heights;
    for (std::size_t i = 0; i < files.size(); ++i) heights.push_back(ui::row_height(pen.canvas, file_row(pen, files[i], i), width) + space::s12);
    return heights;
  };
  Rect pager;
  if (page_starts(heights_in(room.w), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto heights = heights_in(room.w);
  const auto starts = page_starts(heights, room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(reply.list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : files.size();
  Caused caused = draw_list_pager(pen, pager, "reply.files", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    const auto tap = ui::list_row(pen.canvas, room.cut_top(heights[i] - space::s12, space::s12), file_row(pen, files[i], i));
    if (tap == ui::RowTap::action) caused = person::FileRemoved{i};
  }
  return caused;
}

Caused draw_stick(const Pen& pen, const ReplyScreen& reply) {
  auto spec = reply_frame(pen, reply);
  spec.primary.reset();
  spec.warning.clear();
  auto frame = ui::open_frame(pen.canvas, spec);
  pen.canvas.box(frame.content, Tone::surface, Tone::selected, ui::size::border_selected, ui::size::radius_card);
  auto caused = draw_intake(pen, frame.content.inset(space::s28, space::s24), reply.intake, question_title(pen, reply), question_hint(pen, reply));
  ui::close_frame(pen.canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace

Caused draw_reply_documents(const Pen& pen, const ReplyScreen& reply) {
  if (reply.intake.open || reply.intake.adding) return draw_stick(pen, reply);
  auto& canvas = pen.canvas;
  auto spec = reply_frame(pen, reply);
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, question_title(pen, reply), question_hint(pen, reply)), space::s20);
  const ui::ButtonSpec add{.key = "reply.add", .label = pen.say("reply.documents.add"), .icon = Icon::plus,
                           .look = reply.files.empty() ? ui::Look::choice_filled : ui::Look::plain, .enabled = reply.files.size() < reply_files_max};
  const Rect button = room.cut_bottom(ui::size::target_primary * std::min(canvas.em(), 1.25F), space::s20);
  Caused caused;
  if (canvas.button(canvas.portrait() ? button : button.column(0, 2, space::s20), add)) caused = person::AddPressed{};
  if (auto tapped = draw_files(pen, room, reply)) caused = tapped;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
