// See kiosk_bureaus.h.
#include "sync/registry/kiosk_bureaus.h"

#include <algorithm>

#include "core/encoding.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/office.h"
#include "sync/registry/people.h"
#include "sync/registry/powers.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t seen_chars = 16;

std::string seen_of(const std::vector<BureauLine>& served) {
  std::string bins;
  for (const auto& one : served) bins += one.bin + "\n";
  return core::to_hex(core::sha256(core::as_bytes(bins))).substr(0, seen_chars);
}

bool holds(const std::vector<BureauLine>& bureaus, std::string_view bin) {
  return std::any_of(bureaus.begin(), bureaus.end(), [&](const BureauLine& one) { return one.bin == bin; });
}

core::Status check(Registry& registry, const OpenOfficer& officer, const BureauChange& change, bool more) {
  if (!may(officer.role, Power::assign_bureau)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  QABYL_TRY(found, kiosk_bureaus(registry, change.device));
  if (!found) return core::Error{core::ErrorCode::not_found, "kiosk.unknown"};
  if (found->device.state == "revoked") return core::Error{core::ErrorCode::wrong_state, "kiosk.revoked"};
  if (found->seen != change.seen) return core::Error{core::ErrorCode::conflict, "kiosk.changed"};
  const bool served = holds(found->served, change.bin);
  if (!served && !holds(found->others, change.bin)) return core::Error{core::ErrorCode::not_found, "bureau.unknown"};
  if (served == more) return core::Error{core::ErrorCode::wrong_state, more ? "bureau.served" : "bureau.not_served"};
  return core::Done{};
}

core::Status note(Registry& registry, const OpenOfficer& officer, const BureauChange& change, std::string_view action, core::Instant now) {
  return registry.store.audit(officer.id, action, change.device + " " + change.bin, "done", now);
}

}  // namespace

core::Result<std::optional<KioskBureaus>> kiosk_bureaus(Registry& registry, std::string_view device) {
  QABYL_TRY(row, registry.store.device(device));
  if (!row || row->device == "registry") return std::optional<KioskBureaus>();
  KioskBureaus found{*row, {}, {}, {}};
  QABYL_TRY(query, registry.database.prepare("SELECT bin FROM device_bureaus WHERE device = ? AND gone_at IS NULL ORDER BY bin"));
  query.bind(1, device);
  QABYL_TRY(bins, rows::all<std::string>(query, [](const core::Statement& one) { return one.text(0); }));
  QABYL_TRY(bureaus, bureau_lines(registry));
  for (auto& bureau : bureaus) {
    auto& group = std::binary_search(bins.begin(), bins.end(), bureau.bin) ? found.served : found.others;
    group.push_back(std::move(bureau));
  }
  found.seen = seen_of(found.served);
  return std::optional(std::move(found));
}

// Also at the making of a kiosk, before anybody could sign in.
core::Status assign_bureau(Registry& registry, std::string_view device, std::string_view bin, core::Instant now) {
  QABYL_TRY_DO(registry.database.run("INSERT INTO device_bureaus(device, bin) VALUES(?, ?) ON CONFLICT(device, bin) DO UPDATE SET gone_at = NULL", device, bin));
  return feed_whole_bureau(registry, device, bin, now);
}

core::Status assign_bureau(Registry& registry, const OpenOfficer& officer, const BureauChange& change, core::Instant now) {
  QABYL_TRY_DO(check(registry, officer, change, true));
  QABYL_TRY_DO(assign_bureau(registry, change.device, change.bin, now));
  return note(registry, officer, change, "kiosk.bureau_assign", now);
}

core::Status release_bureau(Registry& registry, const OpenOfficer& officer, const BureauChange& change, core::Instant now) {
  QABYL_TRY_DO(check(registry, officer, change, false));
  QABYL_TRY_DO(registry.database.run("UPDATE device_bureaus SET gone_at = ? WHERE device = ? AND bin = ?", rows::ms(now), change.device, change.bin));
  QABYL_TRY_DO(registry.database.run("DELETE FROM feed_documents WHERE device = ? AND sha256 IN (SELECT sealed FROM papers WHERE bureau_bin = ?)", change.device, change.bin));
  QABYL_TRY_DO(feed_device(registry, change.device, feed_kind::bureau_gone, core::Json::Object{{"bin", change.bin}}, now));
  return note(registry, officer, change, "kiosk.bureau_release", now);
}

}  // namespace qabyl::sync::registry
