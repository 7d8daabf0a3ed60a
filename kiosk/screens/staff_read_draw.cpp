// Reading a paper (picture 12): the page at about its own size, part by part, or whole; its neighbours as
// thumbnails with what has been seen. Tells the model when the lower edge is on the screen. See staff_draw.h.
#include "kiosk/screens/staff_draw.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

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

constexpr float thumbs_w = 300, thumb_row_h = 128, thumbs_h = 214, buttons_w = 224;
constexpr float page_w_max = 900;      // at 100 %: a little over the paper's own 210 mm
constexpr float parts_overlap = 64;    // the last lines of one part are the first of the next
constexpr int thumbs_across = 6;

struct Look {  // where the page stands in its room
  Rect page;   // may reach beyond the room
  int parts = 1, part = 0;
  bool lower_edge() const { return part + 1 == parts; }
};

Look look_at(const Pen& pen, Rect room, const ReadScreen& open, const std::optional<PagePicture>& picture) {
  const float ratio = picture && picture->width > 0 ? static_cast<float>(picture->height) / static_cast<float>(picture->width) : ui::size::page_ratio;
  Look look;
  if (open.zoom == ReadScreen::Zoom::whole) {
    const float width = std::min(room.w, room.h / ratio);
    look.page = {room.mid_x() - width / 2, room.y, width, width * ratio};
    return look;
  }
  const float width = std::min(room.w, page_w_max * std::min(pen.canvas.em(), 1.3F)), height = width * ratio;
  const float step = std::max(parts_overlap, room.h - parts_overlap);
  look.parts = height <= room.h ? 1 : 1 + static_cast<int>(std::ceil((height - room.h) / step));
  look.part = std::clamp(open.part, 0, look.parts - 1);
  const float down = std::min(static_cast<float>(look.part) * step, std::max(0.0F, height - room.h));
  look.page = {room.mid_x() - width / 2, room.y - down, width, height};
  return look;
}

Caused draw_page(const Pen& pen, Rect room, const Look& look, const ReadScreen& open, const std::optional<PagePicture>& picture) {
  auto& canvas = pen.canvas;
  const Rect clip = canvas.pixels(room);
  canvas.list()->PushClipRect({clip.x, clip.y}, {clip.right(), clip.bottom()}, true);
  canvas.box(look.page, Tone::pad, Tone::edge, ui::size::border, 0);
  if (picture && picture->texture != 0) canvas.picture(look.page, picture->texture);
  canvas.list()->PopClipRect();
  canvas.note(room, "read.paper", ui::Role::image, {}, picture ? "shown" : "wanted");
  if (!picture) {
    const bool failed = pen.pages.failed(open.paper.digest, open.page);
    ui::note_box(canvas, room.inset(space::s56), {failed ? Icon::warning : Icon::clock, {}, pen.say(failed ? "read.failed" : "read.opening"), failed ? State::bad : State::info});
  }
  if (picture && look.lower_edge() && !open.shown_since) return staff::Event{staff::PageDrawn{open.page, picture->dpi, picture->pixels, picture->width, picture->height, picture->renderer}};
  return {};
}

std::string page_state(const Pen& pen, const ReadScreen& open, int page) {
  if (open.page_seen(page)) return pen.say("read.state.seen");
  return pen.say(page == open.page ? "read.state.open" : "read.state.unseen");
}

std::string pages_seen(const Pen& pen, const ReadScreen& open) {
  return pen.say("read.count", {{"k", number_text(open.count_seen())}, {"n", number_text(open.pages)}});
}

void draw_progress(const Pen& pen, Rect box, const ReadScreen& open) {
  constexpr int segments_max = 30;
  if (open.pages > segments_max) return;  // the count says it
  std::vector<State> units;
  for (int page = 1; page <= open.pages; ++page) units.push_back(open.page_seen(page) ? State::ok : State::neutral);
  ui::progress(pen.canvas, box, units);
}

// A thumbnail with its number and what has become of it, as one target.
bool thumb_row(const Pen& pen, Rect box, const ReadScreen& open, int page) {
  auto& canvas = pen.canvas;
  const auto key = "read.page." + number_text(page);
  const auto number = pen.say("read.page", {{"p", number_text(page)}}), state = page_state(pen, open, page);
  const bool here = page == open.page, seen = open.page_seen(page);
  const bool tapped = canvas.target(box, key, ui::Role::choice, number, true, here, state);
  if (canvas.held(key)) canvas.fill(box, Tone::gold, ui::size::radius_field);
  else if (here) canvas.fill(box, Tone::tint, ui::size::radius_field);
  Rect room = box.inset(space::s12, space::s8);
  const Rect picture = room.cut_left(room.h / ui::size::page_ratio, space::s20);
  ui::page_picture(canvas, picture, key + ".picture", pen.pages.page(open.paper.digest, page, false), seen ? State::ok : State::neutral);
  const bool down = canvas.held(key);
  const float words = canvas.line_height(Type::list) + canvas.text_height(Type::small, state, room.w);
  room.cut_top(std::max(0.0F, (room.h - words) / 2));
  room.cut_top(canvas.text(room, Type::list, down ? Tone::gold_ink : Tone::ink, number));
  if (seen) {
    const Rect mark = room.cut_left(ui::size::icon_small, space::s8);
    canvas.icon({mark.x, mark.y + 2, mark.w, mark.w}, Icon::check, down ? Tone::gold_ink : Tone::ok);
  }
  canvas.text(room, Type::small, down ? Tone::gold_ink : seen ? Tone::ok : Tone::ink2, state);
  return tapped;
}

