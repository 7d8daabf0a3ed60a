// The receipt of stage 2: the registry's acceptance of a record in the journal, verified up to the root before a screen or a
// paper says anything of it; and the PDF of a receipt with all its evidence. See storage_desk.h.
#include <cstdio>

#include "core/receipt_proof.h"
#include "kiosk/shell/receipt_slip.h"
#include "kiosk/shell/storage_desk.h"
#include "sync/log/registry_receipt.h"

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

core::Result<core::Bytes> StorageDesk::receipt_pdf(const core::Id& record, core::Language language) {
  QABYL_TRY(found, parts_.store.find_record(record));
  if (!found) return core::Error{core::ErrorCode::not_found, "no such record"};
  const auto& body = found->record.record.body;
  auto content = receipt_content(*found, parts_.rules, profile_of(body.text("profile"), body.text("profile_version")), parts_.station, language);
  core::ReceiptProof proof;
  if (auto proved = stage2(*found)) {
    proof.counter = content.qr;
    proof.verdict = found->verdict_jws;
    content.qr = std::move(proved->qr);
    content.logged_local = parts_.rules.zone.local(proved->logged_at);
  }
  QABYL_TRY(paper, core::paper::receipt_pdf(content, parts_.rules.texts, language));
  proof.record = found->record.digest;
  proof.qr = content.qr;
  proof.kiosk = {parts_.station.device, parts_.record_key.verify_key, parts_.station.key_from, parts_.station.key_to,
                 parts_.station.registry_kid, parts_.station.registry_signature};
  return core::attach_receipt_proof(std::move(paper.pdf), std::move(proof), parts_.record_key);
}

}  // namespace qabyl::kiosk
