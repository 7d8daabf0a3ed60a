// The restore drill with the real programs (RELIABILITY G16, I9): a backup while a kiosk files and the registry serves, the
// office destroyed, restored, served again; and a backup that is killed before each of its durable calls. What the kiosk holds
// is compared with what the restored registry holds.
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/bench/parts/counter.h"
#include "tests/support/catch.h"
#include "tests/support/rig.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr int killed = 128 + SIGKILL;

struct Drill {
  rig::TemporaryFolder folder{"backup"};
  rig::Office office{folder.path() + "/office"};
  std::unique_ptr<bench::Counter> counter = bench::Counter::enrolled(office.kiosk_data());
  std::string safe = folder.path() + "/safe", key = safe + "/backup.key", log = folder.path() + "/said";
  std::string root = core::fingerprint(*core::digest_from_hex(rig::read_text(office.registry_data() + "/keys/root.pub").substr(0, 64)));

  Drill() {
    fs::create_directories(safe);
    REQUIRE(registry({"backup-key", "--data", office.registry_data(), "--out", key}) == 0);
  }
  int registry(std::vector<std::string> words) const {
    words.insert(words.begin(), rig::program("qabyl-registry"));
    fs::remove(log);
    return rig::run(words, log);
  }
  rig::Program begin_backup(const std::string& to, const std::map<std::string, std::string>& environment = {}) const {
    fs::remove(log);
    return rig::Program({rig::program("qabyl-registry"), "backup", to, "--data", office.registry_data()}, log, environment);
  }
  int restore(const std::string& from, const std::string& to) const { return registry({"restore", from, to, "--key", key, "--root", root}); }

  void file() {
    const auto owner = core::new_id(counter->clock().read().wall, counter->random());
    const auto form = counter->keep(bench::some_bytes(3000, counter->random()), owner, "application.pdf");
    counter->file(counter->application(counter->store().head(), form));
    counter->uplink().work_arrived();
  }
  bool drained(core::Millis at_most = 60s) {
    return counter->sync([&] { return counter->waiting() == 0; }, at_most);
  }
  // Disk and all, but for the safe.
  void destroy_and_restore(const std::string& from) {
    office.kill_registry();
    fs::remove_all(office.registry_data());
    INFO(rig::read_text(log));
    REQUIRE(restore(from, office.registry_data()) == 0);
    office.start_registry();
  }
  // id, digest, outcome and verdict of what the registry holds of the kiosk, all whole.
  std::map<std::string, std::string> registry_holds() {
    std::map<std::string, std::string> held;
    for (const auto& record : office.registry_records()) {
      if (record.text("device") != "AL-03") continue;
      CHECK(record.number("missing", -1) == 0);
      for (const auto& document : record.items("documents")) CHECK(document.flag("here"));
      CHECK(held.emplace(record.text("id"), record.text("digest") + record.text("outcome") + record.text("verdict_sha256")).second);
    }
    return held;
  }
  bool registry_holds_all(const std::map<std::string, std::string>& wanted) {
    std::map<std::string, std::string> held;
    for (const auto& record : office.registry_records()) {
      if (record.text("device") == "AL-03" && record.number("missing", -1) == 0) held.emplace(record.text("id"), record.text("digest") + record.text("outcome") + record.text("verdict_sha256"));
    }
    return std::includes(held.begin(), held.end(), wanted.begin(), wanted.end());
  }
};

}  // namespace

