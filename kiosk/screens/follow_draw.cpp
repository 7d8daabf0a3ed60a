// Withdrawing an application and signing for a licence: who acts, the paper, the signature. See draw.h.
#include <algorithm>

#include "kiosk/screens/custody_draw.h"
#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/keyboard.h"
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
using Stage = FollowScreen::Stage;

bool delivers(const FollowScreen& screen) { return screen.act == FollowAct::deliver; }
bool supplements(const FollowScreen& screen) { return screen.act == FollowAct::supplement; }
const char* title_of(const FollowScreen& screen) {
  if (supplements(screen)) return "follow.supplement.h";
  return delivers(screen) ? "follow.deliver.h" : "follow.withdraw.h";
}

ui::FrameSpec follow_frame(const Pen& pen, const FollowScreen& screen) {
  auto spec = frame_spec(pen, "follow");
  spec.steps = follow_steps(pen, screen.act);
  spec.current = 1 + static_cast<int>(screen.stage);
  spec.steps_can_be_tapped = false;
  spec.back = pen.say("back");
  return spec;
}

ui::FieldSpec field_spec(const Pen& pen, const FollowScreen& screen, Field field) {
  const bool name = field == Field::representative;
  const std::string key = name ? "follow.name" : "follow.position";
  const auto& edit = pen.journey().field(field);
  ui::FieldSpec spec{.key = key, .label = pen.say(name ? "details.representative" : "details.position"), .hint = {}, .value = edit.text, .caret = edit.caret, .error = {}};
  spec.focused = screen.focus == field;
  if (name ? screen.name_missing : screen.position_missing) spec.error = pen.say(name ? "details.representative.empty" : "details.position.empty");
  return spec;
}

