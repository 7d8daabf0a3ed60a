// The frame of every drawing, and what does not depend on the screen. See draw.h.
#include <algorithm>

#include "kiosk/screens/draw.h"
#include "kiosk/ui/fields.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk {
namespace {

ui::View view_of(const App& app, float width, float height) {
  const auto& session = app.session();
  return {width, height, percent(session.text), session.contrast, session.language, app.now().steady.count()};
}

Caused draw_away(const Pen& pen) {
  const bool draft = pen.journey().draft.has_value();
  ui::AwaySpec spec;
  spec.seconds_left = pen.app.away_seconds();
  spec.seconds_max = pen.app.away_seconds_max();
  spec.second = pen.say("away.second");
  spec.title = pen.say("away");
  spec.text = pen.say("away.why");
  if (draft) spec.draft_note = pen.say("away.draft", {{"n", number_text(pen.profile().draft_days)}});
  spec.yes = pen.say("away.yes");
  spec.more = pen.say("away.more");
  spec.leave = pen.say("away.leave");
  spec.foot = pen.say("away.hide") + ". " + pen.say("kit.kiosk", {{"device", pen.app.set_up().device}});
  switch (ui::away_dialog(pen.canvas, spec)) {
    case ui::AwayTap::yes: return person::AwayAnswered{AwayAnswer::yes};
    case ui::AwayTap::more: return person::AwayAnswered{AwayAnswer::more};
    case ui::AwayTap::leave: return person::AwayAnswered{AwayAnswer::leave};
    case ui::AwayTap::none: break;
  }
  return {};
}

// A real keyboard or a code reader; what no target has taken counts as a touch.
Caused from_input_queue(const ui::Canvas& canvas, const DrawState& state, bool ring) {
  const auto& input = canvas.input();
  if (!input.text().empty()) return person::TextTyped{input.text()};
  if (input.key() == ui::PadKey::backspace) return person::KeyPressed{Key::backspace};
  if (input.key() == ui::PadKey::left) return person::KeyPressed{Key::left};
  if (input.key() == ui::PadKey::right) return person::KeyPressed{Key::right};
  if (input.key() == ui::PadKey::enter && !ring) return person::KeyPressed{Key::enter};
  if (input.key() == ui::PadKey::escape) return person::BackPressed{};
  const bool meant_here = input.began_ms() >= state.calm_until.count();
  if ((input.went_down() || input.key()) && meant_here) return person::Touched{};
  return {};
}

std::string saved_text(const Pen& pen, const Saving& saving) {
  if (saving.failed) return pen.say("save.failed");
  if (saving.wanted || saving.under_way) return pen.say("saving");  // an earlier save says nothing of this change
  if (!saving.saved_at) return {};
  return pen.say(pen.canvas.large() ? "saved.short" : "saved", {{"t", pen.clock(*saving.saved_at)}});
}

// Of one screen: which of its faces it shows.
template <typename Model> int part_of(const Model&) { return 0; }
int bits(std::initializer_list<bool> all) {
  int made = 0;
  for (const bool one : all) made = 2 * made + (one ? 1 : 0);
  return made;
}
int part_of(const IdentifyScreen& screen) { return static_cast<int>(screen.stage); }
int part_of(const DetailsScreen& screen) { return screen.question; }
int part_of(const DocumentsScreen& screen) { return bits({screen.panel, screen.zoomed, screen.intake.open}); }
int part_of(const FeeScreen& screen) { return bits({screen.intake.open}); }
int part_of(const CheckScreen& screen) { return bits({screen.reading}); }
int part_of(const SignScreen& screen) { return 2 * static_cast<int>(screen.stage) + bits({screen.paper_way}); }
int part_of(const ReceiptScreen& screen) { return bits({screen.slip_alone, screen.proof_open}); }
int part_of(const LookUpScreen& screen) { return 2 * static_cast<int>(screen.stage) + bits({screen.proof_open}); }
int part_of(const FollowScreen& screen) { return 8 * static_cast<int>(screen.stage) + 2 * static_cast<int>(screen.ink.stage) + bits({screen.intake.open}); }
int part_of(const StaffJourney& journey) {
  const int sheet = journey.at == StaffPlace::visa && journey.reading ? journey.reading->page : 0;
  const bool chooses = journey.answering.stage == ReplyScreen::Stage::kept;  // what had been written: another face
  const int question = journey.at != StaffPlace::reply ? 0 : chooses ? 500 : static_cast<int>(journey.answering.at) + 1;
  return 1024 * (sheet + question) + 32 * static_cast<int>(journey.at) +
         bits({journey.sign_in.typing, !journey.inbox.counted.empty(), journey.busy(), journey.receipt.slip_alone, journey.receipt.proof_open});
}

}  // namespace

Scene scene_of(const App& app) {
  return {app.screen().index(), std::visit([](const auto& screen) { return part_of(screen); }, app.screen()), app.asking_away()};
}

void DrawState::follow(const Session& now) {
  if (session == now.number) return;
  forget(qr_text);
  const auto scene_before = scene;
  const auto calm = calm_until;
  *this = {};
  scene = scene_before;
  calm_until = calm;
  session = now.number;
  language = keyboard.layout = now.language;
}

