// How much a test does: the word in QABYL_TIER.
#include "tests/support/tier.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace qabyl::test {

Tier tier() {
  const char* set = std::getenv("QABYL_TIER");
  const std::string_view word = set == nullptr ? "quick" : set;
  if (word == "quick") return Tier::quick;
  if (word == "ci") return Tier::ci;
  if (word == "soak") return Tier::soak;
  std::fprintf(stderr, "QABYL_TIER is quick, ci or soak\n");
  std::exit(2);
}

int at_tier(int quick, int ci, int soak) {
  const auto now = tier();
  return now == Tier::quick ? quick : now == Tier::ci ? ci : soak;
}

}  // namespace qabyl::test
