// The tour's stations at the console: what the office does with the inspection of the tour, form by
// form, with the clock of registry and kiosk moved to the days on which the Rules let it happen. Knows no kiosk screen.
#pragma once

#include <functional>

#include "tests/support/office_hand.h"

namespace qabyl::rig {

class BureauAtTheKiosk;

using Check = std::function<void(bool good, const std::string& what)>;

// Days that the programs' clocks are ahead (other_time.cpp): the registry must be started with its environment.
class LaterDays {
 public:
  explicit LaterDays(std::string file) : file_(std::move(file)) {}
  std::map<std::string, std::string> environment() const;
  void set(int days);
  int ahead() const { return days_; }
  std::string day(int later) const;                    // ISO, in Almaty, as the programs see it; 0: today
  std::string today() const { return day(0); }

 private:
  std::string file_;
  int days_ = 0;
};

// From the returned copy of the notice to the closing; what the bureau has to do it does at the kiosk.
void inspection_at_the_office(OfficeHand& hand, const std::string& case_id, LaterDays& days, BureauAtTheKiosk& bureau, const Check& check);

}  // namespace qabyl::rig
