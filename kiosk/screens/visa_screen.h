// Copy 2 of a summary report (paragraph 19; A02): each sheet shown whole and drawn upon, then the mark of receipt on the
// last one, then the return. Every visa is a record of its own, so that a power cut loses none: the kiosk goes on at the
// first sheet without one. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/acknowledge_screen.h"

namespace qabyl::kiosk {

struct VisaScreen {
  AcknowledgeScreen ink;         // the pad and how the filing stands
  bool unseen_said = false;      // the primary was pressed before the sheet had been on the screen long enough

  // What comes next on the paper of `reading`: visa_page, mark_last_page, return_copy2; nullopt: nothing more.
  static std::optional<core::BureauAct> part(const PaperView& paper);
  // The sheet that is to be on the screen: the first without a visa, else the last.
  static int sheet(const PaperView& paper);

  StaffOutcome update(const Input& input, ReadScreen& reading, core::Language language, Now now);
  bool primary_enabled(const ReadScreen& reading) const;
  void next_sheet(ReadScreen& reading, const PaperView& paper, Now now);  // the papers were listed anew
};

}  // namespace qabyl::kiosk
