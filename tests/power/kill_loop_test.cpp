// kill -9 at every durable step of a visit, at every system call of a real program by strace, and at random moments of real
// programs that file and sync: what was acknowledged is there with its digests, and nothing twice (RELIABILITY 4.3.1, I1, I4).
// The kiosk with its window is killed in e2e.
#include <signal.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "core/sys/clock.h"
#include "kiosk/devices/key_store.h"
#include "kiosk/shell/station.h"
#include "tests/power/broken_visit.h"
#include "tests/power/faults.h"
#include "tests/support/rig.h"
#include "tests/support/tier.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::power;
using namespace std::chrono_literals;

namespace {

constexpr int steps_max = 5'000, random_ms_max = 60, real_ms_max = 900;
constexpr int loop_visits_max = 100'000;
constexpr std::size_t outbox_records = 8, outbox_bytes = 1'000'000;
constexpr auto settle_time = 60s;
constexpr const char* strace = "/usr/bin/strace";

// What the office's and the kiosk's stores must hold, by what the programs printed.
struct Words {
  std::map<core::Id, std::string> filed, accepted;
  void add(const std::string& log) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream parts(line);
      std::string word, id, digest;
      if (!(parts >> word >> id >> digest) || digest.size() != 64) continue;  // cut off by a kill
      if (word == "filed") filed[id] = digest;
      if (word == "accepted") accepted[id] = digest;
    }
  }
};

// "" or what the kiosk lost of what it had said.
std::string kiosk_wrong(const std::string& data, const Words& words) {
  const kiosk::DataFolder folder{data};
  kiosk::FileKeyStore keys(folder.keys(), folder.tls_key());
  tests::StoreRig rig(1, folder.store());
  auto options = rig.options();
  options.device = kiosk::decode_station(rig::read_text(folder.station()))->device;
  options.storage_key = *keys.storage_key();
  if (const auto opened = rig.open(std::move(options)); !opened) return "the kiosk's store does not open: " + opened.error().detail;
  if (!rig.store().verify_chain()) return "the kiosk's chain is broken";
  for (const auto& [id, digest] : words.filed) {
    const auto found = rig.store().find_record(id);
    if (!found || !*found || core::to_hex((*found)->record.digest) != digest) return "the kiosk lost " + id;
    for (const auto& document : (*found)->record.record.docs) {
      const auto bytes = rig.store().read_document(document.sha256, 0, core::document_bytes_max);
      if (!bytes || core::sha256(*bytes) != document.sha256) return "the kiosk lost a document of " + id;
    }
    const auto accepted = words.accepted.find(id);
    if (accepted != words.accepted.end() && core::to_hex(core::sha256(core::as_bytes((*found)->verdict_jws))) != accepted->second) return "the kiosk lost the verdict on " + id;
  }
  return "";
}

// "" or what the office lost or has twice. Everything has been synced.
std::string office_wrong(const std::string& data, const Words& words) {
  core::sys::SystemRandom random;
  const auto opened = test::reg::Registry::open({data, test::in_build("/assets"), &random, core::argon2_minimum});
  if (!opened) return "the office does not open: " + opened.error().detail;
  auto& registry = **opened;
  for (const auto& [id, digest] : words.filed) {
    const auto row = registry.store.record(id);
    if (!row || !*row || core::to_hex((*row)->digest) != digest || (*row)->outcome != core::Outcome::accepted) return "the office lost " + id;
    const auto manifest = registry.store.manifest(id);
    for (const auto& line : *manifest) {
      if (!line.here || !registry.read_document(line.ref.sha256)) return "the office lost a document of " + id;
    }
    const auto accepted = words.accepted.find(id);
    if (accepted == words.accepted.end()) continue;
    const auto known = test::reg::verdict_on(registry, (*row)->device, id);
    if (!known || core::to_hex(core::sha256(core::as_bytes(known->verdict))) != accepted->second) return "another verdict on " + id;
  }
  if (*registry.database.integer("SELECT count(*) FROM (SELECT 1 FROM log_leaves GROUP BY record HAVING count(*) > 1)") != 0) return "two leaves of one record";
  return "";
}

