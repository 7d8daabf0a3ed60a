// The receipt at stage 2, once the registry has accepted the record: the same facts, signed by the registry's acceptance
// key, with the leaf of the evidence log, its inclusion proof and the checkpoint's signature. In the QR neither the
// kiosk's key nor its certificate stands: at most 1,150 bytes of COSE at 10^7 leaves. Knows no tree: sync/log does.
#pragma once

#include "core/keyring.h"
#include "core/receipt_facts.h"

namespace qabyl::core {

inline constexpr std::size_t registry_receipt_bytes_max = 1'530;      // a proof of 35 hashes: 10^10 leaves
inline constexpr std::size_t registry_receipt_hashes_max = 35;

struct RegistryReceipt : ReceiptFacts {
  VerifyKey acceptance{};           // signs all of this
  Instant registry_at{};            // the time in the leaf
  std::uint64_t index = 0, size = 0;
  std::vector<Digest> proof;        // from the leaf up
  Signature checkpoint{};           // the log key's, over "origin\nsize\nroot\n"
};

// At the registry: what the kiosk needs to print this receipt, and signs for nobody else. Precondition: `key` is that of
// receipt.acceptance, index < size, a proof within registry_receipt_hashes_max.
Signature sign_registry_receipt(const RegistryReceipt& receipt, const SigningKey& key);
// At the kiosk: the QR text. corrupt: that is not the registry's signature over exactly this receipt.
Result<std::string> registry_receipt_qr(const RegistryReceipt& receipt, const Signature& signature);

// Syntax and the signature by the key inside. corrupt, invalid_input, too_large; never crashes on hostile text.
Result<RegistryReceipt> parse_registry_receipt(std::string_view qr_text);
// That the key inside is an acceptance key of `keys`, valid at the registry's time. forbidden: it is not.
Status verify_registry_receipt(const RegistryReceipt& receipt, const Keyring& keys);

}  // namespace qabyl::core
