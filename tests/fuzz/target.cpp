// See target.h.
#include "tests/fuzz/target.h"

#include <cstdio>
#include <cstdlib>

namespace qabyl::fuzz {

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace qabyl::fuzz
