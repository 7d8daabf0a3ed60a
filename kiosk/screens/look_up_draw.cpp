// Look-up: number and check code, then where the application is and what its holder may still do. See draw.h; picture 09.
#include <algorithm>
#include <iterator>
#include <utility>

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

const char* none_words(const LookUpScreen& screen) {
  using Why = reply::LookedUp::Why;
  return screen.why_none == Why::unreachable ? "look.unreachable" : screen.why_none == Why::busy ? "look.busy" : "look.none";
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
  if (none) left.cut_top(ui::note_box(canvas, left, {tight ? Icon::none : Icon::warning, {}, pen.say(none_words(screen)), State::bad, true}), space::s16);
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
  const ui::ButtonSpec proof{.key = "look.proof", .label = pen.say("proof.show"), .icon = Icon::shield};
  if (canvas.button(room.cut_bottom(ui::size::target_normal, space::s12), proof)) caused = person::ProofPressed{};
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

// The notes of one page, in boxes of `room`: what is too long for a page goes on in more notes without a title.
class Notes {
 public:
  Notes(const Pen& pen, Rect room) : pen_(pen), room_(room) {}
  void add(ui::NoteSpec note);
  std::vector<ui::Block> blocks() const;

 private:
  bool fits(const ui::NoteSpec& note) const { return ui::note_height(pen_.canvas, note, room_.w) <= room_.h; }
  // The most whole words of `text` that fit under the note's title, in bytes; one word at least.
  std::size_t words_that_fit(ui::NoteSpec note, std::string_view text) const;

  const Pen& pen_;
  Rect room_;
  std::vector<ui::NoteSpec> notes_;
};

std::size_t Notes::words_that_fit(ui::NoteSpec note, std::string_view text) const {
  std::size_t taken = 0;
  while (taken < text.size()) {
    const auto end = std::min(text.find(' ', taken + 1), text.size());
    note.text = text.substr(0, end);
    if (taken > 0 && !fits(note)) break;
    taken = end;
  }
  return taken;
}

void Notes::add(ui::NoteSpec note) {
  const std::string text = std::exchange(note.text, {});
  std::string_view left = text;
  if (left.empty() || !fits(note)) notes_.push_back(note), note = {Icon::none, {}, {}, note.state};  // a page for the title alone
  while (!left.empty()) {
    const auto taken = words_that_fit(note, left);
    note.text = left.substr(0, taken);
    notes_.push_back(std::exchange(note, {Icon::none, {}, {}, note.state}));
    left.remove_prefix(std::min(left.size(), taken + 1));
  }
}

std::vector<ui::Block> Notes::blocks() const {
  std::vector<ui::Block> blocks;
  for (const auto& note : notes_) {
    blocks.push_back({ui::note_height(pen_.canvas, note, room_.w), [&canvas = pen_.canvas, note](Rect place) { ui::note_box(canvas, place, note); }});
  }
  return blocks;
}

// What the office has decided, and what is to be done until when; nothing where there is nothing to say.
void add_office_notes(const Pen& pen, const OfficeWord& word, Notes& notes) {
  const auto state = [&](std::string_view of) { return word.state == of; };
  if (word.withdrawal_here && word.is_open()) notes.add({Icon::clock, pen.say("look.withdrawal.here"), pen.say("look.withdrawal.here.sub"), State::info});
  if (word.supplement_here) notes.add({Icon::clock, pen.say("look.supplement.here"), pen.say("look.withdrawal.here.sub"), State::info});
  if (state("incomplete")) {
    std::string names;
    for (const auto& name : names_of(pen, word.missing)) names += (names.empty() ? "" : "; ") + name;
    notes.add({Icon::warning, pen.say("look.state.incomplete.until", {{"d", pen.iso_day(word.due)}}), names, State::warn});
  }
  if (state("refused") || state("returned")) {
    std::string grounds;
    for (const auto& one : word.grounds) grounds += one.in(pen.language()) + ". ";
    notes.add({Icon::warning, pen.say(state("refused") ? "look.refused" : "look.returned"), grounds + pen.say("look.reason", {{"reason", word.reason}}), State::bad});
  }
  if (state("granted")) notes.add({Icon::check, pen.say("look.granted"), pen.say("look.granted.sub"), State::ok});
  if (!word.form) return;
  const auto& form = *word.form;
  const auto title = pen.say("look.form", {{"licence", form.licence}, {"n", form.number}});
  if (!form.valid) notes.add({Icon::info, title, pen.say("look.form.void"), State::warn});
  else if (!form.delivered_on.empty()) notes.add({Icon::check, title, pen.say("look.form.delivered", {{"name", form.delivered_to}, {"d", pen.iso_day(form.delivered_on)}}), State::ok});
  else if (form.signed_here) notes.add({Icon::check, title, pen.say("look.form.signed"), State::ok});
  else notes.add({Icon::stamp, title, pen.say(form.here ? "look.form.ready" : "look.form.coming"), State::info});
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
void add_counted(const Pen& pen, const OfficeWord& word, Notes& notes) {
  if (word.due.empty() || word.counted.empty()) return;
  std::string lines;
  for (const auto& one : word.counted) lines += (lines.empty() ? "" : "\n") + one.in(pen.language());
  notes.add({Icon::clock, pen.say("look.counted"), lines, State::neutral});
}

void append(std::vector<ui::Block>& blocks, std::vector<ui::Block> more) { std::move(more.begin(), more.end(), std::back_inserter(blocks)); }

// Each line a block of its own: in large letters a page holds one or two.
std::vector<ui::Block> line_blocks(const Pen& pen, float width, std::vector<ui::CustodyLine> lines) {
  std::vector<ui::Block> blocks;
  for (auto& line : lines) {
    const std::vector<ui::CustodyLine> one{std::move(line)};
    blocks.push_back({ui::custody_height(pen.canvas, one, width), [&canvas = pen.canvas, one](Rect place) { ui::custody_list(canvas, place, one); }});
  }
  return blocks;
}

// First what concerns the person now, then the way so far, then who and from when this is known.
std::vector<ui::Block> state_blocks(const Pen& pen, Rect room, const LookUpScreen& screen) {
  const Rect page{0, 0, room.w, room.h - ui::size::target_normal - space::s12};
  Notes now(pen, page), officer(pen, page), source(pen, page);
  if (const auto& device = screen.receipt->elsewhere; !device.empty()) now.add({Icon::info, pen.say("look.elsewhere", {{"device", device}}), pen.say("look.elsewhere.sub"), State::info});
  add_office_notes(pen, screen.word, now);
  if (!screen.word.officer.empty()) officer.add({Icon::person, pen.say("look.officer"), screen.word.officer, State::neutral});
  add_counted(pen, screen.word, source);
  const auto& last = pen.app.link().last_contact;
  if (screen.receipt->elsewhere.empty()) source.add({Icon::cloud, {}, last ? pen.say("look.source", {{"t", pen.date(*last) + ", " + pen.clock(*last)}}) : pen.say("look.source.never"), State::neutral});
  auto blocks = now.blocks();
  append(blocks, line_blocks(pen, room.w, office_lines(pen, screen.word)));
  append(blocks, officer.blocks());
  append(blocks, line_blocks(pen, room.w, custody_lines(pen, *screen.receipt)));
  append(blocks, line_blocks(pen, room.w, logged_lines(pen, *screen.receipt)));
  append(blocks, source.blocks());
  return blocks;
}

void draw_found_state(const Pen& pen, Rect box, const LookUpScreen& screen) {
  auto& canvas = pen.canvas;
  const auto& receipt = *screen.receipt;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s36, space::s28);
  const auto type = canvas.large() ? canvas.fitting(room, receipt.organisation, {Type::h3, Type::list, Type::small}, 2) : Type::h2;
  room.cut_top(canvas.text(room, type, Tone::ink, receipt.organisation), space::s4);
  const auto filed = pen.say("rcpt.time") + ": " + pen.date(receipt.filed_at) + ", " + pen.clock(receipt.filed_at);
  room.cut_top(canvas.text(room, Type::small, Tone::ink2, filed), space::s12);
  canvas.hairline(room.x, room.y, room.w, Tone::gold, space::s4);
  room.cut_top(space::s4, space::s16);
  ui::paged(canvas, room, state_blocks(pen, room, screen), space::s16, "look.facts", pen.state.pages["look"]);
}

float card_height(const Pen& pen, const LookUpScreen& screen, float width) {
  int buttons = 2;
  for (const auto act : {FollowAct::withdraw, FollowAct::supplement, FollowAct::deliver}) buttons += screen.offers(act) ? 1 : 0;
  const float match = pen.canvas.large() && pen.canvas.portrait() ? 0 : 2 * pen.canvas.line_height(Type::list) + space::s16;  // gives way
  const float words = pen.canvas.line_height(Type::small) + pen.canvas.line_height(Type::h2) + match + 2 * space::s16;
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
  if (screen.proof_open) {
    const Caused caused = draw_proof(pen, room, *screen.receipt, screen.copy, screen.copy_problem);
    ui::close_frame(canvas, spec, frame);
    return caused ? caused : frame_caused(frame);
  }
  const bool low = canvas.large() && !canvas.portrait();  // the bar above says it: the list needs the room
  if (!low) room.cut_top(ui::heading(canvas, room, pen.say("look.h")), space::s24);
  const Rect card = canvas.portrait() ? room.cut_top(std::min(room.h * 0.6F, card_height(pen, screen, room.w)), space::s20) : room.cut_left(room.w * (canvas.large() ? 0.36F : 0.3F), space::s28);
  Caused caused = draw_receipt_card(pen, card, screen);
  draw_found_state(pen, room, screen);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
