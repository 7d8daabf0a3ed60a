// The QR of the counter receipt. Its payload:
//   [1, device, year of the number, counter, record, documents, filed_at ms, trust, u_ms,
//    kiosk key, from s, to s, registry kid (8 bytes), registry signature]
#include "core/counter_receipt.h"

#include "core/encoding.h"

namespace qabyl::core {
namespace {

constexpr std::uint64_t stage = 1;
constexpr std::uint64_t payload_items = 1 + receipt_fact_items + 5;

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

std::uint64_t seconds(Instant at) {
  const auto count = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  QABYL_CHECK(count >= 0);
  return static_cast<std::uint64_t>(count);
}
Instant from_seconds(std::uint64_t count) { return Instant(std::chrono::seconds(static_cast<std::int64_t>(count))); }

Bytes payload_of(const CounterReceipt& receipt) {
  const auto kid = from_hex(receipt.registry_kid);
  QABYL_CHECK(kid && kid->size() == 8);
  CborWriter out;
  out.array(payload_items).number(stage);
  write_facts(out, receipt);
  out.bytes(receipt.kiosk_key).number(seconds(receipt.key_from)).number(seconds(receipt.key_to));
  out.bytes(*kid).bytes(receipt.registry_signature);
  return out.out();
}

Result<CounterReceipt> receipt_from(ByteView payload) {
  CborReader in(payload);
  CounterReceipt receipt;
  in.array(payload_items);
  if (in.number(stage) != stage || !read_facts(in, receipt)) return invalid("receipt: stage or facts");
  receipt.kiosk_key = in.fixed<32>();
  receipt.key_from = from_seconds(in.number(receipt_seconds_max));
  receipt.key_to = from_seconds(in.number(receipt_seconds_max));
  receipt.registry_kid = to_hex(in.fixed<8>());
  receipt.registry_signature = in.fixed<64>();
  if (!in.at_end()) return invalid("receipt: payload");
  return receipt;
}

}  // namespace

std::string counter_receipt_qr(const CounterReceipt& receipt, const SigningKey& kiosk_key) {
  QABYL_CHECK(receipt.kiosk_key == kiosk_key.verify_key);
  const Bytes payload = payload_of(receipt);
  return receipt_qr(payload, sign(kiosk_key, receipt_signed_bytes(payload)));
}

Result<CounterReceipt> parse_counter_receipt(std::string_view qr_text) {
  QABYL_TRY(opened, open_receipt_qr(qr_text, counter_receipt_bytes_max));
  QABYL_TRY(receipt, receipt_from(opened.payload));
  if (!verify(receipt.kiosk_key, receipt_signed_bytes(opened.payload), opened.signature)) return Error{ErrorCode::corrupt, "receipt: signature"};
  return receipt;
}

Status verify_counter_receipt(const CounterReceipt& receipt, const Keyring& keys) {
  QABYL_TRY_DO(verify_kiosk_key(receipt.kiosk(), keys));
  const bool in_time = receipt.filed_at >= receipt.key_from && receipt.filed_at < receipt.key_to;
  // A kiosk whose clock is not trusted may state any time; the key statement itself holds.
  if (receipt.trust == Trust::trusted && !in_time) return Error{ErrorCode::corrupt, "filed outside the key's validity"};
  return Done{};
}

SealKey receipt_key(std::string_view number, std::string_view check_code) {
  const Digest seed = sha256(as_bytes(std::string(number) + "\n" + std::string(check_code)));
  return derive_key(SealKey(std::span<const std::uint8_t, 32>(seed.data(), 32)), "receipt");
}

}  // namespace qabyl::core
