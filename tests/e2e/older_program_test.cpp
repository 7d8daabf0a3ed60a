// A kiosk's program that is older than the database which it finds, as after a slot was switched back (RELIABILITY 4.10, K11):
// it says so, ends, and no byte of what was filed has changed. How: the real program, and a version one higher.
#include <filesystem>
#include <fstream>
#include <map>

#include "core/encoding.h"
#include "core/crypto.h"
#include "tests/bench/parts/counter.h"
#include "tests/support/catch.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr std::streamoff version_at = 60;  // of SQLite's header: user_version, big-endian

std::map<std::string, std::string> bytes_of(const std::string& folder) {
  std::map<std::string, std::string> all;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) all[file.path().string()] = core::to_hex(core::sha256(core::as_bytes(rig::read_text(file.path().string()))));
  }
  return all;
}

// The version of a database that nobody has open; its newer writer's own mark.
int raise_version(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(version_at + 3);
  const int version = file.get();
  file.seekp(version_at + 3);
  file.put(static_cast<char>(version + 1));
  return version + 1;
}

}  // namespace

TEST_CASE("a kiosk that is older than its database says so, ends, and leaves every byte of its folder", "[e2e][upgrade]") {
  rig::TemporaryFolder folder("older");
  rig::Office office(folder.path() + "/office");
  {
    const auto counter = bench::Counter::enrolled(office.kiosk_data());
    const auto owner = core::new_id(counter->clock().read().wall, counter->random());
    counter->file(counter->application(counter->store().head(), counter->keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf")));
  }
  const std::string said = folder.path() + "/said";
  std::string database;
  for (const auto& file : fs::recursive_directory_iterator(office.kiosk_data())) {
    if (file.path().filename() == "kiosk.db") database = file.path().string();
  }
  REQUIRE_FALSE(database.empty());
  REQUIRE_FALSE(fs::exists(database + "-wal"));
  const int version = raise_version(database);
  const auto before = bytes_of(office.kiosk_data());
  REQUIRE(before.size() > 5);
  CHECK(rig::run(office.kiosk_command({"--offscreen", "--size", "1280x720", "--events", folder.path() + "/events.jsonl"}), said, 60s) == 1);
  INFO(rig::read_text(said));
  CHECK(rig::read_text(said).find("version " + std::to_string(version) + " is newer") != std::string::npos);
  CHECK(bytes_of(office.kiosk_data()) == before);
}