Caused draw_thumbs(const Pen& pen, Rect room, const ReadScreen& open) {
  auto& canvas = pen.canvas;
  room.cut_top(canvas.text(room, Type::list, Tone::ink, pages_seen(pen, open)), space::s12);
  draw_progress(pen, room.cut_top(space::s20, space::s12), open);
  const int shown = std::max(1, static_cast<int>((room.h + space::s12) / (thumb_row_h + space::s12)));
  const int first = std::max(1, std::min(open.page - 1, open.pages - shown + 1));
  Caused caused;
  for (int page = first; page < first + shown && page <= open.pages; ++page) {
    if (thumb_row(pen, room.cut_top(thumb_row_h, space::s12), open, page)) caused = person::PageChosen{page};
  }
  return caused;
}

Caused draw_thumbs_across(const Pen& pen, Rect room, const ReadScreen& open) {
  auto& canvas = pen.canvas;
  room.cut_top(canvas.text(room, Type::list, Tone::ink, pages_seen(pen, open)), space::s12);
  if (canvas.large()) return {};
  const int first = std::max(1, std::min(open.page - 1, open.pages - thumbs_across + 1));
  Caused caused;
  for (int i = 0; i < thumbs_across && first + i <= open.pages; ++i) {
    const int page = first + i;
    const ui::ThumbSpec spec{.key = "read.page." + number_text(page), .label = pen.say("read.page", {{"p", number_text(page)}}),
                             .picture = pen.pages.page(open.paper.digest, page, false), .selected = page == open.page,
                             .state = open.page_seen(page) ? State::ok : State::neutral};
    if (ui::page_thumb(canvas, room.column(i, thumbs_across, space::s16), spec)) caused = person::PageChosen{page};
  }
  return caused;
}

// Down first, then the next page: a person who only presses this button sees everything.
Caused draw_steps(const Pen& pen, Rect prev, Rect next, const Look& look, const ReadScreen& open) {
  auto& canvas = pen.canvas;
  const bool down = !look.lower_edge(), up = look.part > 0;
  const ui::ButtonSpec back{.key = "read.prev", .label = pen.say(up ? "read.up" : "page.prev"), .icon = up ? Icon::up : Icon::left, .enabled = up || open.page > 1};
  const ui::ButtonSpec on{.key = "read.next", .label = pen.say(down ? "read.down" : "page.next"), .icon = down ? Icon::down : Icon::right, .icon_right = true,
                          .look = open.all_seen() ? ui::Look::plain : ui::Look::choice_filled, .enabled = down || open.page < open.pages};
  if (canvas.button(prev, back) && back.enabled) return up ? Caused{staff::Event{staff::PartTurned{-1}}} : Caused{person::PageTurned{-1}};
  if (canvas.button(next, on) && on.enabled) return down ? Caused{staff::Event{staff::PartTurned{1}}} : Caused{person::PageTurned{1}};
  return {};
}

Caused draw_zoom(const Pen& pen, Rect box, const ReadScreen& open) {
  const bool wide = open.zoom == ReadScreen::Zoom::wide;
  const ui::ButtonSpec spec{.key = "read.zoom", .label = pen.say(wide ? "page.zoom.out" : "page.zoom.in"), .icon = wide ? Icon::minus : Icon::plus};
  return pen.canvas.button(box, spec) ? Caused{person::ZoomPressed{}} : Caused{};
}

// Receipt can be refused before witnesses as long as it is not marked (A10).
bool can_refuse(const ReadScreen& open) {
  return !open.letter && open.act == core::BureauAct::receive && offer_of(open.paper, core::BureauAct::refuse_receipt) != nullptr;
}

