// See proof_command.h. Says what a digest alone cannot show: which record it is.
#include "sync/verify/proof_command.h"

#include "core/encoding.h"
#include "core/json.h"
#include "core/jws.h"
#include "sync/verify/files.h"

namespace qabyl::sync::verify {
namespace {

std::string words_of(const ProofCheck& check, bool with_record, const Speech& speech) {
  std::string text = speech.say("verify.proof." + std::string(to_text(check.standing))) + "\n";
  if (!check.why.empty()) text += speech.say("verify.why." + check.why) + "\n";
  if (!check.claimed.empty()) text += speech.say("verify.claimed", {{"fingerprint", check.claimed}}) + "\n";
  if (check.standing == Standing::refused) return text;
  text += "\n" + speech.say("verify.record", {{"digest", core::to_hex(check.file.leaf.record)}}) + "\n";
  text += speech.say("verify.proof.at", {{"moment", speech.moment(check.file.leaf.at)}}) + "\n";
  text += speech.say("verify.tree.origin", {{"origin", check.checkpoint.origin}}) + "\n";
  text += speech.say("verify.log", {{"n", std::to_string(check.file.index + 1)}, {"size", std::to_string(check.file.size)}}) + "\n";
  if (!check.root.empty()) text += speech.say("verify.key.root", {{"fingerprint", check.root}}) + "\n";
  text += "\n" + speech.say(check.standing == Standing::proved ? "verify.proved" : "verify.intact") + "\n- " + speech.say("verify.proof.placed") + "\n";
  if (with_record) text += "- " + speech.say("verify.proof.record") + "\n";
  text += "\n" + speech.say("verify.open") + "\n";
  if (check.standing != Standing::proved) text += "- " + speech.say("verify.open.key") + "\n";
  if (!with_record) text += "- " + speech.say("verify.proof.whose") + "\n";
  return text + "- " + speech.say("verify.open.witness") + "\n- " + speech.say("verify.open.content") + "\n";
}

}  // namespace

std::string proof_json(const ProofCheck& check, bool with_record) {
  core::Json json;
  json["verdict"] = to_text(check.standing);
  json["exit"] = exit_code(check.standing);
  if (!check.why.empty()) json["why"] = check.why;
  if (check.standing == Standing::refused) return core::canonical(json) + "\n";
  if (!check.root.empty()) json["root"] = check.root;
  if (!check.claimed.empty()) json["claimed_root"] = check.claimed;
  json["kind"] = "proof";
  json["record"] = core::to_hex(check.file.leaf.record);
  json["at_ms"] = check.file.leaf.at.time_since_epoch().count();
  json["origin"] = check.checkpoint.origin;
  json["index"] = check.file.index;
  json["size"] = check.file.size;
  core::Json::Array open{"content", "witness"};
  if (!with_record) open.push_back("record");
  if (check.standing != Standing::proved) open.push_back("key");
  json["not_proved"] = std::move(open);
  return core::canonical(json) + "\n";
}

core::Result<Answer> answer_proof(const Arguments& arguments, const Speech& speech) {
  QABYL_TRY(trust, trust_of(arguments));
  const auto file = read_named(arguments.file, log::proof_file_bytes_max);
  if (!file && file.error().code != core::ErrorCode::too_large) return file.error();
  std::string record;
  if (arguments.has("--record")) {
    QABYL_TRY(jws, read_named(arguments.value("--record"), core::jws_bytes_max));
    record = std::move(jws);
    if (record.empty()) return core::Error{core::ErrorCode::invalid_input, "the record is empty"};
  }
  const auto check = check_proof(file ? *file : std::string(), record, trust);
  return Answer{arguments.has("--json") ? proof_json(check, !record.empty()) : words_of(check, !record.empty(), speech), exit_code(check.standing)};
}

}  // namespace qabyl::sync::verify
