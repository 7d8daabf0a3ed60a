// Encoders and strict decoders of the JSON bodies. See messages.h.
#include "sync/wire/messages.h"

#include "sync/wire/members.h"

namespace qabyl::sync {
namespace {

using core::Json;

constexpr std::size_t small_body_bytes_max = 256 * 1024;
constexpr std::size_t line_bytes_max = 1024;

Json to_json(const core::LocalText& text) {
  Json json;
  json["kk"] = text.kk;
  json["ru"] = text.ru;
  json["en"] = text.en;
  return json;
}

core::Result<core::Signature> signature_of(const Json& json, std::string_view key) {
  const auto bytes = core::from_base64url(json.text(key));
  if (!bytes || bytes->size() != core::Signature{}.size()) return members::bad(key);
  core::Signature out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

core::Result<BatchAnswer> batch_answer_from(const Json& json) {
  BatchAnswer answer{json.text("id"), json.text("verdict"), {}};
  if (const Json* problem = json.find("problem")) {
    QABYL_TRY(decoded, problem_from_json(*problem));
    answer.problem = decoded;
  }
  if (answer.verdict.empty() == !answer.problem) return members::bad("answers");
  return answer;
}

core::Result<std::vector<std::string>> batch_texts(const Json& json, std::string_view key) {
  const Json::Array& items = json.items(key);
  if (items.size() > batch_records_max) return core::Error{core::ErrorCode::too_large, std::string(key)};
  std::vector<std::string> out;
  for (const Json& item : items) {
    if (!item.is_string()) return members::bad(key);
    out.push_back(item.string());
  }
  return out;
}

}  // namespace

Problem upgrade_problem() {
  Json extra;
  extra["oldest"] = protocol_oldest;
  extra["newest"] = protocol_newest;
  return {426, "upgrade", "another version of the protocol is needed", {}, extra};
}

std::string encode(const EnrolmentFile& file) {
  Json json;
  json["url"] = file.url;
  json["token"] = file.token;
  json["ca_sha256"] = file.ca_sha256;
  json["root_sha256"] = file.root_sha256;
  json["device"] = file.device;
  return core::canonical(json);
}

core::Result<EnrolmentFile> decode_enrolment_file(std::string_view text) {
  QABYL_TRY(json, core::parse_json(text, small_body_bytes_max));
  QABYL_TRY(url, members::text(json, "url", line_bytes_max));
  QABYL_TRY(token, members::hex(json, "token", 32));
  QABYL_TRY(ca, members::hex(json, "ca_sha256", 64));
  QABYL_TRY(root, members::hex(json, "root_sha256", 64));
  QABYL_TRY(device, members::text(json, "device", 64));
  if (!url.starts_with("https://")) return members::bad("url");
  return EnrolmentFile{url, token, ca, root, device};
}

std::string possession_payload(std::string_view token, const core::VerifyKey& record_key) {
  Json json;
  json["v"] = 1;
  json["token"] = core::to_hex(core::sha256(core::as_bytes(token)));
  json["record_key"] = core::to_hex(record_key);
  return core::canonical(json);
}

std::string encode(const EnrolRequest& request) {
  Json json;
  json["token"] = request.token;
  json["csr"] = request.csr;
  json["record_key"] = core::to_hex(request.record_key);
  json["possession"] = request.possession;
  return core::canonical(json);
}

core::Result<EnrolRequest> decode_enrol_request(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, small_body_bytes_max));
  QABYL_TRY(token, members::hex(json, "token", 32));
  QABYL_TRY(csr, members::text(json, "csr", pem_bytes_max));
  QABYL_TRY(key, members::key(json, "record_key"));
  QABYL_TRY(possession, members::text(json, "possession", pem_bytes_max));
  return EnrolRequest{token, csr, key, possession};
}

std::string encode(const EnrolAnswer& answer) {
  Json json;
  json["device"] = answer.device;
  json["place"] = to_json(answer.place);
  json["certificate"] = answer.certificate;
  json["ca"] = answer.ca;
  json["root_key"] = core::to_hex(answer.root_key);
  json["keys"] = answer.keys;
  json["key_from_ms"] = members::ms(answer.key_from);
  json["key_to_ms"] = members::ms(answer.key_to);
  json["registry_kid"] = answer.registry_kid;
  json["registry_signature"] = core::to_base64url(answer.registry_signature);
  json["profile"] = answer.profile;
  json["registry_ms"] = members::ms(answer.registry_time);
  return core::canonical(json);
}

core::Result<EnrolAnswer> decode_enrol_answer(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, small_body_bytes_max));
  QABYL_TRY(device, members::text(json, "device", 64));
  QABYL_TRY(certificate, members::text(json, "certificate", pem_bytes_max));
  QABYL_TRY(ca, members::text(json, "ca", pem_bytes_max));
  QABYL_TRY(root, members::key(json, "root_key"));
  QABYL_TRY(keys, members::text(json, "keys", small_body_bytes_max));
  QABYL_TRY(from, members::instant(json, "key_from_ms"));
  QABYL_TRY(to, members::instant(json, "key_to_ms"));
  QABYL_TRY(kid, members::hex(json, "registry_kid", 16));
  QABYL_TRY(signature, signature_of(json, "registry_signature"));
  QABYL_TRY(profile, members::text(json, "profile", 64));
  QABYL_TRY(now, members::instant(json, "registry_ms"));
  const Json& place = json.member("place");
  return EnrolAnswer{device, {place.text("kk"), place.text("ru"), place.text("en")}, certificate, ca, root, keys,
                     from, to, kid, signature, profile, now};
}

