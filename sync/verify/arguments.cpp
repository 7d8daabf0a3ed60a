// See arguments.h.
#include "sync/verify/arguments.h"

#include <algorithm>

namespace qabyl::sync::verify {
namespace {

struct Command {
  std::string name;
  std::vector<std::string> needed, possible;
};

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"deadline", {"--term", "--from"}, {"--profile", "--profile-file", "--calendar-file", "--stated", "--lang"}},
      {"calendar", {"--year"}, {"--calendar-file", "--lang"}},
      {"terms", {}, {"--profile", "--profile-file", "--lang"}}};
  return all;
}

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

core::Error wrong(std::string why) { return {core::ErrorCode::invalid_input, std::move(why)}; }

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
  for (std::size_t i = 1; i < words.size(); i += 2) {
    if (!holds(command->needed, words[i]) && !holds(command->possible, words[i])) return wrong("unknown option: " + words[i]);
    if (i + 1 == words.size()) return wrong(words[i] + " needs a value");
    if (!arguments.values.emplace(words[i], words[i + 1]).second) return wrong(words[i] + " is given twice");
  }
  for (const auto& name : command->needed) {
    if (!arguments.values.contains(name)) return wrong(command->name + " needs " + name);
  }
  return arguments;
}

std::string usage() {
  std::string text = "qabyl-verify: answers that anybody can check\n";
  for (const auto& command : commands()) {
    text += "  qabyl-verify " + command.name;
    for (const auto& name : command.needed) text += " " + name + " ...";
    for (const auto& name : command.possible) text += " [" + name + " ...]";
    text += "\n";
  }
  return text;
}

}  // namespace qabyl::sync::verify
