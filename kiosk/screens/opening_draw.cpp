// Start, choice of service, power cut, intake stopped, screen cleared. See draw.h; pictures 01, 16-17, 18.
#include <algorithm>

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

std::string_view kind_text(core::Procedure procedure) {
  switch (procedure) {
    case core::Procedure::issue: return "kind.issue";
    case core::Procedure::reissue: return "kind.reissue";
    case core::Procedure::duplicate: return "kind.duplicate";
  }
  return "kind.issue";
}

// Each card speaks its own language.
Caused language_cards(const Pen& pen, Rect box) {
  Caused caused;
  int column = 0;
  for (const auto language : core::languages) {
    const bool chosen = language == pen.language();
    ui::ChoiceSpec card;
    card.key = "lang." + std::string(core::to_text(language));
    card.title = pen.say("kb." + std::string(core::to_text(language)));
    card.sub = pen.canvas.texts().say(language, chosen ? "start.chosen" : "start.choose");
    card.selected = chosen;
    if (ui::choice_card(pen.canvas, box.column(column++, 3, space::s20), card)) caused = person::LanguageChosen{language};
  }
  return caused;
}

Caused hero_cards(const Pen& pen, Rect box) {
  struct Card { const char* key; Icon icon; Input input; };
  const Card cards[] = {{"start.apply", Icon::document, person::ApplyPressed{}},
                        {"start.lookup", Icon::search, person::LookUpPressed{}},
                        {"start.staff", Icon::building, person::StaffPressed{}}};
  Caused caused;
  int place = 0;
  for (const auto& card : cards) {
    const std::string key = card.key;
    const bool rows = pen.canvas.portrait() || pen.canvas.large();
    const Rect at = rows ? box.row(place, 3, pen.canvas.portrait() ? space::s24 : space::s12) : box.column(place, 3, space::s24);
    const ui::HeroSpec spec{key, pen.say(key), pen.say(key + ".sub"), pen.say(key + ".tag"), card.icon, place == 0};
    if (ui::hero_card(pen.canvas, at, spec)) caused = card.input;
    ++place;
  }
  return caused;
}

struct StartFoot { std::string place, time; float time_w = 0, height = 0; };

// Where this is and what time it is: the time stays on one line, a long place takes more of them.
StartFoot start_foot(const Pen& pen, float width) {
  const auto& now = pen.app.now();
  const auto day = pen.local(now.wall).date;
  StartFoot foot;
  foot.place = pen.say("kit.kiosk", {{"device", pen.app.set_up().device}}) + ", " + pen.app.set_up().place.in(pen.language());
  foot.time = core::format_date(pen.canvas.texts(), pen.language(), day) + ", " + core::format_weekday(pen.canvas.texts(), pen.language(), day) + ", " + pen.clock(now.wall);
  foot.time_w = pen.canvas.text_width(Type::small, foot.time) + space::s4;
  const bool beside = foot.time_w < width * 0.6F;
  if (!beside) foot.time_w = width;
  const float place_h = pen.canvas.text_height(Type::small, foot.place, beside ? width - foot.time_w - space::s36 : width);
  const float time_h = pen.canvas.text_height(Type::small, foot.time, foot.time_w);
  foot.height = beside ? std::max(place_h, time_h) : place_h + time_h;
  return foot;
}

void draw_start_foot(const Pen& pen, Rect box, const StartFoot& foot) {
  auto& canvas = pen.canvas;
  if (foot.time_w < box.w) {
    canvas.text(box.cut_right(foot.time_w, space::s36), Type::small, Tone::ink2, foot.time, ui::Align::right);
    canvas.text(box, Type::small, Tone::ink2, foot.place);
    return;
  }
  box.cut_top(canvas.text(box, Type::small, Tone::ink2, foot.place));
  canvas.text(box, Type::small, Tone::ink2, foot.time);
}

}  // namespace

Caused draw(const StartScreen&, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "start");
  spec.welcome = pen.say("welcome");
  spec.welcome_text = pen.say("start.sub");
  spec.promises = {{Icon::shield, pen.say("start.privacy")}, {Icon::info, pen.say("start.help")}};
  spec.steps.clear();
  spec.finish.clear();
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  const float line = canvas.line_height(Type::h2);
  canvas.text(room.cut_top(line, space::s16), Type::h2, Tone::ink, pen.say("start.language"));
  Caused caused = language_cards(pen, room.cut_top(ui::size::target_hero * std::min(canvas.em(), 1.2F), space::s36));
  canvas.text(room.cut_top(line, space::s16), Type::h2, Tone::ink, pen.say("start.q"));
  const auto foot = start_foot(pen, room.w);
  const float below = canvas.portrait() || canvas.large() ? space::s12 : space::s28;
  const Rect foot_box = Rect{room.x, room.bottom() - foot.height - below, room.w, foot.height};
  room.cut_bottom(foot.height + below, canvas.large() ? space::s12 : space::s28);
  if (auto pressed = hero_cards(pen, room)) caused = pressed;
  draw_start_foot(pen, foot_box, foot);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

