// See log_command.h. Says of a log what was checked, and that a log alone cannot show that others see the same one.
#include "sync/verify/log_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "core/encoding.h"
#include "core/json.h"
#include "sync/log/leaf.h"
#include "sync/verify/certificate.h"
#include "sync/verify/files.h"
#include "sync/verify/kept_checkpoints.h"
#include "sync/verify/log_journals.h"
#include "sync/verify/log_witness.h"
#include "sync/verify/receipt_command.h"
#include "sync/verify/stamp_check.h"

namespace qabyl::sync::verify {
namespace {

class FolderOfLog final : public LogFiles {
 public:
  explicit FolderOfLog(const std::string& folder) : folder_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}
  ~FolderOfLog() override { ::close(folder_); }
  FolderOfLog(const FolderOfLog&) = delete;
  FolderOfLog& operator=(const FolderOfLog&) = delete;
  core::Result<std::size_t> read_into(const std::string& path, std::span<std::uint8_t> room) override { return read_small(folder_, path, room); }

 private:
  int folder_;
};

// What was asked besides the log itself.
struct Asked {
  bool journals = false;
  std::size_t kept = 0;  // checkpoints
  std::vector<WitnessSaid> witnesses{};
  std::uint64_t stamped = 0;  // entries of the checkpoint that a time stamp lies beside; 0: none
  std::optional<StampCheck> stamp{};  // --tsa-root
  std::optional<core::RegistryReceipt> receipt{};
  bool stamp_holds() const { return stamp && stamp->outcome == StampCheck::Outcome::confirmed; }
  // Of a receipt: up to its entry.
  bool confirmed() const {
    return (!stamp || stamp_holds()) && std::all_of(witnesses.begin(), witnesses.end(), [this](const WitnessSaid& one) { return one.unix_s != 0 && (!receipt || one.size > receipt->index); });
  }
};

int exit_of(const LogCheck& check, const Asked& asked) {
  return check.standing == Standing::proved && !asked.confirmed() ? exit_unwitnessed : exit_code(check.standing);
}

std::string stamp_words(const Asked& asked, const Speech& speech) {
  if (asked.stamped == 0) return speech.say("verify.stamp.none");
  const core::TextArgs size{{"size", std::to_string(asked.stamped)}};
  if (!asked.stamp) return speech.say("verify.stamp.there", size);
  if (asked.stamp->outcome == StampCheck::Outcome::unknown) return speech.say("verify.stamp.unknown", size);
  const bool holds = asked.stamp_holds();
  return speech.say(holds ? "verify.stamp.confirmed" : "verify.stamp.stranger", {size.front(), {"name", asked.stamp->authority}, {"moment", holds ? speech.moment(asked.stamp->at) : ""}});
}

std::string witness_words(const Asked& asked, bool confirmed, const Speech& speech) {
  std::string text;
  for (const WitnessSaid& one : asked.witnesses) {
    if ((one.unix_s != 0) != confirmed) continue;
    const auto moment = speech.moment(core::Instant(std::chrono::seconds(one.unix_s)));
    text += "- " + speech.say(confirmed ? "verify.witness.confirmed" : "verify.witness.silent", {{"name", one.name}, {"size", std::to_string(one.size)}, {"moment", moment}}) + "\n";
  }
  return text;
}

core::Json witness_json(const Asked& asked) {
  core::Json::Array said;
  for (const WitnessSaid& one : asked.witnesses) {
    core::Json line(core::Json::Object{{"name", one.name}, {"confirmed", one.unix_s != 0}});
    if (one.unix_s != 0) line["size"] = static_cast<std::int64_t>(one.size), line["at_s"] = one.unix_s;
    said.push_back(std::move(line));
  }
  return said;
}

bool is_of_an_entry(const LogCheck& check) { return check.index > 0 || check.why == "log_without_record"; }

std::string words_of(const LogCheck& check, const Asked& asked, const Speech& speech) {
  std::string text = speech.say("verify.tree." + std::string(to_text(check.standing))) + "\n";
  if (!check.why.empty()) text += speech.say("verify.why." + check.why) + "\n";
  if (check.standing == Standing::refused) {
    text += speech.say("verify.tree.where", {{"path", check.where}}) + "\n";
    if (check.line > 0) text += speech.say("verify.journal.where", {{"n", std::to_string(check.line)}}) + "\n";
    if (check.agreed > 0) text += speech.say("verify.tree.agreed", {{"n", std::to_string(check.agreed)}}) + "\n";
    if (is_of_an_entry(check)) text += speech.say("verify.tree.entry", {{"n", std::to_string(check.index + 1)}}) + "\n";
    return text;
  }
  text += "\n" + speech.say("verify.tree.origin", {{"origin", check.checkpoint.origin}}) + "\n";
  text += speech.say("verify.tree.size", {{"size", std::to_string(check.checkpoint.size)}}) + "\n";
  text += speech.say("verify.tree.root", {{"root", core::to_base64(check.checkpoint.root)}}) + "\n";
  if (check.checkpoint.size > 0) text += speech.say("verify.tree.times", {{"from", speech.moment(check.first)}, {"to", speech.moment(check.last)}}) + "\n";
  text += "\n" + speech.say(check.standing == Standing::proved ? "verify.proved" : "verify.intact") + "\n- " + speech.say("verify.tree.whole") + "\n";
  if (asked.kept > 0) text += "- " + speech.say("verify.tree.kept", {{"n", std::to_string(asked.kept)}, {"size", std::to_string(check.agreed)}}) + "\n";
  if (asked.journals) text += "- " + speech.say("verify.tree.journals") + "\n";
  if (asked.receipt) text += "- " + speech.say("verify.tree.receipt", {{"number", asked.receipt->number}, {"n", std::to_string(asked.receipt->index + 1)}}) + "\n";
  text += witness_words(asked, true, speech);
  if (asked.stamp_holds()) text += "- " + stamp_words(asked, speech) + "\n";
  text += "\n" + speech.say("verify.open") + "\n" + witness_words(asked, false, speech);
  if (!asked.stamp_holds()) text += "- " + stamp_words(asked, speech) + "\n";
  if (asked.kept == 0) text += "- " + speech.say("verify.open.witness") + "\n";
  return text + "- " + speech.say(asked.journals ? "verify.open.truth" : "verify.tree.records") + "\n";
}

std::string json_of(const LogCheck& check, const Asked& asked) {
  core::Json json;
  json["verdict"] = to_text(check.standing);
  json["exit"] = exit_of(check, asked);
  if (!check.why.empty()) json["why"] = check.why;
  if (check.standing == Standing::refused) {
    json["where"] = check.where;
    json["index"] = static_cast<std::int64_t>(check.index);
    if (check.line > 0) json["line"] = check.line;
    if (asked.kept > 0) json["agreed"] = static_cast<std::int64_t>(check.agreed);
    return core::canonical(json) + "\n";
  }
  json["origin"] = check.checkpoint.origin;
  json["size"] = static_cast<std::int64_t>(check.checkpoint.size);
  json["root"] = core::to_hex(check.checkpoint.root);
  json["first_at_ms"] = check.first.time_since_epoch().count();
  json["last_at_ms"] = check.last.time_since_epoch().count();
  if (asked.kept > 0) json["agreed"] = static_cast<std::int64_t>(check.agreed);
  json["kept"] = static_cast<std::int64_t>(asked.kept);
  json["journals"] = asked.journals;
  if (asked.receipt) json["receipt"] = core::Json::Object{{"number", asked.receipt->number}, {"index", asked.receipt->index}, {"size", asked.receipt->size}};
  if (asked.stamped > 0) json["stamped"] = static_cast<std::int64_t>(asked.stamped);
  if (asked.stamp_holds()) json["stamp"] = core::Json::Object{{"authority", asked.stamp->authority}, {"at_s", asked.stamp->at.time_since_epoch().count() / 1000}};
  if (!asked.witnesses.empty()) json["witnesses"] = witness_json(asked);
  return core::canonical(json) + "\n";
}

// Opened when it is asked for a line and closed behind the last one: there may be thousands.
Lines lines_of(const std::string& path) {
  return [path, file = std::shared_ptr<std::ifstream>()]() mutable {
    if (!file) file = std::make_shared<std::ifstream>(path, std::ios::binary);
    auto line = next_line(*file, log::journal_line_bytes_max);
    if (!line) file.reset();
    return line;
  };
}

core::Result<LogCheck> check_all(const Arguments& arguments, LogFiles& files, const Trust& trust, const LogQuestions& questions, const Hands& hands) {
  if (!arguments.has("--journals")) return check_log(files, trust, questions, hands);
  QABYL_TRY(paths, files_in(arguments.value("--journals"), journal_files_max));
  std::vector<JournalSource> journals;
  for (const auto& path : paths) journals.push_back({path, lines_of(path)});
  return check_log_with_journals(files, journals, trust, questions, hands);
}

core::Result<std::vector<KeptCheckpoint>> kept_by(const Arguments& arguments, const Trust& trust) {
  if (!arguments.has("--kept")) return std::vector<KeptCheckpoint>{};
  return kept_checkpoints(arguments.value("--kept"), trust);
}

core::Result<std::vector<log::NoteKey>> witnesses_of(const Arguments& arguments) {
  std::vector<log::NoteKey> keys;
  for (const std::string& text : arguments.witnesses) {
    QABYL_TRY(key, log::parse_vkey(text));
    if (key.algorithm != log::NoteAlgorithm::cosignature_v1) return core::Error{core::ErrorCode::invalid_input, "not the key of a witness (cosignature/v1): " + key.name};
    keys.push_back(std::move(key));
  }
  return keys;
}

// nullopt: nobody asked. Without a stamp that is there, nothing is confirmed.
core::Result<std::optional<StampCheck>> stamp_by(const Arguments& arguments, const Stamped& stamped, WitnessNotes& notes) {
  if (!arguments.has("--tsa-root")) return std::optional<StampCheck>();
  QABYL_TRY(file, read_named(arguments.value("--tsa-root"), stamp_bytes_max));
  QABYL_TRY(roots, certificates_in(file));
  if (stamped.size == 0) return std::optional(StampCheck{StampCheck::Outcome::stranger, {}, {}, {}});
  auto check = check_stamp(stamped.response, stamped.note, roots);
  if (check.outcome == StampCheck::Outcome::refused && notes.why.empty()) notes.why = check.why, notes.where = std::string(log::stamp_path);
  return std::optional(std::move(check));
}

LogCheck refused(std::string why, std::string where) {
  LogCheck check;
  check.why = std::move(why);
  check.where = std::move(where);
  return check;
}

core::Result<ReceiptCheck> receipt_by(const std::string& given, const Trust& trust) {
  if (given.starts_with(core::receipt_qr_prefix)) return check_receipt_qr(given, trust);
  return check_receipt_file(given, trust);
}

// The tree that its proof leads to: if the log begins with it, the receipt's record is the entry that it names.
KeptCheckpoint tree_of(const core::RegistryReceipt& receipt, const std::string& where) {
  const auto root = log::inclusion_root(log::leaf_hash({receipt.record, receipt.registry_at}), receipt.index, receipt.size, receipt.proof);
  return {where, {{}, receipt.size, *root}};
}

}  // namespace

