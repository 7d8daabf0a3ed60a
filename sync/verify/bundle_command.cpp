// See bundle_command.h. Whoever was given a root needs no list of keys: the bundle brings one, and the root says whether it counts.
#include "sync/verify/bundle_command.h"

#include "core/encoding.h"
#include "core/json.h"
#include "sync/verify/files.h"

namespace qabyl::sync::verify {
namespace {

std::size_t accepted(const BundleCheck& check) {
  const auto found = check.outcomes.find("accepted");
  return found == check.outcomes.end() ? 0 : found->second;
}

std::string facts_of(const BundleCheck& check, const Speech& speech) {
  std::string text = speech.say("verify.bundle.case", {{"id", check.case_id}}) + "\n";
  text += speech.say("verify.bundle.made", {{"moment", speech.moment(check.made)}}) + "\n";
  text += speech.say("verify.bundle.counts", {{"records", std::to_string(check.records)}, {"documents", std::to_string(check.documents)}}) + "\n";
  text += speech.say("verify.bundle.outcomes", {{"accepted", std::to_string(accepted(check))}, {"others", std::to_string(check.records - accepted(check))}}) + "\n";
  text += speech.say("verify.bundle.times", {{"from", speech.moment(check.first)}, {"to", speech.moment(check.last)}}) + "\n";
  for (const auto& digest : check.missing) text += speech.say("verify.bundle.missing", {{"digest", core::to_hex(digest)}}) + "\n";
  text += speech.say("verify.tree.origin", {{"origin", check.checkpoint.origin}}) + "\n";
  text += speech.say("verify.tree.size", {{"size", std::to_string(check.checkpoint.size)}}) + "\n";
  return check.root.empty() ? text : text + speech.say("verify.key.root", {{"fingerprint", check.root}}) + "\n";
}

std::string words_of(const BundleCheck& check, const Speech& speech) {
  std::string text = speech.say("verify.bundle." + std::string(to_text(check.standing))) + "\n";
  if (!check.why.empty()) text += speech.say("verify.why." + check.why) + "\n";
  if (!check.claimed.empty()) text += speech.say("verify.claimed", {{"fingerprint", check.claimed}}) + "\n";
  if (!check.where.empty()) text += speech.say("verify.bundle.where", {{"path", check.where}}) + "\n";
  if (check.standing == Standing::refused) return text;
  text += "\n" + facts_of(check, speech) + "\n" + speech.say(check.standing == Standing::proved ? "verify.proved" : "verify.intact") + "\n";
  text += "- " + speech.say("verify.bundle.records") + "\n- " + speech.say("verify.bundle.documents") + "\n";
  text += "\n" + speech.say("verify.open") + "\n";
  if (check.standing != Standing::proved) text += "- " + speech.say("verify.open.key") + "\n";
  return text + "- " + speech.say("verify.bundle.others") + "\n- " + speech.say("verify.open.witness") + "\n- " + speech.say("verify.open.truth") + "\n";
}

}  // namespace

std::string bundle_json(const BundleCheck& check) {
  core::Json json;
  json["verdict"] = to_text(check.standing);
  json["exit"] = exit_code(check.standing);
  if (!check.why.empty()) json["why"] = check.why;
  if (!check.where.empty()) json["where"] = check.where;
  if (check.standing == Standing::refused) return core::canonical(json) + "\n";
  if (!check.root.empty()) json["root"] = check.root;
  if (!check.claimed.empty()) json["claimed_root"] = check.claimed;
  json["kind"] = "bundle";
  json["case"] = check.case_id;
  json["made_ms"] = check.made.time_since_epoch().count();
  json["records"] = check.records;
  json["documents"] = check.documents;
  json["missing"] = check.missing.size();
  core::Json outcomes;
  for (const auto& [name, count] : check.outcomes) outcomes[name] = count;
  json["outcomes"] = std::move(outcomes);
  json["first_at_ms"] = check.first.time_since_epoch().count();
  json["last_at_ms"] = check.last.time_since_epoch().count();
  json["origin"] = check.checkpoint.origin;
  json["size"] = static_cast<std::int64_t>(check.checkpoint.size);
  core::Json::Array open{"content", "witness", "others"};
  if (check.standing != Standing::proved) open.push_back("key");
  json["not_proved"] = std::move(open);
  return core::canonical(json) + "\n";
}

core::Result<Answer> answer_bundle(const Arguments& arguments, const Speech& speech) {
  const auto file = read_named(arguments.file, log::evidence_bytes_max);
  if (!file && file.error().code != core::ErrorCode::too_large) return file.error();
  const std::string zip = file ? *file : std::string();
  QABYL_TRY(trust, trust_of(arguments, keys_in_bundle(core::as_bytes(zip))));
  const auto check = check_bundle(core::as_bytes(zip), trust);
  return Answer{arguments.has("--json") ? bundle_json(check) : words_of(check, speech), exit_code(check.standing)};
}

}  // namespace qabyl::sync::verify
