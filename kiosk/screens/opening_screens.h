// The screens without answers: start, choice of procedure, intake stopped, after a power cut, screen
// cleared. Models only: no ImGui, no I/O.
#pragma once

#include "kiosk/screens/desk.h"

namespace qabyl::kiosk {

struct StartScreen {
  Outcome update(const Input& input, const Desk& desk);
};

struct KindScreen {  // issue, re-issue, duplicate, and what is needed for it
  std::optional<core::Procedure> chosen;
  int list_page = 0;
  bool reason_asked = false;  // the disabled primary was pressed: its reason is shown again
  Outcome update(const Input& input, const Desk& desk);
};

struct StopScreen {  // I15: refused at the door; look-up and sign-in still work
  Outcome update(const Input& input, const Desk& desk);
};

struct PowerScreen {  // names procedure and step, never a person or an organisation
  reply::Interrupted what;
  core::Millis since{0};
  Outcome update(const Input& input, const Desk& desk);
};

struct WipedScreen {
  core::Millis since{0};
  bool draft_kept = false;
  Outcome update(const Input& input, const Desk& desk);
};

}  // namespace qabyl::kiosk
