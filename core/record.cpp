// Wire schema of a record, both ways (ARCHITECTURE, section 5). Deliberately knows no kind of record
// and no case: a record that is well formed is taken and kept, and judged afterwards (RELIABILITY, I6).
#include "core/record.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::core {
namespace {

constexpr std::int64_t utc_ms_max = 253'402'300'799'999;  // the end of the year 9999
constexpr std::int64_t offset_min_max = 18 * 60;
constexpr std::size_t person_id_bytes_max = 64;
constexpr std::size_t person_name_bytes_max = 1024;  // odd names are taken, then judged
constexpr std::size_t software_bytes_max = 100;
constexpr std::size_t file_name_bytes_max = 255;
constexpr std::size_t media_type_bytes_max = 64;

bool only(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == text.npos;
}

bool is_kind(std::string_view text) {
  return text.size() >= 3 && text.size() <= 64 && only(text, "abcdefghijklmnopqrstuvwxyz_.");
}

bool is_device(std::string_view text) {
  if (text == "registry") return true;
  return text.size() >= 2 && text.size() <= 16 && only(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
}

bool is_media_type(std::string_view text) {
  const auto slash = text.find('/');
  return slash != text.npos && slash > 0 && slash + 1 < text.size() && slash == text.rfind('/') &&
         only(text, "abcdefghijklmnopqrstuvwxyz0123456789.+-/");
}

Json to_json(const RecordTime& at) {
  return Json::Object{{"utc_ms", at.utc.time_since_epoch().count()}, {"offset_min", at.offset_min}, {"trust", to_text(at.trust)},
                      {"u_ms", at.u_ms}, {"boot", at.boot}, {"mono_ms", at.mono_ms}};
}

RecordTime time_from(Reader& record) {
  Reader at(record.object("at"), "at");
  RecordTime time;
  time.utc = Instant(Millis(at.integer("utc_ms", 0, utc_ms_max)));
  time.offset_min = static_cast<int>(at.integer("offset_min", -offset_min_max, offset_min_max));
  const std::string trust = at.word("trust", {"trusted", "unconfirmed", "untrusted"});
  time.trust = trust == "trusted" ? Trust::trusted : trust == "unconfirmed" ? Trust::unconfirmed : Trust::untrusted;
  time.u_ms = at.integer("u_ms", 0, json_integer_max);
  time.boot = at.hex("boot", 32);
  time.mono_ms = at.integer("mono_ms", 0, json_integer_max);
  at.refuse_others();
  if (auto status = at.status(); !status) record.fault("", status.error().detail);
  return time;
}

Json to_json(const Actor& actor) {
  return Json::Object{{"role", actor.role}, {"id", actor.id}, {"name", actor.name}};
}

Actor actor_from(Reader& record) {
  Reader reader(record.object("actor"), "actor");
  Actor actor;
  actor.role = reader.word("role", {"applicant", "bureau", "operator", "officer", "system"});
  actor.id = reader.text("id", person_id_bytes_max);
  actor.name = reader.text("name", person_name_bytes_max);
  reader.refuse_others();
  if (auto status = reader.status(); !status) record.fault("", status.error().detail);
  return actor;
}

Json to_json(const std::vector<DocumentRef>& docs) {
  Json::Array items;
  for (const auto& doc : docs) {
    items.push_back(Json::Object{{"i", items.size()}, {"name", doc.name}, {"bytes", doc.bytes}, {"sha256", to_hex(doc.sha256)}, {"type", doc.type}});
  }
  return items;
}

DocumentRef document_from(const Json& json, std::size_t index, Reader& record) {
  Reader reader(json, "docs[" + std::to_string(index) + "]");
  DocumentRef doc;
  const auto i = static_cast<std::int64_t>(index);
  reader.integer("i", i, i);
  doc.name = reader.text("name", file_name_bytes_max, 1);
  doc.bytes = static_cast<std::uint64_t>(reader.integer("bytes", 0, static_cast<std::int64_t>(document_bytes_max)));
  doc.sha256 = reader.digest("sha256");
  doc.type = reader.text("type", media_type_bytes_max);
  if (!is_media_type(doc.type)) reader.fault("type", "media type expected");
  reader.refuse_others();
  if (auto status = reader.status(); !status) record.fault("", status.error().detail);
  return doc;
}

// Every member but v; faults stay in `reader`.
Record record_from(Reader& reader) {
  Record record;
  record.id = reader.id("id");
  record.kind = reader.text("kind", 64);
  if (!is_kind(record.kind)) reader.fault("kind", "letters, '_' and '.' expected");
  record.device = reader.text("device", 16);
  if (!is_device(record.device)) reader.fault("device", "device id expected");
  record.q = reader.integer("q", 1, json_integer_max);
  record.prev = reader.digest("prev");
  record.case_id = reader.id("case");
  record.base = reader.id("base", true);
  record.at = time_from(reader);
  record.actor = actor_from(reader);
  record.lang = reader.word("lang", {"kk", "ru", "en"});
  record.sw = reader.text("sw", software_bytes_max, 1);
  record.nonce = reader.hex("nonce", 32);
  const auto& docs = reader.array("docs", record_docs_max);
  for (std::size_t i = 0; i < docs.size() && i < record_docs_max; ++i) record.docs.push_back(document_from(docs[i], i, reader));
  record.body = reader.object("body");
  return record;
}

}  // namespace

std::string_view to_text(Trust trust) {
  switch (trust) {
    case Trust::trusted: return "trusted";
    case Trust::unconfirmed: return "unconfirmed";
    case Trust::untrusted: return "untrusted";
  }
  QABYL_CHECK(false);
  return {};
}

std::string encode_record(const Record& record) {
  Json::Object members = record.extra.object();
  const auto put = [&members](const char* name, Json value) {  // the body may be a thousand strokes: moved, not copied
    QABYL_CHECK(members.try_emplace(name, std::move(value)).second);  // an extra member never hides a known one
  };
  put("v", record.v);
  put("id", record.id);
  put("kind", record.kind);
  put("device", record.device);
  put("q", record.q);
  put("prev", to_hex(record.prev));
  put("case", record.case_id);
  put("base", record.base);
  put("at", to_json(record.at));
  put("actor", to_json(record.actor));
  put("lang", record.lang);
  put("sw", record.sw);
  put("nonce", record.nonce);
  put("docs", to_json(record.docs));
  put("body", record.body);
  return canonical(Json(std::move(members)));
}

Result<Record> decode_record(std::string_view payload) {
  QABYL_TRY(json, parse_json(payload, record_bytes_max));
  if (json.is_object() && json.number("v") > 1) return Error{ErrorCode::unsupported, "record of a later version"};
  Reader reader(json);
  const std::int64_t v = reader.integer("v", 1, 1);
  Record record = record_from(reader);
  QABYL_TRY_DO(reader.status());
  record.v = static_cast<int>(v);
  record.extra = reader.others();
  if (encode_record(record) != payload) return Error{ErrorCode::invalid_input, "record is not in canonical form"};
  return record;
}

SignedRecord sign_record(Record record, const SigningKey& device_key) {
  SignedRecord result;
  const std::string payload = encode_record(record);
  // What the registry would refuse for ever must not be signed: such a record is a bug of its maker.
  const auto readable = decode_record(payload);
  if (!readable) std::fprintf(stderr, "record %s: %s\n", record.kind.c_str(), readable.error().detail.c_str());
  QABYL_CHECK(readable.has_value());
  result.digest = sha256(as_bytes(payload));
  result.jws = sign_jws(device_key, typ::record, as_bytes(payload));
  result.record = std::move(record);
  return result;
}

Result<SignedRecord> open_record(std::string_view jws, const VerifyKey& device_key) {
  QABYL_TRY(parsed, parse_jws(jws));
  QABYL_TRY_DO(verify_jws(parsed, typ::record, device_key));
  QABYL_TRY(record, decode_record(as_text(parsed.payload)));
  return SignedRecord{std::move(record), sha256(parsed.payload), std::string(jws)};
}

}  // namespace qabyl::core
