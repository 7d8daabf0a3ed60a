// What can be done with a paper (picture 14): one card an act with its paragraph, whose turn it is and its last day; the
// receipts of what was done. See staff_draw.h.
#include <algorithm>

#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

std::string act_id(core::BureauAct act) { return "act." + std::string(core::to_text(act)); }

// Whose it is, or who may do it; then in which term.
std::string act_sub(const Pen& pen, const core::ActOffer& offer, const PaperView& paper) {
  if (!offer.why.empty()) return pen.say(who_may(offer, paper));
  auto sub = pen.say(act_id(offer.act) + ".sub");
  if (offer.act == core::BureauAct::visa_page) {
    sub = pen.say("visa.count", {{"k", number_text(paper.visas)}, {"n", number_text(paper.pages)}});
  }
  if (offer.term) sub += ". " + pen.say("dl.last", {{"d", near_day(pen, core::iso_date(offer.term->due))}});
  return sub;
}

ui::ChoiceSpec act_card(const Pen& pen, const core::ActOffer& offer, const PaperScreen& screen) {
  const bool may = offer.why.empty();
  return {.key = "paper.act." + std::string(core::to_text(offer.act)), .title = pen.say(act_id(offer.act)), .sub = act_sub(pen, offer, screen.paper),
          .selected = may && screen.chosen == offer.act, .enabled = may, .dot = true};
}

ui::RowSpec made_row(const Pen& pen, const ActMade& made) {
  const bool refused = made.state == SendView::quarantined;
  ui::RowSpec row;
  row.key = "paper.made." + made.record;
  row.title = pen.say(act_id(made.act) + ".done");
  row.sub = moment(pen, made.at) + (refused ? ". " + pen.say("todo.refused") : std::string());
  row.icon = refused ? Icon::warning : Icon::check;
  row.state = refused ? State::bad : State::ok;
  row.bad = refused;
  row.tag_icon = Icon::right;
  return row;
}

struct Line {                    // a card or a row of the list
  float height = 0;
  const core::ActOffer* offer = nullptr;
  const ActMade* made = nullptr;
};

std::vector<Line> lines_of(const Pen& pen, const PaperScreen& screen, float width) {
  std::vector<Line> lines;
  for (const auto& offer : screen.paper.acts) lines.push_back({std::max(ui::size::row, ui::choice_height(pen.canvas, act_card(pen, offer, screen), width)), &offer, nullptr});
  for (const auto& made : screen.paper.made) lines.push_back({ui::row_height(pen.canvas, made_row(pen, made), width), nullptr, &made});
  return lines;
}

std::vector<float> heights_of(const std::vector<Line>& lines) {
  std::vector<float> heights;
  for (const auto& line : lines) heights.push_back(line.height + space::s12);
  return heights;
}

Caused draw_line(const Pen& pen, Rect box, const Line& line, const PaperScreen& screen) {
  if (line.offer != nullptr) {
    const bool tapped = ui::choice_card(pen.canvas, box, act_card(pen, *line.offer, screen));
    return tapped ? Caused{staff::Event{staff::ActTapped{line.offer->act}}} : Caused{};
  }
  const auto tap = ui::list_row(pen.canvas, box, made_row(pen, *line.made));
  return tap == ui::RowTap::none ? Caused{} : Caused{staff::Event{staff::MadeTapped{line.made->record}}};
}

Caused draw_lines(const Pen& pen, Rect room, const PaperScreen& screen) {
  Rect pager;
  if (page_starts(heights_of(lines_of(pen, screen, room.w)), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto lines = lines_of(pen, screen, room.w);
  const auto starts = page_starts(heights_of(lines), room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(screen.list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : lines.size();
  Caused caused = draw_list_pager(pen, pager, "paper.acts", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    if (auto tapped = draw_line(pen, room.cut_top(lines[i].height, space::s12), lines[i], screen)) caused = tapped;
  }
  return caused;
}

std::string nothing_left(const Pen& pen, const PaperScreen& screen) { return screen.paper.acts.empty() ? pen.say("todo.nothing") : std::string(); }

}  // namespace

Caused draw_paper(const Pen& pen, const PaperScreen& screen) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "paper", 3);
  spec.back = pen.say("read.list");
  spec.title = paper_name(pen, screen.paper);
  spec.sub = screen.paper.from.in(pen.language());
  const bool any = std::any_of(screen.paper.acts.begin(), screen.paper.acts.end(), [](const auto& one) { return one.why.empty(); });
  if (any) spec.primary = ui::Primary{pen.say("todo.go"), screen.primary_enabled()};
  if (screen.asked_why) spec.warning = pen.say("reply.err.choose");
  spec.saved = nothing_left(pen, screen);
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  const ui::ButtonSpec read{.key = "paper.read", .label = pen.say("todo.read"), .icon = Icon::document};
  const float button = ui::size::target_normal * std::min(canvas.em(), 1.25F);
  const bool beside = !canvas.portrait() && !canvas.large();
  Rect head = beside ? room.cut_top(button, space::s20) : Rect{};
  if (beside) {
    if (canvas.button(head.cut_right(canvas.button_width(read) + space::s28, space::s28), read)) caused = staff::Event{staff::ReadTapped{}};
    canvas.text_mid(head, canvas.fitting(head, pen.say("reply.q"), {Type::title, Type::title_long}, 1), Tone::ink, pen.say("reply.q"));
  } else {
    room.cut_top(ui::heading(canvas, room, pen.say("reply.q")), space::s16);
    if (canvas.button(room.cut_bottom(button, space::s16), read)) caused = staff::Event{staff::ReadTapped{}};
  }
  if (auto tapped = draw_lines(pen, room, screen)) caused = tapped;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