std::vector<std::string> counter_command(const rig::Office& office, int filings, std::chrono::milliseconds at_most) {
  return {rig::program("qabyl-power-kiosk"), office.kiosk_data(), std::to_string(filings), std::to_string(at_most.count())};
}

}  // namespace

TEST_CASE("killed at every write, flush, renaming and removal of a visit, nothing that was acknowledged is lost", "[power][kill]") {
  const Shop shop;
  const FastFolder place("kill");
  const auto folder = place.path() + "/store";
  int kills = 0;
  std::string wrong;
  for (bool alive = false; !alive && kills < steps_max;) {
    copy_folder(shop.path(), folder);
    const auto ended = in_child([&](const Line& line) {
      arm({.under = folder, .kill_at = kills + 1});
      Counter counter(folder, 2);
      if (!counter.open()) return 3;
      const auto told = counter.visit(1);
      if (told.receipt) line.say(word_of(told, counter.rig.store()));
      (void)counter.rig.store().pending(outbox_records, outbox_bytes);
      return told.receipt ? 0 : 4;
    });
    alive = ended.signal == 0;
    if (!alive) ++kills;
    if (alive && ended.code != 0) wrong += ended.text();
    const auto compared = compare_said(folder, shop.said + ended.said, 1);
    if (!compared.empty()) wrong += "step " + std::to_string(kills) + ": " + compared + "\n";
  }
  std::cout << "killed at each of " << kills << " durable steps of a visit\n";
  CHECK(kills > 40);
  CHECK(wrong == "");
}

TEST_CASE("killed at random moments again and again, the same store loses and doubles nothing", "[power][kill]") {
  const Shop shop;
  const int kills = test::at_tier(10, 120, 4000);
  std::mt19937 dice(3);
  std::string said = shop.said, wrong;
  std::size_t visits = 0;
  for (int n = 0; n < kills && wrong.empty(); ++n) {
    const auto after = std::chrono::milliseconds(dice() % random_ms_max);
    const auto ended = in_child([&](const Line& line) {
      std::thread([after] { std::this_thread::sleep_for(after), ::kill(::getpid(), SIGKILL); }).detach();
      Counter counter(shop.path(), 100 + static_cast<std::uint64_t>(n));
      counter.rig.clock.now.wall += core::Millis{n * 60'000};
      if (!counter.open()) return 3;
      for (int visit = 0; visit < loop_visits_max; ++visit) {
        const auto told = counter.visit(visit);
        if (!told.receipt) return 4;
        line.say(word_of(told, counter.rig.store()));
        if (visit % 3 == 2) (void)counter.rig.store().pending(outbox_records, outbox_bytes);
      }
      return 5;
    });
    said += ended.said;
    visits += static_cast<std::size_t>(std::count(ended.said.begin(), ended.said.end(), '\n'));
    if (ended.signal != SIGKILL) wrong += ended.text();
    if (n % 10 == 9 || n + 1 == kills) wrong += compare_said(shop.path(), said, n + 1);
  }
  std::cout << kills << " random kills, " << visits << " receipts\n";
  CHECK(wrong == "");
  CHECK(visits > 0);
}

TEST_CASE("a real program killed by strace at its n-th write, flush, renaming or removal has lost nothing that it printed", "[power][kill][strace]") {
  const rig::TemporaryFolder folder("power-strace");
  const auto trace = folder.path() + "/trace";
  if (!std::filesystem::exists(strace) || rig::run({strace, "-f", "-o", trace, "/bin/true"}, folder.path() + "/strace.log") != 0) {
    std::cout << "SKIP: strace may not trace here\n";
    SUCCEED();
    return;
  }
  rig::Office office(folder.path() + "/office");
  office.stop_registry();
  const auto calls = std::vector<std::string>{"write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate"};
  const auto play = [&](const std::vector<std::string>& options) {
    copy_folder(office.kiosk_data(), folder.path() + "/kiosk");
    const auto log = folder.path() + "/said.log";
    std::filesystem::remove(log);
    std::vector<std::string> command{strace, "-f", "-o", trace};  // with --seccomp-bpf strace 6.1 injects nothing
    command.insert(command.end(), options.begin(), options.end());
    for (const auto& word : {rig::program("qabyl-power-kiosk"), folder.path() + "/kiosk", std::string("1"), std::string("0")}) command.push_back(word);
    const int code = rig::run(command, log);
    return std::pair(code, rig::read_text(log));
  };
  std::vector<std::string> points;
  for (const auto& call : calls) {
    REQUIRE(play({"-e", "trace=" + call}).first == 0);
    std::istringstream lines(rig::read_text(trace));
    int n = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.find(call + "(") != std::string::npos) points.push_back(call + ":signal=SIGKILL:when=" + std::to_string(++n));
    }
  }
  REQUIRE(points.size() > 30);
  std::mt19937 dice(17);
  std::shuffle(points.begin(), points.end(), dice);
  const auto all = points.size();
  points.resize(std::min(all, static_cast<std::size_t>(test::at_tier(3, 100, 5000))));
  std::string wrong;
  int died = 0;
  for (const auto& point : points) {
    const auto [code, said] = play({"-e", "trace=" + point.substr(0, point.find(':')), "-e", "inject=" + point});
    died += code != 0 ? 1 : 0;
    Words words;
    words.add(said);
    const auto lost = kiosk_wrong(folder.path() + "/kiosk", words);
    if (!lost.empty()) wrong += point + ": " + lost + "\n";
  }
  std::cout << "strace killed the program at " << died << " of " << all << " calls\n";
  CHECK(wrong == "");
  CHECK(died == static_cast<int>(points.size()));
}

