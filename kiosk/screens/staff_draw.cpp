// Sign-in, inbox, reading: pictures 02, 11, 12. The mark and the receipt are in acknowledge_draw.cpp, the
// operator's panel in operator_draw.cpp. See draw.h and staff_draw.h.
#include "kiosk/screens/staff_draw.h"

#include <imgui.h>

#include "kiosk/ui/fields.h"
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
using Tab = StaffJourney::Tab;

std::string problem(const Pen& pen, const StaffSignIn& form) {
  if (form.unknown) return pen.say("badge.bad");
  if (!form.refused) return {};
  if (form.refused->why == core::ErrorCode::locked) return pen.say("pin.lock");
  if (form.refused->why == core::ErrorCode::forbidden) return pen.say("pin.bad", {{"n", number_text(form.refused->tries_left)}});
  return pen.say("badge.bad");
}

Caused draw_badge_typing(const Pen& pen, const StaffSignIn& form) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "staff", 1);
  spec.back = pen.say("back");
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  room.cut_top(ui::heading(canvas, room, pen.say("staff.h")), space::s16);
  const ui::FieldSpec field{.key = "staff.code", .label = pen.say("staff.code"), .hint = {}, .value = form.badge,
                            .caret = form.badge.size(), .focused = true, .error = problem(pen, form)};
  ui::field(canvas, room.cut_top(ui::field_height(canvas, field, room.w), space::s12), field);
  const bool back = ui::back_button(canvas, room.cut_top(ui::size::target_normal).cut_left(ui::size::rail), spec);
  Caused caused = draw_keyboard(pen, {.field = "staff.code", .name = true, .empty = form.badge.empty(), .latin = true, .next_label = pen.say("close")});
  if (caused && std::holds_alternative<person::KeyPressed>(*caused) && std::get<person::KeyPressed>(*caused).key == Key::enter) {
    caused = staff::Event{staff::TypeBadgePressed{}};
  }
  ui::close_frame(canvas, spec, frame);
  if (back) return person::BackPressed{};
  return caused ? caused : frame_caused(frame);
}

Caused draw_sign_in(const Pen& pen, const StaffSignIn& form) {
  if (form.typing) return draw_badge_typing(pen, form);
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "staff", 1);
  spec.back = pen.say("back");
  const bool ready = form.badge_whole() && form.pin.size() == pin_digits && !form.busy;
  spec.primary = ui::Primary{pen.say("staff.enter"), ready};
  if (form.busy) spec.warning = pen.say("pin.opening");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("staff.h"), pen.say("staff.hint")), space::s24);
  Rect pad = canvas.portrait() ? room.cut_bottom(ui::size::number_pad_h, space::s24)
                               : room.cut_right(ui::size::number_pad_w, space::s56).cut_top(ui::size::number_pad_h);
  pad = {canvas.portrait() ? pad.mid_x() - ui::size::number_pad_w / 2 : pad.x, pad.y, ui::size::number_pad_w, pad.h};
  const bool known = form.badge_whole();
  const ui::NoteSpec note = known ? ui::NoteSpec{Icon::check, pen.say("staff.known"), form.greeted, State::ok}
                                  : ui::NoteSpec{Icon::stamp, pen.say("staff.show"), form.unknown ? pen.say("badge.bad") : pen.say("staff.reader"),
                                                 form.unknown ? State::bad : State::info};
  room.cut_top(ui::note_box(canvas, room, note), space::s16);
  Caused caused;
  const ui::ButtonSpec type{.key = "staff.type", .label = pen.say("staff.type"), .icon = Icon::document};
  if (!known && canvas.button(room.cut_top(ui::size::target_normal, space::s20).cut_left(std::min(room.w, ui::size::dialog_w / 2)), type)) {
    caused = staff::Event{staff::TypeBadgePressed{}};
  }
  ui::PinSpec pin;
  pin.key = "staff.pin";
  pin.label = pen.say("pin.enter");
  pin.filled = static_cast<int>(form.pin.size());
  pin.focused = known;
  if (form.refused) pin.error = problem(pen, form);
  ui::pin_boxes(canvas, room, pin);
  room.cut_top(ui::pin_height(canvas, pin, room.w), space::s20);
  if (!canvas.large()) ui::note_box(canvas, room, {Icon::lock, {}, pen.say("pin.cover")});
  if (auto pressed = draw_number_pad(pen, pad, "staff.pin")) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

std::string deadline_words(const Pen& pen, const PaperView& paper) {
  if (paper.deadline.empty()) return {};
  const auto day = pen.say("dl.last", {{"d", pen.iso_day(paper.deadline)}});
  const auto kind = paper.deadline_kind == "calendar" ? "dl.kind.calendar" : "dl.kind.working";
  if (paper.deadline_days < 0) return pen.say("dl.late", {{"n", number_text(-paper.deadline_days)}, {"kind", pen.say(kind)}}) + ". " + day;
  return day;
}

