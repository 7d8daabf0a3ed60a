// See journal_command.h. A journal may be long: it is read line by line.
#include "sync/verify/journal_command.h"

#include <fstream>

#include "core/encoding.h"
#include "core/json.h"
#include "sync/verify/files.h"

namespace qabyl::sync::verify {
namespace {

std::string words_of(const JournalCheck& check, const Speech& speech) {
  std::string text = speech.say("verify.journal." + std::string(to_text(check.standing))) + "\n";
  if (!check.why.empty()) text += speech.say("verify.why." + check.why) + "\n";
  if (!check.claimed.empty()) text += speech.say("verify.claimed", {{"fingerprint", check.claimed}}) + "\n";
  if (check.standing == Standing::refused) return text + speech.say("verify.journal.where", {{"n", std::to_string(check.line)}}) + "\n";
  text += "\n" + speech.say("verify.journal.device", {{"device", check.head.device}}) + "\n";
  text += speech.say("verify.journal.records", {{"n", std::to_string(check.head.records)}}) + "\n";
  text += speech.say("verify.journal.made", {{"moment", speech.moment(check.head.made)}}) + "\n";
  if (check.head.records > 0) text += speech.say("verify.journal.times", {{"from", speech.moment(check.first)}, {"to", speech.moment(check.last)}}) + "\n";
  if (check.doubtful > 0) text += speech.say("verify.journal.doubtful", {{"n", std::to_string(check.doubtful)}}) + "\n";
  text += speech.say("verify.journal.head", {{"digest", core::to_hex(check.head.last)}}) + "\n";
  if (!check.root.empty()) text += speech.say("verify.key.root", {{"fingerprint", check.root}}) + "\n";
  text += "\n" + speech.say(check.standing == Standing::proved ? "verify.proved" : "verify.intact") + "\n- " + speech.say("verify.journal.whole") + "\n";
  text += "\n" + speech.say("verify.open") + "\n";
  if (check.standing != Standing::proved) text += "- " + speech.say("verify.open.key") + "\n";
  return text + "- " + speech.say("verify.journal.later") + "\n- " + speech.say("verify.open.clock") + "\n- " + speech.say("verify.open.truth") + "\n";
}

std::string json_of(const JournalCheck& check) {
  core::Json json;
  json["verdict"] = to_text(check.standing);
  json["exit"] = exit_code(check.standing);
  if (!check.why.empty()) json["why"] = check.why;
  if (check.standing == Standing::refused) {
    json["line"] = check.line;
    return core::canonical(json) + "\n";
  }
  if (!check.root.empty()) json["root"] = check.root;
  if (!check.claimed.empty()) json["claimed_root"] = check.claimed;
  json["kind"] = "journal";
  json["device"] = check.head.device;
  json["records"] = check.head.records;
  json["last"] = core::to_hex(check.head.last);
  json["made_ms"] = check.head.made.time_since_epoch().count();
  json["doubtful"] = check.doubtful;
  core::Json::Array open{"content", "clock", "later"};
  if (check.standing != Standing::proved) open.push_back("key");
  json["not_proved"] = std::move(open);
  return core::canonical(json) + "\n";
}

}  // namespace

core::Result<Answer> answer_journal(const Arguments& arguments, const Speech& speech) {
  QABYL_TRY(trust, trust_of(arguments));
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) return core::Error{core::ErrorCode::not_found, "cannot read " + arguments.file};
  const auto check = check_journal([&file] { return next_line(file, log::journal_line_bytes_max); }, trust);
  if (file.bad()) return core::Error{core::ErrorCode::not_found, "cannot read " + arguments.file};
  return Answer{arguments.has("--json") ? json_of(check) : words_of(check, speech), exit_code(check.standing)};
}

}  // namespace qabyl::sync::verify
