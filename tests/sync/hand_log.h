// What a kiosk remembers of the evidence log, in memory. For tests of the uplink only.
#pragma once

#include <algorithm>
#include <map>

#include "core/store_ports.h"
#include "tests/support/catch.h"

namespace qabyl::test {

class HandLog final : public core::LogMemory {
 public:
  core::Result<std::string> newest_checkpoint() override { return newest; }
  core::Result<std::vector<std::string>> unchecked_checkpoints(std::size_t) override { return unchecked; }
  core::Status keep_checkpoint(std::string_view note) override {
    if (!words.contains(std::string(note)) && std::find(unchecked.begin(), unchecked.end(), note) == unchecked.end()) unchecked.emplace_back(note);
    return core::Done{};
  }
  core::Status judge_checkpoint(std::string_view note, core::NoteWord word) override {
    std::erase(unchecked, note);
    words[std::string(note)] = word;
    if (word == core::NoteWord::newest) newest = note;
    return core::Done{};
  }
  core::Status keep_fork(std::string_view note, const core::LogFork& fork) override {
    std::erase(unchecked, note);
    forks.push_back(fork);
    return core::Done{};
  }
  core::Result<std::string> unreported_fork() override { return reported < forks.size() ? forks[reported].evidence : std::string(); }
  core::Status fork_reported(std::string_view evidence) override {
    REQUIRE(forks.at(reported).evidence == evidence);
    ++reported;
    return core::Done{};
  }
  std::string newest;
  std::vector<std::string> unchecked;
  std::map<std::string, core::NoteWord> words;
  std::vector<core::LogFork> forks;
  std::size_t reported = 0;  // so many, the oldest first
};

}  // namespace qabyl::test
