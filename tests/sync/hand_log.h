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
  core::Result<core::LogMirror> mirror() override { return mirrored; }
  core::Status keep_leaves(const core::LogMirror& after, const std::vector<core::LogLeaf>& more) override {
    REQUIRE(more.size() <= after.size - after.start);
    if (after.start != mirrored.start || mirrored.size == 0) leaves.clear();
    REQUIRE(leaves.size() + more.size() == after.size - after.start);
    leaves.insert(leaves.end(), more.begin(), more.end());
    mirrored = after;
    return core::Done{};
  }
  core::Result<std::vector<core::LogLeaf>> leaves_from(std::uint64_t index, std::size_t count_max) override {
    REQUIRE(index >= mirrored.start);
    const auto first = static_cast<std::size_t>(std::min(index, mirrored.size) - mirrored.start), count = std::min(count_max, leaves.size() - first);
    return std::vector<core::LogLeaf>(leaves.begin() + static_cast<std::ptrdiff_t>(first), leaves.begin() + static_cast<std::ptrdiff_t>(first + count));
  }
  core::Result<std::string> unreported_fork() override { return reported < forks.size() ? forks[reported].evidence : std::string(); }
  core::Status fork_reported(std::string_view evidence) override {
    REQUIRE(forks.at(reported).evidence == evidence);
    ++reported;
    return core::Done{};
  }
  std::string newest;
  core::LogMirror mirrored;
  std::vector<core::LogLeaf> leaves;  // of the mirror
  std::vector<std::string> unchecked;
  std::map<std::string, core::NoteWord> words;
  std::vector<core::LogFork> forks;
  std::size_t reported = 0;  // so many, the oldest first
};

}  // namespace qabyl::test
