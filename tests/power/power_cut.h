// Plays a script on a disk whose power is then cut at many moments, and compares each time what was acknowledged before the cut
// with what a fresh process finds. For tests only.
#pragma once

#include "tests/power/disk_rig.h"

namespace qabyl::power {

// What a script says: each word with the moment at which it was known to the world.
class Acknowledger {
 public:
  Acknowledger(const Line& line, const LoggedDisk& disk) : line_(line), disk_(disk) {}
  void say(const std::string& word) const { line_.say(std::to_string(disk_.position()) + " " + word); }

 private:
  const Line& line_;
  const LoggedDisk& disk_;
};

struct PowerScript {
  std::function<void(const std::string& folder)> prepare = [](const std::string&) {};  // on the mounted disk; synced before it counts
  std::function<int(const std::string& folder, const Acknowledger&)> run;              // in a process of its own
  std::function<std::string(const std::string& folder, const std::string& said)> check;  // "" or what is lost; the words, one a line
};

struct CutReport {
  std::string wrong;      // of the rig itself: it could not be played
  std::string losses;     // a line a bad cut
  int cuts = 0, bad = 0, acknowledged = 0;
};

// `cuts` moments: a third right after an acknowledgement, the rest anywhere after the preparation.
CutReport cut_power(const PowerScript& script, int cuts, unsigned seed);

}  // namespace qabyl::power
