// What can be done with a paper that has been received, or that needs no receipt (picture 14, "what do you want to
// file?"): the acts that core offers this person, and the receipts of what was done. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/session.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

struct PaperScreen {
  PaperView paper;
  std::optional<core::BureauAct> chosen;
  int list_page = 0;
  bool asked_why = false;       // the primary was pressed before something was chosen

  void show(const PaperView& of);  // anew, or after something was done with it
  StaffOutcome update(const Input& input);
  bool primary_enabled() const;
};

const core::ActOffer* offer_of(const PaperView& paper, core::BureauAct act);  // nullptr: not offered
bool awaits(const PaperView& paper);     // something that the office waits for
bool to_receive(const PaperView& paper); // its receipt is still awaited
// Text id of who may do it, for an offer that is not for this person (A18).
std::string who_may(const core::ActOffer& offer, const PaperView& paper);
// In time or late today, by the offer's term; nullopt: no term runs.
std::optional<core::Timeliness> timeliness_on(const core::ActOffer& offer, core::Date today);

}  // namespace qabyl::kiosk
