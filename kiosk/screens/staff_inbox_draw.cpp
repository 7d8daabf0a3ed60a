// The inbox (picture 11): one row a paper with its deadline badge and what to do next. Titles and numbers
// only; no text of any paper. See staff_draw.h.
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
using Tab = InboxScreen::Tab;

constexpr float action_w = 212, bubble_least = 40;

// Words of a badge: what is left, and the day itself. Working and calendar days are always named.
ui::BadgeSpec badge_of(const Pen& pen, const PaperView& paper) {
  ui::BadgeSpec badge;
  if (paper.deadline.empty() && paper.marked) return {{}, pen.say("inbox.marked"), paper.marked_at ? moment(pen, *paper.marked_at) : std::string{}, State::ok};
  if (paper.deadline.empty() && paper.closed_by_other) return {{}, pen.say("inbox.closed"), {}, State::neutral};
  if (paper.deadline.empty()) return {{}, pen.say("inbox.came"), moment(pen, paper.received_at), State::neutral};
  const bool calendar = paper.deadline_kind == "calendar";
  const auto last = pen.say("dl.last", {{"d", near_day(pen, paper.deadline)}});
  badge.key = "inbox.due." + paper.id;
  badge.state = ui::deadline_state(paper.deadline_days, paper.deadline_kind);
  if (paper.deadline_days < 0) {
    badge.title = pen.say("dl.late", {{"n", number_text(-paper.deadline_days)}, {"kind", pen.say(calendar ? "dl.kind.calendar" : "dl.kind.working")}});
    badge.sub = last;
    return badge;
  }
  const auto left = pen.say(calendar ? "dl.left.calendar" : "dl.left.working", {{"n", number_text(paper.deadline_days)}});
  badge.title = left;
  badge.sub = last;
  const auto today = core::iso_date(pen.local(pen.app.now().wall).date);
  const auto tomorrow = core::iso_date(core::add_days(pen.local(pen.app.now().wall).date, 1));
  if (paper.deadline == today) badge.title = pen.say("dl.today"), badge.sub = near_day(pen, paper.deadline);
  if (paper.deadline == tomorrow) badge.title = pen.say("dl.tomorrow"), badge.sub = left + ", " + near_day(pen, paper.deadline);
  return badge;
}

struct RowPlan {  // where the parts of a row go, for its width
  bool tall = false;  // badge and action below the words
  float words_w = 0, badge_w = 0, action = 0;
};

float em_part(const Pen& pen) { return std::min(pen.canvas.em(), 1.4F); }

RowPlan plan_of(const Pen& pen, float width) {
  RowPlan plan;
  plan.badge_w = ui::size::badge_w * em_part(pen);
  plan.action = action_w * em_part(pen);
  plan.tall = pen.canvas.portrait();
  const float words = width - 2 * space::s24 - ui::size::row_icon - space::s20;
  plan.words_w = plan.tall ? words : words - plan.badge_w - plan.action - 2 * space::s20;
  return plan;
}

std::string row_sub(const Pen& pen, const PaperView& paper) {
  auto sub = paper.from.in(pen.language());
  const auto pages = pen.say("inbox.pages", {{"n", number_text(paper.pages)}});
  const auto day = paper.date.empty() ? std::string{} : near_day(pen, paper.date);
  for (const auto& part : {day, pages}) {
    if (!part.empty()) sub += (sub.empty() ? "" : " · ") + part;
  }
  return sub;
}

float badge_height(const Pen& pen, const ui::BadgeSpec& badge, float width) {
  const float room = width - 2 * space::s20 - ui::size::icon - space::s16;
  const auto type = pen.canvas.fitting({0, 0, room, 400}, badge.title, {Type::list, Type::stamp, Type::least}, 2);
  const float words = pen.canvas.text_height(type, badge.title, room) + (badge.sub.empty() ? 0 : pen.canvas.text_height(Type::least, badge.sub, room));
  return std::max(ui::size::badge_h, words + 2 * space::s8);
}

float row_height(const Pen& pen, const PaperView& paper, float width) {
  const auto plan = plan_of(pen, width);
  const float words = pen.canvas.text_height(Type::list, paper_name(pen, paper), plan.words_w) + pen.canvas.text_height(Type::small, row_sub(pen, paper), plan.words_w);
  const float badge = std::max(badge_height(pen, badge_of(pen, paper), plan.badge_w), ui::size::target_normal);
  return plan.tall ? words + badge + space::s12 + 2 * space::s16 : std::max({ui::size::row, words + 2 * space::s12, badge + 2 * space::s8});
}

