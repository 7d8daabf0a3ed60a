// See receipts_out.h.
#include "sync/registry/receipts_out.h"

#include "core/receipt_facts.h"
#include "core/receipt_number.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"
#include "sync/wire/messages.h"
#include "sync/wire/receipt_sheet.h"

namespace qabyl::sync::registry {
namespace {

Response none() { return problem_response(404, "not-found", "no such receipt"); }
Response storage_trouble() { return problem_response(503, "storage", "the registry could not read this"); }

Response later() {
  core::Json extra;
  extra["retry_after"] = receipt_guess_window.count() / 1000;
  return problem_response(Problem{429, "too-many", "too many receipts that are not there", {}, extra});
}

core::Result<std::optional<RecordRow>> row_of(Registry& registry, std::string_view number) {
  QABYL_TRY(query, registry.database.prepare("SELECT record FROM receipts WHERE number = ?"));
  query.bind(1, number);
  QABYL_TRY(found, query.step());
  if (!found) return std::optional<RecordRow>();
  return registry.store.record(query.text(0));
}

// The registry's signature under the receipt of stage 2 stands in the verdict.
bool bears_receipt(const std::string& verdict) {
  const auto jws = core::parse_jws(verdict);
  const auto json = jws ? core::parse_json(core::as_text(jws->payload), core::jws_bytes_max) : core::Result<core::Json>(jws.error());
  return json && json->find("receipt") != nullptr;
}

// What who holds number and code may see; nullopt: there is nothing.
core::Result<std::optional<ReceiptSheet>> sheet_of(Registry& registry, std::string_view number, std::string_view code, core::Instant now) {
  QABYL_TRY(row, row_of(registry, number));
  if (!row || !bears_receipt(row->verdict)) return std::optional<ReceiptSheet>();
  QABYL_TRY(record, registry.known_records.read(row->id, row->jws, row->digest));
  const auto kept = record.body.text("check_code");
  if (kept.empty() || !core::equal_constant_time(core::as_bytes(kept), core::as_bytes(code))) return std::optional<ReceiptSheet>();
  return std::optional(ReceiptSheet{on_receipt(record), row->digest, row->verdict, now});
}

}  // namespace

bool ReceiptGuesses::too_many(const std::string& device, core::Instant now) {
  const auto found = windows_.find(device);
  if (found == windows_.end()) return false;
  const auto passed = now - found->second.from;
  if (passed < core::Millis{0} || passed >= receipt_guess_window) windows_.erase(found);
  return windows_.contains(device) && windows_[device].wrong >= receipt_guesses_max;
}

void ReceiptGuesses::count(const std::string& device, core::Instant now) {
  auto& window = windows_.try_emplace(device, Window{now, 0}).first->second;
  ++window.wrong;
}

core::Status keep_receipt_number(Registry& registry, std::string_view number, const core::Id& record) {
  return registry.database.run("INSERT OR IGNORE INTO receipts(number, record) VALUES(?, ?)", number, record);
}

core::Status know_receipt_numbers(Registry& registry) {
  QABYL_TRY(known, registry.database.integer("SELECT count(*) FROM receipts"));
  if (known > 0) return core::Done{};
  QABYL_TRY(transaction, core::Transaction::begin(registry.database));
  QABYL_TRY(query, registry.database.prepare("SELECT id FROM records WHERE outcome = 'accepted' AND device <> 'registry'"));
  QABYL_TRY(ids, rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); }));
  for (const core::Id& id : ids) {
    QABYL_TRY(row, registry.store.record(id));
    if (!row) return core::Error{core::ErrorCode::corrupt, "a record that was just listed"};
    QABYL_TRY(record, registry.known_records.read(id, row->jws, row->digest));
    if (const auto facts = core::receipt_facts(record, row->digest)) QABYL_TRY_DO(keep_receipt_number(registry, facts->number, id));
  }
  return transaction.commit();
}

Response get_receipt(Registry& registry, const DeviceRow& device, std::string_view number, const Request& request, core::Instant now) {
  if (registry.receipt_guesses.too_many(device.device, now)) return later();
  const auto sheet = sheet_of(registry, number, request.query("code"), now);
  if (!sheet) return storage_trouble();
  if (!*sheet) {
    registry.receipt_guesses.count(device.device, now);
    return none();
  }
  if (!registry.store.audit(device.device, "receipt.read", (*sheet)->record.id, "done", now)) return storage_trouble();
  Response response;
  response.body = sign_receipt_sheet(**sheet, registry.keys.acceptance);
  response.set("Content-Type", std::string(record_media_type));
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace qabyl::sync::registry
