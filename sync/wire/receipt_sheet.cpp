// See receipt_sheet.h.
#include "sync/wire/receipt_sheet.h"

#include "core/cases/licence_application.h"
#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync {
namespace {

constexpr std::size_t sheet_bytes_max = core::jws_bytes_max;

void keep(core::Json& to, const core::Json& from, std::string_view member) {
  if (const auto* value = from.find(member)) to[std::string(member)] = *value;
}

core::Json only(const core::Json& from, std::initializer_list<std::string_view> members) {
  core::Json some = core::Json::Object{};
  for (const auto member : members) keep(some, from, member);
  return some;
}

core::Json body_on_receipt(const core::Record& whole) {
  core::Json body = only(whole.body, {"number", "bin", "organisation", "procedure", "profile", "items", "missing", "title", "told", "bureau", "paper_facts"});
  body["fee"] = only(whole.body.member("fee"), {"choice"});
  body["signature"] = only(whole.body.member("signature"), {"pictures"});  // a digest: which document is no one's
  if (whole.kind == core::kind::application_submit) return body;
  keep(body, whole.body, "name");
  keep(body, whole.body, "position");
  if (whole.body.find("representative") != nullptr) body["representative"] = only(whole.body.member("representative"), {"name", "position"});
  return body;
}

std::string payload_of(const ReceiptSheet& sheet) {
  return core::canonical(core::Json::Object{{"v", 1}, {"at_ms", sheet.at.time_since_epoch().count()}, {"digest", core::to_hex(sheet.digest)},
                                            {"record", core::encode_record(sheet.record)}, {"verdict", sheet.verdict}});
}

}  // namespace

core::Record on_receipt(const core::Record& whole) {
  const bool filing = whole.kind == core::kind::application_submit;  // its receipt names documents by the list, nobody's files and no person
  core::Record record;
  record.id = record.case_id = whole.id;
  record.kind = whole.kind;
  record.device = whole.device;
  record.q = 1;
  record.at = {whole.at.utc, whole.at.offset_min, whole.at.trust, whole.at.u_ms, std::string(32, '0'), 0};
  record.actor = {whole.actor.role, {}, filing ? std::string() : whole.actor.name};
  record.lang = whole.lang;
  record.sw = "-";
  record.nonce = std::string(32, '0');  // the true one keeps the digest from being guessed
  record.docs = whole.docs;
  if (filing) {
    for (auto& doc : record.docs) doc.name = "-";
  }
  record.body = body_on_receipt(whole);
  return record;
}

std::string sign_receipt_sheet(const ReceiptSheet& sheet, const core::SigningKey& acceptance) {
  return core::sign_jws(acceptance, receipt_sheet_typ, core::as_bytes(payload_of(sheet)));
}

core::Result<ReceiptSheet> open_receipt_sheet(std::string_view jws, const core::Keyring& keys, std::string_view number) {
  QABYL_TRY(parsed, core::parse_jws(jws));
  QABYL_TRY(json, core::parse_json(core::as_text(parsed.payload), sheet_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  ReceiptSheet sheet;
  sheet.at = core::Instant(core::Millis(reader.integer("at_ms", 0, core::json_integer_max)));
  sheet.digest = reader.digest("digest");
  const auto record = reader.text("record", sheet_bytes_max, 1);
  sheet.verdict = reader.text("verdict", sheet_bytes_max, 1);
  QABYL_TRY_DO(reader.status());
  QABYL_TRY_DO(keys.verify(parsed, receipt_sheet_typ, core::KeyUse::acceptance, sheet.at));
  QABYL_TRY(opened, core::decode_record(record));
  sheet.record = std::move(opened);
  if (sheet.record.body.text("number") != number) return core::Error{core::ErrorCode::invalid_input, "sheet of another receipt"};
  return sheet;
}

}  // namespace qabyl::sync
