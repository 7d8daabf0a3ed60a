// One record that the registry does not take or does not count: which, since when, why in words with the code beside them for the
// telephone (DESIGN.md, 16.28), and what can be done. See operator_draw.h.
#include <algorithm>

#include "kiosk/screens/operator_draw.h"
#include "kiosk/screens/staff_draw.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr float facts_share = 0.36F;

State state_of(const HeldRecord& record) { return record.line.state == SendView::superseded ? State::neutral : State::bad; }

Words state_words(const Pen& pen, const HeldRecord& record) {
  const Tone tone = ui::ink_of(state_of(record));
  if (record.refused) return {Type::small, tone, pen.say("op.state.refused"), space::s12, Icon::warning};
  const bool superseded = record.line.state == SendView::superseded;
  return {Type::small, tone, pen.say(superseded ? "op.state.superseded" : "op.state.held"), space::s12, superseded ? Icon::info : Icon::warning};
}

Column facts_of(const Pen& pen, const HeldRecord& record) {
  const auto& line = record.line;
  Column column;
  if (!line.number.empty()) column.push_back({Type::h3, Tone::ink, line.number});
  column.push_back({line.number.empty() ? Type::h3 : Type::small, Tone::ink, kind_name(pen, line.kind)});
  column.push_back({Type::least, Tone::ink2, pen.say("op.held.filed", {{"t", moment(pen, line.filed_at)}}), space::s8});
  if (line.decided_at) column.push_back({Type::least, Tone::ink2, pen.say("op.held.at", {{"t", moment(pen, *line.decided_at)}})});
  column.push_back(state_words(pen, record));
  return column;
}

std::string reason_of(const Pen& pen, const HeldRecord& record) {
  if (record.line.state == SendView::superseded) {
    return record.line.first.empty() ? pen.say("op.held.elsewhere") : pen.say("op.held.first", {{"n", record.line.first}});
  }
  const auto id = record.refused ? core::refusal_text(record.code) : "reason." + record.code;
  return pen.canvas.texts().has(pen.language(), id) ? pen.say(id) : pen.say("op.reason.other");
}

// What was done in the console.
std::string office_of(const Pen& pen, const OperatorView::Line& line) {
  if (line.office_word.empty() || !line.office_at) return pen.say("held.word.none");
  const auto id = "held.word." + line.office_word;
  return pen.say(pen.canvas.texts().has(pen.language(), id) ? id : "held.word.other") + ". " + moment(pen, *line.office_at);
}

Column why_of(const Pen& pen, const HeldRecord& record) {
  Column column{{Type::least, Tone::ink2, pen.say("op.held.why")}, {Type::list, Tone::ink, reason_of(pen, record)}};
  if (record.code.empty()) return column;
  const auto code = pen.say("op.reason.code", {{"c", record.code}});
  column.push_back({Type::least, Tone::ink2, record.line.field.empty() ? code : code + " · " + record.line.field});
  return column;
}

Column repair_of(const Pen& pen, const HeldRecord& record) {
  Column column{{Type::least, Tone::ink2, pen.say("op.held.repair")}, {Type::small, Tone::ink, pen.say("repair." + std::string(core::to_text(record.way)))}};
  if (record.refused) column.push_back({Type::least, Tone::ink2, pen.say("op.held.goes.on"), space::s8});
  if (record.refused || record.line.state == SendView::superseded) return column;
  column.push_back({Type::least, Tone::ink2, pen.say("op.held.office"), space::s12});
  column.push_back({Type::small, Tone::ink, office_of(pen, record.line)});
  return column;
}

void append(Column& column, Column more, float gap) {
  more.front().gap = gap;
  column.insert(column.end(), more.begin(), more.end());
}

// One card; `right` empty: a single column.
Item card_of(const Pen& pen, const HeldRecord& record, Column left, Column right) {
  const bool beside = !right.empty();
  const auto inner = [](float width) { return width - ui::size::strip - 2 * space::s24; };
  const auto height = [=, &pen](float width) {
    const float facts = beside ? inner(width) * facts_share - space::s28 : inner(width);
    return std::max(column_height(pen, left, facts), column_height(pen, right, inner(width) * (1 - facts_share))) + 2 * space::s20;
  };
  const Tone edge = ui::ink_of(state_of(record));
  return {height, [=, &pen](Rect box) {
            pen.canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_tag);
            pen.canvas.fill_sides({box.x, box.y, ui::size::strip, box.h}, edge, ui::size::radius_thumb, ui::Sides::left);
            Rect room{box.x + ui::size::strip + space::s24, box.y + space::s20, inner(box.w), box.h - 2 * space::s20};
            if (!beside) return draw_column(pen, room, left), Caused{};
            draw_column(pen, room.cut_left(inner(box.w) * facts_share - space::s28, space::s28), left);
            draw_column(pen, room, right);
            return Caused{};
          }};
}

// Part of a record that has no room in one card: under its name again.
Item part_of(const Pen& pen, const HeldRecord& record, Column column) {
  Column named{{Type::least, Tone::ink2, record.line.number.empty() ? kind_name(pen, record.line.kind) : record.line.number}};
  append(named, std::move(column), space::s8);
  return card_of(pen, record, std::move(named), {});
}

}  // namespace

std::vector<Item> held_items(const Pen& pen, const HeldRecord& record) {
  auto facts = facts_of(pen, record), why = why_of(pen, record), repair = repair_of(pen, record);
  const bool low = pen.canvas.large() && !pen.canvas.portrait();
  if (low) return {card_of(pen, record, std::move(facts), {}), part_of(pen, record, std::move(why)), part_of(pen, record, std::move(repair))};
  append(why, std::move(repair), space::s12);
  if (pen.side_panel()) return {card_of(pen, record, std::move(facts), std::move(why))};
  append(facts, std::move(why), space::s16);
  return {card_of(pen, record, std::move(facts), {})};
}

}  // namespace qabyl::kiosk
