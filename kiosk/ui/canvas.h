// The one object that screens draw with: design pixels in, ImGui draw calls out, every widget and text
// recorded. Draws only with ImDrawList and InvisibleButton: no ImGui widget is visible anywhere.
// Makes no decision about cases. UI thread only; between ImGui::NewFrame and Render.
//
// Lengths are design pixels (tokens.h); Canvas scales them to the window. Texts never end in dots: they
// wrap, and what does not fit is recorded as not fitted, which a test turns red.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/texts.h"
#include "kiosk/ui/fonts.h"
#include "kiosk/ui/geometry.h"
#include "kiosk/ui/icons.h"
#include "kiosk/ui/input_queue.h"
#include "kiosk/ui/widget_registry.h"

struct ImDrawList;

namespace qabyl::kiosk::ui {

struct View {
  float width = 1920, height = 1080;  // window pixels
  int percent = 100;                  // 100, 125, 150
  bool contrast = false;
  core::Language language = core::Language::kk;
  std::int64_t now_ms = 0;            // steady: caret, pressed keys
};

// choice_filled: primary colours without the edge, for buttons in rows (one primary a screen).
enum class Look { primary, plain, danger, rail, choice, choice_filled, gold };
enum class Align { left, centre, right };
enum class Sides { none, left, right, all };  // whose corners are round

struct ButtonSpec {
  std::string key, label;
  Icon icon = Icon::none;
  bool icon_right = false;
  Look look = Look::plain;
  bool enabled = true;      // disabled: dashed; a tap still comes back, so that the reason can be said
  Type type = Type::action;
  std::string spoken = {};  // for icon-only buttons
};

class Canvas {
 public:
  Canvas(Fonts& fonts, const core::Texts& texts, WidgetRegistry& registry, const InputQueue& input);

  // What a finger or Enter began before that steady instant acts on no target: it was meant for the screen
  // before. Keys of a keyboard act all the same, so that no letter is lost. Holds until it is set anew.
  void calm_until(std::int64_t steady_ms) { calm_until_ms_ = steady_ms; }
  // Opens the full-screen window; fills the ground.
  void begin(const View& view, Tone ground = Tone::paper);
  void end();

  const View& view() const { return view_; }
  Rect screen() const;                     // all of it, design pixels
  bool portrait() const;
  bool large() const { return view_.percent > 100; }  // the rail folds, lists page by 3
  float em() const { return static_cast<float>(view_.percent) / 100.0F; }
  std::string say(std::string_view id, const core::TextArgs& args = {}) const;
  const core::Texts& texts() const { return texts_; }
  core::Language language() const { return view_.language; }

  // --- text ---
  float line_height(Type type) const;
  float text_width(Type type, std::string_view text) const;
  // Height of `text` wrapped to `width`.
  float text_height(Type type, std::string_view text, float width) const;
  // No word of `text` is wider than `width`.
  bool whole_words(Type type, std::string_view text, float width) const { return !wrap(type, text, width).broken; }
  std::vector<std::string_view> lines_of(Type type, std::string_view text, float width) const { return wrap(type, text, width).lines; }
  // Draws wrapped text from the top of `box` and returns the height that it took.
  float text(Rect box, Type type, Tone tone, std::string_view text, Align align = Align::left);
  // The same, centred on the height of `box`.
  void text_mid(Rect box, Type type, Tone tone, std::string_view text, Align align = Align::left);
  // One line as it is, centred on the height, neither wrapped nor measured for fit: what stands in a
  // field that scrolls inside its box.
  void text_line(Rect box, Type type, Tone tone, std::string_view text);
  // The largest of the two or three types in which `text` fits `box` in at most `lines` lines.
  Type fitting(Rect box, std::string_view text, std::initializer_list<Type> types, int lines) const;