TEST_CASE("real programs killed while they file and sync lose and double nothing", "[power][kill][real]") {
  const rig::TemporaryFolder folder("power-kill");
  rig::Office office(folder.path() + "/office");
  const int rounds = test::at_tier(2, 40, 1500);
  std::mt19937 dice(29);
  Words words;
  int kiosk_kills = 0, registry_kills = 0;
  std::string wrong;
  for (int round = 0; round < rounds && wrong.empty(); ++round) {
    if (!office.registry_running()) office.start_registry();
    const auto log = folder.path() + "/said-" + std::to_string(round) + ".log";
    const auto first = std::chrono::milliseconds(dice() % real_ms_max), second = std::chrono::milliseconds(dice() % (real_ms_max / 3));
    const bool registry_first = dice() % 2 == 0;
    rig::Program counter(counter_command(office, 50, settle_time), log);
    std::this_thread::sleep_for(first);
    if (registry_first) office.kill_registry(), ++registry_kills, std::this_thread::sleep_for(second);
    counter.signal(SIGKILL);
    if (counter.wait(10s) == 128 + SIGKILL) ++kiosk_kills;
    words.add(rig::read_text(log));
    if (round % 10 == 9) wrong = kiosk_wrong(office.kiosk_data(), words);
  }
  if (!office.registry_running()) office.start_registry();
  const auto last = folder.path() + "/said-last.log";
  REQUIRE(rig::run(counter_command(office, 1, settle_time), last, settle_time + 20s) == 0);
  words.add(rig::read_text(last));
  office.kill_registry();
  std::cout << kiosk_kills << " kills of a kiosk, " << registry_kills << " of the registry, " << words.filed.size() << " receipts, " << words.accepted.size() << " verdicts\n";
  CHECK(wrong == "");
  CHECK(kiosk_wrong(office.kiosk_data(), words) == "");
  CHECK(office_wrong(office.registry_data(), words) == "");
  CHECK(words.filed.size() > static_cast<std::size_t>(rounds) / 4);
  CHECK(kiosk_kills + registry_kills >= rounds);
}
