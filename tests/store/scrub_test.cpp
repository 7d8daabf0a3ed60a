// The background check of stored documents (RELIABILITY 1.5, I1): all of it, a little at a time, where it stopped.
#include <filesystem>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t a_lot = 1 << 30;

// Files a record with one document of its own; returns the number of its receipt.
std::string file_with_document(tests::StoreRig& rig, std::uint8_t seed, std::size_t bytes = 100'000) {
  const auto id = rig.new_id();
  const auto document = *rig.store().keep_document(tests::some_bytes(bytes, seed), id, "a.pdf", "application/pdf");
  const auto record = rig.next_record(id, {document});
  const auto receipt = rig.next_receipt();
  REQUIRE(rig.store().append(record, receipt, {}));
  return receipt.number;
}

std::vector<std::string> document_files(const tests::StoreRig& rig) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(rig.folder + "/documents")) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

void check_all(core::KioskStore& store) {
  for (int calls = 0; calls < 1000; ++calls) {
    const auto ended = store.scrub(a_lot);
    REQUIRE(ended);
    if (*ended) return;
  }
  FAIL("the round does not end");
}

}  // namespace

TEST_CASE("a round over whole documents says how many were read and when, restarts included", "[store][scrub]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  CHECK_FALSE(rig.store().stored_report()->finished_at);
  for (std::uint8_t n = 0; n < 40; ++n) file_with_document(rig, n, n == 7 ? 0 : 20'000);
  check_all(rig.store());
  REQUIRE(rig.open());
  const auto report = *rig.store().stored_report();
  CHECK(report.items == 40);
  CHECK(report.finished_at == rig.clock.now.wall);
  CHECK(report.damaged.empty());
}

TEST_CASE("one flipped bit or a missing file is found, named by its receipt, and the rest stays well", "[store][scrub]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  std::vector<std::string> numbers;
  for (std::uint8_t n = 0; n < 3; ++n) numbers.push_back(file_with_document(rig, n));
  const auto file_of = [&](std::uint8_t seed) {
    const auto name = core::to_hex(core::sha256(tests::some_bytes(100'000, seed)));
    for (const auto& file : document_files(rig)) {
      if (file.ends_with(name)) return file;
    }
    return std::string();
  };
  SECTION("a bit") { tests::flip_bit(file_of(1), 50'000); }
  SECTION("cut short") { fs::resize_file(file_of(1), 5'000); }
  SECTION("missing") { fs::remove(file_of(1)); }
  check_all(rig.store());
  CHECK(rig.store().stored_report()->damaged == std::vector<std::string>{numbers[1]});
  REQUIRE(rig.open());
  CHECK(rig.store().stored_report()->damaged == std::vector<std::string>{numbers[1]});
  CHECK(rig.store().read_document(core::sha256(tests::some_bytes(100'000, 2)), 0, 200'000));
}

TEST_CASE("what can be read again is no longer called damaged", "[store][scrub]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  file_with_document(rig, 1);
  const auto file = document_files(rig).front();
  tests::flip_bit(file, 8'000);
  check_all(rig.store());
  REQUIRE(rig.store().stored_report()->damaged.size() == 1);
  tests::flip_bit(file, 8'000);
  check_all(rig.store());
  CHECK(rig.store().stored_report()->damaged.empty());
}

TEST_CASE("a large document is read in pieces, and a restart goes on near where the round stopped", "[store][scrub]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (std::uint8_t n = 0; n < 200; ++n) file_with_document(rig, n, 1'000);
  file_with_document(rig, 250, 3'000'000);
  int calls = 0;
  for (bool ended = false; !ended; ++calls) {
    REQUIRE(calls < 1000);
    if (calls == 8) REQUIRE(rig.open());  // 128 of them were seen
    const auto step = rig.store().scrub(512 * 1024);
    REQUIRE(step);
    ended = *step;
  }
  CHECK(rig.store().stored_report()->items == 201);
  CHECK(calls >= 13 + 5);   // 16 items a call, 6 calls for the large one
  CHECK(calls <= 13 + 5 + 4 + 3);
}

TEST_CASE("the check of what is whole costs no flush but its marks", "[store][scrub]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (std::uint8_t n = 0; n < 40; ++n) file_with_document(rig, n, 1'000);
  REQUIRE(rig.store().scrub(1));  // the first item
  const auto before = core::sys::flush_count();
  REQUIRE_FALSE(*rig.store().scrub(a_lot));  // sixteen more
  CHECK(core::sys::flush_count() == before);
}

TEST_CASE("a draft's documents are looked for without its key, and going they leave no trace", "[store][scrub]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  REQUIRE(rig.store().keep_document(tests::some_bytes(100'000), draft.id, "a.pdf", "application/pdf"));
  REQUIRE(rig.store().save_draft(draft));
  REQUIRE(rig.store().leave_draft(draft.id));
  check_all(rig.store());
  CHECK(rig.store().stored_report()->damaged.empty());
  fs::remove(document_files(rig).front());
  check_all(rig.store());
  CHECK(rig.store().stored_report()->damaged == std::vector<std::string>{""});
  REQUIRE(rig.store().drop_draft(draft.id));
  CHECK(rig.store().stored_report()->damaged.empty());
}