  // --- shapes ---
  void fill(Rect box, Tone tone, float radius = 0);
  // Outer filled rectangle in `edge`, inner one in `ground`: crisper than a stroke.
  void box(Rect box, Tone ground, Tone edge, float border, float radius);
  // Tinted ground of notes and tags; high contrast adds an edge in the ink.
  void panel(Rect box, Tone ground, Tone ink, float radius);
  void fill_sides(Rect box, Tone tone, float radius, Sides sides);
  void dashed_box(Rect box, Tone ground, Tone edge, float radius);
  void hairline(float x, float y, float width, Tone tone = Tone::line, float thickness = 2);
  void icon(Rect box, Icon icon, Tone tone);
  void icon_square(Rect box, Icon icon, Tone ground, Tone tone);
  void lamp(float x, float y, bool well);  // round and green, or square and gold
  void horn_tile(Rect box, bool dark = false);  // dark: on white paper
  void ornament(Rect box, float pitch = 48);
  void circle(float x, float y, float radius, Tone ground, Tone edge, float border);
  void ring(float x, float y, float radius, float thickness, float part, Tone tone, Tone rest);

  // --- controls: true in the pass in which they act (lift inside) ---
  bool button(Rect box, const ButtonSpec& spec);
  float button_width(const ButtonSpec& spec) const;  // on one line, with its icon
  // A whole area as a target that draws itself (cards, rows). `pressed` is written when asked for.
  bool target(Rect box, const std::string& key, Role role, std::string text, bool enabled = true, bool selected = false,
              std::string value = {});
  // A key of a keyboard: true on touch-down. `leads_on`: it acts like a primary and waits for the calm.
  bool key_down(Rect box, const std::string& key, std::string text, bool leads_on = false);
  bool held(const std::string& key) const { return held_ == key; }  // pressed in the last pass
  bool focused(const std::string& key) const;                       // by Tab
  // For a target whose corners are not those of a control. The ring is drawn at the end of the pass.
  void ring_if_focused(Rect box, const std::string& key, float radius = size::radius_control);
  // Records a tag, picture or field that is not a target by itself.
  void note(Rect box, const std::string& key, Role role, std::string text, std::string value = {}, bool selected = false);

  void tag(Rect box, Icon icon, std::string_view text, Tone ground, Tone ink, Align align = Align::right);
  float tag_width(Icon icon, std::string_view text) const;

  // --- pictures ---
  void picture(Rect box, std::uintptr_t texture);
  ImDrawList* list() const { return list_; }
  Rect pixels(Rect box) const;             // design to window
  float scale() const { return scale_; }
  std::uint32_t packed(Tone tone, float alpha = 1) const;
  const InputQueue& input() const { return input_; }
  WidgetRegistry& registry() { return registry_; }

  // Keyboard-only use: Tab and Shift+Tab move through the targets in the order in which they were
  // drawn, Enter acts. A touch hides the ring.
  void handle_focus_key();

  // The end of a session, between two passes: gives back the memory of everything that was drawn and recorded.
  void forget();

 private:
  struct Ring { Rect box; float radius; };
  struct Lines { std::vector<std::string_view> lines; float width = 0; bool broken = false; };  // broken: within a word
  Lines wrap(Type type, std::string_view text, float width) const;
  void draw_line(Type type, Tone tone, std::string_view line, float x, float y, float height);
  void focus_ring(Rect box, float radius);
  void button_face(Rect face, const ButtonSpec& spec, Tone ink);
  bool act(Rect box, const std::string& key, bool too_early);
  bool too_early() const { return input_.began_ms() < calm_until_ms_; }

  Fonts& fonts_;
  const core::Texts& texts_;
  WidgetRegistry& registry_;
  const InputQueue& input_;
  View view_;
  float scale_ = 1;
  ImDrawList* list_ = nullptr;
  std::string held_;
  std::string focus_;                      // key that has the ring; empty: none
  std::vector<std::string> order_, last_order_;
  std::optional<Ring> ring_;
  bool enter_ = false;
  std::int64_t calm_until_ms_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace qabyl::kiosk::ui
