// What a seed did, as a hash of its every event (I20), and as lines for --trace; what fired, for coverage; the first failure.
#pragma once

#include <cstdio>
#include <map>
#include <string>

#include "core/encoding.h"
#include "tests/sim/parts/swarm.h"

namespace qabyl::sim {

enum class Tell { nothing, story, all };  // story: without what kiosks ask all day

class Journal {
 public:
  Tell print = Tell::nothing;
  void note(core::Instant at, const std::string& line) {
    const auto ms = at.time_since_epoch().count();
    mix(std::to_string(ms));
    mix(line);
    ++events_;
    const bool daily = line.find(" GET ") != line.npos;
    if (print == Tell::all || (print == Tell::story && !daily)) std::fprintf(stdout, "%s %s\n", core::iso_instant(at).c_str(), line.c_str());
  }
  void count(const std::string& what) { ++counts_[what]; }
  // A fault was drawn: does it fall? Drawn ones are numbered, and a replay may let a part of them fall (Less::only).
  bool falls(core::Instant at, Fault fault) {
    const auto number = blows_++;
    if (only && !only->contains(number)) return false;
    count("fault " + std::string(name_of(fault)));
    note(at, "blow " + std::to_string(number) + ": " + std::string(name_of(fault)));
    return true;
  }
  std::int64_t blows() const { return blows_; }
  std::optional<std::set<std::int64_t>> only;
  void fail(const std::string& why) {
    if (failure_.empty()) failure_ = why;
    mix(why);
    if (print != Tell::nothing) std::fprintf(stdout, "FAILED %s\n", why.c_str());
  }
  const std::string& failure() const { return failure_; }
  std::uint64_t hash() const { return hash_; }
  std::int64_t events() const { return events_; }
  const std::map<std::string, std::int64_t>& counts() const { return counts_; }

 private:
  void mix(const std::string& text) {
    for (const char c : text) hash_ = (hash_ ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    hash_ = (hash_ ^ 0xff) * 0x100000001b3ULL;
  }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
  std::int64_t events_ = 0, blows_ = 0;
  std::string failure_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace qabyl::sim