// Nothing more can be done with it here, and there is a receipt to show.
bool has_mark(const PaperView& paper) { return paper.acts.empty() && !paper.made.empty(); }

// What can be done with the paper now.
ui::ButtonSpec action_of(const Pen& pen, const PaperView& paper, const std::string& index) {
  if (to_receive(paper)) return {.key = "inbox.open." + index, .label = pen.say("inbox.acknowledge"), .look = ui::Look::choice_filled, .type = Type::list};
  if (awaits(paper)) return {.key = "inbox.open." + index, .label = pen.say("inbox.go_on"), .look = ui::Look::choice_filled, .type = Type::list};
  if (!paper.acts.empty()) return {.key = "inbox.open." + index, .label = pen.say("inbox.acts"), .type = Type::list};
  if (has_mark(paper)) return {.key = "inbox.mark." + index, .label = pen.say("step.7"), .type = Type::list};
  return {.key = "inbox.open." + index, .label = pen.say("inbox.read"), .type = Type::list};
}

Caused draw_row(const Pen& pen, Rect box, const PaperView& paper, std::size_t at) {
  auto& canvas = pen.canvas;
  const auto plan = plan_of(pen, box.w);
  const auto index = number_text(static_cast<std::int64_t>(at));
  const bool quiet = done(paper);
  const auto name = paper_name(pen, paper);
  canvas.note(box, "inbox.row." + index, ui::Role::text, name, paper.deadline);
  canvas.box(box, quiet ? Tone::paper : Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s24, plan.tall ? space::s16 : space::s8);
  const Rect below = plan.tall ? room.cut_bottom(std::max(badge_height(pen, badge_of(pen, paper), plan.badge_w), ui::size::target_normal), space::s12) : Rect{};
  const Rect square = room.cut_left(ui::size::row_icon, space::s20);
  canvas.icon_square({square.x, square.mid_y() - square.w / 2, square.w, square.w}, quiet ? Icon::inbox : Icon::document, Tone::tint, Tone::selected);
  Rect side = plan.tall ? Rect{room.x, below.y, room.w, below.h} : room.cut_right(plan.badge_w + space::s20 + plan.action, space::s20);
  const float words = canvas.text_height(Type::list, name, room.w) + canvas.text_height(Type::small, row_sub(pen, paper), room.w);
  room.cut_top(std::max(0.0F, (room.h - words) / 2));
  room.cut_top(canvas.text(room, Type::list, Tone::ink, name));
  canvas.text(room, Type::small, Tone::ink2, row_sub(pen, paper));
  Caused caused;
  const auto badge = badge_of(pen, paper);
  const float badge_h = badge_height(pen, badge, plan.badge_w);
  const Rect badge_box = side.cut_left(plan.badge_w, space::s20);
  if (ui::deadline_badge(canvas, {badge_box.x, badge_box.mid_y() - badge_h / 2, badge_box.w, badge_h}, badge)) caused = staff::Event{staff::DeadlineTapped{paper.id}};
  const Rect act{plan.tall ? side.right() - plan.action : side.x, side.mid_y() - ui::size::target_normal / 2, plan.action, ui::size::target_normal};
  if (!paper.here) {
    canvas.tag(act, Icon::clock, pen.say("inbox.coming"), Tone::sunk, Tone::ink2, ui::Align::centre);
    return caused;
  }
  if (!canvas.button(act, action_of(pen, paper, index))) return caused;
  return has_mark(paper) ? Caused{staff::Event{staff::MarkTapped{paper.id}}} : Caused{staff::Event{staff::PaperTapped{paper.id}}};
}

// A tab with its count in a bubble.
bool draw_tab(const Pen& pen, Rect box, const std::string& key, const std::string& label, std::size_t count, bool chosen) {
  auto& canvas = pen.canvas;
  const auto number = number_text(static_cast<std::int64_t>(count));
  const bool tapped = canvas.target(box, key, ui::Role::choice, label, true, chosen, number);
  const bool down = canvas.held(key);
  canvas.box(box, down ? Tone::gold : chosen ? Tone::pri : Tone::surface, chosen ? Tone::pri : Tone::edge, ui::size::border, ui::size::radius_control);
  const float bubble = std::max(bubble_least, canvas.text_width(Type::stamp, number) + space::s24);
  const float words_max = box.w - bubble - space::s12 - 2 * space::s8;
  const auto type = canvas.fitting({0, 0, words_max, box.h}, label, {Type::list, Type::stamp, Type::least}, 2);
  const float words = std::min(words_max, canvas.text_width(type, label) + 2);
  const float left = box.mid_x() - (words + space::s12 + bubble) / 2;
  canvas.text_mid({left, box.y, words, box.h}, type, down ? Tone::gold_ink : chosen ? Tone::pri_ink : Tone::ink, label);
  const float height = std::max(bubble_least, canvas.line_height(Type::stamp) + space::s4);
  const Rect round{left + words + space::s12, box.mid_y() - height / 2, bubble, height};
  canvas.fill(round, chosen ? Tone::pri_ink : Tone::sunk, height / 2);
  canvas.text_mid(round, Type::stamp, chosen ? Tone::pri : Tone::ink, number, ui::Align::centre);
  return tapped;
}

