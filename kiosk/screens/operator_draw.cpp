// The operator's panel (picture 15): state, queue, records that are held with their reasons, staff who are
// locked out. Numbers, kinds and times; no person who filed anything. See staff_draw.h.
#include <algorithm>
#include <functional>
#include <optional>

#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Tab = OperatorScreen::Tab;

constexpr std::uint64_t gigabyte = 1'000'000'000;
constexpr int certificate_days_low = 14;
constexpr std::int64_t clock_ms_high = 2'000;
constexpr float try_w = 330;

struct Tile { Icon icon; std::string label, value, sub; bool well = true; };

// "2 сағ 10 мин": how long something has waited.
std::string age(const Pen& pen, core::Instant since) {
  const auto minutes = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::minutes>(pen.app.now().wall - since).count());
  const auto days = minutes / (24 * 60), hours = minutes / 60 % 24;
  if (days > 0) return pen.say("op.age.days", {{"d", number_text(days)}, {"h", number_text(hours)}});
  return pen.say("op.age.hours", {{"h", number_text(hours)}, {"m", number_text(minutes % 60)}});
}

// "+0,3": seconds with one digit after the comma.
std::string seconds_text(const Pen& pen, std::int64_t ms) {
  const auto tenths = (std::abs(ms) + 50) / 100;
  return std::string(ms < 0 ? "−" : "+") + number_text(tenths / 10) + (pen.language() == core::Language::en ? "." : ",") + number_text(tenths % 10);
}

Tile queue_tile(const Pen& pen, const OperatorView& view) {
  const auto waiting = view.queued + view.sent;
  const auto oldest = view.oldest_waiting ? pen.say("op.oldest", {{"t", age(pen, *view.oldest_waiting)}}) : pen.say("op.queue.none");
  return {Icon::cloud, pen.say("op.menu.queue"), pen.say("op.records", {{"n", number_text(waiting)}}), oldest, waiting == 0 || pen.app.link().online};
}

Tile disk_tile(const Pen& pen, const OperatorView& view) {
  const auto free = pen.say("op.disk", {{"n", number_text(static_cast<std::int64_t>(view.free_bytes / gigabyte))}});
  const auto percent = view.total_bytes == 0 ? std::int64_t{100} : static_cast<std::int64_t>(view.free_bytes / std::max<std::uint64_t>(1, view.total_bytes / 100));
  const bool well = percent >= 20;  // DESIGN.md, section 10
  return {Icon::database, pen.say("op.disk.h"), free, well ? pen.say("op.disk.share", {{"p", number_text(percent)}}) : pen.say("op.low.disk", {{"p", number_text(percent)}}), well};
}

Tile log_tile(const Pen& pen, const OperatorView& view) {
  auto sub = pen.say("op.records", {{"n", number_text(view.records)}});
  if (view.chain_checked_at) sub += ". " + pen.say("op.checked", {{"t", moment(pen, *view.chain_checked_at)}});
  return {Icon::shield, pen.say("op.menu.log"), pen.say(view.chain_whole ? "op.log.whole" : "op.log.mismatch"), sub, view.chain_whole};
}

// Read again in the background. A damaged document is named by its receipt, for the telephone.
Tile stored_tile(const Pen& pen, const OperatorView& view) {
  const auto& stored = view.stored;
  const auto title = pen.say("op.stored.h");
  if (!stored.damaged.empty()) {
    return {Icon::document, title, pen.say("op.stored.bad", {{"n", number_text(static_cast<std::int64_t>(stored.damaged.size()))}}), stored.damaged.front(), false};
  }
  if (!stored.finished_at) return {Icon::document, title, pen.say("op.stored.running"), {}};
  return {Icon::document, title, pen.say("op.stored.whole"),
          pen.say("op.stored.count", {{"n", number_text(stored.items)}}) + ". " + pen.say("op.checked", {{"t", moment(pen, *stored.finished_at)}})};
}

