// Plays a person from a file of JSON lines: the tour, the tests and people's own checks. It sees what
// the widget registry holds and drives the same input queue as a finger; it can do nothing that a
// person cannot. The words are described in kiosk/README.md. Knows no ImGui and no screen model.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/ports.h"

namespace qabyl::kiosk {

inline constexpr std::size_t script_lines_max = 20'000;
inline constexpr core::Millis script_patience{20'000};  // default for every step that waits

struct SeenWidget {
  float x = 0, y = 0, w = 0, h = 0;  // window pixels
  std::string text, value;
  bool enabled = true;
};

// What a script can see and do; the shell provides it.
struct ScriptHands {
  std::function<std::optional<SeenWidget>(const std::string& key)> find;
  std::function<std::optional<std::string>(const std::string& text)> key_of_text;  // a widget that shows it
  std::function<std::optional<std::string>(const std::string& text, const std::string& prefix)> key_in_row;  // of the row that shows it
  std::function<void(float x, float y)> press, move, lift;
  std::function<void(const std::string& text)> type;     // as a code reader or real keyboard does
  std::function<void(const std::string& name)> key;      // tab, shift_tab, enter, escape, backspace
  std::function<core::Status(const std::string& name)> shot;
  std::function<bool()> idle;                            // every input is taken and drawn
  std::function<bool()> calm;                            // long enough after a change of screen for a finger
};

class Script {
 public:
  // invalid_input names the line.
  static core::Result<Script> parse(const std::string& text);

  // Call after each drawn frame; does at most one thing. A step that cannot be done within its
  // patience fails the script.
  void step(const ScriptHands& hands, core::Millis now);
  bool finished() const { return next_ >= steps_.size() || failed() || quit_; }
  bool failed() const { return !failure_.empty(); }
  const std::string& failure() const { return failure_; }  // "line 12: tap start.apply: not on the screen"
  // When step() wants to be called again although nothing happens.
  std::optional<core::Millis> next_due() const;

 private:
  struct Step { std::size_t line; core::Json what; };
  using Progress = std::optional<bool>;  // nullopt: not yet; true: done; false: failed now

  Progress act(const core::Json& what, const ScriptHands& hands, core::Millis now);
  Progress tap(const core::Json& what, const ScriptHands& hands);
  Progress tap_until(const core::Json& what, const ScriptHands& hands, core::Millis now);
  Progress write_text(const core::Json& what, const ScriptHands& hands);
  Progress draw_strokes(const core::Json& what, const ScriptHands& hands, core::Millis now);
  Progress expect(const core::Json& what, const ScriptHands& hands);
  void rest();
  void fail(std::string why);

  std::vector<Step> steps_;
  std::size_t next_ = 0;
  bool quit_ = false, resting_ = false;
  std::string failure_, reason_;
  std::optional<core::Millis> since_;   // when the present step was first tried
  std::optional<core::Millis> last_tap_;  // of tap_until
  std::size_t part_ = 0, point_ = 0;    // progress inside a step
};

}  // namespace qabyl::kiosk