Caused draw_tabs(const Pen& pen, Rect box, const InboxScreen& inbox) {
  const char* labels[] = {"inbox.tab.needed", "inbox.tab.all", "inbox.tab.marked"};
  Caused caused;
  for (int i = 0; i < 3; ++i) {
    const auto count = inbox.in_tab(static_cast<Tab>(i)).size();
    if (draw_tab(pen, box.column(i, 3, space::s16), "inbox.tab." + number_text(i), pen.say(labels[i]), count, inbox.tab == static_cast<Tab>(i))) {
      caused = staff::Event{staff::TabPressed{i}};
    }
  }
  return caused;
}

Caused draw_rows(const Pen& pen, Rect room, const InboxScreen& inbox) {
  auto& canvas = pen.canvas;
  const auto papers = inbox.in_tab(inbox.tab);
  if (papers.empty()) {
    ui::note_box(canvas, room, {inbox.listed ? Icon::check : Icon::clock, {}, pen.say(inbox.listed ? "inbox.empty" : "inbox.loading")});
    return {};
  }
  const auto heights_in = [&](float width) {
    std::vector<float> heights;
    for (const auto* paper : papers) heights.push_back(row_height(pen, *paper, width) + space::s12);
    return heights;
  };
  Rect pager;
  if (page_starts(heights_in(room.w), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto heights = heights_in(room.w);
  const auto starts = page_starts(heights, room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(inbox.list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : papers.size();
  Caused caused = draw_list_pager(pen, pager, "inbox", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    if (auto tapped = draw_row(pen, room.cut_top(heights[i] - space::s12, space::s12), *papers[i], i)) caused = tapped;
  }
  return caused;
}

std::string rest_note(const Pen& pen, const RestDays& rest) {
  if (rest.from.empty()) return pen.say("inbox.calendar");
  const auto days = rest.from == rest.to ? near_day(pen, rest.from) : near_day(pen, rest.from) + " – " + near_day(pen, rest.to);
  return pen.say("inbox.calendar") + " " + pen.say("inbox.rest", {{"d", days}});
}

std::string signed_in_sub(const Pen& pen, const StaffView& staff) {
  const auto& last = pen.app.link().last_contact;
  return staff.name + (last ? " · " + pen.say("inbox.fresh", {{"t", pen.clock(*last)}}) : std::string{});
}

}  // namespace

Caused draw_inbox(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto& inbox = journey.inbox;
  const auto needed = inbox.in_tab(Tab::needed).size();
  auto spec = staff_frame(pen, "inbox", 2);
  spec.current_sub = pen.say("inbox.wait", {{"n", number_text(static_cast<std::int64_t>(needed))}});
  spec.back = pen.say("staff.leave");
  spec.title = journey.staff->bureau;
  spec.sub = signed_in_sub(pen, *journey.staff);
  if (!canvas.large()) spec.saved = rest_note(pen, inbox.rest), spec.saved_icon = Icon::clock;
  if (needed > 0) spec.primary = ui::Primary{pen.say("inbox.nearest")};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  if (canvas.portrait() || canvas.large()) {
    room.cut_top(ui::heading(canvas, room, pen.say("inbox.h")), space::s16);
    caused = draw_tabs(pen, room.cut_top(ui::size::target_normal * std::min(canvas.em(), 1.25F), space::s20), inbox);
  } else {
    Rect head = room.cut_top(ui::size::target_normal, space::s20);
    const Rect tabs = head.cut_right(head.w * 0.6F, space::s28);
    canvas.text_mid(head, canvas.fitting(head, pen.say("inbox.h"), {Type::title, Type::title_long}, 1), Tone::ink, pen.say("inbox.h"));
    caused = draw_tabs(pen, tabs, inbox);
  }
  if (auto tapped = draw_rows(pen, room, inbox)) caused = tapped;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
