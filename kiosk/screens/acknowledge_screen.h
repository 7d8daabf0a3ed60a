// The mark of receipt of paragraph 10 (picture 13): position, name and date of the person who has signed
// in, all locked, and a signature. It means receipt, not consent. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/staff_outcome.h"
#include "kiosk/screens/staff_read_screen.h"

namespace qabyl::kiosk {

struct AcknowledgeScreen {
  enum class Stage { signing, filing, checking };  // checking: the outcome is not known yet (I7)

  Stage stage = Stage::signing;
  core::Strokes strokes;
  int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0;
  bool short_said = false;     // the primary was pressed with too little ink
  std::optional<core::ErrorCode> problem;

  // Precondition: every page of `reading` has been seen.
  StaffOutcome update(const Input& input, const ReadScreen& reading, core::Language language);
  void take(const reply::FilingFailed& failure);
  core::InkProblem ink() const { return core::check_ink(strokes, pad_width_tenth_mm); }
  bool primary_enabled() const { return stage == Stage::signing && ink() == core::InkProblem::none; }
};

}  // namespace qabyl::kiosk
