// The QR of the counter receipt: COSE_Sign1 (RFC 9052, tag 18), protected header {1: -8} (EdDSA),
// payload one array in fixed order, since keys of a map would not fit into 300 bytes:
//   [1, device, year of the number, counter, record, documents, filed_at ms, trust, u_ms,
//    kiosk key, from s, to s, registry kid (8 bytes), registry signature]
// The number is rebuilt from device, year and counter. No name of a person is inside.
#include "core/counter_receipt.h"

#include <cstdlib>

#include "core/cbor.h"
#include "core/encoding.h"
#include "core/receipt_number.h"

namespace qabyl::core {
namespace {

constexpr std::string_view prefix = "QBL1:";
constexpr std::uint64_t format_version = 1;
constexpr std::uint64_t cose_sign1_tag = 18;
constexpr std::uint64_t payload_items = 14;
constexpr std::uint64_t seconds_max = 253'402'300'799;  // the end of the year 9999
constexpr std::uint64_t counter_max = 999'999'999'999;
constexpr std::uint64_t integer_max = static_cast<std::uint64_t>(json_integer_max);
constexpr std::array<std::uint8_t, 3> protected_header{0xA1, 0x01, 0x27};  // {1: -8}

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

std::int64_t seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }
Instant from_seconds(std::uint64_t count) { return Instant(std::chrono::seconds(static_cast<std::int64_t>(count))); }

std::uint64_t whole(std::int64_t value) {
  QABYL_CHECK(value >= 0);
  return static_cast<std::uint64_t>(value);
}

// Year (two digits) and counter that stand in a number of receipt_number(): "-YY-NNNNNN-C" at its end.
struct NumberParts { std::uint64_t year = 0, counter = 0; };
NumberParts parts_of(const std::string& number, std::string_view device) {
  NumberParts parts;
  const auto check = number.rfind('-');
  const auto counter = check == number.npos || check == 0 ? number.npos : number.rfind('-', check - 1);
  QABYL_CHECK(counter != number.npos && counter >= 2);
  parts.year = std::strtoull(number.c_str() + counter - 2, nullptr, 10);
  parts.counter = std::strtoull(number.c_str() + counter + 1, nullptr, 10);
  // The number is not in the QR: it must be the one that a reader will rebuild.
  QABYL_CHECK(receipt_number(device, static_cast<int>(parts.year), static_cast<std::int64_t>(parts.counter)) == number);
  return parts;
}

Bytes payload_of(const CounterReceipt& receipt) {
  const NumberParts parts = parts_of(receipt.number, receipt.device);
  const auto kid = from_hex(receipt.registry_kid);
  QABYL_CHECK(kid && kid->size() == 8);
  CborWriter out;
  out.array(payload_items).number(format_version).text(receipt.device).number(parts.year).number(parts.counter);
  out.bytes(receipt.record).bytes(receipt.documents);
  out.number(whole(receipt.filed_at.time_since_epoch().count()));
  out.number(static_cast<std::uint64_t>(receipt.trust)).number(whole(receipt.u_ms));
  out.bytes(receipt.kiosk_key).number(whole(seconds(receipt.key_from))).number(whole(seconds(receipt.key_to)));
  out.bytes(*kid).bytes(receipt.registry_signature);
  return out.out();
}

// Sig_structure of RFC 9052, section 4.4, without external data.
Bytes signed_bytes(ByteView payload) {
  CborWriter out;
  out.array(4).text("Signature1").bytes(protected_header).bytes({}).bytes(payload);
  return out.out();
}

bool is_device(std::string_view text) {
  return text.size() >= 2 && text.size() <= 16 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == text.npos;
}

Result<CounterReceipt> receipt_from(ByteView payload) {
  CborReader in(payload);
  CounterReceipt receipt;
  in.array(payload_items);
  if (in.number(format_version) != format_version) return invalid("receipt: version");
  receipt.device = in.text(16);
  const auto year = static_cast<int>(in.number(99));
  const auto counter = static_cast<std::int64_t>(in.number(counter_max));
  receipt.record = in.fixed<32>();
  receipt.documents = in.fixed<32>();
  receipt.filed_at = Instant(Millis(static_cast<std::int64_t>(in.number(seconds_max * 1000))));
  receipt.trust = static_cast<Trust>(in.number(2));
  receipt.u_ms = static_cast<std::int64_t>(in.number(integer_max));
  receipt.kiosk_key = in.fixed<32>();
  receipt.key_from = from_seconds(in.number(seconds_max));
  receipt.key_to = from_seconds(in.number(seconds_max));
  receipt.registry_kid = to_hex(in.fixed<8>());
  receipt.registry_signature = in.fixed<64>();
  if (!in.at_end() || !is_device(receipt.device)) return invalid("receipt: payload");
  receipt.number = receipt_number(receipt.device, year, counter);
  return receipt;
}

}  // namespace