void DrawState::watch(const Scene& now, core::Millis steady) {
  if (scene == now) return;
  if (scene) calm_until = steady + calm_after_change;
  scene = now;
}

const core::paper::QrMatrix* DrawState::qr_of(const std::string& text) {
  if (qr_text != text) {
    auto made = core::paper::qr_matrix(text);
    qr = made ? *made : core::paper::QrMatrix{};
    qr_text = text;
  }
  return qr.size > 0 ? &qr : nullptr;
}

std::string Pen::iso_day(std::string_view iso) const {
  const auto day = core::parse_iso_date(iso);
  return day ? core::format_date(canvas.texts(), language(), *day) : std::string(iso);
}

std::string number_text(std::int64_t number) { return std::to_string(number); }

Caused draw_app(const App& app, ui::Canvas& canvas, PageSource& pages, DrawState& state, float width, float height) {
  state.follow(app.session());
  state.watch(scene_of(app), app.now().steady);
  canvas.calm_until(state.calm_until.count());
  canvas.begin(view_of(app, width, height), app.asking_away() ? ui::Tone::rail : ui::Tone::paper);
  const Pen pen{app, canvas, pages, state};
  auto caused = app.asking_away() ? draw_away(pen) : std::visit([&](const auto& screen) { return draw(screen, pen); }, app.screen());
  const auto& widgets = canvas.registry().widgets();
  const bool ring = std::ranges::any_of(widgets, [](const auto& widget) { return widget.focused; });
  if (!caused && !app.asking_away()) caused = from_input_queue(canvas, state, ring);
  canvas.end();
  return caused;
}

ui::FrameSpec frame_spec(const Pen& pen, std::string screen) {
  const auto& app = pen.app;
  ui::FrameSpec spec;
  spec.screen = std::move(screen);
  for (const char* step : {"step.1", "step.2", "step.3", "step.4", "step.5", "step.6", "step.7"}) spec.steps.push_back(pen.say(step));
  spec.current = app.step();
  const auto* sign = std::get_if<SignScreen>(&app.screen());
  spec.steps_can_be_tapped = app.step() < 7 && (sign == nullptr || sign->stage == SignScreen::Stage::signing);
  spec.finish = pen.say(pen.canvas.portrait() || pen.canvas.large() ? "finish.short" : "finish.clear");
  spec.kiosk = app.set_up().device;
  spec.time = pen.clock(app.now().wall);
  spec.online = app.link().online;
  if (pen.journey().draft) {
    spec.saved = saved_text(pen, pen.journey().saving);
    const auto& saving = pen.journey().saving;
    if (saving.failed) spec.saved_icon = ui::Icon::warning;
    else if (saving.wanted || saving.under_way) spec.saved_icon = ui::Icon::clock;
  }
  return spec;
}

Caused frame_caused(const ui::Frame& frame) {
  if (frame.language) return person::LanguageChosen{*frame.language};
  if (frame.text_size) return person::TextSizePressed{};
  if (frame.contrast) return person::ContrastPressed{};
  if (frame.finish) return person::FinishPressed{};
  if (frame.back) return person::BackPressed{};
  if (frame.primary) return person::PrimaryPressed{};
  if (frame.step > 0) return person::StepTapped{frame.step};
  return {};
}

Caused draw_keyboard(const Pen& pen, const Writing& writing) {
  auto& state = pen.state;
  if (state.language != pen.language()) {
    state.language = pen.language();
    state.keyboard.layout = pen.language();
  }
  if (state.keyboard_field != writing.field) {
    state.keyboard_field = writing.field;
    state.keyboard.begin_field(writing.name, writing.empty);
    if (writing.latin) state.keyboard.layout = core::Language::en;
  }
  const auto press = ui::keyboard(pen.canvas, ui::keyboard_bed(pen.canvas), state.keyboard, {writing.next_label, true});
  if (!press) return {};
  switch (press->act) {
    case ui::Act::character:
    case ui::Act::space: return person::TextTyped{press->text};
    case ui::Act::backspace: return person::KeyPressed{Key::backspace};
    case ui::Act::left: return person::KeyPressed{Key::left};
    case ui::Act::right: return person::KeyPressed{Key::right};
    case ui::Act::next: return person::KeyPressed{Key::enter};
    default: return person::Touched{};
  }
}

Caused draw_number_pad(const Pen& pen, ui::Rect box, const std::string& key) {
  const auto press = ui::number_pad(pen.canvas, box, key);
  if (!press) return {};
  if (press->what == ui::PadPress::What::digit) return person::TextTyped{std::string(1, press->digit)};
  return person::KeyPressed{press->what == ui::PadPress::What::clear ? Key::clear : Key::backspace};
}

std::vector<std::string> names_of(const Pen& pen, const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const auto& document : pen.profile().documents) {
    if (std::ranges::find(codes, document.code) != codes.end()) names.push_back(document.name.in(pen.language()));
  }
  return names;
}

}  // namespace qabyl::kiosk
