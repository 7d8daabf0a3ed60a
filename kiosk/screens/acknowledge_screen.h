// A signature under what is on the screen (picture 13): the mark of receipt of paragraph 10, "no remarks", or a letter of
// the bureau's own. Position, name and date of the person who has signed in are locked. Receipt means receipt, not
// consent. The pad of the visas too. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/staff_outcome.h"
#include "kiosk/screens/staff_read_screen.h"

namespace qabyl::kiosk {

struct AcknowledgeScreen {
  enum class Stage { signing, filing, checking };  // checking: the outcome is not known yet (I7)

  Stage stage = Stage::signing;
  PaperAct making;             // what is signed for
  core::DraftFile letter;      // the paper that is signed, where it is the bureau's own
  core::Strokes strokes;
  int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0;
  bool short_said = false;     // the primary was pressed with too little ink
  std::optional<core::ErrorCode> problem;

  // Precondition: every page of `reading` has been seen.
  StaffOutcome update(const Input& input, const ReadScreen& reading, core::Language language);
  void take(const reply::FilingFailed& failure);
  void draw(const Input& input);  // strokes, undo, erase
  bool sign();                    // from here on it is being filed; false: too little ink, which is said
  core::ScreenSignature signature(const ReadScreen& reading) const;
  core::InkProblem ink() const { return core::check_ink(strokes, pad_width_tenth_mm); }
  bool primary_enabled() const { return stage == Stage::signing && ink() == core::InkProblem::none; }
};

}  // namespace qabyl::kiosk