Tile clock_tile(const Pen& pen, const OperatorView& view) {
  if (!view.clock_offset_ms || !view.clock_confirmed_at) return {Icon::clock, pen.say("op.clock.h"), pen.say("clock.doubt"), pen.say("op.clock.none"), false};
  return {Icon::clock, pen.say("op.clock.h"), pen.say("op.clock.value", {{"s", seconds_text(pen, *view.clock_offset_ms)}}),
          pen.say("op.clock.at", {{"t", moment(pen, *view.clock_confirmed_at)}}), std::abs(*view.clock_offset_ms) <= clock_ms_high};
}

Tile keys_tile(const Pen& pen, const OperatorView& view) {
  const bool well = view.certificate_days > certificate_days_low;
  return {Icon::lock, pen.say("op.keys.h"), view.version, pen.say("op.cert", {{"n", number_text(view.certificate_days)}}), well};
}

float tile_height(const Pen& pen, const Tile& tile, float width) {
  const float room = width - 2 * space::s20, label = room - 70;
  auto& canvas = pen.canvas;
  return canvas.text_height(Type::least, tile.label, label) + canvas.text_height(Type::h3, tile.value, room) + canvas.text_height(Type::least, tile.sub, room) + 2 * space::s16 + 2 * space::s8;
}

void draw_tile(const Pen& pen, Rect box, const Tile& tile) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, tile.well ? Tone::line : Tone::edge, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s20, space::s16);
  canvas.lamp(room.right() - 8, room.y + 14, tile.well);
  const float label_width = room.w - 70;
  Rect head = room.cut_top(canvas.text_height(Type::least, tile.label, label_width), space::s8);
  canvas.icon(head.cut_left(28, space::s12).cut_top(28), tile.icon, Tone::pri);
  canvas.text(head.cut_left(label_width), Type::least, Tone::ink2, tile.label);
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, tile.value), space::s8);
  canvas.text(room, Type::least, Tone::ink2, tile.sub);
}

// A list of anything that knows its height and how to draw itself, a page at a time.
struct Item {
  std::function<float(float width)> height;
  std::function<Caused(Rect box)> draw;
};

