// See revoked_kiosk.h. What is kept, and how much of it: RegistryStore::keep_stray.
#include "sync/registry/revoked_kiosk.h"

#include "sync/registry/powers.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {

core::Status revoke_kiosk(Registry& registry, const OpenOfficer& officer, std::string_view device, core::Instant now) {
  if (!may(officer.role, Power::assign_bureau)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  QABYL_TRY(row, registry.store.device(device));
  if (!row || row->device == "registry") return core::Error{core::ErrorCode::not_found, "kiosk.unknown"};
  if (row->state == "revoked") return core::Error{core::ErrorCode::wrong_state, "kiosk.revoked"};
  QABYL_TRY_DO(registry.store.revoke_device(device, now));
  return registry.store.audit(officer.id, "kiosk.revoke", device, "done", now);
}

core::Result<std::vector<Stray>> strays(Registry& registry, std::string_view device, std::size_t rows_max) {
  QABYL_TRY(query, registry.database.prepare("SELECT at, digest, length(body) FROM strays WHERE device = ? ORDER BY n DESC LIMIT ?"));
  query.bind(1, device).bind(2, static_cast<std::int64_t>(rows_max));
  return rows::all<Stray>(query, [](const core::Statement& row) {
    Stray stray{rows::instant(row.integer(0)), {}, row.integer(2)};
    const auto digest = row.blob(1);
    if (digest.size() == stray.digest.size()) std::copy(digest.begin(), digest.end(), stray.digest.begin());
    return stray;
  });
}

}  // namespace qabyl::sync::registry
