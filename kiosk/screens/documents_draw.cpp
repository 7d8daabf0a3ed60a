// Step 3: the list of documents and, beside it or as a screen of its own, the panel of one of them.
// See draw.h; pictures 04, 04b, 04c, 18.
#include <algorithm>

#include "kiosk/screens/documents_draw.h"
#include "kiosk/screens/draw.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

std::string heading_text(core::Procedure procedure) {
  if (procedure == core::Procedure::issue) return "docs.h";
  return procedure == core::Procedure::reissue ? "docs.h.reissue" : "docs.h.duplicate";
}

std::string files_text(const Pen& pen, const std::vector<core::DraftFile>& files) {
  int pages = 0;
  bool kept = false;
  for (const auto& file : files) {
    pages += file.pages;
    kept = kept || file.kept_as_is;
  }
  const auto count = static_cast<std::int64_t>(files.size());
  auto text = count == 1 ? pen.say("docs.source.usb", {{"n", number_text(pages)}})
                         : pen.say("docs.source.files", {{"k", number_text(count)}, {"n", number_text(pages)}});
  if (kept) text += ". " + pen.say("docs.kept");
  return text;
}

std::string problem_of(const Pen& pen, const std::vector<core::DraftFile>& files) {
  for (const auto& file : files) {
    if (!file.problem.empty() && !file.kept_as_is) return pen.say("docs.problem." + file.problem);
  }
  return {};
}

void tagged(ui::RowSpec& row, State state, Icon icon, std::string tag) {
  row.state = row.tag_state = state;
  row.tag_icon = icon;
  row.tag = std::move(tag);
}

void with_add(const Pen& pen, ui::RowSpec& row, const std::string& code) {
  row.action_key = "docs.add." + code;
  row.action = pen.say("docs.add");
  row.action_icon = Icon::plus;
}

ui::RowSpec row_of(const Pen& pen, const DocumentsScreen& screen, const core::RequiredDocument& document) {
  const auto* files = pen.journey().draft->files_of(document.code);
  ui::RowSpec row;
  row.key = "docs.row." + document.code;
  row.title = document.name.in(pen.language());
  row.selected = screen.selected == document.code;
  row.icon = Icon::document;
  switch (screen.state_of(document, pen.journey())) {
    case ItemState::made_here:
      row.sub = pen.say("docs.made_here");
      tagged(row, State::ok, Icon::check, pen.say("docs.ready"));
      row.icon = Icon::check;
      break;
    case ItemState::ready:
      row.sub = files_text(pen, *files);
      tagged(row, State::ok, Icon::check, pen.say("docs.ready"));
      row.icon = Icon::check;
      break;
    case ItemState::attention:
      row.sub = problem_of(pen, *files);
      tagged(row, State::bad, Icon::warning, pen.say("docs.attn"));
      row.icon = Icon::warning;
      row.bad = true;
      break;
    case ItemState::later:
      row.sub = pen.say("docs.later", {{"n", number_text(document.step)}});
      tagged(row, State::neutral, Icon::clock, pen.say("docs.step", {{"n", number_text(document.step)}}));
      row.quiet = true;
      row.can_be_tapped = false;
      break;
    case ItemState::reading: {
      const auto& adding = *screen.intake.adding;
      row.sub = adding.pages > 0 ? pen.say("docs.reading", {{"k", number_text(adding.pages_read)}, {"n", number_text(adding.pages)}})
                                 : pen.say("docs.opening");
      row.state = State::info;
      break;
    }
    case ItemState::none:
      row.sub = pen.say("docs.none");
      with_add(pen, row, document.code);
      break;
    case ItemState::refused:
      row.sub = pen.say("docs.refused", {{"why", pen.say("docs.why." + screen.intake.refused->why)}});
      row.state = State::bad;
      row.icon = Icon::warning;
      with_add(pen, row, document.code);
      break;
  }
  return row;
}

State unit_of(ItemState state) {
  if (state == ItemState::ready || state == ItemState::made_here) return State::ok;
  return state == ItemState::attention || state == ItemState::refused ? State::bad : State::neutral;
}

// "Documents ready: 3 of 6" with a segment for each.
void draw_count(const Pen& pen, Rect box, const DocumentsScreen& screen, const std::vector<core::RequiredDocument>& list) {
  std::vector<State> units;
  for (const auto& document : list) units.push_back(unit_of(screen.state_of(document, pen.journey())));
  const auto ready = std::ranges::count(units, State::ok);
  const auto text = pen.say("docs.count", {{"k", number_text(ready)}, {"n", number_text(static_cast<std::int64_t>(units.size()))}});
  box.cut_top(pen.canvas.text(box, Type::h3, Tone::ink, text, pen.canvas.portrait() ? ui::Align::left : ui::Align::right), space::s12);
  Rect bar = box.cut_top(space::s16);
  const float width = std::min(bar.w, ui::size::target_least * static_cast<float>(units.size()));
  ui::progress(pen.canvas, pen.canvas.portrait() ? bar.cut_left(width) : bar.cut_right(width), units);
}

