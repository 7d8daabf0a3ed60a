// See registry_receipt.h.
#include "sync/log/registry_receipt.h"

#include <algorithm>

namespace qabyl::sync::log {
namespace {

// The log key's signature in a note whose text is the three lines alone: a QR holds no others.
core::Result<core::Signature> bare_signature(const core::LogPlace& place, const core::Keyring& keys) {
  QABYL_TRY(note, parse_note(place.checkpoint));
  QABYL_TRY(checkpoint, parse_checkpoint(note.text));
  if (checkpoint_text(checkpoint) != note.text) return core::Error{core::ErrorCode::invalid_input, "checkpoint with extension lines"};
  for (const core::VerifyKey& key : log_keys(keys)) {
    const NoteSignature* const line = signature_by(note, {keys.origin(), key});
    core::Signature signature{};
    if (line == nullptr || line->bytes.size() != signature.size()) continue;
    std::copy(line->bytes.begin(), line->bytes.end(), signature.begin());
    return signature;
  }
  return core::Error{core::ErrorCode::invalid_input, "checkpoint without a line by a log key"};
}

}  // namespace

core::Result<core::RegistryReceipt> registry_receipt(const core::ReceiptFacts& facts, const core::LogPlace& place, const core::VerifyKey& acceptance,
                                                     const core::Keyring& keys) {
  if (place.proof.size() > core::registry_receipt_hashes_max) return core::Error{core::ErrorCode::too_large, "proof over what a receipt holds"};
  if (place.index >= place.size || place.at < core::Instant{}) return core::Error{core::ErrorCode::invalid_input, "no place in a tree"};
  QABYL_TRY(checkpoint, bare_signature(place, keys));
  core::RegistryReceipt receipt;
  static_cast<core::ReceiptFacts&>(receipt) = facts;
  receipt.acceptance = acceptance;
  receipt.registry_at = place.at;
  receipt.index = place.index;
  receipt.size = place.size;
  receipt.proof = place.proof;
  receipt.checkpoint = checkpoint;
  QABYL_TRY_DO(core::verify_registry_receipt(receipt, keys));
  return receipt;
}

core::Result<std::string> registry_receipt_qr(const core::ReceiptFacts& facts, const core::Verdict& verdict, const core::Keyring& keys) {
  if (!verdict.receipt || !verdict.log) return core::Error{core::ErrorCode::not_found, "verdict without a receipt"};
  if (verdict.digest != facts.record) return core::Error{core::ErrorCode::corrupt, "receipt: of another record"};
  QABYL_TRY_DO(check_place(*verdict.log, facts.record, keys));
  core::Error none{core::ErrorCode::forbidden, "no acceptance key of that time"};
  for (const core::KeyEntry& entry : keys.entries()) {
    if (entry.use != core::KeyUse::acceptance) continue;
    const auto receipt = registry_receipt(facts, *verdict.log, entry.key, keys);
    auto qr = receipt ? core::registry_receipt_qr(*receipt, *verdict.receipt) : core::Result<std::string>(receipt.error());
    if (qr) return qr;
    none = qr.error();
  }
  return none;
}

}  // namespace qabyl::sync::log
