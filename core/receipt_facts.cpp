// See receipt_facts.h. Keys of a map would not fit, so the payload is one array in fixed order. The number is not in it but
// rebuilt from device, year and counter. No name of a person is inside.
#include "core/receipt_facts.h"

#include <charconv>
#include <optional>

#include "core/encoding.h"
#include "core/kiosk_key.h"
#include "core/receipt_number.h"

namespace qabyl::core {
namespace {

constexpr std::uint64_t cose_sign1_tag = 18;
constexpr std::uint64_t counter_max = 999'999'999'999;
constexpr std::uint64_t integer_max = static_cast<std::uint64_t>(json_integer_max);
constexpr std::array<std::uint8_t, 3> protected_header{0xA1, 0x01, 0x27};  // {1: -8}

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

std::uint64_t whole(std::int64_t value) {
  QABYL_CHECK(value >= 0);
  return static_cast<std::uint64_t>(value);
}

// Year (two digits) and counter that stand in a number of receipt_number(): "-YY-NNNNNN-C" at its end.
struct NumberParts { std::uint64_t year = 0, counter = 0; };

std::optional<NumberParts> parts_of(const std::string& number, std::string_view device) {
  const auto check = number.rfind('-');
  const auto counter = check == number.npos || check == 0 ? number.npos : number.rfind('-', check - 1);
  if (counter == number.npos || counter < 2 || check - counter > 13) return std::nullopt;
  NumberParts parts;
  const char* text = number.data();
  std::from_chars(text + counter - 2, text + counter, parts.year);
  std::from_chars(text + counter + 1, text + check, parts.counter);
  // The number is not in the QR: it must be the one that a reader will rebuild.
  const bool same = receipt_number(device, static_cast<int>(parts.year), static_cast<std::int64_t>(parts.counter)) == number;
  return same ? std::optional(parts) : std::nullopt;
}

}  // namespace

Digest documents_digest(const std::vector<DocumentRef>& docs) {
  Sha256 hash;
  for (const auto& doc : docs) hash.update(doc.sha256);
  return hash.finish();
}

Result<ReceiptFacts> receipt_facts(const Record& record, const Digest& digest) {
  ReceiptFacts facts{record.body.text("number"), record.device, digest, documents_digest(record.docs), record.at.utc, record.at.trust, record.at.u_ms};
  if (!is_device_name(facts.device) || !parts_of(facts.number, facts.device)) return invalid("record without a receipt's number");
  const auto ms = facts.filed_at.time_since_epoch().count();
  if (ms < 0 || whole(ms) > receipt_seconds_max * 1000 || facts.u_ms < 0) return invalid("record at a time that no receipt can state");
  return facts;
}

void write_facts(CborWriter& out, const ReceiptFacts& facts) {
  const auto parts = parts_of(facts.number, facts.device);
  QABYL_CHECK(parts && is_device_name(facts.device));
  out.text(facts.device).number(parts->year).number(parts->counter).bytes(facts.record).bytes(facts.documents);
  out.number(whole(facts.filed_at.time_since_epoch().count())).number(static_cast<std::uint64_t>(facts.trust)).number(whole(facts.u_ms));
}

bool read_facts(CborReader& in, ReceiptFacts& facts) {
  facts.device = in.text(device_name_bytes_max);
  const auto year = static_cast<int>(in.number(99));
  const auto counter = static_cast<std::int64_t>(in.number(counter_max));
  facts.record = in.fixed<32>();
  facts.documents = in.fixed<32>();
  facts.filed_at = Instant(Millis(static_cast<std::int64_t>(in.number(receipt_seconds_max * 1000))));
  facts.trust = static_cast<Trust>(in.number(2));
  facts.u_ms = static_cast<std::int64_t>(in.number(integer_max));
  if (!in.good() || !is_device_name(facts.device)) return false;
  facts.number = receipt_number(facts.device, year, counter);
  return true;
}

Bytes receipt_signed_bytes(ByteView payload) {
  CborWriter out;
  out.array(4).text("Signature1").bytes(protected_header).bytes({}).bytes(payload);
  return out.out();
}

std::string receipt_qr(ByteView payload, const Signature& signature) {
  CborWriter out;
  out.tag(cose_sign1_tag).array(4).bytes(protected_header).empty_map().bytes(payload).bytes(signature);
  return std::string(receipt_qr_prefix) + to_base45(out.out());
}

Result<OpenedQr> open_receipt_qr(std::string_view qr_text, std::size_t cose_bytes_max) {
  if (!qr_text.starts_with(receipt_qr_prefix)) return invalid("receipt: not a Qabyl receipt");
  if (qr_text.size() > receipt_qr_prefix.size() + (cose_bytes_max + 1) / 2 * 3) return Error{ErrorCode::too_large, "receipt over its limit"};
  QABYL_TRY(cose, from_base45(qr_text.substr(receipt_qr_prefix.size())));
  CborReader in(cose);
  in.tag(cose_sign1_tag);
  in.array(4);
  const bool header_known = in.fixed<protected_header.size()>() == protected_header;
  in.empty_map();
  const ByteView payload = in.bytes(cose_bytes_max);
  OpenedQr opened{{payload.begin(), payload.end()}, in.fixed<64>()};
  if (!in.at_end() || !header_known) return invalid("receipt: not a COSE_Sign1 with EdDSA");
  return opened;
}

}  // namespace qabyl::core
