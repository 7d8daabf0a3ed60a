// The operator's panel (picture 15): state, queue, records that are held with their reasons, staff who are
// locked out. Numbers, kinds and times; no person who filed anything. See staff_draw.h.
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

constexpr std::uint64_t gigabyte = 1'000'000'000;

std::string moment(const Pen& pen, core::Instant at) { return pen.date(at) + ", " + pen.clock(at); }

void draw_tile(const Pen& pen, Rect box, Icon icon, const std::string& label, const std::string& value, const std::string& sub, bool well) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s20, space::s16);
  canvas.lamp(room.right() - 8, room.y + 14, well);
  const float label_width = room.w - 40 - 30;
  Rect head = room.cut_top(canvas.text_height(Type::least, label, label_width), space::s4);
  canvas.icon(head.cut_left(28, space::s12).cut_top(28), icon, Tone::pri);
  canvas.text(head.cut_left(label_width), Type::least, Tone::ink2, label);
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, value), space::s4);
  canvas.text(room, Type::least, Tone::ink2, sub);
}

void draw_tiles(const Pen& pen, Rect room, const OperatorView& view) {
  const int columns = pen.canvas.portrait() || pen.canvas.large() ? 2 : 4;
  const auto& link = pen.app.link();
  const auto waiting = view.queued + view.sent;
  const auto cell = [&](int i) { return room.row(i / columns, 4 / columns, space::s16).column(i % columns, columns, space::s16); };
  const auto oldest = view.oldest_waiting ? pen.say("op.oldest", {{"t", moment(pen, *view.oldest_waiting)}}) : pen.say("op.queue.none");
  draw_tile(pen, cell(0), Icon::cloud, pen.say("op.menu.queue"), number_text(waiting), oldest, waiting == 0 || link.online);
  const auto gigabytes = pen.say("op.disk", {{"n", number_text(static_cast<std::int64_t>(view.free_bytes / gigabyte))}});
  draw_tile(pen, cell(1), Icon::database, pen.say("op.disk.h"), gigabytes, {}, view.total_bytes == 0 || view.free_bytes * 5 > view.total_bytes);
  draw_tile(pen, cell(2), Icon::shield, pen.say("op.menu.log"), pen.say(view.chain_whole ? "op.log.whole" : "op.log.mismatch"),
            pen.say("op.records", {{"n", number_text(view.records)}}), view.chain_whole);
  draw_tile(pen, cell(3), Icon::lock, pen.say("op.keys.h"), pen.say("op.cert", {{"n", number_text(view.certificate_days)}}), view.version, view.certificate_days > 14);
}

ui::RowSpec queue_row(const Pen& pen, const OperatorView::Line& line, std::size_t index) {
  ui::RowSpec row;
  row.key = "op.line." + number_text(static_cast<std::int64_t>(index));
  row.title = line.number;
  row.sub = pen.say("op.kind." + line.kind) + ", " + moment(pen, line.filed_at);
  row.can_be_tapped = false;
  switch (line.state) {
    case SendView::queued: row.tag = pen.say("op.state.queued"); row.tag_state = State::warn; row.tag_icon = Icon::clock; break;
    case SendView::sent: row.tag = pen.say("op.state.sending"); row.tag_state = State::info; row.tag_icon = Icon::cloud; break;
    case SendView::accepted: row.tag = pen.say("op.state.confirmed"); row.tag_state = State::ok; row.tag_icon = Icon::check; break;
    case SendView::quarantined:
    case SendView::superseded: row.tag = pen.say("op.state.held"); row.tag_state = State::bad; row.tag_icon = Icon::warning; break;
  }
  return row;
}

// Held records first, each with its reason in words; then who is locked out; then the newest of the queue.
Caused draw_lines(const Pen& pen, Rect room, const OperatorView& view) {
  auto& canvas = pen.canvas;
  Caused caused;
  for (const auto& held : view.held) {
    const ui::NoteSpec note{Icon::warning, held.number, pen.say("reason." + held.reason), State::bad, true};
    if (ui::note_height(canvas, note, room.w) > room.h) return caused;
    room.cut_top(ui::note_box(canvas, room, note), space::s12);
  }
  for (const auto& locked : view.locked) {
    ui::RowSpec row;
    row.key = "op.locked." + locked.id;
    row.title = locked.name;
    row.sub = pen.say("op.locked", {{"t", moment(pen, locked.since)}});
    row.icon = Icon::lock;
    row.state = State::warn;
    row.action_key = "op.unlock." + locked.id;
    row.action = pen.say("op.unlock");
    row.can_be_tapped = false;
    const float height = ui::row_height(canvas, row, room.w);
    if (height > room.h) return caused;
    if (ui::list_row(canvas, room.cut_top(height, space::s12), row) == ui::RowTap::action) caused = staff::Event{staff::UnlockPressed{locked.id}};
  }
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    const auto row = queue_row(pen, view.lines[i], i);
    const float height = ui::row_height(canvas, row, room.w);
    if (height > room.h) break;
    ui::list_row(canvas, room.cut_top(height, space::s12), row);
  }
  return caused;
}

ui::NoteSpec link_note(const Pen& pen) {
  const auto& link = pen.app.link();
  if (link.online) return {Icon::cloud, {}, pen.say("hdr.online"), State::ok};
  const auto since = link.last_contact ? moment(pen, *link.last_contact) : pen.say("op.never");
  auto text = pen.say("op.goes.on");
  if (link.next_try) text += " " + pen.say("op.next", {{"t", pen.clock_seconds(*link.next_try)}});
  return {Icon::cloud_off, pen.say("op.nolink", {{"t", since}}), text, State::warn, true};
}

}  // namespace

Caused draw_operator(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  auto spec = staff_frame(pen, "op", 0);
  spec.steps.clear();
  spec.under_brand = journey.staff->name;
  spec.back = pen.say("op.exit");
  spec.primary = ui::Primary{pen.say("op.renew"), true, Icon::refresh};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("op.h")), space::s16);
  Caused caused;
  const auto note = link_note(pen);
  const float button = 330 * std::min(1.3F, canvas.em());
  const float height = std::max(ui::size::target_normal, ui::note_height(canvas, note, room.w - button - space::s20));
  Rect top = room.cut_top(height, space::s16);
  if (canvas.button(top.cut_right(button, space::s20).cut_top(ui::size::target_normal), {.key = "op.try", .label = pen.say("op.try"), .icon = Icon::refresh})) caused = staff::Event{staff::TryLinkPressed{}};
  ui::note_box(canvas, top, note);
  if (journey.panel) {
    const int rows = canvas.portrait() || canvas.large() ? 2 : 1;
    const float tile = 190 * std::min(1.5F, canvas.em());
    draw_tiles(pen, room.cut_top(tile * static_cast<float>(rows) + space::s16 * static_cast<float>(rows - 1), space::s20), *journey.panel);
    if (auto tapped = draw_lines(pen, room, *journey.panel)) caused = tapped;
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