core::Result<Json> decode_log_member(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, body_bytes_max));
  const Json* const log = json.find("log");
  if (log == nullptr) return core::Error{core::ErrorCode::not_found, "log"};
  return *log;
}

std::string encode_verdict_answer(std::string_view verdict_jws, const LogMember& log) {
  Json json;
  json["verdict"] = verdict_jws;
  if (log) json["log"] = *log;
  return core::canonical(json);
}

core::Result<std::string> decode_verdict_answer(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, body_bytes_max));
  return members::text(json, "verdict", small_body_bytes_max);
}

std::string encode_batch(const std::vector<std::string>& records, const std::vector<std::string>& verdicts) {
  Json json;
  json["records"] = Json::Array(records.begin(), records.end());
  if (!verdicts.empty()) json["verdicts"] = Json::Array(verdicts.begin(), verdicts.end());
  return core::canonical(json);
}

core::Result<std::vector<std::string>> decode_batch(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, body_bytes_max));
  if (json.items("records").empty()) return members::bad("records");
  return batch_texts(json, "records");
}

core::Result<std::vector<std::string>> decode_batch_verdicts(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, body_bytes_max));
  QABYL_TRY(verdicts, batch_texts(json, "verdicts"));
  if (!verdicts.empty() && verdicts.size() != json.items("records").size()) return members::bad("verdicts");
  return verdicts;
}

std::string encode(const std::vector<BatchAnswer>& answers, const LogMember& log) {
  Json::Array items;
  for (const BatchAnswer& answer : answers) {
    Json item;
    item["id"] = answer.id;
    if (answer.problem) item["problem"] = to_json(*answer.problem);
    else item["verdict"] = answer.verdict;
    items.push_back(std::move(item));
  }
  Json json;
  json["answers"] = std::move(items);
  if (log) json["log"] = *log;
  return core::canonical(json);
}

core::Result<std::vector<BatchAnswer>> decode_batch_answers(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, body_bytes_max));
  const Json::Array& items = json.items("answers");
  if (items.empty() || items.size() > batch_records_max) return members::bad("answers");
  std::vector<BatchAnswer> out;
  for (const Json& item : items) {
    QABYL_TRY(answer, batch_answer_from(item));
    out.push_back(answer);
  }
  return out;
}

std::string to_text(const JournalMark& mark) {
  return std::to_string(mark.q) + "." + core::to_hex(mark.digest);
}

core::Result<JournalMark> parse_journal_mark(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return members::bad(head_header);
  QABYL_TRY(q, parse_decimal(text.substr(0, dot)));
  QABYL_TRY(digest, core::digest_from_hex(text.substr(dot + 1)));
  return JournalMark{q, digest};
}

std::string encode_next_leaf(std::uint64_t index) { return core::canonical(Json(Json::Object{{"next", static_cast<std::int64_t>(index)}})); }

core::Result<std::uint64_t> decode_next_leaf(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, small_body_bytes_max));
  QABYL_TRY(next, members::natural(json, "next"));
  return static_cast<std::uint64_t>(next);
}

std::string to_text(const RestoreMark& mark) { return std::to_string(mark.leaves) + "." + std::to_string(mark.q); }

core::Result<RestoreMark> parse_restore_mark(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return members::bad(restore_header);
  QABYL_TRY(leaves, parse_decimal(text.substr(0, dot)));
  QABYL_TRY(q, parse_decimal(text.substr(dot + 1)));
  return RestoreMark{static_cast<std::uint64_t>(leaves), q};
}

std::string encode_time_answer(core::Instant now, std::string_view nonce, const core::SigningKey& acceptance) {
  Json payload;
  payload["v"] = 1;
  payload["registry_ms"] = members::ms(now);
  payload["nonce"] = nonce;
  Json json;
  json["time"] = core::sign_jws(acceptance, time_typ, core::as_bytes(core::canonical(payload)));
  return core::canonical(json);
}

core::Result<core::Instant> open_time_answer(std::string_view body, std::string_view nonce, const core::Keyring& keys) {
  QABYL_TRY(json, core::parse_json(body, small_body_bytes_max));
  QABYL_TRY(jws, core::parse_jws(json.text("time")));
  QABYL_TRY(payload, core::parse_json(core::as_text(jws.payload), small_body_bytes_max));
  QABYL_TRY(now, members::instant(payload, "registry_ms"));
  QABYL_TRY_DO(keys.verify(jws, time_typ, core::KeyUse::acceptance, now));
  if (payload.text("nonce") != nonce) return core::Error{core::ErrorCode::corrupt, "time for another question"};
  return now;
}

std::string encode_consistency(const std::vector<core::Digest>& proof, const LogMember& log) {
  core::Json::Array items;
  for (const core::Digest& hash : proof) items.push_back(core::to_base64(hash));
  core::Json json(core::Json::Object{{"proof", std::move(items)}});
  if (log) json["log"] = *log;
  return core::canonical(json);
}

core::Result<std::vector<core::Digest>> decode_consistency(std::string_view body) {
  QABYL_TRY(json, core::parse_json(body, body_bytes_max));
  const core::Json* const items = json.find("proof");
  if (!items || !items->is_array() || items->array().size() > consistency_hashes_max) return members::bad("proof");
  std::vector<core::Digest> proof;
  for (const core::Json& item : items->array()) {
    const auto bytes = core::from_base64(item.is_string() ? item.string() : std::string());
    core::Digest& hash = proof.emplace_back();
    if (!bytes || bytes->size() != hash.size()) return members::bad("proof");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
  }
  return proof;
}

}  // namespace qabyl::sync
