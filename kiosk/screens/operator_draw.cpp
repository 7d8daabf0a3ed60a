// The operator's panel (picture 15): state, queue, records that are held with their reasons, staff who are
// locked out. Numbers, kinds and times; no person who filed anything. See staff_draw.h.
#include <algorithm>
#include <functional>
#include <optional>

#include "kiosk/screens/operator_draw.h"
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

// "+0,3": seconds with one digit after the comma.
std::string seconds_text(const Pen& pen, std::int64_t ms) {
  const auto tenths = (std::abs(ms) + 50) / 100;
  return std::string(ms < 0 ? "−" : "+") + number_text(tenths / 10) + (pen.language() == core::Language::en ? "." : ",") + number_text(tenths % 10);
}

Tile queue_tile(const Pen& pen, const OperatorView& view) {
  const auto waiting = view.queued + view.sent;
  const auto oldest = view.oldest_waiting ? pen.say("op.oldest", {{"t", waiting_age(pen, *view.oldest_waiting)}}) : pen.say("op.queue.none");
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

// The registry's log contradicted what it had signed: what was held, what was shown, and that nothing is lost here.
ui::NoteSpec fork_note(const Pen& pen, const OperatorView::Fork& fork) {
  const auto count = [](std::uint64_t n) { return number_text(static_cast<std::int64_t>(n)); };
  const auto words = pen.say("op.fork.text", {{"t", moment(pen, fork.at)}, {"n", count(fork.shown)}, {"m", count(fork.held)}});
  return {Icon::warning, pen.say("op.fork.h"), words + "\n" + pen.say("op.fork.then") + " " + pen.say("op.reason.code", {{"c", "fork/" + fork.why}}) + ".", State::bad, true};
}

// Below the forks: their proof onto the stick, and how anybody checks it.
Item fork_button(const Pen& pen, const OperatorScreen& panel) {
  const ui::ButtonSpec spec{.key = "op.fork.save", .label = pen.say("op.fork.save"), .icon = Icon::usb, .enabled = panel.stick == OperatorScreen::Stick::idle};
  return {[](float) { return ui::size::target_normal; },
          [&pen, spec](Rect box) { return pen.canvas.button(box.cut_left(std::min(box.w, pen.canvas.button_width(spec))), spec) ? Caused{staff::Event{staff::ForkSavePressed{}}} : Caused{}; }};
}

ui::NoteSpec forks_saved_note(const Pen& pen, const reply::ForksSaved& saved) {
  if (!saved.why.empty()) return {Icon::warning, {}, pen.say("op.stick." + saved.why), State::warn, true};
  return {Icon::check, pen.say("op.fork.saved", {{"n", number_text(saved.count)}}), pen.say("op.fork.file", {{"f", saved.whole}}) + "\n" + pen.say("op.fork.verify", {{"h", saved.held}}), State::ok, true};
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
Caused draw_state(const Pen& pen, Rect room, const OperatorScreen& panel) {
  const auto& view = *panel.view;
  Caused caused = draw_link(pen, room);
  const std::vector<Tile> tiles{queue_tile(pen, view), disk_tile(pen, view), log_tile(pen, view), stored_tile(pen, view), clock_tile(pen, view), keys_tile(pen, view)};
  const int columns = pen.canvas.portrait() ? 2 : 3;
  std::vector<Item> rows;
  for (const auto& fork : view.forks) rows.push_back(note_item(pen, fork_note(pen, fork)));
  if (!view.forks.empty()) rows.push_back(fork_button(pen, panel));
  if (panel.forks_saved) rows.push_back(note_item(pen, forks_saved_note(pen, *panel.forks_saved)));
  const auto& alarm = pen.app.link().alarm;
  const bool told = !view.forks.empty() && alarm.starts_with("log.fork");
  if (!alarm.empty() && !told) rows.push_back(note_item(pen, alarm_note(pen, alarm)));
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
  if (auto tapped = draw_items(pen, room, rows, panel.list_page)) caused = tapped;
  return caused;
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
  if (waiting) row.sub += " · " + pen.say("op.waits", {{"t", waiting_age(pen, line.filed_at)}});
  row.icon = line.kind == "notice.mark_receipt" ? Icon::stamp : Icon::document;
  row.state = waiting ? State::info : State::neutral;
  row.can_be_tapped = false;
  tag_row(pen, row, line.state);
  return row_item(pen, row);
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

std::vector<Item> items_of(const Pen& pen, const OperatorScreen& panel) {
  const auto& view = *panel.view;
  const Tab tab = panel.tab;
  if (tab == Tab::courier) return courier_items(pen, panel);
  std::vector<Item> items;
  if (tab == Tab::queue) {
    for (std::size_t i = 0; i < view.lines.size(); ++i) items.push_back(queue_item(pen, view.lines[i], i));
  } else if (tab == Tab::held) {
    for (const auto& record : held_records(view, pen.app.link())) {
      for (auto& item : held_items(pen, record)) items.push_back(std::move(item));
    }
  } else {
    for (const auto& one : view.locked) items.push_back(locked_item(pen, one));
  }
  const char* none[] = {"", "op.queue.none", "op.held.none", "op.locked.none"};
  if (items.empty()) items.push_back(note_item(pen, {Icon::check, {}, pen.say(none[static_cast<int>(tab)]), State::ok}));
  return items;
}

constexpr int tabs = 5;
constexpr const char* tab_ids[tabs] = {"op.tab.state", "op.menu.queue", "op.tab.held", "op.tab.locked", "op.tab.courier"};
constexpr Icon tab_icons[tabs] = {Icon::home, Icon::cloud, Icon::warning, Icon::lock, Icon::usb};

// Those that an earlier record supersedes are told of and ask for nothing.
std::int64_t to_look_at(const Pen& pen, const OperatorView& view) {
  const auto held = held_records(view, pen.app.link());
  return view.quarantined + (!held.empty() && held.front().refused ? 1 : 0);
}

std::string tab_label(const Pen& pen, const OperatorScreen& panel, int tab) {
  auto label = pen.say(tab_ids[tab]);
  if (!panel.view || tab == 0 || tab == static_cast<int>(Tab::courier)) return label;
  const auto& view = *panel.view;
  const auto count = tab == 1 ? view.queued + view.sent : tab == 2 ? to_look_at(pen, view) : static_cast<std::int64_t>(view.locked.size());
  return count == 0 ? label : label + ": " + number_text(count);
}

// In one row; in large text, and upright, in two.
Caused draw_tabs(const Pen& pen, Rect& room, const OperatorScreen& panel) {
  const float height = ui::size::target_normal * std::min(1.2F, pen.canvas.em());
  const int columns = pen.canvas.portrait() ? (pen.canvas.large() ? 2 : 3) : (pen.canvas.large() ? 3 : tabs);
  Caused caused;
  Rect box;
  for (int i = 0; i < tabs; ++i) {
    if (i % columns == 0) box = room.cut_top(height, i + columns < tabs ? space::s12 : space::s16);
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
  for (int i = 0; in_rail && i < tabs; ++i) {
    spec.menu.push_back({"op.tab." + number_text(i), tab_label(pen, panel, i), tab_icons[i], panel.tab == static_cast<Tab>(i)});
  }
  spec.back = pen.say("op.exit");
  if (panel.tab != Tab::courier) spec.primary = ui::Primary{pen.say("op.check"), !panel.checking, Icon::refresh};
  if (panel.checking) spec.warning = pen.say("op.checking");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say(panel.tab == Tab::state ? "op.h" : tab_ids[static_cast<int>(panel.tab)])), space::s16);
  Caused caused;
  if (!in_rail) caused = draw_tabs(pen, room, panel);
  if (panel.view) {
    auto tapped = panel.tab == Tab::state ? draw_state(pen, room, panel) : draw_items(pen, room, items_of(pen, panel), panel.list_page);
    if (tapped) caused = tapped;
  }
  ui::close_frame(canvas, spec, frame);
  if (frame.menu.starts_with("op.tab.")) return staff::Event{staff::TabPressed{frame.menu.back() - '0'}};
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
