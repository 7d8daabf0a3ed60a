// See journal_out.h.
#include "sync/registry/journal_out.h"

#include <fstream>

#include "sync/log/journal_file.h"
#include "sync/registry/audit_leaves.h"
#include "sync/registry/evidence_bundle.h"

namespace qabyl::sync::registry {

core::Result<std::int64_t> write_journal(Registry& registry, const std::string& device, std::ostream& out, core::Instant now) {
  QABYL_TRY(row, registry.store.device(device));
  if (!row) return core::Error{core::ErrorCode::not_found, "no device of that name"};
  QABYL_TRY(key, evidence_device(registry, device));
  out << log::sign_journal_head({device, key.key, key.from, key.to, row->q, row->head, now}, registry.keys.acceptance) << "\n";
  QABYL_TRY(query, registry.database.prepare("SELECT jws FROM records WHERE device = ? ORDER BY q"));
  query.bind(1, device);
  std::int64_t written = 0;
  for (;; ++written) {
    QABYL_TRY(more, query.step());
    if (!more) break;
    out << query.text(0) << "\n";
  }
  if (!out.flush()) return core::Error{core::ErrorCode::storage, "cannot write the journal"};
  return written;
}

core::Result<std::int64_t> write_journals(Registry& registry, const std::string& folder, core::Instant now) {
  QABYL_TRY_DO(core::sys::make_directories(folder));
  QABYL_TRY(devices, registry.store.devices());
  std::vector<std::string> names{"registry"};
  for (const DeviceRow& row : devices) {
    if (row.q > 0) names.push_back(row.device);
  }
  const auto file = [&](const std::string& name) { return std::ofstream(folder + "/" + name, std::ios::binary | std::ios::trunc); };
  for (const std::string& name : names) {
    auto out = file(name + ".journal");
    QABYL_TRY_DO(write_journal(registry, name, out, now));
  }
  auto out = file("office.audit");
  return write_audit(registry, out, now);
}

}  // namespace qabyl::sync::registry
