// See audit_leaves.h.
#include "sync/registry/audit_leaves.h"

#include "core/encoding.h"
#include "sync/log/audit_file.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

log::AuditEntry read_entry(const core::Statement& row) {
  return {row.integer(0), rows::instant(row.integer(1)), row.text(2), row.text(3), row.text(4), row.text(5), rows::fixed<log::audit_nonce_bytes>(row.blob(6))};
}

// Row by row: an audit is long.
core::Status for_each_act(Registry& registry, const std::function<void(const std::string&)>& each) {
  QABYL_TRY(query, registry.database.prepare("SELECT n, at, actor, action, object, outcome, nonce FROM audit ORDER BY n"));
  for (;;) {
    QABYL_TRY(more, query.step());
    if (!more) return core::Done{};
    each(log::audit_line(read_entry(query)) + "\n");
  }
}

}  // namespace

core::Status enter_audit(Registry& registry, core::Instant now) {
  if (!registry.log.refusal().empty()) return core::Done{};
  QABYL_TRY(query, registry.database.prepare("SELECT n, at, actor, action, object, outcome, nonce FROM audit WHERE nonce IS NULL ORDER BY n"));
  QABYL_TRY(entries, rows::all<log::AuditEntry>(query, read_entry));
  for (log::AuditEntry& entry : entries) {
    registry.random.fill(entry.nonce);
    QABYL_TRY_DO(registry.database.run("UPDATE audit SET nonce = ? WHERE n = ?", core::ByteView(entry.nonce), entry.n));
    const std::string leaf = "audit " + core::to_hex(entry.nonce);  // not its number: whoever takes out the newest frees that
    QABYL_TRY_DO(registry.store.add_leaf(leaf, core::sha256(core::as_bytes(log::audit_line(entry))), now));
  }
  return core::Done{};
}

core::Result<std::int64_t> write_audit(Registry& registry, std::ostream& out, core::Instant now) {
  QABYL_TRY_DO(enter_audit(registry, now));
  core::Sha256 all;
  log::AuditHead head;
  head.made = now;
  QABYL_TRY_DO(for_each_act(registry, [&](const std::string& line) {
    all.update(core::as_bytes(line));
    ++head.entries;
  }));
  head.sha256 = all.finish();
  out << log::sign_audit_head(head, registry.keys.acceptance) << "\n";
  QABYL_TRY_DO(for_each_act(registry, [&](const std::string& line) { out << line; }));
  if (!out.flush()) return core::Error{core::ErrorCode::storage, "cannot write the audit"};
  return head.entries;
}

}  // namespace qabyl::sync::registry
