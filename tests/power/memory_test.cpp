// Memory runs out at the n-th allocation: of SQLite alone, which must end in an answer as any other refusal, and of this program,
// which may end it, as a kill would (RELIABILITY 4.4, I1, I7).
#include <signal.h>
#include <sqlite3.h>

#include <iostream>
#include <map>

#include "tests/power/broken_visit.h"
#include "tests/power/faults.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

constexpr long allocations_max = 1'000'000;

sqlite3_mem_methods real_memory, our_memory;
long due = 0, asked = 0;
bool and_on = false;

bool out_of_memory() {
  ++asked;
  return due > 0 && (and_on ? asked >= due : asked == due);
}

void* allocate(int bytes) { return out_of_memory() ? nullptr : real_memory.xMalloc(bytes); }
void* enlarge(void* what, int bytes) { return out_of_memory() ? nullptr : real_memory.xRealloc(what, bytes); }

// In a child, before it opens anything.
void take_over_memory() {
  QABYL_CHECK(sqlite3_shutdown() == SQLITE_OK);
  QABYL_CHECK(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory) == SQLITE_OK);
  our_memory = real_memory;
  our_memory.xMalloc = allocate;
  our_memory.xRealloc = enlarge;
  QABYL_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &our_memory) == SQLITE_OK);
  QABYL_CHECK(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);  // or most of its allocations would not be asked for
}

Ended without_memory(const Shop& shop, const std::string& folder, long nth, bool from_then_on) {
  copy_folder(shop.path(), folder);
  return in_child([&](const Line& line) {
    take_over_memory();
    const Breakage breakage{[&] { due = nth, asked = 0, and_on = from_then_on; }, [&] {
      if (nth == 0) line.say(std::to_string(asked));
      due = 0;
    }};
    return play(shop, folder, breakage, line);
  });
}

}  // namespace

TEST_CASE("whichever allocation of SQLite fails, nobody is told what is not so", "[power][memory]") {
  const Shop shop;
  const FastFolder place("memory");
  const auto folder = place.path() + "/store";
  const auto clean = without_memory(shop, folder, 0, false);
  INFO(clean.said);
  REQUIRE(clean.code == 0);
  const long count = std::stol(clean.said);
  REQUIRE(count > 200);
  const int runs = test::at_tier(30, 300, static_cast<int>(count));
  std::map<std::string, int> outcomes;
  std::string wrong;
  for (int run = 0; run < runs; ++run) {
    const long nth = 1 + run * count / runs;
    for (const bool from_then_on : {false, true}) {
      const auto ended = without_memory(shop, folder, nth, from_then_on);
      if (ended.signal == 0 && ended.code == 0) ++outcomes[ended.said];
      else wrong += std::to_string(nth) + (from_then_on ? " and on: " : ": ") + ended.text();
    }
  }
  std::cout << 2 * runs << " failing allocations of " << count << " of SQLite's:";
  for (const auto& [outcome, times] : outcomes) std::cout << " " << outcome.substr(0, outcome.size() - 1) << " " << times;
  std::cout << "\n";
  CHECK(wrong == "");
  CHECK(outcomes["refused\n"] > 0);
}

TEST_CASE("whichever allocation of the program fails, what was acknowledged is there", "[power][memory]") {
  const Shop shop;
  const FastFolder place("new");
  const auto folder = place.path() + "/store";
  const int step = test::at_tier(97, 13, 1);
  int died = 0, said = 0;
  bool over = false;
  std::string wrong;
  for (long nth = 1; nth < allocations_max && !over; nth += step) {
    copy_folder(shop.path(), folder);
    const auto ended = in_child([&](const Line& line) {
      Counter counter(folder, 2);
      if (!counter.open()) return 3;
      fail_allocation(nth);
      const auto told = counter.visit(1);
      const bool last = allocations() < nth;
      fail_allocation(0);
      if (told.receipt) line.say(word_of(told, counter.rig.store()));
      return last ? 0 : 4;
    });
    over = ended.signal == 0 && ended.code == 0;
    died += ended.signal != 0 ? 1 : 0;
    said += ended.said.empty() ? 0 : 1;
    if (ended.signal != 0 && ended.signal != SIGABRT) wrong += std::to_string(nth) + ": " + ended.text();
    if (ended.signal == 0 && ended.code != 0 && ended.code != 4) wrong += std::to_string(nth) + ": " + ended.text();
    const auto compared = compare_said(folder, shop.said + ended.said, 1);
    if (!compared.empty()) wrong += std::to_string(nth) + ": " + compared + "\n";
  }
  std::cout << "died of " << died << " failing allocations\n";
  CHECK(over);
  CHECK(wrong == "");
  CHECK(died > 10);
  CHECK(said > 0);
}
