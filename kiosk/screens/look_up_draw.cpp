// Look-up: number and check code, then where the application is and what its holder may still do. See draw.h; picture 09.
#include <algorithm>

#include "kiosk/screens/custody_draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = LookUpScreen::Stage;

constexpr std::size_t note_bytes = 180, note_bytes_large = 80;  // of one note: two lines or three

ui::FrameSpec look_frame(const Pen& pen, const LookUpScreen& screen) {
  auto spec = frame_spec(pen, "look");
  spec.steps = {pen.say("look.step.1"), pen.say("look.step.2")};
  spec.current = screen.stage == Stage::found ? 2 : 1;
  spec.steps_can_be_tapped = false;
  spec.back = pen.say("back");
  return spec;
}

ui::FieldSpec field_spec(const Pen& pen, const LookUpScreen& screen, Field field) {
  const bool number = field == Field::look_number;
  const std::string key = number ? "look.number" : "look.code";
  const auto& edit = pen.journey().field(field);
  ui::FieldSpec spec{.key = key, .label = pen.say(key), .hint = pen.say(key + ".hint"), .value = edit.text, .caret = edit.caret, .error = {}};
  spec.focused = screen.focus == field;
  if (number ? screen.number_wrong : screen.code_wrong) spec.error = pen.say(key + ".wrong");
  return spec;
}

Caused draw_typing(const LookUpScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = look_frame(pen, screen);
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  Rect left = canvas.portrait() ? room : room.cut_left(room.w * 0.45F, space::s56);
  const bool tight = canvas.large() && !canvas.portrait();  // the keyboard leaves little: one thing at a time
  const float width = canvas.text_width(Type::action, spec.back) + 4 * space::s28 + ui::size::icon;
  const Rect back = canvas.portrait() ? Rect{} : left.cut_bottom(ui::size::target_normal, space::s16).cut_left(width, space::s20);
  const bool none = screen.stage == Stage::none;
  if (!(tight && none)) left.cut_top(ui::heading(canvas, left, pen.say("look.h"), tight ? std::string{} : pen.say("look.hint")), space::s20);
  if (none) left.cut_top(ui::note_box(canvas, left, {tight ? Icon::none : Icon::warning, {}, pen.say("look.none"), State::bad, true}), space::s16);
  if (canvas.portrait()) room = left.cut_top(left.h - ui::size::target_normal - space::s16, space::s16);
  Caused caused;
  for (const Field field : {Field::look_number, Field::look_code}) {
    auto one = field_spec(pen, screen, field);
    if (tight) one.hint.clear();
    if (tight && ui::field_height(canvas, one, room.w) > room.h) continue;  // what has no room comes with "next field"
    if (tight && screen.focus != field && 2 * ui::field_height(canvas, one, room.w) + space::s20 > room.h) continue;
    if (ui::field(canvas, room, one)) caused = person::FieldTapped{field};
    room.cut_top(ui::field_height(canvas, one, room.w), space::s20);
  }
  const Rect place = canvas.portrait() ? left.cut_top(ui::size::target_normal).cut_left(width, space::s20) : back;
  if (ui::back_button(canvas, place, spec)) caused = person::BackPressed{};
  Writing writing{.field = screen.focus == Field::look_number ? "look.number" : "look.code", .latin = true, .next_label = {}};
  if (screen.focus == Field::look_code) writing.next_label = pen.say(screen.stage == Stage::asking ? "look.asking" : "look.go");
  if (auto pressed = draw_keyboard(pen, writing)) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

// The receipt; below it what its holder may still do.
Caused draw_receipt_card(const Pen& pen, Rect box, const LookUpScreen& screen) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s28);
  Caused caused;
  struct Way { FollowAct act; const char* key; Icon icon; };
  for (const auto& way : {Way{FollowAct::withdraw, "look.withdraw", Icon::undo}, Way{FollowAct::supplement, "look.supplement", Icon::plus}, Way{FollowAct::deliver, "look.deliver", Icon::stamp}}) {
    if (!screen.offers(way.act)) continue;
    const ui::ButtonSpec spec{.key = way.key, .label = pen.say(way.key), .icon = way.icon, .look = way.act == FollowAct::withdraw ? ui::Look::plain : ui::Look::choice_filled};
    if (canvas.button(room.cut_bottom(ui::size::target_normal, space::s12), spec)) caused = person::FollowPressed{way.act};
  }
  const ui::ButtonSpec other{.key = "look.other", .label = pen.say("look.other"), .icon = Icon::search};
  if (canvas.button(room.cut_bottom(ui::size::target_normal, space::s16), other)) caused = person::BackPressed{};
  const auto& receipt = *screen.receipt;
  room.cut_top(canvas.text(room, Type::small, Tone::ink2, pen.say("look.number")), space::s4);
  room.cut_top(canvas.text(room, canvas.fitting(room, receipt.number, {Type::h2, Type::h3, Type::list}, 1), Tone::ink, receipt.number), space::s12);
  const float match_h = canvas.text_height(Type::list, pen.say("look.match"), room.w - ui::size::icon - space::s12);
  if (match_h > room.h) return caused;
  Rect match = room.cut_top(match_h, space::s12);
  canvas.icon(match.cut_left(ui::size::icon, space::s12), Icon::check, Tone::ok);
  canvas.text_mid(match, Type::list, Tone::ok, pen.say("look.match"));
  return caused;
}

