// The one way in for fingers, keys and scripts: transitions in order, given to ImGui one a pass, since
// ImGui 1.86 loses or misplaces fast taps when two fall into one frame. After a lift the pointer is
// parked off the screen: a finger does not hover. Knows no window system.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace qabyl::kiosk::ui {

inline constexpr std::size_t transitions_max = 4096;

enum class PadKey { tab, shift_tab, enter, escape, backspace, left, right };

struct PointerDown { float x, y; };
struct PointerMove { float x, y; };
struct PointerUp { float x, y; };
struct KeyTap { PadKey key; };
struct TextIn { std::string text; };   // UTF-8 from a keyboard or code reader, may be hostile

struct Transition {
  std::variant<PointerDown, PointerMove, PointerUp, KeyTap, TextIn> what;
  std::int64_t t_ms = 0;               // steady, when it happened
};

// A sample of the finger for the signature pad: every one, also those between two frames.
struct PointerSample { float x, y; std::int64_t t_ms; bool first, last; };

class InputQueue {
 public:
  void put(Transition transition);     // drops moves when full, never a down or an up
  bool empty() const { return waiting_.empty(); }

  // Feeds ImGui's io with the next transition; moves that follow each other are merged, their samples
  // kept. True: something was fed and a pass must run.
  bool feed();
  // What came in the pass fed last.
  const std::vector<PointerSample>& samples() const { return samples_; }
  const std::optional<PadKey>& key() const { return key_; }
  const std::string& text() const { return text_; }
  bool pointer_down() const { return down_; }
  // Down at this place, in this pass: what acts on touch-down (keyboard keys) asks for it.
  bool went_down() const { return went_down_; }
  // When the touch that is under way, or was lifted in this pass, began; of a key, when it was pressed.
  std::int64_t began_ms() const { return began_ms_; }
  void forget();                       // end of a session: everything waiting is dropped

 private:
  void take(const Transition& transition);
  std::deque<Transition> waiting_;
  std::vector<PointerSample> samples_;
  std::optional<PadKey> key_;
  std::string text_;
  bool down_ = false, went_down_ = false, park_ = true;
  std::int64_t began_ms_ = 0;
};

}  // namespace qabyl::kiosk::ui