TEST_CASE("drill: an office is backed up under load, destroyed, restored, and goes on where the backup ends", "[e2e][backup]") {
  Drill d;
  for (int i = 0; i < 4; ++i) d.file();
  REQUIRE(d.drained());
  auto backing = d.begin_backup(d.safe + "/one");
  int under_load = 0;
  while (!backing.wait(0ms)) {  // the registry goes on taking meanwhile
    d.file();
    REQUIRE(d.drained());
    ++under_load;
  }
  INFO(rig::read_text(d.log));
  REQUIRE(backing.wait(0ms) == 0);
  CHECK(under_load > 0);
  REQUIRE(d.drained());
  auto last = d.begin_backup(d.safe + "/two");
  REQUIRE(last.wait(60s) == 0);
  const auto before = d.registry_holds();
  REQUIRE(before.size() >= 5);

  SECTION("the newest backup holds all: after resume the next filings are taken, nothing twice") {
    d.destroy_and_restore(d.safe + "/two");
    CHECK(d.registry_holds() == before);
    d.file();
    d.counter->uplink().try_now();
    CHECK_FALSE(d.drained(3s));  // nothing is taken yet, and the kiosk keeps it
    CHECK(d.counter->unheard() == 1);
    d.office.stop_registry();
    REQUIRE(d.registry({"resume", "--data", d.office.registry_data()}) == 0);
    d.office.start_registry();
    d.counter->uplink().try_now();
    REQUIRE(d.drained());
    auto after = d.registry_holds();
    CHECK(after.size() == before.size() + 1);
    for (const auto& [id, what] : before) CHECK(after[id] == what);
    CHECK(d.registry({"resume", "--data", d.office.registry_data()}) != 0);
  }
  SECTION("an older backup gets back from the kiosk what it lacks, and the office goes on where it was") {
    for (int i = 0; i < 2; ++i) d.file();
    REQUIRE(d.drained());
    const auto held = d.registry_holds();
    d.destroy_and_restore(d.safe + "/one");
    REQUIRE(d.registry_holds().size() < held.size());
    d.file();
    d.counter->uplink().try_now();
    CHECK(d.counter->sync([&] { return d.registry_holds_all(held); }, 60s));
    CHECK(d.counter->unheard() == 1);  // what is new waits, and the kiosk keeps it
    d.office.stop_registry();
    REQUIRE(d.registry({"lost", "--data", d.office.registry_data()}) == 0);
    const auto line = rig::read_text(d.log);
    const auto said = core::parse_json(line.substr(0, line.find('\n')), 1'000'000);
    REQUIRE(said);
    CHECK_FALSE(said->flag("log_ahead"));
    const auto lost = std::to_string(said->number("lost"));
    CHECK(d.registry({"resume", "--data", d.office.registry_data(), "--lost", lost + "1"}) != 0);
    REQUIRE(d.registry({"resume", "--data", d.office.registry_data(), "--lost", lost}) == 0);
    d.office.start_registry();
    d.counter->uplink().try_now();
    REQUIRE(d.drained());
    auto after = d.registry_holds();
    CHECK(after.size() == held.size() + 1);
    for (const auto& [id, what] : held) CHECK(after[id] == what);
    CHECK(d.counter->store().forks(10)->empty());
  }
}

TEST_CASE("drill: a backup killed before any of its durable calls is whole or is none", "[e2e][backup]") {
  Drill d;
  for (int i = 0; i < 2; ++i) d.file();
  REQUIRE(d.drained());
  const std::string calls = d.folder.path() + "/calls";
  std::map<std::string, std::string> environment{{"LD_PRELOAD", rig::program("libqabyl-kill-at.so")}, {"QABYL_KILL_UNDER", d.safe}, {"QABYL_KILL_LOG", calls}};
  auto counted = d.begin_backup(d.safe + "/counted", environment);
  REQUIRE(counted.wait(60s) == 0);
  const auto text = rig::read_text(calls);
  const auto points = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  REQUIRE(points > 15);
  const int wanted = test::at_tier(4, 25, 1000), step = std::max(1, points / wanted);
  int whole = 0, none = 0;
  for (int at = points; at >= 1; at -= step) {
    const std::string to = d.safe + "/cut-" + std::to_string(at), folder = d.folder.path() + "/restored";
    environment["QABYL_KILL_AT"] = std::to_string(at);
    auto cut = d.begin_backup(to, environment);
    REQUIRE(cut.wait(60s) == killed);
    INFO("killed before durable call " << at << " of " << points);
    const bool there = fs::exists(to);
    CHECK((d.restore(to, folder) == 0) == there);  // by its own name it is whole, else it is not there
    CHECK((d.restore(to + ".partial", folder + "-partial") == 0) == fs::exists(to + ".partial/manifest.jws"));  // checked already, only its name was missing
    ++(there ? whole : none);
    fs::remove_all(folder);
    fs::remove_all(folder + "-partial");
  }
  CHECK(none > whole);
  REQUIRE(d.registry({"backup", d.safe + "/after", "--data", d.office.registry_data()}) == 0);  // what a killed one left is no hindrance
  CHECK(d.restore(d.safe + "/after", d.folder.path() + "/restored") == 0);
}
