// The calendars that an office has counted by. Every version is kept: a case is judged for ever by the days that were in
// force (A30), so a newer calendar in the assets changes nothing until a person takes it; then it goes to every kiosk and
// each open case is recounted by a recorded act with before and after. Knows no page.
#pragma once

#include "core/asset.h"
#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

// At start: every version so far, in `registry.calendars`, then that of the assets if it is newer. The first start enters
// the one of the assets. A version once entered is never read from the assets again. corrupt, storage.
core::Status load_calendars(Registry& registry);
// The text in force, as kiosks are fed it.
core::Result<core::Asset> calendar_asset(Registry& registry);
core::Result<const core::Calendar*> calendar_in_force(Registry& registry);
// Newer than the one in force, not taken yet; null: none.
core::Result<const core::Calendar*> calendar_waiting(Registry& registry);

struct CaseRecount {
  core::Id case_id;
  core::Json lines;               // core::recount_body(): {of,term,base,before,after,binding}
};
// Open cases of which a term moves under the calendar that waits. Reads every case with an open term.
core::Result<std::vector<CaseRecount>> recount_preview(Registry& registry);
// forbidden officer.role; wrong_state calendar.none_waits. The number of cases that were recounted. Inside the caller's
// transaction; reads and signs once for each open case.
core::Result<int> take_calendar(Registry& registry, const OpenOfficer& officer, core::Instant now);

}  // namespace qabyl::sync::registry