Caused draw_items(const Pen& pen, Rect room, const std::vector<Item>& items, int list_page) {
  const auto heights_in = [&](float width) {
    std::vector<float> heights;
    for (const auto& item : items) heights.push_back(item.height(width) + space::s12);
    return heights;
  };
  Rect pager;
  if (page_starts(heights_in(room.w), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto heights = heights_in(room.w);
  const auto starts = page_starts(heights, room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : items.size();
  Caused caused = draw_list_pager(pen, pager, "op", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    if (auto tapped = items[i].draw(room.cut_top(heights[i] - space::s12, space::s12))) caused = tapped;
  }
  return caused;
}

Item note_item(const Pen& pen, ui::NoteSpec note) {
  return {[&pen, note](float width) { return ui::note_height(pen.canvas, note, width); },
          [&pen, note](Rect box) { return ui::note_box(pen.canvas, box, note), Caused{}; }};
}

Item row_item(const Pen& pen, ui::RowSpec row, Caused on_action = {}) {
  return {[&pen, row](float width) { return ui::row_height(pen.canvas, row, width); },
          [&pen, row, on_action](Rect box) { return ui::list_row(pen.canvas, box, row) == ui::RowTap::action ? on_action : Caused{}; }};
}

// Why there is no contact, in words; the code beside them, for the telephone (DESIGN.md, 16.28).
std::string cause_words(const Pen& pen, const std::string& cause) {
  const auto id = "op.cause." + cause;
  const auto words = pen.canvas.texts().has(pen.language(), id) ? pen.say(id) : pen.say("op.cause.other");
  return words + " " + pen.say("op.reason.code", {{"c", cause}}) + ".";
}

ui::NoteSpec link_note(const Pen& pen) {
  const auto& link = pen.app.link();
  if (link.online) return {Icon::cloud, {}, pen.say("hdr.online"), State::ok};
  const auto since = link.last_contact ? moment(pen, *link.last_contact) : pen.say("op.never");
  auto text = (link.cause.empty() ? std::string{} : cause_words(pen, link.cause) + "\n") + pen.say("op.goes.on");
  if (link.next_try) text += " " + pen.say("op.next", {{"t", pen.clock_seconds(*link.next_try)}});
  return {Icon::cloud_off, pen.say("op.nolink", {{"t", since}}), text, State::warn, true};
}

// What stays true although there is contact again: somebody answered falsely, a record is not taken.
std::optional<ui::NoteSpec> alarm_note(const Pen& pen) {
  const auto& alarm = pen.app.link().alarm;
  if (alarm.empty()) return std::nullopt;
  const auto code = alarm.substr(0, alarm.find(' '));  // what follows is an id or a digest
  const auto id = "op.alarm." + code;
  const auto words = pen.canvas.texts().has(pen.language(), id) ? pen.say(id) : pen.say("op.reason.other");
  return ui::NoteSpec{Icon::warning, pen.say("op.alarm"), words + " " + pen.say("op.reason.code", {{"c", code}}) + ".", State::bad, true};
}

// The registry's log contradicted what it had signed: what was held, what was shown, and that nothing is lost here.
ui::NoteSpec fork_note(const Pen& pen, const OperatorView::Fork& fork) {
  const auto count = [](std::uint64_t n) { return number_text(static_cast<std::int64_t>(n)); };
  const auto words = pen.say("op.fork.text", {{"t", moment(pen, fork.at)}, {"n", count(fork.shown)}, {"m", count(fork.held)}});
  return {Icon::warning, pen.say("op.fork.h"), words + "\n" + pen.say("op.fork.then") + " " + pen.say("op.reason.code", {{"c", "fork/" + fork.why}}) + ".", State::bad, true};
}

Caused draw_try(const Pen& pen, Rect place) {
  const ui::ButtonSpec spec{.key = "op.try", .label = pen.say("op.try"), .icon = Icon::refresh};
  return pen.canvas.button(place, spec) ? Caused{staff::Event{staff::TryLinkPressed{}}} : Caused{};
}

// The button, and the note beside it; in large text the note is the first item of the list below.
Caused draw_link(const Pen& pen, Rect& room) {
  auto& canvas = pen.canvas;
  const auto note = link_note(pen);
  const float button = try_w * std::min(1.4F, canvas.em());
  if (canvas.large()) return draw_try(pen, room.cut_top(ui::size::target_normal, space::s16).cut_left(button));
  const float height = std::max(ui::size::target_normal, ui::note_height(canvas, note, room.w - button - space::s20));
  Rect top = room.cut_top(height, space::s16);
  const Rect place = top.cut_right(button, space::s20).cut_top(ui::size::target_normal);
  ui::note_box(canvas, top, note);
  return draw_try(pen, place);
}

// Three tiles a row; a row is an item, so that large text pages them.
Caused draw_state(const Pen& pen, Rect room, const OperatorView& view, int list_page) {
  Caused caused = draw_link(pen, room);
  const std::vector<Tile> tiles{queue_tile(pen, view), disk_tile(pen, view), log_tile(pen, view), stored_tile(pen, view), clock_tile(pen, view), keys_tile(pen, view)};
  const int columns = pen.canvas.portrait() ? 2 : 3;
  std::vector<Item> rows;
  for (const auto& fork : view.forks) rows.push_back(note_item(pen, fork_note(pen, fork)));
  const bool told = !view.forks.empty() && pen.app.link().alarm.starts_with("log.fork");
  if (const auto alarm = alarm_note(pen); alarm && !told) rows.push_back(note_item(pen, *alarm));
  if (pen.canvas.large()) rows.push_back(note_item(pen, link_note(pen)));
  for (std::size_t first = 0; first < tiles.size(); first += static_cast<std::size_t>(columns)) {
    const auto last = std::min(tiles.size(), first + static_cast<std::size_t>(columns));
    const std::vector<Tile> row(tiles.begin() + static_cast<std::ptrdiff_t>(first), tiles.begin() + static_cast<std::ptrdiff_t>(last));
    rows.push_back({[&pen, row, columns](float width) {
                      float height = 0;
                      for (const auto& tile : row) height = std::max(height, tile_height(pen, tile, Rect{0, 0, width, 0}.column(0, columns, space::s16).w));
                      return height;
                    },
                    [&pen, row, columns](Rect box) {
                      for (std::size_t i = 0; i < row.size(); ++i) draw_tile(pen, box.column(static_cast<int>(i), columns, space::s16), row[i]);
                      return Caused{};
                    }});
  }
  if (auto tapped = draw_items(pen, room, rows, list_page)) caused = tapped;
  return caused;
}

std::string kind_name(const Pen& pen, const std::string& kind) {
  const auto id = "op.kind." + kind;
  const auto act = "act.rcpt." + kind.substr(kind.rfind('.') + 1);  // what a bureau has done, in the same words as its receipt
  const auto has = [&](const std::string& text) { return pen.canvas.texts().has(pen.language(), text); };
  return pen.say(has(id) ? id : kind.ends_with(".receive") ? "ack.rcpt.h" : has(act) ? act : "op.kind.other");
}

void tag_row(const Pen& pen, ui::RowSpec& row, SendView state) {
  switch (state) {
    case SendView::queued: row.tag = pen.say("op.state.queued"), row.tag_state = State::warn, row.tag_icon = Icon::clock; break;
    case SendView::sent: row.tag = pen.say("op.state.sending"), row.tag_state = State::info, row.tag_icon = Icon::cloud; break;
    case SendView::accepted: row.tag = pen.say("op.state.confirmed"), row.tag_state = State::ok, row.tag_icon = Icon::check; break;
    case SendView::quarantined: row.tag = pen.say("op.state.held"), row.tag_state = State::bad, row.tag_icon = Icon::warning; break;
    case SendView::superseded: row.tag = pen.say("op.state.superseded"), row.tag_state = State::neutral, row.tag_icon = Icon::info; break;
  }
}

Item queue_item(const Pen& pen, const OperatorView::Line& line, std::size_t index) {
  ui::RowSpec row;
  row.key = "op.line." + number_text(static_cast<std::int64_t>(index));
  row.title = line.number.empty() ? kind_name(pen, line.kind) : line.number;
  row.sub = kind_name(pen, line.kind) + ", " + moment(pen, line.filed_at);
  const bool waiting = line.state == SendView::queued || line.state == SendView::sent;
  if (waiting) row.sub += " · " + pen.say("op.waits", {{"t", age(pen, line.filed_at)}});
  row.icon = line.kind == "notice.mark_receipt" ? Icon::stamp : Icon::document;
  row.state = waiting ? State::info : State::neutral;
  row.can_be_tapped = false;
  tag_row(pen, row, line.state);
  return row_item(pen, row);
}

// The reason in words; its code beside them, for the telephone (DESIGN.md, 16.28).
Item held_item(const Pen& pen, const OperatorView::Line& line) {
  const auto id = "reason." + line.reason;
  const auto words = pen.canvas.texts().has(pen.language(), id) ? pen.say(id) : pen.say("op.reason.other");
  const auto title = (line.number.empty() ? std::string{} : line.number + ". ") + kind_name(pen, line.kind) + ", " + moment(pen, line.filed_at);
  return note_item(pen, {Icon::warning, title, words + "\n" + pen.say("op.reason.code", {{"c", line.reason}}), State::bad, true});
}

Item locked_item(const Pen& pen, const OperatorView::Locked& locked) {
  ui::RowSpec row;
  row.key = "op.locked." + locked.id;
  row.title = locked.name;
  row.sub = (locked.bureau.empty() ? std::string{} : locked.bureau + ". ") + pen.say("op.locked", {{"t", moment(pen, locked.since)}});
  row.icon = Icon::lock;
  row.state = State::warn;
  row.action_key = "op.unlock." + locked.id;
  row.action = pen.say("op.unlock");
  row.can_be_tapped = false;
  return row_item(pen, row, staff::Event{staff::UnlockPressed{locked.id}});
}

std::vector<Item> items_of(const Pen& pen, const OperatorView& view, Tab tab) {
  std::vector<Item> items;
  if (tab == Tab::queue) {
    for (std::size_t i = 0; i < view.lines.size(); ++i) items.push_back(queue_item(pen, view.lines[i], i));
  } else if (tab == Tab::held) {
    for (const auto& line : view.held) items.push_back(held_item(pen, line));
  } else {
    for (const auto& one : view.locked) items.push_back(locked_item(pen, one));
  }
  const char* none[] = {"", "op.queue.none", "op.held.none", "op.locked.none"};
  if (items.empty()) items.push_back(note_item(pen, {Icon::check, {}, pen.say(none[static_cast<int>(tab)]), State::ok}));
  return items;
}

constexpr const char* tab_ids[] = {"op.tab.state", "op.menu.queue", "op.tab.held", "op.tab.locked"};
constexpr Icon tab_icons[] = {Icon::home, Icon::cloud, Icon::warning, Icon::lock};

std::string tab_label(const Pen& pen, const OperatorScreen& panel, int tab) {
  auto label = pen.say(tab_ids[tab]);
  if (!panel.view || tab == 0) return label;
  const auto& view = *panel.view;
  const auto count = tab == 1 ? view.queued + view.sent : tab == 2 ? view.quarantined : static_cast<std::int64_t>(view.locked.size());
  return count == 0 ? label : label + ": " + number_text(count);
}

// Four in a row; in large text upright two rows of two.
Caused draw_tabs(const Pen& pen, Rect& room, const OperatorScreen& panel) {
  const float height = ui::size::target_normal * std::min(1.2F, pen.canvas.em());
  const int columns = pen.canvas.portrait() && pen.canvas.large() ? 2 : 4;
  Caused caused;
  Rect box;
  for (int i = 0; i < 4; ++i) {
    if (i % columns == 0) box = room.cut_top(height, i + columns < 4 ? space::s12 : space::s16);
    const Rect place = box.column(i % columns, columns, space::s12);
    const ui::ButtonSpec spec{.key = "op.tab." + number_text(i), .label = tab_label(pen, panel, i),
                              .look = panel.tab == static_cast<Tab>(i) ? ui::Look::choice_filled : ui::Look::plain, .type = Type::list};
    if (pen.canvas.button(place, spec)) caused = staff::Event{staff::TabPressed{i}};
  }
  return caused;
}

}  // namespace

Caused draw_operator(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto& panel = journey.panel;
  auto spec = staff_frame(pen, "op", 0);
  spec.steps.clear();
  spec.under_brand = pen.say("op.who") + "\n" + journey.staff->name;
  const bool in_rail = !canvas.portrait() && !canvas.large();
  for (int i = 0; in_rail && i < 4; ++i) {
    spec.menu.push_back({"op.tab." + number_text(i), tab_label(pen, panel, i), tab_icons[i], panel.tab == static_cast<Tab>(i)});
  }
  spec.back = pen.say("op.exit");
  spec.primary = ui::Primary{pen.say("op.check"), !panel.checking, Icon::refresh};
  if (panel.checking) spec.warning = pen.say("op.checking");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say(panel.tab == Tab::state ? "op.h" : tab_ids[static_cast<int>(panel.tab)])), space::s16);
  Caused caused;
  if (!in_rail) caused = draw_tabs(pen, room, panel);
  if (panel.view) {
    const auto& view = *panel.view;
    auto tapped = panel.tab == Tab::state ? draw_state(pen, room, view, panel.list_page) : draw_items(pen, room, items_of(pen, view, panel.tab), panel.list_page);
    if (tapped) caused = tapped;
  }
  ui::close_frame(canvas, spec, frame);
  if (frame.menu.starts_with("op.tab.")) return staff::Event{staff::TabPressed{frame.menu.back() - '0'}};
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
