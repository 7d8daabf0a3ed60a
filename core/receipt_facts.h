// What a receipt says, and the shell around it in the QR: "QBL1:" + base45 of a COSE_Sign1 (RFC 9052, tag 18, protected
// header {1: -8}, EdDSA) whose payload is one array: the stage, these facts, then what the stage adds. Shared by
// counter_receipt (stage 1) and registry_receipt (stage 2); described in sync/log/format-receipts.md.
#pragma once

#include "core/cbor.h"
#include "core/record.h"

namespace qabyl::core {

inline constexpr std::string_view receipt_qr_prefix = "QBL1:";
inline constexpr std::uint64_t receipt_fact_items = 8;
inline constexpr std::uint64_t receipt_seconds_max = 253'402'300'799;  // the end of the year 9999: no later time is read

struct ReceiptFacts {
  std::string number;      // receipt number
  std::string device;
  Digest record{};
  Digest documents{};      // SHA-256 of the concatenated document digests, in order
  Instant filed_at{};
  Trust trust = Trust::unconfirmed;
  std::int64_t u_ms = 0;
  bool operator==(const ReceiptFacts&) const = default;
};

Digest documents_digest(const std::vector<DocumentRef>& docs);
// What the receipt for a record says. invalid_input: its body holds no number of this device, or a time before 1970.
Result<ReceiptFacts> receipt_facts(const Record& record, const Digest& digest);

// Preconditions: what receipt_facts() and the kiosk make; the number is that of receipt_number().
void write_facts(CborWriter& out, const ReceiptFacts& facts);
// Hostile input allowed: the reader is no longer good(), or `false`, when it is not the form.
[[nodiscard]] bool read_facts(CborReader& in, ReceiptFacts& facts);

Bytes receipt_signed_bytes(ByteView payload);  // Sig_structure of RFC 9052, section 4.4
std::string receipt_qr(ByteView payload, const Signature& signature);

struct OpenedQr {
  Bytes payload;
  Signature signature{};
};
// invalid_input: not that shell. too_large: more than `cose_bytes_max`. Says nothing about the signature.
Result<OpenedQr> open_receipt_qr(std::string_view qr_text, std::size_t cose_bytes_max);

}  // namespace qabyl::core
