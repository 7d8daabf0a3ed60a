// See receipt_proof.h. Members that this version does not know are refused: what a verifier does not understand it must
// not call proved.
#include "core/receipt_proof.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/json.h"
#include "core/schema.h"

namespace qabyl::core {
namespace {

constexpr std::size_t qr_bytes_max = 2'300;
constexpr std::size_t signature_chars = 86;  // 64 bytes in base64url
constexpr auto seconds_max = static_cast<std::int64_t>(receipt_seconds_max);

std::int64_t seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }

Json json_of(const KioskKey& kiosk) {
  return Json::Object{{"device", kiosk.device}, {"key", to_hex(kiosk.key)}, {"from_s", seconds(kiosk.from)}, {"to_s", seconds(kiosk.to)},
                      {"registry_kid", kiosk.registry_kid}, {"registry_signature", to_base64url(kiosk.registry_signature)}};
}

std::string payload_of(const ReceiptProof& proof) {
  Json::Object json{{"v", 1}, {"base", to_hex(proof.base)}, {"record", to_hex(proof.record)}, {"qr", proof.qr}, {"kiosk", json_of(proof.kiosk)}};
  if (!proof.counter.empty()) json.emplace("counter", proof.counter);
  if (!proof.verdict.empty()) json.emplace("verdict", proof.verdict);
  return canonical(Json(std::move(json)));
}

KioskKey kiosk_from(const Json& json, Reader& whole) {
  Reader reader(json, "kiosk");
  KioskKey kiosk;
  kiosk.device = reader.text("device", device_name_bytes_max);
  kiosk.key = reader.digest("key");  // 32 bytes in 64 hex digits, as a digest
  kiosk.from = Instant(std::chrono::seconds(reader.integer("from_s", 0, seconds_max)));
  kiosk.to = Instant(std::chrono::seconds(reader.integer("to_s", 0, seconds_max)));
  kiosk.registry_kid = reader.hex("registry_kid", 16);
  const auto signature = from_base64url(reader.text("registry_signature", signature_chars, signature_chars));
  if (signature && signature->size() == kiosk.registry_signature.size()) {
    std::copy(signature->begin(), signature->end(), kiosk.registry_signature.begin());
  } else {
    reader.fault("registry_signature", "not 64 bytes in base64url");
  }
  if (!is_device_name(kiosk.device)) reader.fault("device", "not the name of a kiosk");
  reader.refuse_others();
  if (auto status = reader.status(); !status) whole.fault("", status.error().detail);
  return kiosk;
}

Result<ReceiptProof> proof_from(std::string_view payload) {
  QABYL_TRY(json, parse_json(payload, pdf_proof_bytes_max));
  Reader reader(json);
  ReceiptProof proof;
  reader.integer("v", 1, 1);
  proof.base = reader.digest("base");
  proof.record = reader.digest("record");
  proof.qr = reader.text("qr", qr_bytes_max, 1);
  proof.kiosk = kiosk_from(reader.object("kiosk"), reader);
  if (json.find("counter") != nullptr) proof.counter = reader.text("counter", qr_bytes_max, 1);
  if (json.find("verdict") != nullptr) proof.verdict = reader.text("verdict", pdf_proof_bytes_max, 1);
  reader.refuse_others();
  QABYL_TRY_DO(reader.status());
  if (payload_of(proof) != payload) return Error{ErrorCode::invalid_input, "proof: not in canonical form"};
  return proof;
}

}  // namespace

std::string sign_receipt_proof(const ReceiptProof& proof, const SigningKey& key) {
  QABYL_CHECK(proof.kiosk.key == key.verify_key);
  return sign_jws(key, receipt_proof_typ, as_bytes(payload_of(proof)));
}

Result<ReceiptProof> open_receipt_proof(std::string_view jws) {
  if (jws.size() > pdf_proof_bytes_max) return Error{ErrorCode::too_large, "proof over its limit"};
  QABYL_TRY(parsed, parse_jws(jws));
  QABYL_TRY(proof, proof_from(as_text(parsed.payload)));
  QABYL_TRY_DO(verify_jws(parsed, receipt_proof_typ, proof.kiosk.key));
  return proof;
}

Result<Bytes> attach_receipt_proof(Bytes base, ReceiptProof proof, const SigningKey& key) {
  proof.base = sha256(base);
  QABYL_TRY(update, pdf_proof_update(base, sign_receipt_proof(proof, key)));
  base.insert(base.end(), update.begin(), update.end());
  return base;
}

Result<ReceiptProof> open_receipt_pdf(ByteView file) {
  QABYL_TRY(parts, split_pdf_proof(file));
  QABYL_TRY(proof, open_receipt_proof(parts.proof));
  if (sha256(parts.base) != proof.base) return Error{ErrorCode::corrupt, "PDF: the page was changed"};
  return proof;
}

}  // namespace qabyl::core
