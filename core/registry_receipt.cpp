// See registry_receipt.h. The payload:
//   [2, device, year of the number, counter, record, documents, filed_at ms, trust, u_ms,
//    acceptance key, registry time ms, index, size, proof (its hashes one after the other), checkpoint signature]
// One signature covers all of it, so that the QR alone shows any change, whatever keys the reader has.
#include "core/registry_receipt.h"

#include <algorithm>

namespace qabyl::core {
namespace {

constexpr std::uint64_t stage = 2;
constexpr std::uint64_t payload_items = 1 + receipt_fact_items + 6;
constexpr std::uint64_t integer_max = static_cast<std::uint64_t>(json_integer_max);

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

Bytes payload_of(const RegistryReceipt& receipt) {
  QABYL_CHECK(receipt.proof.size() <= registry_receipt_hashes_max && receipt.index < receipt.size && receipt.registry_at >= Instant{});
  Bytes hashes;
  for (const Digest& hash : receipt.proof) hashes.insert(hashes.end(), hash.begin(), hash.end());
  CborWriter out;
  out.array(payload_items).number(stage);
  write_facts(out, receipt);
  out.bytes(receipt.acceptance).number(static_cast<std::uint64_t>(receipt.registry_at.time_since_epoch().count()));
  out.number(receipt.index).number(receipt.size).bytes(hashes).bytes(receipt.checkpoint);
  return out.out();
}

Result<RegistryReceipt> receipt_from(ByteView payload) {
  CborReader in(payload);
  RegistryReceipt receipt;
  in.array(payload_items);
  if (in.number(stage) != stage || !read_facts(in, receipt)) return invalid("receipt: stage or facts");
  receipt.acceptance = in.fixed<32>();
  receipt.registry_at = Instant(Millis(static_cast<std::int64_t>(in.number(receipt_seconds_max * 1000))));
  receipt.index = in.number(integer_max);
  receipt.size = in.number(integer_max);
  const ByteView hashes = in.bytes(registry_receipt_hashes_max * sizeof(Digest));
  receipt.checkpoint = in.fixed<64>();
  if (!in.at_end() || receipt.index >= receipt.size || hashes.size() % sizeof(Digest) != 0) return invalid("receipt: payload");
  for (std::size_t at = 0; at < hashes.size(); at += sizeof(Digest)) {
    std::copy_n(hashes.begin() + static_cast<std::ptrdiff_t>(at), sizeof(Digest), receipt.proof.emplace_back().begin());
  }
  return receipt;
}

}  // namespace

Signature sign_registry_receipt(const RegistryReceipt& receipt, const SigningKey& key) {
  QABYL_CHECK(receipt.acceptance == key.verify_key);
  return sign(key, receipt_signed_bytes(payload_of(receipt)));
}

Result<std::string> registry_receipt_qr(const RegistryReceipt& receipt, const Signature& signature) {
  const Bytes payload = payload_of(receipt);
  if (!verify(receipt.acceptance, receipt_signed_bytes(payload), signature)) return Error{ErrorCode::corrupt, "receipt: not what the registry signed"};
  return receipt_qr(payload, signature);
}

Result<RegistryReceipt> parse_registry_receipt(std::string_view qr_text) {
  QABYL_TRY(opened, open_receipt_qr(qr_text, registry_receipt_bytes_max));
  QABYL_TRY(receipt, receipt_from(opened.payload));
  if (!verify(receipt.acceptance, receipt_signed_bytes(opened.payload), opened.signature)) return Error{ErrorCode::corrupt, "receipt: signature"};
  return receipt;
}

Status verify_registry_receipt(const RegistryReceipt& receipt, const Keyring& keys) {
  const auto known = std::any_of(keys.entries().begin(), keys.entries().end(), [&](const KeyEntry& entry) {
    return entry.use == KeyUse::acceptance && entry.key == receipt.acceptance && entry.from <= receipt.registry_at && receipt.registry_at < entry.to;
  });
  return known ? Status(Done{}) : Error{ErrorCode::forbidden, "no acceptance key of that time"};
}

}  // namespace qabyl::core
