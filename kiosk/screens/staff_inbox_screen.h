// The bureau's inbox: papers by nearest deadline, three tabs, and how the last day of one was counted.
// Shows no text of any paper (shoulder surfing: DESIGN.md, section 8). Knows no ImGui and no I/O.
#pragma once

#include "kiosk/screens/session.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

struct InboxScreen {
  enum class Tab { needed, all, marked };

  std::vector<PaperView> papers;
  RestDays rest;                 // the next days off after today
  bool listed = false;
  Tab tab = Tab::needed;
  int list_page = 0;
  core::Id counted;              // the paper whose date is explained; empty: the list is shown

  StaffOutcome update(const Input& input);
  void take(const reply::PapersListed& answer);
  const PaperView* find(const core::Id& paper) const;
  std::vector<const PaperView*> in_tab(Tab which) const;  // nearest deadline first, those without one last
  void wipe();

 private:
  StaffOutcome open(const core::Id& paper);
};

// Nothing is awaited of the bureau: received where that is due, and answered where it must be.
bool done(const PaperView& paper);
// By us, or by a colleague somewhere else.
bool received(const PaperView& paper);

}  // namespace qabyl::kiosk
