// One visit at a counter while something fails, and what must hold whatever failed: nobody was told anything that the store does
// not know when it is opened anew, an open outcome was said to be open, and the next visitor files without a restart
// (RELIABILITY I1, I2, I7, 4.4). For tests only.
#pragma once

#include <functional>

#include "tests/power/counter.h"

namespace qabyl::power {

struct Breakage {
  std::function<void()> begins, ends;
};

// A store in which one visitor has filed already; `said`: what Line::say() would have said of it.
struct Shop {
  FastFolder folder{"shop"};
  Told first;
  std::string said;
  Shop();
  std::string path() const { return folder.path() + "/store"; }
};

// Plays the visit on a copy of the shop's store at `folder`. Says "wrong <why>" lines, and one line "filed", "refused", "checking"
// (resolved later) or "closed" (the store did not open while it was broken).
int play(const Shop& shop, const std::string& folder, const Breakage& breakage, const Line& line);

}  // namespace qabyl::power
