// The proof inside a receipt's PDF: a JWS of the kiosk that made the PDF over {record digest, SHA-256 of the base, QR text}
// and, once the registry has answered, the whole of its answer. Its form stands in sync/log/format-receipts.md.
#pragma once

#include "core/counter_receipt.h"
#include "core/pdf_proof.h"

namespace qabyl::core {

inline constexpr std::string_view receipt_proof_typ = "qabyl-receipt+jws";

struct ReceiptProof {
  Digest base{};        // SHA-256 of the PDF before the update
  Digest record{};      // the one that the QR names too
  std::string qr;       // the text in the picture
  KioskKey kiosk;       // who made this PDF; need not be the kiosk that took the filing
  std::string counter;  // stage 2: the receipt of stage 1, as its QR text; else empty
  std::string verdict;  // stage 2: the registry's acceptance (JWS) with its proof; else empty
};

// Precondition: `key` is that of proof.kiosk.
std::string sign_receipt_proof(const ReceiptProof& proof, const SigningKey& key);
// Syntax and the signature of the kiosk that it names; that kiosk's key is certified or not: verify_kiosk_key().
// corrupt, invalid_input, too_large.
Result<ReceiptProof> open_receipt_proof(std::string_view jws);

// `base` with the proof of it attached; proof.base is filled in here. invalid_input: `base` is not as cairo makes it.
Result<Bytes> attach_receipt_proof(Bytes base, ReceiptProof proof, const SigningKey& key);
// The other way: the proof of a file of which no byte has been changed since. corrupt, invalid_input, too_large.
Result<ReceiptProof> open_receipt_pdf(ByteView file);

}  // namespace qabyl::core
