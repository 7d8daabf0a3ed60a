// What a screen of the bureau's journey gives back with each input: what it asks of the shell and where
// the journey goes on. StaffJourney carries it out. No ImGui, no I/O.
#pragma once

#include <optional>

#include "kiosk/screens/input.h"

namespace qabyl::kiosk {

enum class StaffPlace { sign_in, inbox, paper, reading, reply, visa, acknowledge, receipt, operating,
                        start,   // back to the start screen: nobody has signed in
                        over };  // signed out: the App wipes

struct StaffOutcome {
  Effects effects;
  std::optional<StaffPlace> go;  // empty: stay
  core::Id paper = {};           // paper, reading, reply, visa: which one; empty: the one at hand
  std::optional<core::BureauAct> act = {};  // for what
};

// The staff event of that type in `input`, or nullptr.
template <typename Event>
const Event* staff_event(const Input& input) {
  const auto* event = std::get_if<staff::Event>(&input);
  return event == nullptr ? nullptr : std::get_if<Event>(event);
}

}  // namespace qabyl::kiosk
