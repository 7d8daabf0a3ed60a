// A kiosk that counts no more (RELIABILITY I14): the administrator's act at the console, and what the kiosk has sent since.
// What it filed before stands, with its verdicts; nothing that it sends later is a filing, and nothing of that is thrown away
// before an officer has seen it. Inside the caller's transaction, on the storage thread.
#pragma once

#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

// From the next request on, on open connections too. forbidden officer.role; not_found kiosk.unknown; wrong_state kiosk.revoked.
core::Status revoke_kiosk(Registry& registry, const OpenOfficer& officer, std::string_view device, core::Instant now);

struct Stray {                         // kept as it came
  core::Instant at{};
  core::Digest digest{};
  std::int64_t bytes = 0;
};
// The newest first.
core::Result<std::vector<Stray>> strays(Registry& registry, std::string_view device, std::size_t rows_max);

}  // namespace qabyl::sync::registry