std::string kiosk_key_statement(std::string_view device, const VerifyKey& key, Instant from, Instant to) {
  std::string text = "qabyl kiosk key 1\n";
  text.append(device).append("\n").append(to_hex(key)).append("\n");
  text.append(std::to_string(seconds(from))).append("\n").append(std::to_string(seconds(to))).append("\n");
  return text;
}

Digest documents_digest(const std::vector<DocumentRef>& docs) {
  Sha256 hash;
  for (const auto& doc : docs) hash.update(doc.sha256);
  return hash.finish();
}

std::string counter_receipt_qr(const CounterReceipt& receipt, const SigningKey& kiosk_key) {
  QABYL_CHECK(receipt.kiosk_key == kiosk_key.verify_key && is_device(receipt.device));
  const Bytes payload = payload_of(receipt);
  CborWriter out;
  out.tag(cose_sign1_tag).array(4).bytes(protected_header).empty_map().bytes(payload);
  out.bytes(sign(kiosk_key, signed_bytes(payload)));
  return std::string(prefix) + to_base45(out.out());
}

Result<CounterReceipt> parse_counter_receipt(std::string_view qr_text) {
  constexpr std::size_t text_bytes_max = prefix.size() + (counter_receipt_bytes_max + 1) / 2 * 3;
  if (!qr_text.starts_with(prefix)) return invalid("receipt: not a Qabyl receipt");
  if (qr_text.size() > text_bytes_max) return Error{ErrorCode::too_large, "receipt over its limit"};
  QABYL_TRY(cose, from_base45(qr_text.substr(prefix.size())));

  CborReader in(cose);
  in.tag(cose_sign1_tag);
  in.array(4);
  const bool header_known = in.fixed<protected_header.size()>() == protected_header;
  in.empty_map();
  const ByteView payload = in.bytes(counter_receipt_bytes_max);
  const Signature signature = in.fixed<64>();
  if (!in.at_end() || !header_known) return invalid("receipt: not a COSE_Sign1 with EdDSA");
  QABYL_TRY(receipt, receipt_from(payload));
  if (!verify(receipt.kiosk_key, signed_bytes(payload), signature)) return Error{ErrorCode::corrupt, "receipt: signature"};
  return receipt;
}

Status verify_counter_receipt(const CounterReceipt& receipt, const Keyring& keys) {
  const std::string statement = kiosk_key_statement(receipt.device, receipt.kiosk_key, receipt.key_from, receipt.key_to);
  const bool in_time = receipt.filed_at >= receipt.key_from && receipt.filed_at < receipt.key_to;
  // A kiosk whose clock is not trusted may state any time; the key statement itself must hold.
  if (receipt.trust == Trust::trusted && !in_time) return Error{ErrorCode::forbidden, "filed outside the key's validity"};
  for (const auto& entry : keys.entries()) {
    if (entry.use != KeyUse::acceptance || key_id(entry.key) != receipt.registry_kid) continue;
    if (entry.from >= receipt.key_to || receipt.key_from >= entry.to) continue;  // never valid together
    if (verify(entry.key, as_bytes(statement), receipt.registry_signature)) return Done{};
    return Error{ErrorCode::corrupt, "kiosk key is not certified"};
  }
  return Error{ErrorCode::forbidden, "unknown registry key"};
}

SealKey receipt_key(std::string_view number, std::string_view check_code) {
  const Digest seed = sha256(as_bytes(std::string(number) + "\n" + std::string(check_code)));
  return derive_key(SealKey(std::span<const std::uint8_t, 32>(seed.data(), 32)), "receipt");
}

}  // namespace qabyl::core