ui::RowSpec row_of(const Pen& pen, const PaperView& paper, std::size_t index) {
  ui::RowSpec row;
  row.key = "inbox.row." + number_text(static_cast<std::int64_t>(index));
  row.title = pen.say("inbox.paper", {{"n", paper.number}, {"t", paper.title.in(pen.language())}});
  const auto words = deadline_words(pen, paper);
  row.sub = words.empty() ? pen.say("inbox.pages", {{"n", number_text(paper.pages)}}) : words;
  row.icon = Icon::inbox;
  row.state = ui::deadline_state(paper.deadline_days, paper.deadline.empty() ? "" : paper.deadline_kind);
  if (paper.marked) row.tag = pen.say("inbox.marked"), row.tag_icon = Icon::check, row.tag_state = State::ok;
  else if (paper.closed_by_other) row.tag = pen.say("inbox.closed"), row.tag_icon = Icon::check;
  else if (!paper.here) row.tag = pen.say("inbox.coming"), row.tag_icon = Icon::clock;
  else row.action_key = "inbox.open." + number_text(static_cast<std::int64_t>(index)), row.action = pen.say("inbox.read"), row.action_primary = true;
  return row;
}

Caused draw_tabs(const Pen& pen, Rect box, const StaffJourney& journey) {
  const char* labels[] = {"inbox.tab.needed", "inbox.tab.all", "inbox.tab.marked"};
  Caused caused;
  for (int i = 0; i < 3; ++i) {
    const auto count = static_cast<std::int64_t>(journey.in_tab(static_cast<Tab>(i)).size());
    const ui::ButtonSpec spec{.key = "inbox.tab." + number_text(i), .label = pen.say(labels[i], {{"n", number_text(count)}}),
                              .look = journey.tab == static_cast<Tab>(i) ? ui::Look::primary : ui::Look::plain};
    if (pen.canvas.button(box.column(i, 3, space::s16), spec)) caused = staff::Event{staff::TabPressed{i}};
  }
  return caused;
}

Caused draw_rows(const Pen& pen, Rect room, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto papers = journey.in_tab(journey.tab);
  if (papers.empty()) {
    ui::note_box(canvas, room, {Icon::inbox, {}, pen.say(journey.listed ? "inbox.empty" : "inbox.loading"), State::neutral});
    return {};
  }
  const auto rows = static_cast<std::size_t>(canvas.large() ? inbox_rows_large : inbox_rows);
  const auto pages = (papers.size() + rows - 1) / rows;
  const auto first = std::min(static_cast<std::size_t>(journey.list_page), pages - 1) * rows;
  Caused caused;
  if (pages > 1) {
    const ui::PagerSpec spec{.key = "inbox", .up = first > 0, .down = first + rows < papers.size(), .up_label = pen.say("list.up"),
                             .middle = number_text(static_cast<std::int64_t>(first / rows + 1)) + " / " + number_text(static_cast<std::int64_t>(pages)),
                             .down_label = pen.say("list.down")};
    if (const int by = ui::pager(canvas, room.cut_right(200, space::s20), spec)) caused = person::ListTurned{by};
  }
  for (std::size_t i = first; i < std::min(papers.size(), first + rows); ++i) {
    const auto row = row_of(pen, *papers[i], i);
    const auto tap = ui::list_row(canvas, room.cut_top(ui::row_height(canvas, row, room.w), space::s12), row);
    if (tap != ui::RowTap::none && papers[i]->here) caused = staff::Event{staff::PaperTapped{papers[i]->id}};
  }
  return caused;
}

Caused draw_inbox(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "inbox", 2);
  spec.back = pen.say("staff.leave");
  spec.title = journey.staff->bureau;
  spec.sub = journey.staff->name;
  const bool any = !journey.in_tab(Tab::needed).empty();
  if (any) spec.primary = ui::Primary{pen.say("inbox.nearest")};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("inbox.h")), space::s16);
  Caused caused = draw_tabs(pen, room.cut_top(ui::size::target_normal * (canvas.large() ? 1.3F : 1), space::s20), journey);
  if (auto tapped = draw_rows(pen, room, journey)) caused = tapped;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

// The page as large as fits, or its upper or lower half at the full width of the room.
void draw_page(const Pen& pen, Rect room, const PaperReading& open, Caused& caused) {
  auto& canvas = pen.canvas;
  canvas.fill(room, Tone::kb_bed, ui::size::radius_card);
  const auto picture = pen.pages.page(open.paper.digest, open.page, true);
  const Rect inner = room.inset(space::s20);
  if (open.zoom == PaperReading::Zoom::whole || !picture) {
    ui::page_picture(canvas, inner, "read.paper", picture);
  } else {
    const float height = inner.w * static_cast<float>(picture->height) / static_cast<float>(picture->width);
    const bool lower = open.zoom == PaperReading::Zoom::lower;
    const Rect clip = canvas.pixels(inner);
    canvas.list()->PushClipRect({clip.x, clip.y}, {clip.right(), clip.bottom()}, true);
    canvas.picture({inner.x, lower ? inner.bottom() - height : inner.y, inner.w, height}, picture->texture);
    canvas.list()->PopClipRect();
  }
  const bool edge_shown = open.zoom != PaperReading::Zoom::upper;
  if (picture && edge_shown && !open.shown_since) caused = staff::Event{staff::PageDrawn{open.page, picture->dpi, picture->pixels}};
}

