// Step 6: what one signs, the pad, the other way; and "the outcome is being checked" (I7). See draw.h;
// pictures 07, 18.
#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = SignScreen::Stage;

std::vector<std::string> meanings(const Pen& pen) {
  const auto& draft = *pen.journey().draft;
  const int files = draft.files() + 1, pages = draft.pages() + pen.journey().form.file.pages;  // with the form
  return {pen.say("sign.mean.true"), pen.say("sign.mean.acts", {{"org", draft.organisation}}),
          pen.say("sign.mean.files", {{"k", number_text(files)}, {"n", number_text(pages)}})};
}

// A card of the title and the three sentences; a long name of an organisation pages it.
void draw_meaning(const Pen& pen, Rect box) {
  auto& canvas = pen.canvas;
  const float width = box.w - 2 * space::s24;
  const auto title = pen.say("sign.mean");
  std::vector<ui::Block> blocks{{canvas.text_height(Type::h3, title, width) + space::s8, [&canvas, title](Rect place) { canvas.text(place, Type::h3, Tone::ink, title); }}};
  for (const auto& meaning : meanings(pen)) {
    const std::vector<std::string> one{meaning};
    blocks.push_back({ui::ticks_height(canvas, one, width), [&canvas, one](Rect place) { ui::ticks(canvas, place, one); }});
  }
  const Rect card{box.x, box.y, box.w, std::min(box.h, ui::blocks_height(blocks, space::s4) + 2 * space::s20)};
  canvas.box(card, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  ui::paged(canvas, card.inset(space::s24, space::s20), blocks, space::s4, "sign.mean", pen.state.pages["sign"]);
}

// The other way has the same standing; what works of it today is said honestly.
std::string paper_words(const Pen& pen, const SignScreen& screen) {
  if (screen.paper_way) return pen.say("sign.paper.how");
  return pen.canvas.large() || screen.problem ? std::string{} : pen.say("sign.paper.q");
}

float paper_height(const Pen& pen, const SignScreen& screen, float width) {
  const auto words = paper_words(pen, screen);
  return ui::size::target_normal + (words.empty() ? 0 : pen.canvas.text_height(Type::small, words, width) + space::s16);
}

Caused draw_paper_way(const Pen& pen, Rect room, const SignScreen& screen) {
  auto& canvas = pen.canvas;
  const auto words = paper_words(pen, screen);
  if (!words.empty()) room.cut_top(canvas.text(room, Type::small, Tone::ink2, words), space::s16);
  const ui::ButtonSpec spec{.key = "sign.paper", .label = pen.say(screen.paper_way ? "close" : "sign.paper"),
                            .icon = screen.paper_way ? Icon::cross : Icon::printer};
  return canvas.button(room.cut_top(ui::size::target_normal), spec) ? Caused{person::PaperWayPressed{}} : Caused{};
}

Caused draw_left(const Pen& pen, Rect room, const SignScreen& screen) {
  auto& canvas = pen.canvas;
  if (screen.problem) {
    const ui::NoteSpec note{canvas.large() ? Icon::none : Icon::warning, {}, pen.say("sign.failed"), State::bad, true};
    room.cut_top(ui::note_box(canvas, room, note), space::s16);
  }
  if (pen.journey().form.state == Form::State::failed) {
    const ui::ButtonSpec again{.key = "sign.retry", .label = pen.say("retry"), .icon = Icon::refresh};
    if (canvas.button(room.cut_top(ui::size::target_normal, space::s16), again)) return person::RetryPressed{};
  }
  const Rect way = room.cut_bottom(paper_height(pen, screen, room.w), space::s16);
  constexpr float least = 2.5F * ui::size::target_normal;  // what failed goes before what is signed
  if (!screen.paper_way && room.h > least) draw_meaning(pen, room);
  return draw_paper_way(pen, way, screen);
}

std::string reason(const Pen& pen, const SignScreen& screen) {
  if (screen.stage == Stage::filing) return pen.say("saving");
  const auto form = pen.journey().form.state;
  if (form == Form::State::failed) return pen.say("check.failed");
  if (form != Form::State::ready) return pen.say("check.making");
  return screen.primary_enabled(pen.journey()) ? std::string{} : pen.say("sign.need");
}

}  // namespace

Caused draw_sign_pad(const Pen& pen, Rect room, const SignScreen& screen, const std::string& name) {
  auto& canvas = pen.canvas;
  if (screen.strokes.empty() && !pen.state.ink.down) pen.state.ink.reset();
  const bool said = screen.short_said;
  room.cut_top(canvas.text(room, Type::body, said ? Tone::bad : Tone::ink2, pen.say(said ? "short.sign" : "sign.hint")), space::s12);
  const Rect buttons = room.cut_bottom(ui::size::target_normal, space::s16);
  const Rect pad{room.x, room.y, std::min(room.w, ui::size::pad_w), std::min(room.h, canvas.portrait() ? ui::size::pad_h_portrait : ui::size::pad_h)};
  const ui::InkPadSpec spec{.name = name, .date = pen.date(pen.app.now().wall), .enabled = screen.stage == Stage::signing};
  auto result = ui::ink_pad(canvas, pad, spec, screen.strokes, pen.state.ink);
  Caused caused;
  if (result.lifted) caused = person::PenLifted{*result.lifted, result.width_tenth_mm, result.height_tenth_mm};
  const bool inked = !screen.strokes.empty() && screen.stage == Stage::signing;
  const Rect row{buttons.x, pad.bottom() + space::s16, pad.w, buttons.h};
  if (canvas.button(row.column(0, 2, space::s16), {.key = "sign.undo", .label = pen.say("sign.undo"), .icon = Icon::undo, .enabled = inked})) caused = person::UndoPressed{};
  if (canvas.button(row.column(1, 2, space::s16), {.key = "sign.erase", .label = pen.say("sign.clear"), .icon = Icon::trash, .enabled = inked})) caused = person::ErasePressed{};
  return caused;
}

Caused draw_outcome_open(const Pen& pen, ui::FrameSpec spec) {
  spec.back.clear();
  spec.primary.reset();
  auto frame = ui::open_frame(pen.canvas, spec);
  ui::MessageSpec message;
  message.icon = Icon::clock;
  message.title = pen.say("out.check");
  message.text = pen.say("out.wait");
  ui::message_screen(pen.canvas, frame.content, message);
  ui::close_frame(pen.canvas, spec, frame);
  return frame_caused(frame);
}

Caused draw(const SignScreen& screen, const Pen& pen) {
  if (screen.stage == Stage::checking) return draw_outcome_open(pen, frame_spec(pen, "sign"));
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "sign");
  if (screen.stage == Stage::signing) spec.back = pen.say("back");
  spec.primary = ui::Primary{pen.say("sign.go"), screen.primary_enabled(pen.journey())};
  spec.warning = reason(pen, screen);
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("sign.h")), space::s16);
  const float pad_room = ui::size::pad_h_portrait + ui::size::target_normal + canvas.line_height(Type::body) * 2 + 2 * space::s16;
  const Rect pad = canvas.portrait() ? room.cut_bottom(pad_room, space::s20) : room.cut_right(ui::size::pad_w, space::s36);
  Caused caused = draw_left(pen, room, screen);
  if (auto drawn = draw_sign_pad(pen, pad, screen, pen.journey().draft->representative)) caused = drawn;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
