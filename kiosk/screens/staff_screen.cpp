// See staff_screen.h.
#include "kiosk/screens/staff_screen.h"

namespace qabyl::kiosk {

Effects StaffJourney::update(const Input& input, const SetUp&, const Session&, Now) {
  if (std::holds_alternative<person::BackPressed>(input)) gone_back = true;
  return {};
}

Waiting StaffJourney::waiting() const { return waits::staff; }

void StaffJourney::wipe() {}

}  // namespace qabyl::kiosk