// Who acts: as in the application until it is written over.
Caused draw_naming(const FollowScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = follow_frame(pen, screen);
  spec.keyboard = true;
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.h = ui::keyboard_bed(canvas).y - room.y - space::s12;
  Rect left = canvas.portrait() ? room : room.cut_left(room.w * 0.45F, space::s56);
  const bool tight = canvas.large() && !canvas.portrait();  // the keyboard leaves little
  const float width = canvas.text_width(Type::action, spec.back) + 4 * space::s28 + ui::size::icon;
  const Rect back = canvas.portrait() ? Rect{} : left.cut_bottom(ui::size::target_normal, space::s16).cut_left(width, space::s20);
  left.cut_top(ui::heading(canvas, left, pen.say(title_of(screen)), tight ? std::string{} : pen.say("follow.who.hint")), space::s20);
  if (canvas.portrait()) room = left.cut_top(left.h - ui::size::target_normal - space::s16, space::s16);
  Caused caused;
  for (const Field field : {Field::representative, Field::position}) {
    const auto one = field_spec(pen, screen, field);
    const float height = ui::field_height(canvas, one, room.w);
    if (tight && screen.focus != field && 2 * height + space::s20 > room.h) continue;  // what has no room comes with "next field"
    if (ui::field(canvas, room, one)) caused = person::FieldTapped{field};
    room.cut_top(height, space::s20);
  }
  const Rect place = canvas.portrait() ? left.cut_top(ui::size::target_normal).cut_left(width, space::s20) : back;
  if (ui::back_button(canvas, place, spec)) caused = person::BackPressed{};
  const bool name = screen.focus == Field::representative;
  Writing writing{.field = name ? "follow.name" : "follow.position", .name = name, .empty = pen.journey().field(screen.focus).text.empty(), .next_label = {}};
  if (!name) writing.next_label = pen.say("next");
  if (auto pressed = draw_keyboard(pen, writing)) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

std::string why_not_yet(const Pen& pen) {
  const auto& form = pen.journey().form;
  if (form.state == Form::State::failed) return pen.say("follow.failed");
  if (form.state != Form::State::ready) return pen.say("check.making");
  return form.every_page_shown() ? std::string{} : pen.say("read.before_sign");
}

// What the signature means, beside the page: the same words as on the paper.
ui::NoteSpec meaning(const Pen& pen, const FollowScreen& screen) {
  if (delivers(screen)) return {Icon::document, pen.say("follow.deliver.mean"), pen.say("follow.deliver.mean.sub", {{"n", screen.word.form->number}}), State::info};
  if (supplements(screen)) return {Icon::document, pen.say("follow.supplement.mean"), pen.say("follow.supplement.mean.sub"), State::info};
  return {Icon::warning, pen.say("follow.withdraw.mean"), pen.say("follow.withdraw.mean.sub"), State::warn};
}

Caused draw_reading(const FollowScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  const auto& form = pen.journey().form;
  auto spec = follow_frame(pen, screen);
  spec.primary = ui::Primary{pen.say("follow.to_sign"), screen.primary_enabled(pen.journey())};
  spec.warning = why_not_yet(pen);
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  const bool tall = canvas.portrait();
  Rect side = tall ? room.cut_bottom(room.h * 0.34F, space::s20) : room.cut_right(room.w * 0.36F, space::s28);
  Caused caused;
  const Rect buttons = side.cut_bottom(ui::size::target_normal, space::s16);
  side.cut_top(canvas.text(side, canvas.large() ? Type::h3 : Type::h2, Tone::ink, pen.say(title_of(screen))), space::s8);
  if (form.state == Form::State::ready) {
    side.cut_top(canvas.text(side, Type::body, Tone::ink2, pen.say("page.of", {{"p", number_text(screen.page)}, {"n", number_text(form.file.pages)}})), space::s16);
  }
  const auto words = meaning(pen, screen);
  if (ui::note_height(canvas, words, side.w) <= side.h) ui::note_box(canvas, side, words);
  if (form.state == Form::State::failed) {
    if (canvas.button(buttons, {.key = "follow.retry", .label = pen.say("retry"), .icon = Icon::refresh})) caused = person::RetryPressed{};
  } else {
    if (canvas.button(buttons.column(0, 2, space::s16), {.key = "follow.prev", .label = pen.say("page.prev"), .icon = Icon::up, .enabled = screen.page > 1})) caused = person::PageTurned{-1};
    if (canvas.button(buttons.column(1, 2, space::s16), {.key = "follow.next", .label = pen.say("page.next"), .icon = Icon::down, .enabled = screen.page < form.file.pages})) caused = person::PageTurned{1};
  }
  const auto picture = form.state == Form::State::ready ? pen.pages.page(form.file.ref.sha256, screen.page, true) : std::nullopt;
  ui::page_picture(canvas, room, "follow.page", picture);
  ui::close_frame(canvas, spec, frame);
  if (!caused && picture && !form.seen.contains(screen.page)) caused = person::FormPageShown{screen.page, picture->dpi, picture->pixels, picture->width, picture->height, picture->renderer};
  return caused ? caused : frame_caused(frame);
}

Caused draw_signing(const FollowScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = follow_frame(pen, screen);
  if (screen.ink.stage == SignScreen::Stage::checking) return draw_outcome_open(pen, spec);
  const bool filing = screen.ink.stage == SignScreen::Stage::filing;
  if (filing) spec.back.clear();
  spec.primary = ui::Primary{pen.say(supplements(screen) ? "follow.supplement.go" : delivers(screen) ? "follow.deliver.go" : "follow.withdraw.go"), screen.primary_enabled(pen.journey())};
  spec.warning = filing ? pen.say("saving") : screen.primary_enabled(pen.journey()) ? std::string{} : pen.say("sign.need");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say(supplements(screen) ? "follow.supplement.sign" : delivers(screen) ? "follow.deliver.sign" : "follow.withdraw.sign")), space::s16);
  const float pad_room = ui::size::pad_h_portrait + ui::size::target_normal + canvas.line_height(Type::body) * 2 + 2 * space::s16;
  const Rect pad = canvas.portrait() ? room.cut_bottom(pad_room, space::s20) : room.cut_right(ui::size::pad_w, space::s36);
  if (screen.ink.problem) {
    const ui::NoteSpec note{canvas.large() ? Icon::none : Icon::warning, {}, pen.say("sign.failed"), State::bad, true};
    room.cut_top(ui::note_box(canvas, room, note), space::s16);
  }
  const auto words = meaning(pen, screen);
  if (ui::note_height(canvas, words, room.w) <= room.h) ui::note_box(canvas, room, words);
  Caused caused = draw_sign_pad(pen, pad, screen.ink, pen.journey().field(Field::representative).text);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

// What is missing, each with the files that were added for it below.
struct Line {
  std::size_t item = 0;
  std::optional<std::size_t> file = {};  // of the item; none: the item itself
  std::size_t number = 0;                // of the file, over all items
};

std::vector<Line> lines_of(const FollowScreen& screen) {
  std::vector<Line> lines;
  std::size_t number = 0;
  for (std::size_t item = 0; item < screen.items.size(); ++item) {
    lines.push_back({item});
    for (std::size_t file = 0; file < screen.items[item].files.size(); ++file) lines.push_back({item, file, number++});
  }
  return lines;
}