// A long text in pieces of whole words, so that a page can end between them.
std::vector<std::string> pieces(std::string_view text, std::size_t bytes) {
  std::vector<std::string> out;
  while (!text.empty()) {
    auto end = text.size() <= bytes ? text.size() : text.rfind(' ', bytes);
    if (end == std::string_view::npos || end == 0) end = text.size();
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

// A note, and where its words are many, more notes without a title.
void add_notes(const Pen& pen, std::vector<ui::NoteSpec>& notes, const ui::NoteSpec& note) {
  auto words = pieces(note.text, pen.canvas.large() ? note_bytes_large : note_bytes);
  if (words.empty() || pen.canvas.large()) words.insert(words.begin(), std::string());  // the title alone
  for (std::size_t i = 0; i < words.size(); ++i) {
    notes.push_back({i == 0 ? note.icon : Icon::none, i == 0 ? note.title : std::string(), words[i], note.state});
  }
}

// What the office has decided, and what is to be done until when; empty text: nothing to say.
std::vector<ui::NoteSpec> office_notes(const Pen& pen, const OfficeWord& word) {
  std::vector<ui::NoteSpec> notes;
  const auto state = [&](std::string_view of) { return word.state == of; };
  if (word.withdrawal_here && word.is_open()) notes.push_back({Icon::clock, pen.say("look.withdrawal.here"), pen.say("look.withdrawal.here.sub"), State::info});
  if (word.supplement_here) notes.push_back({Icon::clock, pen.say("look.supplement.here"), pen.say("look.withdrawal.here.sub"), State::info});
  if (state("incomplete")) {
    std::string names;
    for (const auto& name : names_of(pen, word.missing)) names += (names.empty() ? "" : "; ") + name;
    add_notes(pen, notes, {Icon::warning, pen.say("look.state.incomplete.until", {{"d", pen.iso_day(word.due)}}), names, State::warn});
  }
  if (state("refused") || state("returned")) {
    std::string grounds;
    for (const auto& one : word.grounds) grounds += one.in(pen.language()) + ". ";
    add_notes(pen, notes, {Icon::warning, pen.say(state("refused") ? "look.refused" : "look.returned"), grounds + pen.say("look.reason", {{"reason", word.reason}}), State::bad});
  }
  if (state("granted")) notes.push_back({Icon::check, pen.say("look.granted"), pen.say("look.granted.sub"), State::ok});
  if (!word.form) return notes;
  const auto& form = *word.form;
  const auto title = pen.say("look.form", {{"licence", form.licence}, {"n", form.number}});
  if (!form.valid) notes.push_back({Icon::info, title, pen.say("look.form.void"), State::warn});
  else if (!form.delivered_on.empty()) add_notes(pen, notes, {Icon::check, title, pen.say("look.form.delivered", {{"name", form.delivered_to}, {"d", pen.iso_day(form.delivered_on)}}), State::ok});
  else if (form.signed_here) notes.push_back({Icon::check, title, pen.say("look.form.signed"), State::ok});
  else notes.push_back({Icon::stamp, title, pen.say(form.here ? "look.form.ready" : "look.form.coming"), State::info});
  return notes;
}

// After the receipt's own three lines: registered, complete, decided.
std::vector<ui::CustodyLine> office_lines(const Pen& pen, const OfficeWord& word) {
  std::vector<ui::CustodyLine> lines;
  if (word.state.empty()) return lines;
  const auto state = [&](std::initializer_list<std::string_view> any) { return std::find(any.begin(), any.end(), word.state) != any.end(); };
  const auto talon = pen.say("look.case", {{"n", word.number}}) + ", " + pen.iso_day(word.registered_on);
  lines.push_back({State::ok, Icon::check, pen.say("look.state.registered"), talon});
  if (state({"withdrawn"})) return lines.push_back({State::neutral, Icon::undo, pen.say("look.state.withdrawn"), pen.iso_day(word.since)}), lines;
  if (state({"incomplete", "returned"})) return lines.push_back({State::warn, Icon::warning, pen.say("look.state.incomplete"), {}}), lines;
  const bool complete = !state({"registered"});
  lines.push_back({complete ? State::ok : State::neutral, complete ? Icon::check : Icon::clock, pen.say(complete ? "look.state.complete" : "look.state.checking"), {}});
  if (!complete) return lines;
  if (state({"refused"})) return lines.push_back({State::bad, Icon::cross, pen.say("look.refused"), pen.iso_day(word.since)}), lines;
  if (state({"granted", "form_issued"})) return lines.push_back({State::ok, Icon::check, pen.say("look.granted"), pen.iso_day(word.since)}), lines;
  const auto due = word.due.empty() ? std::string() : pen.say("look.due", {{"d", pen.iso_day(word.due)}});
  lines.push_back({State::info, Icon::clock, pen.say("look.state.examined"), due});
  return lines;
}

// How the last day was counted, for who asks: the lines of the deadline engine (I12).
void add_counted(const Pen& pen, const OfficeWord& word, float width, std::vector<ui::Block>& blocks) {
  if (word.due.empty() || word.counted.empty()) return;
  std::string lines;
  for (const auto& one : word.counted) lines += (lines.empty() ? "" : "\n") + one.in(pen.language());
  const ui::NoteSpec note{Icon::clock, pen.say("look.counted"), lines, State::neutral};
  auto& canvas = pen.canvas;
  blocks.push_back({ui::note_height(canvas, note, width), [&canvas, note](Rect place) { ui::note_box(canvas, place, note); }});
}

void draw_found_state(const Pen& pen, Rect box, const LookUpScreen& screen) {
  auto& canvas = pen.canvas;
  const auto& receipt = *screen.receipt;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s36, space::s28);
  room.cut_top(canvas.text(room, canvas.large() ? Type::h3 : Type::h2, Tone::ink, receipt.organisation), space::s4);
  const auto filed = pen.say("rcpt.time") + ": " + pen.date(receipt.filed_at) + ", " + pen.clock(receipt.filed_at);
  room.cut_top(canvas.text(room, Type::small, Tone::ink2, filed), space::s12);
  canvas.hairline(room.x, room.y, room.w, Tone::gold, space::s4);
  room.cut_top(space::s4, space::s16);
  std::vector<ui::Block> blocks;
  const auto add_note = [&](const ui::NoteSpec& note) { blocks.push_back({ui::note_height(canvas, note, room.w), [&canvas, note](Rect place) { ui::note_box(canvas, place, note); }}); };
  for (const auto& note : office_notes(pen, screen.word)) add_note(note);
  const auto add_lines = [&](std::vector<ui::CustodyLine> lines) {
    for (auto& line : lines) {  // each a block of its own: in large letters a page holds one or two
      const std::vector<ui::CustodyLine> one{std::move(line)};
      blocks.push_back({ui::custody_height(canvas, one, room.w), [&canvas, one](Rect place) { ui::custody_list(canvas, place, one); }});
    }
  };
  add_lines(office_lines(pen, screen.word));
  std::vector<ui::NoteSpec> officer;
  if (!screen.word.officer.empty()) add_notes(pen, officer, {Icon::person, pen.say("look.officer"), screen.word.officer, State::neutral});
  for (const auto& note : officer) add_note(note);
  add_lines(custody_lines(pen, receipt));
  add_counted(pen, screen.word, room.w, blocks);
  const auto& last = pen.app.link().last_contact;
  add_note({Icon::cloud, {}, last ? pen.say("look.source", {{"t", pen.date(*last) + ", " + pen.clock(*last)}}) : pen.say("look.source.never")});
  ui::paged(canvas, room, blocks, space::s16, "look.facts", pen.state.pages["look"]);
}

}  // namespace

