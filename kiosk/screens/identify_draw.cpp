// Step 1: BIN with its card, draft PIN. See draw.h; picture 02.
#include <algorithm>

#include "kiosk/screens/draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;
using Stage = IdentifyScreen::Stage;
using Digits = IdentifyScreen::Digits;

std::string left_text(const Pen& pen, const IdentifyScreen& screen) {
  const std::size_t whole = screen.stage == Stage::bin ? bin_digits : pin_digits;
  return pen.say("id.left", {{"n", number_text(static_cast<std::int64_t>(whole - screen.digits_typed().size()))}});
}

// Why the primary is not open yet; empty when it is.
std::string reason(const Pen& pen, const IdentifyScreen& screen) {
  if (screen.busy) return pen.say(screen.creating ? "saving" : "pin.opening");
  if (screen.stage != Stage::bin) return left_text(pen, screen);
  if (screen.primary_enabled(pen.journey())) return {};
  if (screen.digits() == Digits::too_few) return left_text(pen, screen);
  return pen.say(screen.digits() == Digits::wrong ? "id.bad" : "id.looking");
}

std::string pin_problem(const Pen& pen, const IdentifyScreen& screen) {
  if (screen.differ) return pen.say("pin.differ");
  if (!screen.refused) return {};
  const auto& refused = *screen.refused;
  if (refused.why == core::ErrorCode::forbidden) return pen.say("pin.bad", {{"n", number_text(refused.tries_left)}});
  if (refused.why == core::ErrorCode::locked && refused.until) return pen.say("pin.wait", {{"t", pen.clock(*refused.until)}});
  return pen.say(refused.why == core::ErrorCode::locked ? "pin.lock" : "pin.notsaved");
}

void bureau_card(const Pen& pen, Rect box, const BureauView& bureau) {
  auto& canvas = pen.canvas;
  const auto found = pen.say("id.found") + ", " + pen.date(bureau.as_of);
  const auto licence = pen.say(bureau.licensed ? "id.licensed" : "id.unlicensed");
  const float width = box.w - 2 * space::s28;
  const Type name = canvas.fitting({0, 0, width, box.h}, bureau.name, {Type::h2, Type::h3, Type::list}, 2);
  std::vector<ui::Block> lines;
  const auto line = [&](Type type, Tone tone, const std::string& text) {
    lines.push_back({canvas.text_height(type, text, width), [&canvas, type, tone, text](Rect place) { canvas.text(place, type, tone, text); }});
  };
  constexpr float least = 3.5F * ui::size::target_normal;  // less than this is no room for pages: the name alone
  if (box.h >= least) line(Type::small, Tone::ink2, found);
  line(name, Tone::ink, bureau.name);
  if (box.h >= least) line(Type::small, Tone::ink2, licence);
  if (box.h >= least) line(Type::small, Tone::ink2, bureau.address);
  if (ui::blocks_height(lines, 0) + 2 * space::s24 > box.h && box.h < least) return;
  const Rect card{box.x, box.y, box.w, std::min(box.h, ui::blocks_height(lines, space::s8) + 2 * space::s24)};
  canvas.box(card, Tone::surface, Tone::selected, ui::size::border, ui::size::radius_card);
  ui::paged(canvas, card.inset(space::s28, space::s24), lines, space::s8, "id.card", pen.state.pages["id.card"]);
  canvas.note(card, "id.card", ui::Role::text, bureau.name);
}

// What the register says about the BIN, and whether somebody has begun an application before.
void finding(const Pen& pen, Rect room, const IdentifyScreen& screen) {
  if (!screen.found) return;
  if (const auto& draft = screen.found->draft) {
    const auto saved = pen.say("id.draft.saved", {{"t", pen.date(draft->saved_at) + ", " + pen.clock(draft->saved_at)}});
    room.cut_top(ui::note_box(pen.canvas, room, {Icon::lock, pen.say("id.draft"), saved}), space::s20);
  }
  if (screen.found->bureau) return bureau_card(pen, room, *screen.found->bureau);
  ui::note_box(pen.canvas, room, {Icon::search, pen.say("id.notfound"), pen.say("id.notfound.sub"), State::neutral});
}

void bin_column(const Pen& pen, Rect room, const IdentifyScreen& screen) {
  ui::DigitsSpec spec{.key = "id.bin", .label = pen.say("id.label"), .digits = screen.bin, .error = {}, .well = {}};
  if (screen.digits() == Digits::wrong) spec.error = pen.say("id.bad");
  if (screen.digits() == Digits::right) spec.well = pen.say("id.ok");
  ui::digits_field(pen.canvas, room, spec);
  room.cut_top(ui::digits_height(pen.canvas, spec, room.w), space::s24);
  finding(pen, room, screen);
}

void pin_column(const Pen& pen, Rect room, const IdentifyScreen& screen) {
  auto& canvas = pen.canvas;
  ui::PinSpec spec;
  spec.key = "id.pin";
  const char* label = screen.stage == Stage::pin_open ? "pin.enter" : screen.stage == Stage::pin_new ? "pin.new" : "pin.again";
  spec.label = pen.say(label, {{"n", number_text(pin_digits)}});
  spec.filled = static_cast<int>(screen.pin.size());
  spec.count = static_cast<int>(pin_digits);
  spec.error = pin_problem(pen, screen);
  ui::pin_boxes(canvas, room, spec);
  room.cut_top(ui::pin_height(canvas, spec, room.w), space::s28);
  const auto why = pen.say(screen.stage == Stage::pin_open ? "pin.forgot" : "pin.why");
  ui::note_box(canvas, room, {Icon::lock, pen.say("pin.cover"), why});
}

std::string title(const Pen& pen, const IdentifyScreen& screen) {
  if (screen.stage == Stage::bin) return pen.say("id.q");
  return pen.say(screen.stage == Stage::pin_open ? "pin.h.open" : "pin.h.new");
}

}  // namespace

Caused draw(const IdentifyScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "id");
  spec.back = pen.say("back");
  spec.warning = reason(pen, screen);
  const bool at_bin = screen.stage == Stage::bin;
  const bool known = screen.found && screen.found->bureau;
  const bool begun = screen.found && screen.found->draft;
  const char* label = begun ? "id.open" : known ? "id.yes" : "next";
  spec.primary = ui::Primary{pen.say(label), at_bin && screen.primary_enabled(pen.journey())};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, title(pen, screen), at_bin ? pen.say("id.hint") : std::string{}), space::s24);
  const Rect pad = canvas.portrait() ? room.cut_bottom(ui::size::number_pad_h, space::s24)
                                     : room.cut_right(ui::number_pad_width(canvas), space::s56).cut_top(ui::size::number_pad_h);
  if (at_bin) bin_column(pen, room, screen);
  else pin_column(pen, room, screen);
  const float pad_w = ui::number_pad_width(canvas);
  const Rect keys{canvas.portrait() ? pad.mid_x() - pad_w / 2 : pad.x, pad.y, pad_w, pad.h};
  Caused caused = draw_number_pad(pen, keys, "id.pad");
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
