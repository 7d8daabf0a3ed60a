// A disk that fills up: at every size the store says so, keeps what it had, and goes on once there is
// room. How: a small file system of its own in memory (needs the right to mount; else skipped, loudly).
#include <sys/mount.h>

#include <cstring>
#include <fstream>

#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;

namespace {

struct SmallDisk {
  std::string path = tests::temporary_folder("store-disk");
  bool mounted = false;
  explicit SmallDisk(std::size_t kib) {
    mounted = mount("tmpfs", path.c_str(), "tmpfs", 0, ("size=" + std::to_string(kib) + "k").c_str()) == 0;
    if (!mounted) WARN("SKIP: no right to mount a small disk: " << std::strerror(errno));
  }
  ~SmallDisk() {
    if (mounted) umount(path.c_str());
    tests::remove_folder(path);
  }
  void grow(std::size_t kib) const {
    REQUIRE(mount("tmpfs", path.c_str(), "tmpfs", MS_REMOUNT, ("size=" + std::to_string(kib) + "k").c_str()) == 0);
  }
};

bool refusal(ErrorCode code) { return code == ErrorCode::full || code == ErrorCode::storage || code == ErrorCode::unknown_outcome; }

// Visitors file until the disk says no; returns how many receipts were given.
std::int64_t file_until_full(tests::StoreRig& rig, std::vector<core::SignedRecord>& filed) {
  for (std::uint8_t n = 0; n < 200; ++n) {
    const auto id = rig.new_id();
    const auto document = rig.store().keep_document(tests::some_bytes(90'000, n), id, "a.pdf", "application/pdf");
    if (!document) {
      CHECK(refusal(document.error().code));
      break;
    }
    const auto record = rig.next_record(id, {*document});
    const auto appended = rig.store().append(record, rig.next_receipt(), {});
    if (!appended) {
      CHECK(refusal(appended.error().code));
      if (appended.error().code == ErrorCode::unknown_outcome && rig.store().reopen() && *rig.store().find_record(id)) filed.push_back(record);
      break;
    }
    filed.push_back(record);
  }
  return static_cast<std::int64_t>(filed.size());
}

}  // namespace

TEST_CASE("a disk that fills up at any size loses nothing, and with room again filing goes on", "[store][full]") {
  for (std::size_t kib = 512; kib <= 3072; kib += 64) {
    SmallDisk disk(kib);
    if (!disk.mounted) return;
    INFO("KiB " << kib);
    tests::StoreRig rig(kib, disk.path + "/store");
    std::vector<core::SignedRecord> filed;
    if (rig.open()) file_until_full(rig, filed);
    rig.close();
    disk.grow(16 * 1024);
    REQUIRE(rig.open());
    CHECK(rig.store().head().q == static_cast<std::int64_t>(filed.size()));
    CHECK(rig.store().verify_chain());
    for (const auto& record : filed) {
      REQUIRE(*rig.store().find_record(record.record.id));
      CHECK(rig.store().read_document(record.record.docs.front().sha256, 0, 100'000)->size() == 90'000);
    }
    rig.file("room again");
  }
}