core::Result<Answer> answer_log(const Arguments& arguments, const Speech& speech, const Hands& hands) {
  QABYL_TRY(trust, trust_of(arguments));
  std::error_code problem;
  if (!std::filesystem::is_directory(arguments.file, problem)) return core::Error{core::ErrorCode::not_found, "no folder " + arguments.file};
  FolderOfLog files(arguments.file);
  QABYL_TRY(kept, kept_by(arguments, trust));
  const auto given = arguments.value("--receipt");
  QABYL_TRY(receipt, given.empty() ? core::Result<ReceiptCheck>(ReceiptCheck{}) : receipt_by(given, trust));
  QABYL_TRY(witnesses, witnesses_of(arguments));
  auto notes = read_witnesses(files, trust, witnesses);
  const auto stamped = read_stamped(files, trust, notes);
  QABYL_TRY(stamp, stamp_by(arguments, stamped, notes));
  const Asked asked{arguments.has("--journals"), kept.size(), notes.said, stamped.size, stamp, receipt.registry};
  kept.insert(kept.end(), notes.cosigned.begin(), notes.cosigned.end());
  if (receipt.registry) kept.push_back(tree_of(*receipt.registry, given));
  else if (!given.empty()) notes.why = receipt.why.empty() ? "not_in_log" : receipt.why, notes.where = given;  // refused, or of stage 1
  QABYL_TRY(check, notes.why.empty() ? check_all(arguments, files, trust, {std::move(kept), {}}, hands) : core::Result<LogCheck>(refused(notes.why, notes.where)));
  return Answer{arguments.has("--json") ? json_of(check, asked) : words_of(check, asked, speech), exit_of(check, asked)};
}

}  // namespace qabyl::sync::verify
