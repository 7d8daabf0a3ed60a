// Which bureaus a kiosk serves (ARCHITECTURE, 5: a kiosk gets only the bureaus assigned to it), and its changes by the
// administrator. A kiosk that no longer serves a bureau forgets its people and papers; what was filed there before may still
// arrive and is judged as ever. Each call runs inside the caller's transaction, on the storage thread.
#pragma once

#include "sync/registry/office_journal.h"
#include "sync/registry/office_views.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t bureaus_offered_max = 50;

struct KioskBureaus {
  DeviceRow device;
  std::vector<BureauLine> served, others;  // others: of those that have all the words of `find`, the first
  bool more = false;           // there are more than these others
  std::string seen;            // of what is served now; a change names it
};
// `find`: words of names and BINs, as people write them; "": all.
core::Result<std::optional<KioskBureaus>> kiosk_bureaus(Registry& registry, std::string_view device, std::string_view find = {});

// One bureau more, or one less. `seen` as the officer's page had it. Errors, each with its code: forbidden officer.role;
// not_found kiosk.unknown, bureau.unknown; wrong_state kiosk.revoked, bureau.served, bureau.not_served; conflict
// kiosk.changed: somebody else has changed the kiosk's bureaus meanwhile.
struct BureauChange { std::string device, bin, seen; };
core::Status assign_bureau(Registry& registry, const OpenOfficer& officer, const BureauChange& change, core::Instant now);
core::Status release_bureau(Registry& registry, const OpenOfficer& officer, const BureauChange& change, core::Instant now);

}  // namespace qabyl::sync::registry