Caused draw_list(const Pen& pen, Rect room, const DocumentsScreen& screen, const std::vector<core::RequiredDocument>& list) {
  auto& canvas = pen.canvas;
  const float gap = canvas.large() ? space::s20 : ui::size::gap_min;
  const auto rows_in = [&](float width) {
    std::vector<ui::Block> rows;
    for (const auto& document : list) rows.push_back({ui::row_height(canvas, row_of(pen, screen, document), width), {}});
    return rows;
  };
  const auto count = list.size();
  std::size_t from = 0, last = count;
  Caused caused;
  if (ui::blocks_height(rows_in(room.w), gap) > room.h) {
    const bool beside = room.w > ui::size::slip_wide && !canvas.portrait();
    const Rect side = beside ? room.cut_right(room.w * 0.16F, space::s24) : room.cut_bottom(ui::size::target_normal, space::s16);
    const auto starts = ui::page_starts(rows_in(room.w), gap, room.h);
    const int pages = static_cast<int>(starts.size()), page = std::min(screen.list_page, pages - 1);
    from = starts[static_cast<std::size_t>(page)];
    last = page + 1 < pages ? starts[static_cast<std::size_t>(page) + 1] : count;
    const auto range = pen.say("docs.range", {{"a", std::to_string(from + 1)}, {"b", std::to_string(last)}, {"n", std::to_string(count)}});
    const int by = ui::pager(canvas, side, {"docs", page > 0, last < count, {}, range, {}});
    if (by != 0) caused = person::ListTurned{page + by - screen.list_page};
  }
  for (std::size_t i = from; i < last; ++i) {
    const auto& document = list[i];
    const auto row = row_of(pen, screen, document);
    const auto tap = ui::list_row(canvas, room.cut_top(ui::row_height(canvas, row, room.w), gap), row);
    if (tap == ui::RowTap::row) caused = person::ItemTapped{document.code};
    if (tap == ui::RowTap::action) caused = person::AddPressed{document.code};
  }
  return caused;
}

Caused draw_as_list(const DocumentsScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  const auto list = pen.profile().list(pen.journey().procedure);
  const auto missing = missing_in_step(pen.profile(), *pen.journey().draft, 3);
  const auto n = number_text(static_cast<std::int64_t>(missing.size()));
  auto spec = frame_spec(pen, "docs");
  spec.back = pen.say("back");
  const bool reading = screen.intake.adding.has_value();
  spec.primary = ui::Primary{missing.empty() ? pen.say("next") : pen.say("docs.without", {{"n", n}}), !reading};
  if (reading) spec.warning = pen.say("docs.opening");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Rect head{room.x, room.y, canvas.portrait() ? room.w : room.w * 0.66F, room.h};
  const float title_h = ui::heading(canvas, head, pen.say(heading_text(pen.journey().procedure)), pen.profile().law_article.in(pen.language()));
  const Rect count = canvas.portrait() ? Rect{room.x, room.y + title_h + space::s16, room.w, room.h} : Rect{head.right() + space::s20, room.y, room.w * 0.34F - space::s20, title_h};
  draw_count(pen, count, screen, list);
  room.cut_top(title_h, space::s16);
  if (canvas.portrait()) room.cut_top(canvas.line_height(Type::h3) + space::s28, space::s20);
  Caused caused;
  if (pen.side_panel()) {
    const Rect panel = room.cut_right(room.w * 0.43F, space::s28);
    caused = draw_document_panel(screen, pen, panel);
  }
  if (auto tapped = draw_list(pen, room, screen, list)) caused = tapped;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

// The panel, or one page at full size, with nothing beside it.
Caused draw_alone(const DocumentsScreen& screen, const Pen& pen) {
  auto spec = frame_spec(pen, "docs");
  spec.back = pen.say("back");
  auto frame = ui::open_frame(pen.canvas, spec);
  auto caused = screen.zoomed ? draw_zoomed_page(screen, pen, frame.content) : draw_document_panel(screen, pen, frame.content);
  ui::close_frame(pen.canvas, spec, frame);
  if (caused) return caused;
  if (frame.back && !screen.zoomed) return person::PanelClosed{};
  return frame_caused(frame);
}

}  // namespace

Caused draw(const DocumentsScreen& screen, const Pen& pen) {
  const bool alone = screen.zoomed || (!pen.side_panel() && (screen.panel || screen.intake.open));
  return alone ? draw_alone(screen, pen) : draw_as_list(screen, pen);
}

}  // namespace qabyl::kiosk
