// Which replies are still under way, and which of them belong to a visitor who has left. Every effect
// that names a reply is answered exactly once and in order of its kind (effects.h), so counting is
// enough: after a wipe the answers to earlier questions are dropped and the next visitor sees nothing.
#pragma once

#include <array>

#include "kiosk/screens/input.h"

namespace qabyl::kiosk {

class Awaited {
 public:
  void sent(const Effects& effects, std::size_t from = 0);  // those from index `from` on
  // False: the reply answers somebody who has left, or nobody; it must not reach a screen.
  // News (nobody asked) is always true.
  bool take(const Reply& reply);
  void forget_all() { stale_ = open_; }  // the session ends

 private:
  enum Kind { bin, draft, source, add, form, filing, badge, sign_in, papers, paper, made, colleagues, begin, look_up,
              save_receipt, operator_panel, operator_stick, kinds, news };
  static Kind asked(const Effect& effect);   // kinds: no reply comes
  static Kind answered(const Reply& reply);  // news: nobody asked
  static bool last(const Reply& reply);      // false: another reply to the same question follows

  std::array<int, kinds> open_{}, stale_{};
};

}  // namespace qabyl::kiosk
