// See upkeep.h.
#include "kiosk/shell/upkeep.h"

#include <algorithm>

namespace qabyl::kiosk {

Upkeep::Upkeep(StorageDesk& desk, core::Clock& clock) : desk_(desk), clock_(clock) {
  const auto now = clock.read().steady;
  room_due_ = now + room_interval;
  tidy_due_ = now;
  scrub_due_ = now + scrub_interval;
}

core::Millis Upkeep::next_due() const { return std::min({room_due_, tidy_due_, scrub_due_}); }

void Upkeep::tick() {
  const auto now = clock_.read().steady;
  if (now >= room_due_) {
    desk_.check_reserve();
    room_due_ = now + room_interval;
  }
  if (now >= tidy_due_) {
    tidy();
    tidy_due_ = now + tidy_interval;
  }
  if (now >= scrub_due_) scrub(now);
}

// A restart begins where the last round stopped; a new round begins with every start, so that a kiosk that is
// switched off each evening is read as well.
void Upkeep::scrub(core::Millis now) {
  const auto ended = desk_.store().scrub(scrub_bytes);
  scrub_due_ = now + (ended && *ended ? scrub_rest : scrub_interval);
  if (ended && *ended) desk_.stored_checked();
}

// By the newest time that the registry vouched for: a clock that runs ahead must not cost anybody a draft or a paper.
void Upkeep::tidy() {
  const auto memory = desk_.store().clock_memory();
  if (!memory.sync) return;
  (void)desk_.store().drop_old_drafts(memory.sync->registry - draft_age_max);
  (void)desk_.store().drop_old_replies(memory.sync->registry - draft_age_max);
  (void)desk_.store().drop_old_papers(memory.sync->registry - paper_age_max);
}

}  // namespace qabyl::kiosk
