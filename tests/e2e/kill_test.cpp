// SIGKILL at every durable call (fsync, fdatasync, rename, unlink; a COMMIT is the fdatasync of the WAL) of one filing
// and of one sync, and at random moments of both together, with the real programs; after each the two ends are compared
// (RELIABILITY I1, I2, I4, 4.3). Two grounds work side by side.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "tests/e2e/kill_ground.h"
#include "tests/support/catch.h"

using namespace qabyl;
using rig::Death;
using rig::KillGround;

namespace {

constexpr std::size_t lanes = 2;
constexpr int random_rounds = 56;
constexpr int random_ms_max = 6000;  // a filing and its sync take about half of it

struct Outcome {
  int rounds = 0, deaths = 0;
  std::string wrong;           // one line a failure
  std::set<std::string> at;    // kinds of calls at which a program died
};

// "fdatasync .db-wal", "rename document": the call, and what kind of file it was about.
std::string kind_of(const std::string& call) {
  const std::string name = call.substr(0, call.find(' ')), file = call.substr(call.rfind('/') + 1);
  const auto dot = file.rfind('.');
  return name + " " + (dot != std::string::npos ? file.substr(dot) : file.size() >= 32 ? "document" : file);
}

// Kinds of `calls` at which nobody died; empty: none. How many calls a sync makes varies: requests and the records of
// the feed share commits, the more the slower the machine is.
std::string missed(const Outcome& outcome, const std::vector<std::string>& calls) {
  std::string kinds;
  for (const auto& call : calls) {
    if (!outcome.at.contains(kind_of(call)) && kinds.find(kind_of(call)) == std::string::npos) kinds += kind_of(call) + "; ";
  }
  return kinds;
}

// Made once for all cases: an office and a nearly finished application take their time.
std::vector<std::unique_ptr<KillGround>>& grounds() {
  static auto all = [] {
    std::vector<std::unique_ptr<KillGround>> made(lanes);
    std::vector<std::thread> threads;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      threads.emplace_back([&made, lane] { made[lane] = std::make_unique<KillGround>("kill-" + std::to_string(lane)); });
    }
    for (auto& thread : threads) thread.join();
    return made;
  }();
  return all;
}

// Rounds 1 ... count, shared out to the lanes; each lane has its own ground.
Outcome in_lanes(std::size_t count, const std::function<std::string(KillGround&, std::size_t round)>& play) {
  Outcome outcome;
  std::mutex mutex;
  std::size_t next = 1;
  std::vector<std::thread> threads;
  (void)grounds();
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    threads.emplace_back([&, lane] {
      KillGround& ground = *grounds()[lane];
      for (;;) {
        std::size_t round = 0;
        {
          const std::lock_guard guard(mutex);
          if (next > count) return;
          round = next++;
        }
        const auto wrong = play(ground, round);
        const std::lock_guard guard(mutex);
        ++outcome.rounds;
        outcome.deaths += ground.kiosk_died() || ground.registry_died() || !ground.died_at().empty() ? 1 : 0;
        if (!ground.died_at().empty()) outcome.at.insert(kind_of(ground.died_at()));
        if (!wrong.empty()) outcome.wrong += "round " + std::to_string(round) + ": " + wrong + "\n";
      }
    });
  }
  for (auto& thread : threads) thread.join();
  return outcome;
}

}  // namespace

TEST_CASE("killed at every durable call of a filing, nothing is lost and nothing doubled", "[e2e][kill]") {
  KillGround& ground = *grounds().front();
  ground.restore(KillGround::From::nearly_filed);
  REQUIRE(ground.file({}) == "");
  const auto calls = ground.kiosk_calls();
  REQUIRE(calls.size() >= 8);
  const auto outcome = in_lanes(calls.size(), [](KillGround& one, std::size_t n) {
    one.restore(KillGround::From::nearly_filed);
    const auto wrong = one.file({n, 0});
    return wrong.empty() ? one.recover_and_compare() : wrong;
  });
  std::cout << "killed at " << outcome.deaths << " of " << calls.size() << " durable calls of a filing\n";
  CHECK(outcome.wrong == "");
  CHECK(outcome.deaths + 1 >= static_cast<int>(calls.size()));  // an autosave more or less
}

TEST_CASE("the kiosk killed at every durable call of a sync loses and doubles nothing", "[e2e][kill]") {
  KillGround& ground = *grounds().front();
  ground.restore(KillGround::From::filed_offline);
  REQUIRE(ground.sync({}) == "");
  const auto calls = ground.kiosk_calls();
  REQUIRE(calls.size() >= 3);
  const auto outcome = in_lanes(calls.size(), [](KillGround& one, std::size_t n) {
    one.restore(KillGround::From::filed_offline);
    const auto wrong = one.sync({n, 0});
    return wrong.empty() ? one.recover_and_compare() : wrong;
  });
  std::cout << "kiosk killed at " << outcome.deaths << " of " << calls.size() << " durable calls of a sync\n";
  CHECK(outcome.wrong == "");
  CHECK(outcome.deaths * 2 >= static_cast<int>(calls.size()));
  CHECK(missed(outcome, calls) == "");
}

TEST_CASE("the registry killed at every durable call of a sync loses and doubles nothing", "[e2e][kill]") {
  KillGround& ground = *grounds().front();
  ground.restore(KillGround::From::filed_offline);
  REQUIRE(ground.sync({}) == "");
  const auto calls = ground.registry_calls();
  REQUIRE(calls.size() >= 8);
  const auto outcome = in_lanes(calls.size(), [](KillGround& one, std::size_t n) {
    one.restore(KillGround::From::filed_offline);
    const auto wrong = one.sync({0, n});
    return wrong.empty() ? one.recover_and_compare() : wrong;
  });
  std::cout << "registry killed at " << outcome.deaths << " of " << calls.size() << " durable calls of a sync\n";
  CHECK(outcome.wrong == "");
  CHECK(outcome.deaths * 2 >= static_cast<int>(calls.size()));
  CHECK(missed(outcome, calls) == "");
}

TEST_CASE("killed at random moments of filing and sync, nothing is lost and nothing doubled", "[e2e][kill]") {
  const char* given = std::getenv("QABYL_KILL_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::atol(given)) : std::random_device{}();
  std::cout << "random kills with QABYL_KILL_SEED=" << seed << "\n";
  const auto outcome = in_lanes(random_rounds, [seed](KillGround& one, std::size_t round) {
    std::mt19937 dice(seed + static_cast<unsigned>(round));
    const int kiosk_ms = static_cast<int>(dice() % random_ms_max), registry_ms = static_cast<int>(dice() % random_ms_max);
    const auto who = dice() % 3;
    one.restore(KillGround::From::nearly_filed);
    const auto wrong = one.file_and_sync(who != 1 ? kiosk_ms : -1, who != 0 ? registry_ms : -1);
    return wrong.empty() ? one.recover_and_compare() : wrong;
  });
  INFO("QABYL_KILL_SEED=" << seed);
  CHECK(outcome.wrong == "");
  CHECK(outcome.deaths == random_rounds);
}
