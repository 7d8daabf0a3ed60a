// See power_cut.h. The rig lives in a child with mounts of its own; script and checks in children of that one.
#include "tests/power/power_cut.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

namespace qabyl::power {
namespace {

constexpr std::chrono::seconds rig_life_max{3600};
constexpr int acknowledged_share = 3;
constexpr double kept_shares[] = {0, 0.5, 0.5, 0.9};

struct Word {
  std::uint64_t position = 0;
  std::string text;
};

std::vector<Word> words_of(const std::string& said) {
  std::vector<Word> words;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    words.push_back({std::stoull(line), line.substr(space + 1)});
  }
  return words;
}

void sync_all(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  (void)::syncfs(file);
  ::close(file);
}

std::vector<std::uint64_t> chosen(const std::vector<std::uint64_t>& moments, const std::vector<Word>& words, std::uint64_t from, int cuts, std::mt19937& dice) {
  std::vector<std::uint64_t> after;
  std::copy_if(moments.begin(), moments.end(), std::back_inserter(after), [&](auto at) { return at >= from; });
  std::vector<std::uint64_t> chosen;
  for (int n = 0; n < cuts; ++n) {
    const bool at_word = n % acknowledged_share == 0;
    chosen.push_back(at_word ? words[dice() % words.size()].position : after[dice() % after.size()]);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

std::string look(const PowerScript& script, const std::string& image, const std::string& at, const std::string& said) {
  const Mounted mounted(image, at);
  if (!mounted.there()) return "cannot be mounted";
  const auto ended = in_child([&](const Line& line) {
    const auto lost = script.check(at, said);
    if (!lost.empty()) line.say(lost);
    return lost.empty() ? 0 : 1;
  });
  return ended.signal == 0 && ended.code == 0 ? "" : ended.text();
}

int play(const PowerScript& script, const std::string& folder, int cuts, unsigned seed, const Line& line) {
  if (!enter_own_mounts()) return 2;
  std::string said;
  std::uint64_t from = 0;
  {
    LoggedDisk disk(folder);
    if (!disk.ready()) return 3;
    script.prepare(disk.path());
    sync_all(disk.path());
    from = disk.position();
    const auto ended = in_child([&](const Line& out) { return script.run(disk.path(), Acknowledger(out, disk)); });
    if (ended.signal != 0 || ended.code != 0) return line.say("wrong " + ended.text()), 4;
    said = ended.said;
  }
  const auto words = words_of(said);
  if (words.empty()) return 5;
  line.say("acknowledged " + std::to_string(words.size()));
  CutMaker maker(folder + "/empty.img", folder + "/log");
  std::mt19937 dice(seed);
  for (const auto position : chosen(maker.moments(), words, from, cuts, dice)) {
    std::string known;
    for (const auto& word : words) known += word.position <= position ? word.text + "\n" : "";
    maker.write_image(position, kept_shares[dice() % std::size(kept_shares)], dice, folder + "/cut.img");
    const auto lost = look(script, folder + "/cut.img", folder + "/cut", known);
    line.say(lost.empty() ? "cut" : "bad at " + std::to_string(position) + ": " + lost.substr(0, lost.find('\n')));
  }
  return 0;
}

}  // namespace

CutReport cut_power(const PowerScript& script, int cuts, unsigned seed) {
  const FastFolder folder("power");
  const auto ended = in_child([&](const Line& line) { return play(script, folder.path(), cuts, seed, line); }, rig_life_max);
  CutReport report;
  std::istringstream lines(ended.said);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("acknowledged ")) report.acknowledged = std::stoi(line.substr(line.find(' ')));
    if (line == "cut" || line.starts_with("bad ")) ++report.cuts;
    if (line.starts_with("bad ")) ++report.bad, report.losses += line + "\n";
    if (line.starts_with("wrong ")) report.wrong += line + "\n";
  }
  if (ended.signal != 0 || ended.code != 0) report.wrong += ended.complaint + " code " + std::to_string(ended.code) + "\n";
  return report;
}

}  // namespace qabyl::power
