// How the App is drawn: one function a screen, const model in, at most one input out. What the drawers
// keep between frames (keyboard layer, ink under way, QR modules) is DrawState and dies with the visitor.
// No decision is made in any *_draw.cpp: what may be pressed, and what it means, is in the models.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/paper/qr.h"
#include "kiosk/screens/app.h"
#include "kiosk/screens/page_source.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/frame.h"
#include "kiosk/ui/ink_pad.h"
#include "kiosk/ui/keyboard_state.h"

namespace qabyl::kiosk {

// What a touch at a place means: while it stays the same, a second tap is meant for the same thing.
struct Scene {
  std::size_t screen = 0;  // index in Screen
  int part = 0;            // question, stage, what is open
  bool away = false;
  bool operator==(const Scene&) const = default;
};
Scene scene_of(const App& app);
// After another scene came up: a thick finger that taps twice presses nothing on it.
inline constexpr core::Millis calm_after_change{400};

struct DrawState {
  int session = 0;
  std::optional<Scene> scene;       // outlives the visitor: the last tap may have been "finish"
  core::Millis calm_until = core::Millis::min();
  ui::KeyboardState keyboard;
  std::string keyboard_field;       // the field that the keyboard was opened for
  core::Language language = core::Language::kk;  // the layout follows the language, till it is changed by hand
  ui::InkPadState ink;
  std::map<std::string, int> pages; // which page of a part that is longer than its room
  std::string qr_text;              // what `qr` says
  core::paper::QrMatrix qr;

  void follow(const Session& now);  // drops what was the visitor's when it is another
  void watch(const Scene& now, core::Millis steady);  // sets calm_until when the scene is another
  const core::paper::QrMatrix* qr_of(const std::string& text);  // nullptr: not codable
  // What is lit or repeats by itself; the shell draws again then.
  std::optional<core::Millis> next_due(core::Millis now) const { return keyboard.next_due(now); }
};

// What every drawer is handed.
struct Pen {
  const App& app;
  ui::Canvas& canvas;
  PageSource& pages;
  DrawState& state;

  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return canvas.say(id, args); }
  const Journey& journey() const { return app.journey(); }
  core::Language language() const { return app.session().language; }
  const core::Profile& profile() const { return app.journey().profile(app.set_up()); }
  core::CivilTime local(core::Instant at) const { return app.set_up().zone.local(at); }
  std::string clock(core::Instant at) const { return core::format_time(local(at)); }            // 14:32
  std::string clock_seconds(core::Instant at) const { return core::format_time_seconds(local(at)); }
  std::string date(core::Instant at) const { return core::format_date(canvas.texts(), language(), local(at).date); }
  std::string iso_day(std::string_view iso) const;                                               // 31 December 2027
  bool side_panel() const { return !canvas.large() && !canvas.portrait(); }  // else panels are screens of their own
};

using Caused = std::optional<Input>;

// Draws one frame, window included, and returns what the person did in it. Call between ImGui::NewFrame()
// and ImGui::Render(), with the fonts built for percent(session.text).
Caused draw_app(const App& app, ui::Canvas& canvas, PageSource& pages, DrawState& state, float width, float height);

// --- for the drawers ---
std::string number_text(std::int64_t number);
// Brand, kiosk, clock, connection, steps, "finish", what has been saved; `screen` is the prefix of keys.
ui::FrameSpec frame_spec(const Pen& pen, std::string screen);
// What the frame brought: language, text size, contrast, finish, back, primary, a finished step.
Caused frame_caused(const ui::Frame& frame);
// What a text field asks of the keyboard.
struct Writing {
  std::string field;          // its key
  bool name = false;          // begins with a capital
  bool empty = false;
  bool latin = false;         // receipt numbers and check codes
  std::string next_label;     // empty: "next field"
};
// The keyboard, below everything.
Caused draw_keyboard(const Pen& pen, const Writing& writing);
Caused draw_number_pad(const Pen& pen, ui::Rect box, const std::string& key);
std::vector<std::string> names_of(const Pen& pen, const std::vector<std::string>& codes);

Caused draw(const StartScreen& screen, const Pen& pen);
Caused draw(const KindScreen& screen, const Pen& pen);
Caused draw(const IdentifyScreen& screen, const Pen& pen);
Caused draw(const DetailsScreen& screen, const Pen& pen);
Caused draw(const DocumentsScreen& screen, const Pen& pen);
Caused draw(const FeeScreen& screen, const Pen& pen);
Caused draw(const CheckScreen& screen, const Pen& pen);
Caused draw(const SignScreen& screen, const Pen& pen);
Caused draw(const ReceiptScreen& screen, const Pen& pen);
Caused draw(const LookUpScreen& screen, const Pen& pen);
Caused draw(const FollowScreen& screen, const Pen& pen);
Caused draw(const PowerScreen& screen, const Pen& pen);
Caused draw(const StopScreen& screen, const Pen& pen);
Caused draw(const WipedScreen& screen, const Pen& pen);
Caused draw(const StaffJourney& journey, const Pen& pen);  // staff_draw.cpp

// The choice of sources, the files of the stick, a file being read in: the same for documents and fee.
Caused draw_intake(const Pen& pen, ui::Rect box, const FileIntake& intake, std::string_view title, std::string_view hint);
std::string file_size(const Pen& pen, const SourceFile& file);
// The pad with its two buttons; `name` stands under the line.
Caused draw_sign_pad(const Pen& pen, ui::Rect room, const SignScreen& screen, const std::string& name);
// "The outcome is being checked" (I7), in the frame of the screen that asked.
Caused draw_outcome_open(const Pen& pen, ui::FrameSpec spec);
// Where a filed application stands, for receipt and look-up.
void draw_custody(const Pen& pen, ui::Rect box, const ReceiptView& receipt);
float custody_height_of(const Pen& pen, const ReceiptView& receipt, float width);

}  // namespace qabyl::kiosk
