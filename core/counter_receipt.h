// The receipt's own proof, in its QR: "QBL1:" + base45 of a COSE_Sign1 (RFC 9052), stage 1. Signed by
// the kiosk, whose key the registry has certified inside; no name in it. At most 300 bytes of COSE.
#pragma once

#include "core/kiosk_key.h"
#include "core/receipt_facts.h"

namespace qabyl::core {

inline constexpr std::size_t counter_receipt_bytes_max = 300;

struct CounterReceipt : ReceiptFacts {
  VerifyKey kiosk_key{};
  Instant key_from{}, key_to{};     // whole seconds
  std::string registry_kid;         // 16 hex: acceptance key that certified kiosk_key
  Signature registry_signature{};   // over kiosk_key_statement()

  KioskKey kiosk() const { return {device, kiosk_key, key_from, key_to, registry_kid, registry_signature}; }
};

std::string counter_receipt_qr(const CounterReceipt& receipt, const SigningKey& kiosk_key);
// Syntax and the kiosk's own signature. corrupt / invalid_input; never crashes on hostile text.
Result<CounterReceipt> parse_counter_receipt(std::string_view qr_text);
// The chain above it: the registry's acceptance key certified the kiosk's key. forbidden: by a key that `keys` does not
// hold. corrupt: not certified, or filed at a trusted time at which the kiosk's key was not valid.
Status verify_counter_receipt(const CounterReceipt& receipt, const Keyring& keys);

// The key that whoever has a receipt can make from what stands on it, and nobody else: its check code has 75 random
// bits. For what the office sends to the kiosk for that person alone.
SealKey receipt_key(std::string_view number, std::string_view check_code);

}  // namespace qabyl::core
