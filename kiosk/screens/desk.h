// What a screen's model is given with each input, and what it gives back. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/journey.h"

namespace qabyl::kiosk {

enum class Place { start, kind, identify, details, documents, fee, check, sign, receipt, look_up, follow,
                   staff, power, stop, wiped };

struct Desk {
  Journey& journey;
  const SetUp& set_up;
  const Session& session;
  Now now;

  const core::Profile& profile() const { return journey.profile(set_up); }
};

struct Outcome {
  Effects effects;
  std::optional<Place> go;  // the screen that follows; empty: stay
  bool leave_draft = false;  // save and seal the open draft before `effects`: another one follows
};

}  // namespace qabyl::kiosk
