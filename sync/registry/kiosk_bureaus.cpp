// See kiosk_bureaus.h.
#include "sync/registry/kiosk_bureaus.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/search_fold.h"
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

core::Result<std::vector<BureauLine>> bureaus_where(Registry& registry, std::string_view device, std::string_view condition) {
  QABYL_TRY(query, registry.database.prepare("SELECT bin, name, address, head, licensed FROM bureaus b WHERE " + std::string(condition) +
                                             " (SELECT 1 FROM device_bureaus d WHERE d.bin = b.bin AND d.device = ? AND d.gone_at IS NULL) ORDER BY bin"));
  query.bind(1, device);
  return rows::all<BureauLine>(query, [](const core::Statement& row) {
    return BureauLine{row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4) != 0};
  });
}

// Every word begins one of the bureau's: as in the search of the console.
bool has_words(const BureauLine& bureau, const std::vector<std::string>& words) {
  const auto text = " " + core::folded(bureau.name + " " + bureau.bin);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(" " + word) != std::string::npos; });
}

core::Result<bool> known_bureau(Registry& registry, std::string_view bin) {
  QABYL_TRY(query, registry.database.prepare("SELECT 1 FROM bureaus WHERE bin = ?"));
  return query.bind(1, bin).step();
}

core::Status check(Registry& registry, const OpenOfficer& officer, const BureauChange& change, bool more) {
  if (!may(officer.role, Power::assign_bureau)) return core::Error{core::ErrorCode::forbidden, "officer.role"};
  QABYL_TRY(found, kiosk_bureaus(registry, change.device));
  if (!found) return core::Error{core::ErrorCode::not_found, "kiosk.unknown"};
  if (found->device.state == "revoked") return core::Error{core::ErrorCode::wrong_state, "kiosk.revoked"};
  if (found->seen != change.seen) return core::Error{core::ErrorCode::conflict, "kiosk.changed"};
  const bool served = holds(found->served, change.bin);
  QABYL_TRY(known, known_bureau(registry, change.bin));
  if (!known) return core::Error{core::ErrorCode::not_found, "bureau.unknown"};
  if (served == more) return core::Error{core::ErrorCode::wrong_state, more ? "bureau.served" : "bureau.not_served"};
  return core::Done{};
}

core::Status note(Registry& registry, const OpenOfficer& officer, const BureauChange& change, std::string_view action, core::Instant now) {
  return registry.store.audit(officer.id, action, change.device + " " + change.bin, "done", now);
}

}  // namespace

core::Result<std::optional<KioskBureaus>> kiosk_bureaus(Registry& registry, std::string_view device, std::string_view find) {
  QABYL_TRY(row, registry.store.device(device));
  if (!row || row->device == "registry") return std::optional<KioskBureaus>();
  KioskBureaus found{*row, {}, {}, false, {}};
  QABYL_TRY(served, bureaus_where(registry, device, "EXISTS"));
  QABYL_TRY(others, bureaus_where(registry, device, "NOT EXISTS"));
  found.served = std::move(served);
  const auto words = core::folded_words(find);
  for (auto& bureau : others) {
    if (!has_words(bureau, words)) continue;
    found.more = found.others.size() == bureaus_offered_max;
    if (found.more) break;
    found.others.push_back(std::move(bureau));
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
