// The registry's verdict on one record as a JWS (RELIABILITY, I6). An answer without a verified
// verdict, whatever its HTTP status, counts as no answer. Members of later versions are passed over: the
// signature covers them.
#include "core/verdict.h"

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::core {
namespace {

constexpr std::size_t verdict_bytes_max = 64 * 1024;
constexpr std::size_t code_bytes_max = 200;
constexpr std::size_t signature_chars = 86;  // 64 bytes in base64url

LogPlace log_from(const Json& json, Reader& verdict) {
  Reader reader(json, "log");
  LogPlace log;
  log.index = static_cast<std::uint64_t>(reader.integer("index", 0, json_integer_max));
  log.size = static_cast<std::uint64_t>(reader.integer("size", 1, json_integer_max));
  log.at = Instant(Millis(reader.integer("at_ms", 0, json_integer_max)));
  log.checkpoint = reader.text("checkpoint", log_checkpoint_bytes_max, 1);
  for (const Json& item : reader.array("proof", log_proof_hashes_max)) {
    const auto bytes = from_base64(item.is_string() ? item.string() : std::string());
    Digest& hash = log.proof.emplace_back();
    if (bytes && bytes->size() == hash.size()) std::copy(bytes->begin(), bytes->end(), hash.begin());
    else reader.fault("proof", "hashes expected");
  }
  if (log.index >= log.size) reader.fault("index", "beyond the tree");
  if (const Status status = reader.status(); !status) verdict.fault("", status.error().detail);
  return log;
}

Json log_json(const LogPlace& log) {
  Json::Array proof;
  for (const Digest& hash : log.proof) proof.push_back(to_base64(hash));
  return Json::Object{{"index", log.index}, {"size", log.size}, {"at_ms", log.at.time_since_epoch().count()}, {"proof", std::move(proof)}, {"checkpoint", log.checkpoint}};
}

Signature signature_from(Reader& reader, std::string_view name) {
  Signature signature{};
  const auto bytes = from_base64url(reader.text(name, signature_chars, signature_chars));
  if (bytes && bytes->size() == signature.size()) std::copy(bytes->begin(), bytes->end(), signature.begin());
  else reader.fault(name, "not 64 bytes in base64url");
  return signature;
}

Verdict verdict_from(const Json& json, Reader& reader) {
  Verdict verdict;
  verdict.id = reader.id("id");
  verdict.digest = reader.digest("digest");
  const auto outcome = parse_outcome(reader.word("outcome", {"received", "accepted", "quarantined", "superseded"}));
  verdict.outcome = outcome ? *outcome : Outcome::received;
  verdict.reason = reader.text("reason", code_bytes_max);
  verdict.field = reader.text("field", code_bytes_max);
  verdict.by = reader.id("by", true);
  verdict.at = Instant(Millis(reader.integer("at_ms", 0, json_integer_max)));
  verdict.number = reader.text("number", code_bytes_max);
  for (const auto& index : reader.array("missing", record_docs_max)) {
    const bool good = index.is_integer() && index.integer() >= 0 && index.integer() < static_cast<std::int64_t>(record_docs_max);
    if (!good) reader.fault("missing", "document index expected");
    verdict.missing.push_back(good ? static_cast<int>(index.integer()) : 0);
  }
  if (json.find("log") != nullptr) verdict.log = log_from(reader.object("log"), reader);
  if (json.find("receipt") != nullptr) verdict.receipt = signature_from(reader, "receipt");
  if ((verdict.outcome == Outcome::superseded) == verdict.by.empty()) reader.fault("by", "stands with superseded only");
  if (verdict.outcome == Outcome::quarantined && verdict.reason.empty()) reader.fault("reason", "is missing");
  if (verdict.outcome == Outcome::accepted && !verdict.missing.empty()) reader.fault("missing", "accepted means whole");
  if (verdict.receipt && (verdict.outcome != Outcome::accepted || !verdict.log)) reader.fault("receipt", "stands with accepted and log only");
  return verdict;
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::received: return "received";
    case Outcome::accepted: return "accepted";
    case Outcome::quarantined: return "quarantined";
    case Outcome::superseded: return "superseded";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Outcome> parse_outcome(std::string_view text) {
  for (const Outcome outcome : {Outcome::received, Outcome::accepted, Outcome::quarantined, Outcome::superseded}) {
    if (text == to_text(outcome)) return outcome;
  }
  return Error{ErrorCode::invalid_input, "unknown outcome"};
}

std::string sign_verdict(const Verdict& verdict, const SigningKey& acceptance_key) {
  Json::Array missing(verdict.missing.begin(), verdict.missing.end());
  Json json(Json::Object{
      {"v", 1}, {"id", verdict.id}, {"digest", to_hex(verdict.digest)}, {"outcome", to_text(verdict.outcome)},
      {"reason", verdict.reason}, {"field", verdict.field}, {"by", verdict.by}, {"missing", std::move(missing)},
      {"at_ms", verdict.at.time_since_epoch().count()}, {"number", verdict.number}});
  if (verdict.log) json["log"] = log_json(*verdict.log);
  if (verdict.receipt) json["receipt"] = to_base64url(*verdict.receipt);
  return sign_jws(acceptance_key, typ::verdict, as_bytes(canonical(json)));
}

Result<Verdict> open_verdict(std::string_view jws, const Keyring& keys, const Id& id, const Digest& digest) {
  if (jws.size() > verdict_bytes_max) return Error{ErrorCode::too_large, "verdict over its limit"};
  QABYL_TRY(parsed, parse_jws(jws));
  QABYL_TRY(json, parse_json(as_text(parsed.payload), verdict_bytes_max));
  Reader reader(json);
  reader.integer("v", 1, 1);
  const Verdict verdict = verdict_from(json, reader);
  // The key must have been valid at the time that the verdict states, not when it is read again.
  QABYL_TRY_DO(keys.verify(parsed, typ::verdict, KeyUse::acceptance, verdict.at));
  QABYL_TRY_DO(reader.status());
  if (verdict.id != id || verdict.digest != digest) return Error{ErrorCode::corrupt, "verdict on another record"};
  return verdict;
}

}  // namespace qabyl::core
