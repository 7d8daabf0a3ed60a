// The journal's contract: filed means found again, whole, once, in order. How: real files in a
// temporary folder; faults by a VFS that counts and fails flushes, by flipped bits, by reopening.
#include <sqlite3.h>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "tests/store/shim_vfs.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;
using tests::code_of;

namespace {

// Runs SQL on the closed store's database, as bit rot or a stranger would.
void tamper(const std::string& folder, const std::string& sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open((folder + "/kiosk.db").c_str(), &handle) == SQLITE_OK);
  REQUIRE(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(handle);
}

}  // namespace

TEST_CASE("a filed record is found again after reopening, with its receipt and its documents", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto id = rig.new_id();
  const auto bytes = tests::some_bytes(200'000);
  const auto document = rig.store().keep_document(bytes, id, "жарғы.pdf", "application/pdf");
  REQUIRE(document);
  const auto record = rig.next_record(id, {*document}, "ЖШС «Бюро»");
  const auto receipt = rig.next_receipt();
  REQUIRE(rig.store().append(record, receipt, {}));

  REQUIRE(rig.open());
  const auto found = rig.store().find_record(id);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->record.jws == record.jws);
  CHECK((*found)->record.digest == record.digest);
  CHECK((*found)->record.record.body.text("organisation") == "ЖШС «Бюро»");
  CHECK((*found)->state == core::SendState::queued);
  CHECK((*found)->receipt.number == receipt.number);
  CHECK((*found)->receipt.qr == "QBL1:TEST");
  CHECK(*rig.store().read_document(document->sha256, 0, bytes.size()) == bytes);
  CHECK(rig.store().head().q == 1);
  CHECK(rig.store().head().counter == 1);  // the next receipt bears another number
  CHECK(rig.store().head().digest == record.digest);
  CHECK(rig.store().head().counter == 1);
  CHECK(rig.store().verify_chain());
}

TEST_CASE("a second process that opens the same folder is refused", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  CHECK(code_of(core::KioskStore::open(rig.options())) == ErrorCode::conflict);
  rig.file();
  CHECK(rig.store().head().q == 1);
}

TEST_CASE("the same record twice is filed once, and the same id with other bytes changes nothing", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto record = rig.next_record(rig.new_id(), {}, "one");
  const auto other = rig.next_record(record.record.id, {}, "two");
  const auto receipt = rig.next_receipt();
  REQUIRE(rig.store().append(record, receipt, {}));
  CHECK(rig.store().append(record, receipt, {}));
  CHECK(code_of(rig.store().append(other, rig.next_receipt(), {})) == ErrorCode::conflict);
  CHECK(rig.store().head().q == 1);
  CHECK(rig.store().head().counter == 1);
  CHECK((*rig.store().find_record(record.record.id))->record.digest == record.digest);
}

TEST_CASE("a record that does not follow the head is refused", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto late = rig.next_record(rig.new_id());
  rig.file();
  CHECK(code_of(rig.store().append(late, rig.next_receipt(), {})) == ErrorCode::conflict);
  auto gap = rig.next_record(rig.new_id()).record;
  gap.q += 1;
  CHECK(code_of(rig.store().append(core::sign_record(gap, rig.device_key), rig.next_receipt(), {})) == ErrorCode::conflict);
  auto stranger = rig.next_record(rig.new_id()).record;
  stranger.device = "AL-04";
  CHECK(code_of(rig.store().append(core::sign_record(stranger, rig.device_key), rig.next_receipt(), {})) == ErrorCode::invalid_input);
  CHECK(rig.store().head().q == 1);
}

TEST_CASE("a record whose document is not here is not filed", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const core::DocumentRef missing{"a.pdf", 10, core::sha256(tests::some_bytes(10)), "application/pdf"};
  const auto id = rig.new_id();
  CHECK(code_of(rig.store().append(rig.next_record(id, {missing}), rig.next_receipt(), {})) == ErrorCode::not_found);
  CHECK_FALSE(*rig.store().find_record(id));
  CHECK(rig.store().head().q == 0);
}

TEST_CASE("a receipt is found by its number only together with its check code", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto record = rig.next_record(rig.new_id());
  auto receipt = rig.next_receipt();
  receipt.check_code = "0A1BC-DEFGH-JKMNP";
  REQUIRE(rig.store().append(record, receipt, {}));
  CHECK((*rig.store().find_receipt(receipt.number, "0A1BC-DEFGH-JKMNP"))->record.record.id == record.record.id);
  CHECK(*rig.store().find_receipt(receipt.number, "oaibc defgh jkmnp"));  // as a person copies it
  CHECK_FALSE(*rig.store().find_receipt(receipt.number, "0A1BC-DEFGH-JKMNQ"));
  CHECK_FALSE(*rig.store().find_receipt(receipt.number, ""));
  CHECK_FALSE(*rig.store().find_receipt("AL03-26-009999-0", "0A1BC-DEFGH-JKMNP"));
}

TEST_CASE("nothing personal of a record stands in any file of the folder", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto id = rig.new_id();
  const auto document = rig.store().keep_document(core::as_bytes("text of the charter, in clear"), id, "scan-of-Nurlanova.pdf", "application/pdf");
  REQUIRE(rig.store().append(rig.next_record(id, {*document}, "Canary organisation"), rig.next_receipt(), {}));
  for (const auto* needle : {"Canary organisation", "text of the charter", "Nurlanova", "organisation"}) {
    CHECK(tests::files_with(rig.folder, needle).empty());
  }
}

