// The courier by USB on the operator's panel: the queue onto the stick, the answers from it, and what became of each. See operator_draw.h.
#include <algorithm>

#include "kiosk/screens/operator_draw.h"
#include "kiosk/screens/staff_draw.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::NoteSpec;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr std::uint64_t tenth_mb = 100'000;
constexpr std::size_t refused_shown = 3;  // the telephone needs no more

struct Card {
  Column words;
  ui::ButtonSpec button;
  std::vector<NoteSpec> notes;
  Caused caused;
};

std::string count(int n) { return number_text(n); }

// "0,3 MB"; what is there at all is a tenth at the least.
std::string size_text(const Pen& pen, std::uint64_t bytes) {
  const auto tenths = static_cast<std::int64_t>(bytes == 0 ? 0 : std::max<std::uint64_t>(1, (bytes + tenth_mb / 2) / tenth_mb));
  return pen.say("op.courier.size", {{"n", number_text(tenths / 10) + (pen.language() == core::Language::en ? "." : ",") + number_text(tenths % 10)}});
}

NoteSpec trouble(const Pen& pen, const std::string& why) { return {Icon::warning, {}, pen.say("op.stick." + why), State::warn, true}; }

NoteSpec written_note(const Pen& pen, const reply::CourierWritten& written) {
  if (!written.why.empty()) return trouble(pen, written.why);
  auto text = pen.say("op.courier.up.what", {{"n", count(written.records)}, {"d", count(written.documents)}, {"s", size_text(pen, written.bytes)}}) + "\n" +
              pen.say("op.courier.up.file", {{"f", written.name}});
  if (written.left > 0) text += "\n" + pen.say("op.courier.up.left", {{"n", count(written.left)}});
  return {Icon::check, pen.say("op.courier.up.done"), text, State::ok, true};
}

bool brought_anything(const reply::CourierRead& read) { return read.accepted + read.held + read.superseded + read.news + read.papers > 0; }

NoteSpec taken_note(const Pen& pen, const reply::CourierRead& read) {
  std::string text = pen.say("op.courier.down.same");
  if (brought_anything(read)) {
    text = pen.say("op.courier.down.verdicts", {{"a", count(read.accepted)}, {"h", count(read.held)}, {"s", count(read.superseded)}}) + "\n" +
           pen.say("op.courier.down.news", {{"n", count(read.news)}, {"p", count(read.papers)}});
  }
  if (read.again > 0) text += "\n" + pen.say("op.courier.down.again", {{"n", count(read.again)}});
  if (read.waiting > 0) text += "\n" + pen.say("op.courier.down.waiting", {{"n", count(read.waiting)}});
  return {Icon::check, pen.say("op.courier.down.done"), text, State::ok, true};
}

NoteSpec refused_note(const Pen& pen, const reply::CourierRead& read) {
  std::string text;
  for (std::size_t i = 0; i < std::min(refused_shown, read.refused.size()); ++i) {
    text += (i == 0 ? "" : "\n") + read.refused[i].name + ": " + pen.say("op.courier.file." + read.refused[i].why) + ".";
  }
  if (read.refused.size() > refused_shown) text += "\n" + pen.say("op.courier.down.more", {{"n", number_text(static_cast<std::int64_t>(read.refused.size() - refused_shown))}});
  return {Icon::warning, pen.say("op.courier.down.refused"), text, State::warn, true};
}

Column words_of(const Pen& pen, const char* heading, std::string text) { return {{Type::h3, Tone::ink, pen.say(heading), 0, Icon::usb}, {Type::small, Tone::ink2, std::move(text), space::s8}}; }

Card up_card(const Pen& pen, const OperatorScreen& panel) {
  const auto& view = *panel.view;
  Card card;
  card.words = words_of(pen, "op.courier.up.h", pen.say("op.courier.up.text", {{"n", number_text(view.queued + view.sent)}, {"s", size_text(pen, view.waiting_bytes)}}));
  card.button = {.key = "op.courier.write", .label = pen.say("op.courier.up.do"), .icon = Icon::up, .look = ui::Look::choice_filled, .enabled = panel.stick == OperatorScreen::Stick::idle};
  card.caused = staff::Event{staff::CourierWritePressed{}};
  if (panel.stick == OperatorScreen::Stick::writing) card.notes.push_back({Icon::clock, {}, pen.say("op.courier.up.busy"), State::info, true});
  else if (panel.written) card.notes.push_back(written_note(pen, *panel.written));
  return card;
}

