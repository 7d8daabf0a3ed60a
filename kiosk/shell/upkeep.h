// What the kiosk does for itself on the storage thread while nobody waits: looks whether there is room for the next
// visitor, and lets go of drafts that nobody came back for. Each tick() is short. Knows no screen and no network.
#pragma once

#include "kiosk/shell/storage_desk.h"

namespace qabyl::kiosk {

inline constexpr core::Millis room_interval{5'000};
inline constexpr core::Millis tidy_interval{3'600'000};
inline constexpr core::Millis draft_age_max{30LL * 24 * 3600 * 1000};  // DESIGN.md, section 8

class Upkeep {
 public:
  Upkeep(StorageDesk& desk, core::Clock& clock);  // both outlive it
  core::Millis next_due() const;                   // on the steady clock
  void tick();                                     // does what is due

 private:
  void tidy();

  StorageDesk& desk_;
  core::Clock& clock_;
  core::Millis room_due_, tidy_due_;
};

}  // namespace qabyl::kiosk
