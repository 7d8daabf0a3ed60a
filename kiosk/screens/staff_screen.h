// Bureau staff and the operator: sign-in, inbox, reading, mark of receipt, receipt, operator panel.
// The seam between the App and the staff screens. The App makes a StaffJourney when "I work for a
// bureau" is pressed, hands it every input that is not common to all screens (language, text size,
// contrast, finish, the time-out are the App's), asks waiting() for the row of DESIGN.md, section 8,
// and ends the session (SignOut, WipeScreen, the "cleared" card) when `finished` is set.
// Knows no ImGui, no I/O; each of its screens is a struct in its own staff_*_screen.h.
#pragma once

#include "kiosk/screens/input.h"
#include "kiosk/screens/session.h"

namespace qabyl::kiosk {

struct StaffJourney {
  bool finished = false;  // the person signed out or ended: the App wipes
  bool gone_back = false;  // Back on the first screen: the App shows the start

  // Person events, replies, news and ticks. Replies of an earlier visitor never come here.
  Effects update(const Input& input, const SetUp& set_up, const Session& session, Now now);
  Waiting waiting() const;
  void wipe();  // overwrites badge text, PIN and everything typed
};

}  // namespace qabyl::kiosk