Card down_card(const Pen& pen, const OperatorScreen& panel) {
  Card card;
  card.words = words_of(pen, "op.courier.down.h", pen.say("op.courier.down.text"));
  card.button = {.key = "op.courier.read", .label = pen.say("op.courier.down.do"), .icon = Icon::down, .look = ui::Look::choice_filled, .enabled = panel.stick == OperatorScreen::Stick::idle};
  card.caused = staff::Event{staff::CourierReadPressed{}};
  if (panel.stick == OperatorScreen::Stick::reading) card.notes.push_back({Icon::clock, {}, pen.say("op.courier.down.busy"), State::info, true});
  if (!panel.read) return card;
  const auto& read = *panel.read;
  if (!read.why.empty()) card.notes.push_back(trouble(pen, read.why));
  if (read.bundles > 0) card.notes.push_back(taken_note(pen, read));
  if (!read.refused.empty()) card.notes.push_back(refused_note(pen, read));
  if (!read.alarm.empty()) card.notes.push_back(alarm_note(pen, read.alarm));
  return card;
}

float button_height(const Pen& pen) { return ui::size::target_normal * std::min(1.2F, pen.canvas.em()); }

float words_height(const Pen& pen, const Card& card, float width) { return column_height(pen, card.words, width - 2 * space::s28); }

float card_height(const Pen& pen, float words) { return 2 * space::s24 + words + space::s16 + button_height(pen); }

// `words`: height of what stands above the button, so that the buttons of two cards stand on one line.
Caused draw_card(const Pen& pen, Rect box, const Card& card, float words) {
  pen.canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s28, space::s24);
  draw_column(pen, room.cut_top(words, space::s16), card.words);
  return pen.canvas.button(room.cut_top(button_height(pen)), card.button) ? card.caused : Caused{};
}

Item card_item(const Pen& pen, Card card) {
  return {[&pen, card](float width) { return card_height(pen, words_height(pen, card, width)); },
          [&pen, card](Rect box) { return draw_card(pen, box, card, words_height(pen, card, box.w)); }};
}

Item pair_item(const Pen& pen, Card left, Card right) {
  const auto words = [&pen, left, right](float half) { return std::max(words_height(pen, left, half), words_height(pen, right, half)); };
  const auto height = [&pen, words](float width) { return card_height(pen, words(Rect{0, 0, width, 0}.column(0, 2, space::s20).w)); };
  return {height, [&pen, left, right, words](Rect box) {
            const Rect one = box.column(0, 2, space::s20), other = box.column(1, 2, space::s20);
            const auto up = draw_card(pen, one, left, words(one.w)), down = draw_card(pen, other, right, words(one.w));
            return up ? up : down;
          }};
}

}  // namespace

// What became of each stands below the buttons; where a page holds little more than one of them, above its own, so that it is seen
// at once. What it is all about comes last: it gives way first.
std::vector<Item> courier_items(const Pen& pen, const OperatorScreen& panel) {
  auto up = up_card(pen, panel), down = down_card(pen, panel);
  std::vector<Item> items;
  const auto add = [&](const std::vector<NoteSpec>& notes) {
    for (const auto& note : notes) items.push_back(note_item(pen, note));
  };
  const auto told_up = std::move(up.notes), told_down = std::move(down.notes);
  if (pen.side_panel()) items.push_back(pair_item(pen, up, down));
  add(told_up);
  if (!pen.side_panel()) items.push_back(card_item(pen, up));
  add(told_down);
  if (!pen.side_panel()) items.push_back(card_item(pen, down));
  items.push_back(note_item(pen, {Icon::info, {}, pen.say("op.courier.intro"), State::neutral}));
  return items;
}

}  // namespace qabyl::kiosk
