// How the last day of a paper was counted, day by day (DESIGN.md, section 5: the badge can be opened).
// The lines come from core with the paper; nothing is counted here. See staff_draw.h.
#include <algorithm>

#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Rect;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr std::size_t lines_max = 400;

Caused draw_lines(const Pen& pen, Rect box, const std::vector<std::string>& lines, int list_page) {
  auto& canvas = pen.canvas;
  const auto heights_in = [&](Rect room) {
    std::vector<float> heights;
    for (const auto& line : lines) heights.push_back(canvas.text_height(Type::body, line, room.w) + space::s12);
    return heights;
  };
  Rect card = box, pager;
  if (const Rect room = card.inset(space::s36, space::s24); page_starts(heights_in(room), room.h).size() > 1) pager = cut_pager(pen, card);
  Rect room = card.inset(space::s36, space::s24);
  const auto heights = heights_in(room);
  const auto starts = page_starts(heights, room.h);
  const auto page = std::min(static_cast<std::size_t>(list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : lines.size();
  canvas.box(card, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  for (std::size_t i = starts[page]; i < end; ++i) canvas.text(room.cut_top(heights[i]), Type::body, Tone::ink, lines[i]);
  return draw_list_pager(pen, pager, "counted", page, starts.size());
}

}  // namespace

Caused draw_counted(const Pen& pen, const PaperView& paper, int list_page) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "counted", 2);
  spec.back = pen.say("read.list");
  spec.title = paper_name(pen, paper);
  spec.sub = paper.from.in(pen.language());
  if (paper.here) spec.primary = ui::Primary{pen.say("inbox.open")};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("dl.how")), space::s20);
  std::vector<std::string> lines;
  for (const auto& line : paper.counted) {
    if (lines.size() < lines_max) lines.push_back(line.in(pen.language()));
  }
  Caused caused = draw_lines(pen, room, lines, list_page);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
