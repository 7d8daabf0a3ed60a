// See receipt_check.h. From the inside out: the bytes, the kiosk's signature, the registry's word on the kiosk's key, the
// root. What fails in the bytes is refused; what fails for want of a known key is said to be intact.
#include "sync/verify/receipt_check.h"

#include "core/encoding.h"
#include "sync/log/checkpoint.h"
#include "sync/log/leaf.h"

namespace qabyl::sync::verify {
namespace {

// The step from keys inside to keys that are known: `status` is what the known keys say.
void judge_keys(ReceiptCheck& check, const core::Status& status) {
  if (status) return;
  if (status.error().code != core::ErrorCode::forbidden) {
    check = refused_receipt("not_certified");
    return;
  }
  check.standing = Standing::unknown_key;
  check.why = "key_not_listed";
}

ReceiptCheck begun(const Trust& trust) {
  ReceiptCheck check;
  check.standing = trust.keys ? Standing::proved : Standing::unknown_key;
  check.why = trust.why;
  check.root = trust.root;
  check.claimed = trust.claimed;
  return check;
}

// The checkpoint that the receipt's proof leads to. corrupt, invalid_input: it leads nowhere.
core::Result<log::Checkpoint> proved_checkpoint(const core::RegistryReceipt& receipt, const std::string& origin) {
  QABYL_TRY(root, log::inclusion_root(log::leaf_hash({receipt.record, receipt.registry_at}), receipt.index, receipt.size, receipt.proof));
  return log::Checkpoint{origin, receipt.size, root};
}

// forbidden: no log key is known. corrupt: none of those that are has signed that checkpoint.
core::Status verify_in_log(const core::RegistryReceipt& receipt, const core::Keyring& keys) {
  QABYL_TRY(checkpoint, proved_checkpoint(receipt, keys.origin()));
  const std::string text = log::checkpoint_text(checkpoint);
  core::Error missing{core::ErrorCode::forbidden, "no log key"};
  for (const auto& entry : keys.entries()) {
    if (entry.use != core::KeyUse::log) continue;
    if (core::verify(entry.key, core::as_bytes(text), receipt.checkpoint)) return core::Done{};
    missing = {core::ErrorCode::corrupt, "the checkpoint is not the log's"};
  }
  return missing;
}

ReceiptCheck check_stage1(const core::CounterReceipt& receipt, const Trust& trust) {
  ReceiptCheck check = begun(trust);
  check.stage = 1;
  check.facts = receipt;
  check.kiosk = receipt.kiosk();
  if (trust.keys) judge_keys(check, core::verify_counter_receipt(receipt, *trust.keys));
  return check;
}

ReceiptCheck check_stage2(const core::RegistryReceipt& receipt, const Trust& trust) {
  if (!proved_checkpoint(receipt, {})) return refused_receipt("not_in_log");
  ReceiptCheck check = begun(trust);
  check.stage = 2;
  check.facts = receipt;
  check.registry = receipt;
  if (!trust.keys) return check;
  judge_keys(check, core::verify_registry_receipt(receipt, *trust.keys));
  if (check.standing != Standing::proved) return check;
  const auto logged = verify_in_log(receipt, *trust.keys);
  if (!logged && logged.error().code == core::ErrorCode::corrupt) return refused_receipt("checkpoint");
  judge_keys(check, logged);
  return check;
}

// Absent where the PDF is of another kiosk than the one that took the filing.
bool counter_agrees(const core::ReceiptProof& proof, const core::RegistryReceipt& receipt) {
  if (proof.counter.empty()) return true;
  const auto counter = core::parse_counter_receipt(proof.counter);
  return counter && static_cast<const core::ReceiptFacts&>(*counter) == receipt;
}

// The whole evidence inside a PDF of stage 2 against its QR: the receipt of the counter says the same, and the registry's
// acceptance is of this record and of this place in the log.
bool evidence_agrees(const core::ReceiptProof& proof, const core::RegistryReceipt& receipt) {
  const auto jws = core::parse_jws(proof.verdict);
  if (!jws || !counter_agrees(proof, receipt)) return false;
  const auto json = core::parse_json(core::as_text(jws->payload), core::pdf_proof_bytes_max);
  if (!json || !core::verify_jws(*jws, core::typ::verdict, receipt.acceptance)) return false;
  const auto& place = json->member("log");
  return json->text("digest") == core::to_hex(receipt.record) && json->text("outcome") == "accepted" &&
         place.number("index", -1) == static_cast<std::int64_t>(receipt.index) && place.number("size", -1) == static_cast<std::int64_t>(receipt.size) &&
         place.number("at_ms", -1) == receipt.registry_at.time_since_epoch().count();
}

}  // namespace

ReceiptCheck refused_receipt(std::string why) {
  ReceiptCheck check;
  check.why = std::move(why);
  return check;
}

ReceiptCheck check_receipt_qr(std::string_view qr_text, const Trust& trust) {
  const auto counter = core::parse_counter_receipt(qr_text);
  if (counter) return check_stage1(*counter, trust);
  const auto registry = core::parse_registry_receipt(qr_text);
  if (registry) return check_stage2(*registry, trust);
  const bool altered = counter.error().code == core::ErrorCode::corrupt || registry.error().code == core::ErrorCode::corrupt;
  return refused_receipt(altered ? "signature" : "not_a_receipt");
}

ReceiptCheck check_receipt_pdf(core::ByteView file, const Trust& trust) {
  const auto proof = core::open_receipt_pdf(file);
  if (!proof) return refused_receipt(proof.error().code == core::ErrorCode::corrupt ? "altered" : "not_a_receipt");
  ReceiptCheck check = check_receipt_qr(proof->qr, trust);
  if (check.standing == Standing::refused) return check;
  const bool evidence = check.registry ? evidence_agrees(*proof, *check.registry) : proof->counter.empty() && proof->verdict.empty();
  if (check.facts.record != proof->record || !evidence) return refused_receipt("record_differs");
  check.pdf = true;
  check.printer = proof->kiosk;
  if (trust.keys) judge_keys(check, core::verify_kiosk_key(proof->kiosk, *trust.keys));
  if (!check.registry || proof->counter.empty() || check.standing == Standing::refused) return check;
  const auto counter = core::parse_counter_receipt(proof->counter);
  check.kiosk = counter->kiosk();
  if (trust.keys) judge_keys(check, core::verify_counter_receipt(*counter, *trust.keys));
  return check;
}

}  // namespace qabyl::sync::verify