namespace {

float card_height(const Pen& pen, const LookUpScreen& screen, float width) {
  int buttons = 1;
  for (const auto act : {FollowAct::withdraw, FollowAct::supplement, FollowAct::deliver}) buttons += screen.offers(act) ? 1 : 0;
  const float words = pen.canvas.line_height(Type::small) + pen.canvas.line_height(Type::h2) + 2 * pen.canvas.line_height(Type::list) + 3 * space::s16;
  return std::min(width, 2 * space::s28 + words + static_cast<float>(buttons) * (ui::size::target_normal + space::s16));
}

}  // namespace

Caused draw(const LookUpScreen& screen, const Pen& pen) {
  if (screen.stage != Stage::found) return draw_typing(screen, pen);
  auto& canvas = pen.canvas;
  auto spec = look_frame(pen, screen);
  spec.primary = ui::Primary{pen.say("done"), true, Icon::check};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("look.h")), space::s24);
  const Rect card = canvas.portrait() ? room.cut_top(std::min(room.h * 0.6F, card_height(pen, screen, room.w)), space::s20) : room.cut_left(room.w * (canvas.large() ? 0.36F : 0.3F), space::s28);
  Caused caused = draw_receipt_card(pen, card, screen);
  draw_found_state(pen, room, screen);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
