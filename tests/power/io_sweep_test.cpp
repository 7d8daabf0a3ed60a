// The n-th system call of a kind fails during one visit, once or from then on, with each error that such a call can have, or
// transfers half of what it was asked: nobody is told what is not so, and the store is whole (RELIABILITY 4.4, I1, I2, I7).
// How: faults.h inside of this program, a process of its own for each run.
#include <errno.h>
#include <string.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

#include "tests/power/broken_visit.h"
#include "tests/power/faults.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace qabyl::power;

namespace {

constexpr int everything = 1'000'000;

struct Fault {
  Call call;
  long nth;
  int error;
  bool and_on;
  std::string text() const {
    return std::string(to_text(call)) + " " + std::to_string(nth) + (and_on ? " and on: " : ": ") + (error == 0 ? "short" : strerrorname_np(error));
  }
};

bool transfers(Call call) { return call == Call::read || call == Call::pread || call == Call::write || call == Call::pwrite; }

// How often each kind is called in a visit in which nothing fails.
std::map<Call, long> calls_of(const Shop& shop, const std::string& folder) {
  copy_folder(shop.path(), folder);
  const auto ended = in_child([&](const Line& line) {
    const Breakage none{[&] { arm({.under = folder}); }, [&] {
      disarm();
      for (int i = 0; i < calls_count; ++i) line.say("calls " + std::to_string(i) + " " + std::to_string(counted(static_cast<Call>(i))));
    }};
    return play(shop, folder, none, line);
  });
  INFO(ended.said);
  REQUIRE(ended.code == 0);
  std::map<Call, long> calls;
  std::istringstream words(ended.said);
  std::string word;
  int call = 0;
  for (long n = 0; words >> word && word == "calls" && words >> call >> n;) calls[static_cast<Call>(call)] = n;
  return calls;
}

std::vector<Fault> faults_of(const std::map<Call, long>& calls) {
  std::vector<Fault> faults;
  for (const auto& [call, count] : calls) {
    for (long n = 1; n <= count; ++n) {
      for (const int error : {EIO, ENOSPC, EDQUOT, EROFS, EMFILE, EINTR, 0}) {
        if (error == 0 && !transfers(call)) continue;
        if (error == EINTR && (call == Call::rename || call == Call::unlink || call == Call::mmap)) continue;  // never interrupted
        for (const bool and_on : {false, true}) faults.push_back({call, n, error, and_on});
      }
    }
  }
  return faults;
}

}  // namespace

TEST_CASE("whichever system call of a visit fails, nobody is told what is not so", "[power][io]") {
  const Shop shop;
  const FastFolder place("io");
  const auto folder = place.path() + "/store";
  const auto calls = calls_of(shop, folder);
  for (const auto call : {Call::open, Call::pread, Call::write, Call::pwrite, Call::fsync, Call::fdatasync, Call::rename, Call::mmap}) {
    INFO(to_text(call));
    CHECK(calls.at(call) > 0);
  }
  auto faults = faults_of(calls);
  const auto all = faults.size();
  std::mt19937 dice(5);
  std::shuffle(faults.begin(), faults.end(), dice);
  faults.resize(std::min(all, static_cast<std::size_t>(test::at_tier(40, 500, everything))));
  std::map<std::string, int> outcomes;
  std::string wrong;
  for (const auto& fault : faults) {
    copy_folder(shop.path(), folder);
    const auto ended = in_child([&](const Line& line) {
      return play(shop, folder, {[&] { arm({.under = folder, .call = fault.call, .nth = fault.nth, .error = fault.error, .and_on = fault.and_on}); }, [] { disarm(); }}, line);
    });
    if (ended.signal != 0 || ended.code != 0) {
      wrong += fault.text() + ": " + ended.text();
    } else {
      ++outcomes[ended.said];
    }
  }
  std::cout << faults.size() << " of " << all << " failing calls:";
  for (const auto& [outcome, count] : outcomes) std::cout << " " << outcome.substr(0, outcome.size() - 1) << " " << count;
  std::cout << "\n";
  CHECK(wrong == "");
  for (const auto* outcome : {"filed\n", "refused\n", "closed\n"}) CHECK(outcomes[outcome] > 0);
  if (test::tier() != test::Tier::quick) CHECK(outcomes["checking\n"] > 0);
}