ui::RowSpec item_row(const Pen& pen, const FollowScreen& screen, std::size_t index) {
  const auto& one = screen.items[index];
  int pages = 0;
  for (const auto& file : one.files) pages += file.pages;
  ui::RowSpec row;
  row.key = "follow.item." + one.code;
  row.title = names_of(pen, {one.code}).front();
  row.sub = one.files.empty() ? pen.say("follow.item.none") : pen.say("rcpt.count", {{"k", number_text(static_cast<std::int64_t>(one.files.size()))}, {"n", number_text(pages)}});
  row.state = one.files.empty() ? State::warn : State::ok;
  row.icon = one.files.empty() ? Icon::document : Icon::check;
  row.can_be_tapped = screen.may_add();
  if (!screen.may_add()) return row;
  row.action_key = "follow.add." + one.code;
  row.action = pen.say("follow.add");
  row.action_icon = Icon::plus;
  row.action_primary = one.files.empty();
  return row;
}

ui::RowSpec line_row(const Pen& pen, const FollowScreen& screen, const Line& line) {
  if (!line.file) return item_row(pen, screen, line.item);
  const auto& item = screen.items[line.item];
  const auto& file = item.files[*line.file];
  const std::string key = item.code + "." + std::to_string(*line.file);
  ui::RowSpec row;
  row.key = "follow.file." + key;
  row.title = file.ref.name;
  row.sub = file.pages > 0 ? pen.say("inbox.pages", {{"n", number_text(file.pages)}}) : pen.say("docs.nopreview");
  row.state = file.problem.empty() ? State::neutral : State::warn;
  row.quiet = true;
  row.can_be_tapped = false;
  row.action_key = "follow.remove." + key;
  row.action = pen.say("docs.remove");
  row.action_icon = Icon::trash;
  return row;
}

Caused draw_items(const Pen& pen, Rect room, const FollowScreen& screen) {
  const auto lines = lines_of(screen);
  const auto indent = [](const Line& line) { return line.file ? space::s56 : 0.0F; };
  const auto heights_in = [&](float width) {
    std::vector<float> heights;
    for (const auto& line : lines) heights.push_back(ui::row_height(pen.canvas, line_row(pen, screen, line), width - indent(line)) + space::s12);
    return heights;
  };
  Rect pager;
  if (page_starts(heights_in(room.w), room.h + space::s12).size() > 1) pager = cut_pager(pen, room);
  const auto heights = heights_in(room.w);
  const auto starts = page_starts(heights, room.h + space::s12);
  const auto page = std::min(static_cast<std::size_t>(screen.list_page), starts.size() - 1);
  const auto end = page + 1 < starts.size() ? starts[page + 1] : lines.size();
  Caused caused = draw_list_pager(pen, pager, "follow.items", page, starts.size());
  for (std::size_t i = starts[page]; i < end; ++i) {
    Rect box = room.cut_top(heights[i] - space::s12, space::s12);
    box.cut_left(indent(lines[i]));
    const auto tap = ui::list_row(pen.canvas, box, line_row(pen, screen, lines[i]));
    if (tap == ui::RowTap::action && lines[i].file) caused = person::FileRemoved{lines[i].number};
    else if (tap != ui::RowTap::none && !lines[i].file) caused = person::AddPressed{screen.items[lines[i].item].code};
  }
  return caused;
}

Caused draw_documents(const FollowScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = follow_frame(pen, screen);
  const bool on_stick = screen.intake.open || screen.intake.adding;
  if (!on_stick) {
    spec.primary = ui::Primary{pen.say("next"), screen.primary_enabled(pen.journey())};
    if (!screen.primary_enabled(pen.journey())) spec.warning = pen.say("follow.item.need");
  }
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  if (on_stick) {
    canvas.box(room, Tone::surface, Tone::selected, ui::size::border_selected, ui::size::radius_card);
    caused = draw_intake(pen, room.inset(space::s28, space::s24), screen.intake, names_of(pen, {screen.item}).front(), {});
  } else {
    room.cut_top(ui::heading(canvas, room, pen.say("follow.supplement.h"), pen.say("follow.supplement.hint", {{"d", pen.iso_day(screen.word.due)}})), space::s20);
    caused = draw_items(pen, room, screen);
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace

std::vector<std::string> follow_steps(const Pen& pen, FollowAct act) {
  const bool supplement = act == FollowAct::supplement;
  const char* paper = act == FollowAct::deliver ? "follow.step.form" : supplement ? "follow.step.letter" : "follow.step.statement";
  return {pen.say(supplement ? "step.3" : "look.step.2"), pen.say("follow.step.who"), pen.say(paper), pen.say("step.6"), pen.say("step.7")};
}

Caused draw(const FollowScreen& screen, const Pen& pen) {
  if (screen.stage == Stage::documents) return draw_documents(screen, pen);
  if (screen.stage == Stage::naming) return draw_naming(screen, pen);
  return screen.stage == Stage::reading ? draw_reading(screen, pen) : draw_signing(screen, pen);
}

}  // namespace qabyl::kiosk