Caused draw_open_paper(const Pen& pen, Rect room, const ReadScreen& open) {
  auto& canvas = pen.canvas;
  const bool tall = canvas.portrait();
  const float button = ui::size::target_normal * std::min(canvas.em(), 1.25F);
  const bool refusable = can_refuse(open);
  const float refuse_h = button + space::s20;  // its words take two lines
  const Rect refusal = tall && refusable ? room.cut_bottom(button, space::s16) : Rect{};
  Rect buttons = tall ? room.cut_bottom(button, space::s16) : room.cut_right(buttons_w * std::min(1.45F, canvas.em()), space::s28);
  const float head = canvas.line_height(Type::list) + space::s12;
  const bool thumbs = tall || !canvas.large();
  const Rect side = !thumbs ? Rect{} : tall ? room.cut_top(canvas.large() ? head : head + thumbs_h, space::s16) : room.cut_left(thumbs_w, space::s28);
  canvas.fill(room, Tone::kb_bed, ui::size::radius_card);
  const Rect inner = room.inset(space::s20, space::s16);
  const auto picture = pen.pages.page(open.paper.digest, open.page, true);
  const auto look = look_at(pen, inner, open, picture);
  Caused caused = draw_page(pen, inner, look, open, picture);
  const Rect next = tall ? buttons.column(2, 3, space::s16) : buttons.cut_bottom(button, space::s16);
  const Rect prev = tall ? buttons.column(1, 3, space::s16) : buttons.cut_bottom(button, space::s16);
  const Rect zoom = tall ? buttons.column(0, 3, space::s16) : buttons.cut_top(button, space::s16);
  if (auto pressed = draw_zoom(pen, zoom, open)) caused = pressed;
  if (refusable) {
    const ui::ButtonSpec refuse{.key = "read.refuse", .label = pen.say("read.refuse"), .type = Type::list};
    if (canvas.button(tall ? refusal : buttons.cut_top(refuse_h, space::s16), refuse)) caused = staff::Event{staff::RefuseTapped{}};
  }
  if (auto pressed = draw_steps(pen, prev, next, look, open)) caused = pressed;
  if (thumbs) {
    if (auto pressed = tall ? draw_thumbs_across(pen, side, open) : draw_thumbs(pen, side, open)) caused = pressed;
  }
  return caused;
}

}  // namespace

namespace {

// What the primary leads to: the mark, "no objections", the signature under a letter, or what else can be done.
std::string primary_text(const Pen& pen, const ReadScreen& open) {
  if (open.letter) return pen.say("reply.sign");
  if (!open.act) return pen.say("todo.what");
  return pen.say(open.act == core::BureauAct::receive ? "ack.go" : "obj.none");
}

std::string saved_text(const Pen& pen, const ReadScreen& open) {
  if (open.letter) return pen.say("reply.read");
  if (open.act == core::BureauAct::receive) return pen.say("ack.mean");
  if (open.paper.made.empty() && !open.paper.closed_by_other) return pen.say("read.only");
  return pen.say(open.paper.marked ? "inbox.marked" : open.paper.closed_by_other ? "inbox.closed" : "todo.done");
}

// Text id of who may do what follows, when this person may not; empty: the person may.
std::string for_others(const ReadScreen& open) {
  const auto* offer = open.following();
  return offer != nullptr && !offer->why.empty() ? who_may(*offer, open.paper) : std::string();
}

// Why it cannot be pressed: not this person's to do, or pages that were not seen.
std::string warning_text(const Pen& pen, const ReadScreen& open) {
  if (!for_others(open).empty()) return pen.say("may.not");
  if (!open.act || open.all_seen() || open.pages == 0) return {};
  return pen.canvas.large() && !pen.canvas.portrait() ? pages_seen(pen, open) : pen.say(open.letter ? "reply.read.all" : "read.all");
}

}  // namespace

Caused draw_reading(const Pen& pen, const ReadScreen& open) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "read", 3);
  spec.back = pen.say(open.letter ? "back" : "read.list");
  spec.title = paper_name(pen, open.paper);
  spec.sub = open.paper.from.in(pen.language());
  if (!open.paper.date.empty()) spec.sub += (spec.sub.empty() ? "" : ", ") + pen.iso_day(open.paper.date);
  if (open.letter) spec.sub = spec.title, spec.title = pen.say("act." + std::string(core::to_text(*open.act)));
  if (open.act || !open.paper.acts.empty()) spec.primary = ui::Primary{primary_text(pen, open), open.primary_enabled()};
  spec.saved = saved_text(pen, open);
  spec.saved_icon = Icon::eye;
  spec.warning = warning_text(pen, open);
  auto frame = ui::open_frame(canvas, spec);
  Caused caused;
  if (open.failed) ui::note_box(canvas, frame.content, {Icon::warning, {}, pen.say("read.failed"), State::bad, true});
  else if (open.opening) ui::note_box(canvas, frame.content, {Icon::clock, {}, pen.say("read.opening")});
  else {
    Rect room = frame.content;
    const auto others = for_others(open);
    if (!others.empty()) room.cut_top(ui::note_box(canvas, room, {Icon::info, {}, pen.say(others), State::warn}), space::s16);
    caused = draw_open_paper(pen, room, open);
  }
  ui::close_frame(canvas, spec, frame);
  const auto from_frame = frame_caused(frame);
  return from_frame ? from_frame : caused;
}

}  // namespace qabyl::kiosk