namespace {

Caused kind_cards(const Pen& pen, Rect box, const KindScreen& screen) {
  Caused caused;
  int place = 0;
  for (const auto procedure : {core::Procedure::issue, core::Procedure::reissue, core::Procedure::duplicate}) {
    const std::string key(kind_text(procedure));
    ui::ChoiceSpec card;
    card.key = key;
    card.title = pen.say(key);
    card.sub = pen.say(key + ".sub");
    card.selected = screen.chosen == procedure;
    if (ui::choice_card(pen.canvas, box.row(place++, 3, space::s20), card)) caused = person::KindChosen{procedure};
  }
  return caused;
}

void needed(const Pen& pen, Rect box, const KindScreen& screen) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s28);
  if (!screen.chosen) {
    canvas.text_mid(room, Type::body, Tone::ink2, pen.say("kind.need.none"), ui::Align::centre);
    return;
  }
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, pen.say("kind.need")), space::s16);
  const std::string note = pen.say("kind.incomplete");
  const Rect foot = room.cut_bottom(ui::note_height(canvas, {Icon::info, {}, note}, room.w), space::s12);
  std::vector<ui::Block> names;
  for (const auto& document : pen.app.set_up().current_profile().list(*screen.chosen)) {
    const std::vector<std::string> name{document.name.in(pen.language())};
    names.push_back({ui::ticks_height(canvas, name, room.w), [&canvas, name](Rect place) { ui::ticks(canvas, place, name); }});
  }
  ui::paged(canvas, room, names, 0, "kind", pen.state.pages["kind"]);
  ui::note_box(canvas, foot, {Icon::info, {}, note});
}

}  // namespace

Caused draw(const KindScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "kind");
  spec.back = pen.say("back");
  spec.primary = ui::Primary{pen.say("next"), screen.chosen.has_value()};
  if (!screen.chosen) spec.warning = pen.say("kind.choose");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("kind.h")), space::s24);
  const Rect cards = canvas.portrait() ? room.cut_top(room.h * (canvas.large() ? 0.52F : 0.45F), space::s24) : room.cut_left(room.w * (canvas.large() ? 0.56F : 0.48F), space::s28);
  Caused caused = kind_cards(pen, cards, screen);
  needed(pen, room, screen);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

Caused draw(const PowerScreen& screen, const Pen& pen) {
  const auto& draft = screen.what.draft;
  ui::MessageSpec spec;
  spec.icon = Icon::power;
  spec.title = pen.say("power");
  spec.text = pen.say("power.times", {{"a", pen.clock(screen.what.off_at)}, {"b", pen.clock(screen.what.on_at)}}) + " " + pen.say("power.checked");
  spec.card_label = pen.say("power.stopped");
  spec.card_title = pen.say("power.step", {{"kind", pen.say(kind_text(draft.procedure))},
                                           {"n", number_text(draft.step)},
                                           {"step", pen.say("step." + number_text(draft.step))}});
  spec.card_text = pen.say("power.last", {{"t", pen.clock_seconds(draft.saved_at)}});
  if (draft.step == 6) spec.card_text += ". " + pen.say("power.sign");
  spec.buttons = {{.key = "power.notme", .label = pen.say("power.notme"), .icon = Icon::trash},
                  {.key = "power.pin", .label = pen.say("power.pin"), .icon = Icon::right, .icon_right = true, .look = ui::Look::primary}};
  spec.foot = pen.say("power.auto");
  auto room = pen.canvas.screen();
  const auto controls = ui::bare_controls(pen.canvas, room);
  const auto tapped = ui::message_screen(pen.canvas, room, spec);
  if (auto caused = frame_caused(controls)) return caused;
  if (tapped == "power.notme") return person::NotMePressed{};
  if (tapped == "power.pin") return person::GoOnWithPinPressed{};
  return {};
}

Caused draw(const StopScreen&, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto frame_of = frame_spec(pen, "stop");
  frame_of.steps.clear();
  frame_of.finish.clear();
  auto frame = ui::open_frame(canvas, frame_of);
  ui::MessageSpec spec;
  spec.icon = Icon::warning;
  spec.bad = true;
  spec.title = pen.say("stop");
  spec.text = pen.say("stop.why");
  const auto& place = pen.app.intake().place;
  if (!place.empty()) spec.text += " " + pen.say("stop.where", {{"place", place}}) + ".";
  else spec.text += " " + pen.say("stop.ask");
  spec.buttons = {{.key = "stop.lookup", .label = pen.say("start.lookup"), .icon = Icon::search},
                  {.key = "stop.staff", .label = pen.say("start.staff"), .icon = Icon::building}};
  const auto tapped = ui::message_screen(canvas, frame.content, spec);
  ui::close_frame(canvas, frame_of, frame);
  if (tapped == "stop.lookup") return person::LookUpPressed{};
  if (tapped == "stop.staff") return person::StaffPressed{};
  return frame_caused(frame);
}

// In three languages: nobody knows who comes next.
Caused draw(const WipedScreen& screen, const Pen& pen) {
  const auto& texts = pen.canvas.texts();
  ui::ClearedSpec spec;
  spec.key = "wiped.start";
  spec.title = pen.say("wiped");
  for (const auto language : core::languages) {
    if (!spec.text.empty()) spec.text += "\n\n";
    if (language != pen.language()) spec.text += texts.say(language, "wiped") + ". ";
    spec.text += texts.say(language, "wiped.sub") + ".";
    if (screen.draft_kept) spec.text += " " + texts.say(language, "wiped.draft");
  }
  spec.begin = pen.say("wiped.begin");
  return ui::cleared_screen(pen.canvas, spec) ? Caused{person::BeginPressed{}} : Caused{};
}

}  // namespace qabyl::kiosk
