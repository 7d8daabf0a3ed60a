// Everything of a kiosk that is not its screen: storage, link and device threads, and the way of
// effects to them and of replies back. The shell (UI) owns one. Knows no ImGui and no window.
#pragma once

#include <memory>

#include "kiosk/screens/effects.h"
#include "kiosk/screens/session.h"
#include "kiosk/shell/office_rules.h"
#include "kiosk/shell/options.h"
#include "kiosk/shell/page_cache.h"
#include "kiosk/shell/station.h"

namespace qabyl::kiosk {

class Kiosk {
 public:
  // Opens the data folder of an enrolled kiosk and starts the threads. `wake` may be called from any
  // thread whenever replies or pages wait. not_found: the folder is not enrolled; other errors say why
  // the store cannot be trusted.
  static core::Result<std::unique_ptr<Kiosk>> start(const Options& options, core::Clock& clock, core::Random& random,
                                                    std::function<void()> wake);
  ~Kiosk();  // takes what is under way to its end, then stops the threads

  void carry_out(Effect effect);
  void want_page(PageWant want);
  std::deque<Reply> take_replies();
  std::deque<PageMade> take_pages();

  SetUp set_up() const;
  const OfficeRules& rules() const;

 private:
  Kiosk() = default;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::kiosk
