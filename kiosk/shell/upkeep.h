// What the kiosk does for itself on the storage thread while nobody waits: looks whether there is room for the next
// visitor, reads again what is stored, and lets go of drafts that nobody came back for and of papers whose time is
// over. Each tick() is short: a job waits for one piece at most. Knows no screen and no network.
#pragma once

#include "kiosk/shell/storage_desk.h"

namespace qabyl::kiosk {

inline constexpr core::Millis room_interval{5'000};
inline constexpr core::Millis tidy_interval{3'600'000};
inline constexpr core::Millis draft_age_max{30LL * 24 * 3600 * 1000};  // DESIGN.md, section 8
inline constexpr core::Millis paper_age_max{30LL * 24 * 3600 * 1000};  // after its return was confirmed; ARCHITECTURE, 5
inline constexpr core::Millis scrub_interval{20'000};                  // 16 documents or a MiB: 4 GB a day, and hardly a wake-up
inline constexpr std::size_t scrub_bytes = 1024 * 1024;
inline constexpr core::Millis scrub_rest{24LL * 3600 * 1000};          // between two rounds

class Upkeep {
 public:
  Upkeep(StorageDesk& desk, core::Clock& clock);  // both outlive it
  core::Millis next_due() const;                   // on the steady clock
  void tick();                                     // does what is due

 private:
  void tidy();
  void scrub(core::Millis now);

  StorageDesk& desk_;
  core::Clock& clock_;
  core::Millis room_due_, tidy_due_, scrub_due_;
};

}  // namespace qabyl::kiosk
