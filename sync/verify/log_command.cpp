// See log_command.h. Says of a log what was checked, and that a log alone cannot show that others see the same one.
#include "sync/verify/log_command.h"

#include <filesystem>

#include "core/encoding.h"
#include "core/json.h"
#include "sync/verify/files.h"

namespace qabyl::sync::verify {
namespace {

class FolderOfLog final : public LogFiles {
 public:
  explicit FolderOfLog(std::string folder) : folder_(std::move(folder)) {}
  core::Result<core::Bytes> read(const std::string& path, std::size_t bytes_max) override { return read_small(folder_ + "/" + path, bytes_max); }

 private:
  std::string folder_;
};

std::string words_of(const LogCheck& check, const Speech& speech) {
  std::string text = speech.say("verify.tree." + std::string(to_text(check.standing))) + "\n";
  if (!check.why.empty()) text += speech.say("verify.why." + check.why) + "\n";
  if (check.standing == Standing::refused) {
    text += speech.say("verify.tree.where", {{"path", check.where}}) + "\n";
    if (check.index > 0) text += speech.say("verify.tree.entry", {{"n", std::to_string(check.index + 1)}}) + "\n";
    return text;
  }
  text += "\n" + speech.say("verify.tree.origin", {{"origin", check.checkpoint.origin}}) + "\n";
  text += speech.say("verify.tree.size", {{"size", std::to_string(check.checkpoint.size)}}) + "\n";
  text += speech.say("verify.tree.root", {{"root", core::to_base64(check.checkpoint.root)}}) + "\n";
  if (check.checkpoint.size > 0) text += speech.say("verify.tree.times", {{"from", speech.moment(check.first)}, {"to", speech.moment(check.last)}}) + "\n";
  text += "\n" + speech.say(check.standing == Standing::proved ? "verify.proved" : "verify.intact") + "\n- " + speech.say("verify.tree.whole") + "\n";
  text += "\n" + speech.say("verify.open") + "\n- " + speech.say("verify.open.witness") + "\n- " + speech.say("verify.tree.records") + "\n";
  return text;
}

std::string json_of(const LogCheck& check) {
  core::Json json;
  json["verdict"] = to_text(check.standing);
  json["exit"] = exit_code(check.standing);
  if (!check.why.empty()) json["why"] = check.why;
  if (check.standing == Standing::refused) {
    json["where"] = check.where;
    json["index"] = static_cast<std::int64_t>(check.index);
    return core::canonical(json) + "\n";
  }
  json["origin"] = check.checkpoint.origin;
  json["size"] = static_cast<std::int64_t>(check.checkpoint.size);
  json["root"] = core::to_hex(check.checkpoint.root);
  json["first_at_ms"] = check.first.time_since_epoch().count();
  json["last_at_ms"] = check.last.time_since_epoch().count();
  return core::canonical(json) + "\n";
}

}  // namespace

core::Result<Answer> answer_log(const Arguments& arguments, const Speech& speech) {
  QABYL_TRY(trust, trust_of(arguments));
  std::error_code problem;
  if (!std::filesystem::is_directory(arguments.file, problem)) return core::Error{core::ErrorCode::not_found, "no folder " + arguments.file};
  FolderOfLog files(arguments.file);
  const auto check = check_log(files, trust);
  return Answer{arguments.has("--json") ? json_of(check) : words_of(check, speech), exit_code(check.standing)};
}

}  // namespace qabyl::sync::verify
