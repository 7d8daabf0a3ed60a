// The receipt of stage 2 between registry and kiosk (format-receipts.md, 2.2): neither sends it whole. The registry adds its
// signature to the verdict; who holds the record and that verdict makes the same receipt again. Knows no storage.
#pragma once

#include "core/registry_receipt.h"
#include "core/verdict.h"
#include "sync/log/place.h"

namespace qabyl::sync::log {

// What the registry signs by `acceptance`, and the kiosk makes again. invalid_input: the place's checkpoint is no note with
// a line by a log key of `keys`, or has extension lines. too_large: a proof over registry_receipt_hashes_max. forbidden:
// `acceptance` is no acceptance key of `keys` at the time in the leaf. Verifies no signature.
core::Result<core::RegistryReceipt> registry_receipt(const core::ReceiptFacts& facts, const core::LogPlace& place, const core::VerifyKey& acceptance,
                                                     const core::Keyring& keys);

// The QR text of stage 2, every step of it verified up to `keys`: the registry's signature over just these facts and this
// place, the inclusion proof and the checkpoint. not_found: the verdict bears none. Else as registry_receipt(),
// core::registry_receipt_qr() and check_place().
core::Result<std::string> registry_receipt_qr(const core::ReceiptFacts& facts, const core::Verdict& verdict, const core::Keyring& keys);

}  // namespace qabyl::sync::log
