// Disks of 1 MiB to 16 MiB that fill up while visitors file: below the reserve nobody new comes in, who is in may use it, no
// receipt is shown that is not kept, and with room again the work goes on (RELIABILITY 4.4, I1, I2, I15). Needs the right to
// mount in a namespace of its own; else skipped, loudly.
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>

#include <iostream>

#include "tests/power/counter.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

constexpr int kib_min = 1024, kib_max = 16 * 1024, kib_step = 64;
constexpr std::uint64_t reserve = 600 * 1024;
constexpr int visitors_max = 400;
constexpr int cannot_mount = 7;

int fill(const std::string& folder, int kib, const Line& line) {
  const auto size = "size=" + std::to_string(kib) + "k";
  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 || mount("tmpfs", folder.c_str(), "tmpfs", 0, size.c_str()) != 0) {
    line.say(strerror(errno));
    return cannot_mount;
  }
  const auto wrong = [&](const std::string& why) { return line.say("wrong " + why), 1; };
  Counter counter(folder + "/store", static_cast<std::uint64_t>(kib));
  counter.reserve_bytes = reserve;
  std::vector<Told> told;
  int before_door = 0;
  bool stopped = false, full = false;
  const bool opened = counter.open().has_value();
  for (int n = 0; opened && !full && n < visitors_max; ++n) {
    stopped = stopped || counter.intake_stopped();
    if (!stopped) ++before_door;
    told.push_back(counter.visit(n));
    counter.wait_for_word(told.back());
    full = !told.back().receipt;
  }
  if (opened && !full) return wrong("it never became full");
  if (opened && !stopped) return wrong("it became full before anybody was refused at the door");
  if (mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT, "size=32m") != 0) return wrong("no more room");
  if (!opened && !counter.open()) return wrong("with room it does not open");
  if (!told.empty()) counter.wait_for_word(told.back());
  else told.push_back(counter.visit(visitors_max));
  if (counter.intake_stopped()) return wrong("with room again nobody may come in");
  told.push_back(counter.visit(visitors_max + 1));
  if (!told.back().receipt) return wrong("with room again nobody can file");
  const auto compared = counter.compare(told);
  if (!compared.empty()) return wrong(compared);
  line.say(std::to_string(before_door) + " " + std::to_string(told.size()));
  return 0;
}

}  // namespace

TEST_CASE("a disk of any size that fills up shows no receipt that it does not keep, and refuses at the door before", "[power][full]") {
  const int rungs = (kib_max - kib_min) / kib_step + 1, played = test::at_tier(6, 40, rungs);
  std::string wrong, largest;
  for (int n = 0; n < played; ++n) {
    const int kib = kib_min + n * (rungs - 1) / std::max(1, played - 1) * kib_step;
    const FastFolder folder("disk");
    const auto ended = in_child([&](const Line& line) { return fill(folder.path(), kib, line); });
    if (ended.code == cannot_mount) {
      std::cout << "SKIP: no right to mount a small disk: " << ended.said;
      SUCCEED();
      return;
    }
    if (ended.signal != 0 || ended.code != 0) wrong += std::to_string(kib) + " KiB: " + ended.text();
    largest = ended.said;
  }
  std::cout << played << " disks of " << rungs << "; on the largest (filed before the door closed, in all): " << largest;
  CHECK(wrong == "");
}
