// The receipt of stage 2: the registry's acceptance of a record in the journal, verified up to the root before a screen or a
// paper says anything of it; and the PDF of a receipt with all its evidence. See storage_desk.h.
#include <cstdio>

#include "core/receipt_proof.h"
#include "kiosk/shell/receipt_slip.h"
#include "kiosk/shell/storage_desk.h"
#include "sync/client/uplink.h"
#include "sync/log/registry_receipt.h"
#include "sync/wire/receipt_sheet.h"

namespace qabyl::kiosk {

core::Result<core::Keyring> StorageDesk::keys() {
  const auto kept = parts_.store.setting("keys.jws");
  if (kept && *kept) {
    auto newer = core::Keyring::open(**kept, parts_.station.root_key);
    if (newer) return newer;
  }
  return core::Keyring::open(parts_.station.keys_jws, parts_.station.root_key);
}

// What does not verify is no receipt; that there is a verdict and what it says stays as it is.
std::optional<StorageDesk::Stage2> StorageDesk::stage2(const core::StoredRecord& stored) {
  if (stored.state != core::SendState::accepted || stored.receipt.number.empty()) return std::nullopt;
  const auto made = [&]() -> core::Result<Stage2> {
    QABYL_TRY(known, keys());
    QABYL_TRY(verdict, core::open_verdict(stored.verdict_jws, known, stored.record.record.id, stored.record.digest));
    QABYL_TRY(facts, core::receipt_facts(stored.record.record, stored.record.digest));
    QABYL_TRY(qr, sync::log::registry_receipt_qr(facts, verdict, known));
    return Stage2{std::move(qr), verdict.log->at};
  }();
  if (made) return *made;
  if (made.error().code != core::ErrorCode::not_found) {  // not_found: of a registry that signs none
    std::fprintf(stderr, "receipt: %s has none of stage 2: %s\n", stored.record.record.id.c_str(), made.error().detail.c_str());
  }
  return std::nullopt;
}

ReceiptView StorageDesk::shown(const core::StoredRecord& stored) {
  auto view = receipt_view(stored);
  if (auto proved = stage2(stored)) {
    view.proof_qr = std::move(proved->qr);
    view.logged_at = proved->logged_at;
  }
  return view;
}

// What the registry told of it, as if it lay in our journal: so that it is verified, shown and printed by the same steps.
core::Result<core::StoredRecord> StorageDesk::receipt_of_sheet(const std::string& text, const std::string& number) {
  QABYL_TRY(known, keys());
  QABYL_TRY(sheet, sync::open_receipt_sheet(text, known, number));
  QABYL_TRY(verdict, core::open_verdict(sheet.verdict, known, sheet.record.id, sheet.digest));
  core::StoredRecord stored;
  stored.record = {sheet.record, sheet.digest, {}};
  stored.state = core::SendState::accepted;
  stored.verdict = verdict;
  stored.verdict_jws = sheet.verdict;
  stored.receipt.number = number;
  return stored;
}

// The newest question only; each was answered once. Without its proof up to the root nothing is shown of it.
void StorageDesk::looked_elsewhere(const sync::AskedReceipt& answer) {
  using Outcome = sync::AskedReceipt::Outcome;
  if (!asked_elsewhere_ || asked_elsewhere_->first != answer.number) return;
  const auto code = std::exchange(asked_elsewhere_, std::nullopt)->second;
  reply::LookedUp looked;
  looked.why = answer.outcome == Outcome::none ? reply::LookedUp::Why::none : answer.outcome == Outcome::busy ? reply::LookedUp::Why::busy : reply::LookedUp::Why::unreachable;
  auto stored = answer.outcome == Outcome::found ? receipt_of_sheet(answer.sheet, answer.number) : core::Result<core::StoredRecord>(core::Error{core::ErrorCode::not_found, ""});
  if (stored && stage2(*stored)) {
    stored->receipt.check_code = code;
    looked.receipt = shown(*stored);
    looked.receipt->elsewhere = stored->record.record.device;
    elsewhere_ = *std::move(stored);
  }
  tell(looked);
}

// Neither what was told nor the question: what comes now to it is nobody's any more (I13).
void StorageDesk::forget_elsewhere() {
  if (std::exchange(asked_elsewhere_, std::nullopt)) tell(reply::LookedUp{});  // not waited for any more
  elsewhere_.reset();
}

core::Result<core::StoredRecord> StorageDesk::to_print(const core::Id& record) {
  if (elsewhere_ && elsewhere_->record.record.id == record) return *elsewhere_;
  QABYL_TRY(found, parts_.store.find_record(record));
  if (!found) return core::Error{core::ErrorCode::not_found, "no such record"};
  return *found;
}

core::Result<core::Bytes> StorageDesk::receipt_pdf(const core::Id& record, core::Language language) {
  QABYL_TRY(found, to_print(record));
  const auto& body = found.record.record.body;
  auto content = receipt_content(found, parts_.rules, profile_of(body.text("profile"), body.text("profile_version")), parts_.station, language);
  core::ReceiptProof proof;
  if (auto proved = stage2(found)) {
    proof.counter = content.qr;  // empty where another kiosk took it: the registry has none
    proof.verdict = found.verdict_jws;
    content.qr = std::move(proved->qr);
    content.logged_local = parts_.rules.zone.local(proved->logged_at);
  }
  QABYL_TRY(paper, core::paper::receipt_pdf(content, parts_.rules.texts, language));
  proof.record = found.record.digest;
  proof.qr = content.qr;
  proof.kiosk = {parts_.station.device, parts_.record_key.verify_key, parts_.station.key_from, parts_.station.key_to,
                 parts_.station.registry_kid, parts_.station.registry_signature};
  return core::attach_receipt_proof(std::move(paper.pdf), std::move(proof), parts_.record_key);
}

}  // namespace qabyl::kiosk
