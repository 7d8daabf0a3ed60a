// See opening_screens.h.
#include "kiosk/screens/opening_screens.h"

#include <algorithm>

namespace qabyl::kiosk {
namespace {

template <typename Event>
bool is(const Input& input) {
  return std::holds_alternative<Event>(input);
}

Outcome go(Place place) { return {{}, place}; }

}  // namespace

Outcome StartScreen::update(const Input& input, const Desk&) {
  if (is<person::ApplyPressed>(input)) return go(Place::kind);
  if (is<person::LookUpPressed>(input)) return go(Place::look_up);
  if (is<person::StaffPressed>(input)) return go(Place::staff);
  return {};
}

Outcome KindScreen::update(const Input& input, const Desk& desk) {
  if (const auto* event = std::get_if<person::KindChosen>(&input)) {
    chosen = event->procedure;
    reason_asked = false;
    list_page = 0;
  }
  if (const auto* event = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + event->by);
  if (is<person::BackPressed>(input)) return go(Place::start);
  if (!is<person::PrimaryPressed>(input)) return {};
  if (!chosen) {
    reason_asked = true;
    return {};
  }
  desk.journey.procedure = *chosen;
  if (auto& draft = desk.journey.draft; draft && draft->procedure != *chosen) {
    draft->procedure = *chosen;
    desk.journey.changed();
  }
  return go(Place::identify);
}

Outcome StopScreen::update(const Input& input, const Desk&) {
  if (is<person::LookUpPressed>(input)) return go(Place::look_up);
  if (is<person::StaffPressed>(input)) return go(Place::staff);
  return {};
}

// Leaving the draft is what keeps the next start from asking again.
Outcome PowerScreen::update(const Input& input, const Desk& desk) {
  if (is<person::GoOnWithPinPressed>(input) || is<person::PrimaryPressed>(input)) return go(Place::identify);
  if (is<person::NotMePressed>(input)) return {{effect::LeaveDraft{what.draft.id}}, Place::wiped};
  if (is<Tick>(input) && desk.now.steady - since >= waits::power_screen) {
    return {{effect::LeaveDraft{what.draft.id}}, Place::start};
  }
  return {};
}

Outcome WipedScreen::update(const Input& input, const Desk& desk) {
  if (is<person::BeginPressed>(input) || is<person::Touched>(input)) return go(Place::start);
  if (is<Tick>(input) && desk.now.steady - since >= waits::wiped_card) return go(Place::start);
  return {};
}

}  // namespace qabyl::kiosk
