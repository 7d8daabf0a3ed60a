// See arguments.h.
#include "sync/verify/arguments.h"

#include <algorithm>

namespace qabyl::sync::verify {
namespace {

struct Command {
  std::string name;
  std::vector<std::string> needed, possible;
  std::string file;     // what a word that is no option stands for; empty: there is none
  std::string instead;  // an option that may stand for the file
};

constexpr const char* witness_option = "--witness";  // the one that may be repeated

// Options without a value.
const std::vector<std::string> switches{"--json"};

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"receipt", {}, {"--root", "--keys", "--lang", "--json"}, "FILE.pdf", "--qr"},
      {"log", {}, {"--kept", "--witness", "--tsa-root", "--journals", "--receipt", "--root", "--keys", "--lang", "--json"}, "DIR", {}},
      {"journal", {}, {"--root", "--keys", "--lang", "--json"}, "FILE", {}},
      {"proof", {}, {"--record", "--root", "--keys", "--lang", "--json"}, "FILE.json", {}},
      {"bundle", {}, {"--root", "--keys", "--lang", "--json"}, "FILE.zip", {}},
      {"deadline", {"--term", "--from"}, {"--profile", "--profile-file", "--calendar-file", "--stated", "--lang"}, {}, {}},
      {"calendar", {"--year"}, {"--calendar-file", "--lang"}, {}, {}},
      {"terms", {}, {"--profile", "--profile-file", "--lang"}, {}, {}}};
  return all;
}

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

core::Error wrong(std::string why) { return {core::ErrorCode::invalid_input, std::move(why)}; }

std::string what_it_needs(const Command& command) {
  return command.instead.empty() ? command.file : command.file + "|" + command.instead + " ...";
}

// The word at `i`, with its value if it has one; `i` is behind it afterwards.
core::Status take(const Command& command, const std::vector<std::string>& words, std::size_t& i, Arguments& arguments) {
  const std::string& word = words[i++];
  if (!word.starts_with("-") && !command.file.empty()) {
    if (!arguments.file.empty()) return wrong("one file too many: " + word);
    arguments.file = word;
    return core::Done{};
  }
  const bool known = holds(command.needed, word) || holds(command.possible, word) || (word == command.instead && !word.empty());
  if (!known) return wrong("unknown option: " + word);
  const bool has_value = !holds(switches, word);
  if (has_value && i == words.size()) return wrong(word + " needs a value");
  const std::string value = has_value ? words[i++] : std::string();
  if (word == witness_option) arguments.witnesses.push_back(value);
  else if (!arguments.values.emplace(word, value).second) return wrong(word + " is given twice");
  return core::Done{};
}

}  // namespace

std::string Arguments::value(std::string_view name, std::string_view fallback) const {
  const auto found = values.find(name);
  return found == values.end() ? std::string(fallback) : found->second;
}

core::Result<Arguments> parse_arguments(const std::vector<std::string>& words) {
  if (words.empty()) return wrong("no command");
  const auto command = std::find_if(commands().begin(), commands().end(), [&](const Command& one) { return one.name == words.front(); });
  if (command == commands().end()) return wrong("unknown command: " + words.front());
  Arguments arguments;
  arguments.command = command->name;
  for (std::size_t i = 1; i < words.size();) QABYL_TRY_DO(take(*command, words, i, arguments));
  for (const auto& name : command->needed) {
    if (!arguments.has(name)) return wrong(command->name + " needs " + name);
  }
  const bool instead = !command->instead.empty() && arguments.has(command->instead);
  if (!command->file.empty() && arguments.file.empty() != instead) return wrong(command->name + " needs " + what_it_needs(*command));
  return arguments;
}

std::string usage() {
  std::string text = "qabyl-verify: answers that anybody can check\n";
  for (const auto& command : commands()) {
    text += "  qabyl-verify " + command.name;
    if (!command.file.empty()) text += " " + what_it_needs(command);
    for (const auto& name : command.needed) text += " " + name + " ...";
    for (const auto& name : command.possible) text += " [" + name + (holds(switches, name) ? "]" : " ...]");
    text += "\n";
  }
  text += "--kept is a checkpoint that was seen before, or a folder of such, --journals a folder with the journal of every device.\n"
          "--receipt is the PDF or the QR text of a receipt of stage 2, to be held against that log.\n"
          "--witness is the verifier key of a witness (name+id+base64); it may be given for each witness.\n"
          "--tsa-root is a file of certificates (PEM or DER) of authorities whose time stamps are trusted.\n"
          "--root is a fingerprint of 64 hex digits or the file of the office's root key, --keys the office's list of keys.\n"
          "Ends with 0: answered, or proved up to that root; 1: no answer; 2: a wrong command line; 3: intact, but by an\n"
          "unknown key; 4: refused - altered, damaged or no proof at all; 5: proved, but a witness or a time stamping\n"
          "authority that was asked for did not confirm it.\n";
  return text;
}

}  // namespace qabyl::sync::verify