Caused draw_thumbs(const Pen& pen, Rect room, const PaperReading& open) {
  auto& canvas = pen.canvas;
  Caused caused;
  const bool across = canvas.portrait();
  const int shown = across ? 6 : 4;
  const int first = std::max(1, std::min(open.page - 1, open.pages - shown + 1));
  for (int i = 0; i < shown && first + i <= open.pages; ++i) {
    const int page = first + i;
    const Rect box = across ? room.column(i, shown, space::s16) : room.row(i, shown, space::s16);
    const bool seen = open.page_seen(page);
    const ui::ThumbSpec spec{.key = "read.page." + number_text(page), .label = pen.say(seen ? "read.seen" : "read.unseen", {{"p", number_text(page)}}),
                             .picture = pen.pages.page(open.paper.digest, page, false), .selected = page == open.page,
                             .state = seen ? State::ok : State::neutral};
    if (ui::page_thumb(canvas, box, spec)) caused = person::PageChosen{page};
  }
  return caused;
}

Caused draw_reading(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto& open = *journey.reading;
  auto spec = staff_frame(pen, "read", 3);
  spec.back = pen.say("read.list");
  spec.title = open.paper.title.in(pen.language());
  spec.sub = open.paper.from.in(pen.language());
  const bool done = open.paper.marked || open.paper.closed_by_other;
  spec.primary = ui::Primary{pen.say("ack.go"), open.all_seen() && !done};
  spec.saved = done ? pen.say(open.paper.marked ? "inbox.marked" : "inbox.closed") : pen.say("ack.mean");
  spec.saved_icon = Icon::eye;
  if (!open.all_seen() && open.pages > 0) spec.warning = pen.say("read.count", {{"k", number_text(open.count_seen())}, {"n", number_text(open.pages)}});
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  if (open.failed) {
    ui::note_box(canvas, room, {Icon::warning, {}, pen.say("read.failed"), State::bad, true});
  } else if (open.opening) {
    ui::note_box(canvas, room, {Icon::clock, {}, pen.say("read.opening")});
  } else {
    const bool across = canvas.portrait();
    Rect buttons = across ? room.cut_bottom(ui::size::target_normal, space::s16) : room.cut_right(236 * std::min(1.3F, canvas.em()), space::s28);
    const Rect thumbs = across ? room.cut_top(220, space::s16) : room.cut_left(190, space::s28);
    if (!canvas.large()) caused = draw_thumbs(pen, thumbs, open);
    Caused drawn;
    draw_page(pen, room, open, drawn);
    if (!caused) caused = drawn;
    const auto cell = [&](int i) { return across ? buttons.column(i, 3, space::s16) : buttons.cut_top(ui::size::target_normal * (canvas.large() ? 1.3F : 1), space::s16); };
    if (canvas.button(cell(0), {.key = "read.zoom", .label = pen.say(open.zoom == PaperReading::Zoom::lower ? "page.zoom.out" : "page.zoom.in"), .icon = Icon::search})) caused = person::ZoomPressed{};
    if (canvas.button(cell(1), {.key = "read.prev", .label = pen.say("page.prev"), .icon = Icon::left, .enabled = open.page > 1})) caused = person::PageTurned{-1};
    if (canvas.button(cell(2), {.key = "read.next", .label = pen.say("page.next"), .icon = Icon::right, .icon_right = true, .enabled = open.page < open.pages})) caused = person::PageTurned{1};
  }
  ui::close_frame(canvas, spec, frame);
  const auto from_frame = frame_caused(frame);
  return from_frame ? from_frame : caused;
}

}  // namespace

ui::FrameSpec staff_frame(const Pen& pen, std::string screen, int step) {
  auto spec = frame_spec(pen, std::move(screen));
  spec.steps = {pen.say("staff.step.1"), pen.say("inbox.h"), pen.say("staff.step.3"), pen.say("staff.step.4"), pen.say("step.7")};
  spec.current = step;
  spec.steps_can_be_tapped = false;
  return spec;
}

Caused draw(const StaffJourney& journey, const Pen& pen) {
  switch (journey.at) {
    case StaffJourney::At::sign_in: return draw_sign_in(pen, journey.sign_in);
    case StaffJourney::At::inbox: return draw_inbox(pen, journey);
    case StaffJourney::At::reading: return draw_reading(pen, journey);
    case StaffJourney::At::acknowledge: return draw_acknowledge(pen, journey);
    case StaffJourney::At::receipt: return draw_mark_receipt(pen, journey);
    case StaffJourney::At::operating: return draw_operator(pen, journey);
  }
  return {};
}

}  // namespace qabyl::kiosk