TEST_CASE("one altered byte of a sealed record is detected and named by its q", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto first = rig.file("a");
  rig.file("b");
  rig.file("c");
  rig.close();
  tamper(rig.folder, "UPDATE records SET sealed = CAST(substr(sealed, 1, 100) || CASE substr(sealed, 101, 1) WHEN x'00' THEN x'01' ELSE x'00' END"
                     " || substr(sealed, 102) AS BLOB) WHERE q = 1");
  REQUIRE(rig.open());  // the end of the chain is whole
  CHECK(code_of(rig.store().find_record(first.record.id)) == ErrorCode::corrupt);
  const auto chain = rig.store().verify_chain();
  REQUIRE(code_of(chain) == ErrorCode::corrupt);
  CHECK(chain.error().detail.find("q 1") != std::string::npos);
}

TEST_CASE("rows that were swapped, and a journal whose end was cut, are detected", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  for (const auto* text : {"a", "b", "c"}) rig.file(text);
  rig.close();
  SECTION("sealed columns of two records exchanged") {
    tamper(rig.folder, "UPDATE records SET sealed = (SELECT sealed FROM records WHERE q = 2) WHERE q = 1");
    REQUIRE(rig.open());
    CHECK(code_of(rig.store().verify_chain()) == ErrorCode::corrupt);
  }
  SECTION("a record in the middle removed") {
    tamper(rig.folder, "DELETE FROM receipts WHERE q = 2; DELETE FROM records WHERE q = 2");
    CHECK(code_of(rig.open()) == ErrorCode::corrupt);
  }
  SECTION("the newest record damaged: the store does not write on") {
    tamper(rig.folder, "UPDATE records SET digest = (SELECT digest FROM records WHERE q = 1) WHERE q = 3");
    CHECK(code_of(rig.open()) == ErrorCode::corrupt);
  }
}

TEST_CASE("a kiosk's newer database is refused untouched", "[store][journal]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  rig.file();
  rig.close();
  tamper(rig.folder, "PRAGMA user_version=99");
  const auto before = tests::snapshot(rig.folder);
  CHECK(code_of(rig.open()) == ErrorCode::unsupported);
  CHECK(tests::snapshot(rig.folder) == before);
}

TEST_CASE("filing n documents costs at most n + 2 flushes", "[store][journal][measured]") {
  tests::StoreRig rig;
  auto& shim = tests::shim_vfs();
  rig.vfs = tests::shim_vfs_name;
  REQUIRE(rig.open());
  for (const std::size_t n : {0u, 1u, 3u, 8u}) {
    const auto id = rig.new_id();
    std::vector<core::DocumentRef> documents;
    const auto files_before = core::sys::flush_count();
    shim.syncs = 0;
    for (std::size_t i = 0; i < n; ++i) {
      documents.push_back(*rig.store().keep_document(tests::some_bytes(70'000, static_cast<std::uint8_t>(10 * n + i)), id, "a.pdf", "application/pdf"));
    }
    REQUIRE(rig.store().append(rig.next_record(id, documents), rig.next_receipt(), {}));
    const auto flushes = core::sys::flush_count() - files_before + static_cast<std::uint64_t>(shim.syncs);
    INFO("documents " << n << ", flushes " << flushes);
    CHECK(flushes <= n + 2);
  }
}

TEST_CASE("a failed commit of a filing is an unknown outcome, and the reopened store knows", "[store][journal]") {
  tests::StoreRig rig;
  auto& shim = tests::shim_vfs();
  rig.vfs = tests::shim_vfs_name;
  REQUIRE(rig.open());
  rig.file("before");
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  const auto document = rig.store().keep_document(tests::some_bytes(5000), draft.id, "a.pdf", "application/pdf");
  REQUIRE(document);
  const auto record = rig.next_record(draft.id, {*document});
  const auto receipt = rig.next_receipt();
  SECTION("the bytes were written, their flush failed: it is filed") {
    shim.fail_wal_sync = 1;
    REQUIRE(code_of(rig.store().append(record, receipt, draft.id)) == ErrorCode::unknown_outcome);
    REQUIRE(rig.store().reopen());
    const auto found = rig.store().find_record(draft.id);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK(rig.store().head().digest == record.digest);
    CHECK(rig.store().append(record, receipt, draft.id));  // said once more: once
    CHECK_FALSE(*rig.store().find_draft(draft.bin));
  }
  SECTION("the bytes found no room: it is not filed, and can be") {
    shim.fail_wal_write = 1;
    REQUIRE(code_of(rig.store().append(record, receipt, draft.id)) == ErrorCode::unknown_outcome);
    REQUIRE(rig.store().reopen());
    CHECK_FALSE(*rig.store().find_record(draft.id));
    CHECK(rig.store().append(record, receipt, draft.id));
  }
  SECTION("without reopen() the next call reopens by itself") {
    shim.fail_wal_sync = 1;
    REQUIRE(code_of(rig.store().append(record, receipt, draft.id)) == ErrorCode::unknown_outcome);
    CHECK(*rig.store().find_record(draft.id));
  }
  SECTION("a disk that stays broken gives no answer at all") {
    shim.failing_for_good = true;
    shim.fail_wal_sync = 1;
    REQUIRE(code_of(rig.store().append(record, receipt, draft.id)) == ErrorCode::unknown_outcome);
    CHECK_FALSE(rig.store().reopen());
    CHECK_FALSE(rig.store().find_record(draft.id));
    shim = {};
    tests::shim_vfs();  // the disk is back
    REQUIRE(rig.store().reopen());
    CHECK(*rig.store().find_record(draft.id));
  }
  shim = {};
  CHECK(rig.store().head().q == 2);
  CHECK(rig.store().head().counter == 2);
  CHECK(rig.store().verify_chain());
  CHECK(*rig.store().read_document(document->sha256, 0, 5000) == tests::some_bytes(5000));
}
