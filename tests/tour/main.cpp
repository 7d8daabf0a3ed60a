// qabyl-tour: both journeys with the real programs on a virtual display, from an empty folder. Leaves
// pictures of every screen, the receipts as PDF, the console's pages and a summary. No shortcut: the
// registry's own commands make the office, the kiosk learns of it by enrolment and feed.
#include <cstdio>
#include <cstring>

#include "tests/tour/tour.h"

int main(int count, char** words) {
  std::string out = "tour", only;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(words[i], "--out") == 0 && i + 1 < count) {
      out = words[++i];
    } else if (std::strcmp(words[i], "--only") == 0 && i + 1 < count) {
      only = words[++i];
    } else {
      std::fprintf(stderr, "usage: qabyl-tour [--out DIR] [--only inspection|other-inspections|licence]\n");
      return 2;
    }
  }
  return qabyl::rig::run_tour(out, only);
}
