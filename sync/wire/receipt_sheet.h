// What the registry says of a record that another kiosk took, so that any kiosk can show and print its receipt: of the record what the
// receipt states and nothing else of it, and the acceptance with its place in the evidence log. Signed by the acceptance key.
// GET /v1/receipts/<number>?code=<check code>. Knows no socket and no store.
#pragma once

#include "core/keyring.h"
#include "core/record.h"

namespace qabyl::sync {

inline constexpr std::string_view receipts_path = "/v1/receipts";
inline constexpr std::string_view receipt_sheet_typ = "qabyl-receipt-sheet+jws";

struct ReceiptSheet {
  core::Record record;   // id, kind, device, lang, time, documents; of the body and the actor what the receipt states
  core::Digest digest{}; // of the whole record
  std::string verdict;   // JWS
  core::Instant at{};    // when it was said
};

// What is left of a record on its receipt: neither ink nor letters, and of people who its receipt names.
core::Record on_receipt(const core::Record& whole);
std::string sign_receipt_sheet(const ReceiptSheet& sheet, const core::SigningKey& acceptance);
// forbidden: by a key that `keys` does not hold; corrupt, invalid_input: not such a sheet, or of another receipt. Of what the
// verdict says nothing is believed yet.
core::Result<ReceiptSheet> open_receipt_sheet(std::string_view jws, const core::Keyring& keys, std::string_view number);

}  // namespace qabyl::sync
