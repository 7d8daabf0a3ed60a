// Documents: what was kept comes back byte for byte or not at all, once, and only to whom it belongs.
#include <filesystem>

#include "core/encoding.h"
#include "tests/store/shim_vfs.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;
using tests::code_of;

namespace {

std::vector<std::string> document_files(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& [path, bytes] : tests::snapshot(folder)) {
    if (path.starts_with("documents/")) files.push_back(path);
  }
  return files;
}

constexpr auto day = core::Millis{24LL * 3600 * 1000};

}  // namespace

TEST_CASE("documents of every length come back whole and in pieces", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto id = rig.new_id();
  constexpr std::size_t frame = core::frame_plain_bytes;
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, frame - 1, frame, frame + 1, 3 * frame, 3 * frame + 17}) {
    const auto bytes = tests::some_bytes(length, static_cast<std::uint8_t>(length % 251));
    const auto kept = rig.store().keep_document(bytes, id, "a.bin", "application/octet-stream");
    REQUIRE(kept);
    CHECK(kept->bytes == length);
    CHECK(kept->sha256 == core::sha256(bytes));
    CHECK(*rig.store().read_document(kept->sha256, 0, length + 100) == bytes);
    core::Bytes pieced;
    for (std::size_t at = 0; at < length;) {
      const auto piece = rig.store().read_document(kept->sha256, at, 50'000);
      REQUIRE(piece);
      REQUIRE_FALSE(piece->empty());
      pieced.insert(pieced.end(), piece->begin(), piece->end());
      at += piece->size();
    }
    CHECK(pieced == bytes);
  }
}

TEST_CASE("a document streamed in odd pieces is the same document", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto bytes = tests::some_bytes(300'000);
  auto writer = rig.store().begin_document();
  REQUIRE(writer);
  for (std::size_t at = 0, step = 1; at < bytes.size(); at += step, step = step * 3 + 1) {
    REQUIRE((*writer)->write(core::ByteView(bytes).subspan(at, std::min(step, bytes.size() - at))));
  }
  CHECK((*writer)->written() == bytes.size());
  const auto kept = rig.store().keep_document(*std::move(writer), rig.new_id(), "a.pdf", "application/pdf");
  REQUIRE(kept);
  CHECK(*rig.store().read_document(core::sha256(bytes), 0, bytes.size()) == bytes);
}

TEST_CASE("a writer that is dropped leaves no file, and one over the limit is refused", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  {
    auto writer = rig.store().begin_document();
    REQUIRE((*writer)->write(tests::some_bytes(100'000)));
  }
  CHECK(document_files(rig.folder).empty());
  auto writer = rig.store().begin_document();
  const auto piece = tests::some_bytes(1024 * 1024);
  for (std::uint64_t n = 0; n < core::document_bytes_max / piece.size(); ++n) REQUIRE((*writer)->write(piece));
  CHECK(code_of((*writer)->write(tests::some_bytes(1))) == ErrorCode::too_large);
  CHECK(code_of(rig.store().keep_document(*std::move(writer), rig.new_id(), "a", "b/c")) == ErrorCode::too_large);
  CHECK(document_files(rig.folder).empty());
}

TEST_CASE("the same bytes twice are kept once", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  const auto bytes = tests::some_bytes(10'000);
  const auto first = rig.store().keep_document(bytes, draft.id, "a.pdf", "application/pdf");
  const auto second = rig.store().keep_document(bytes, draft.id, "b.pdf", "application/pdf");
  REQUIRE(rig.store().save_draft(draft));
  const auto third = rig.store().keep_document(bytes, draft.id, "c.pdf", "application/pdf");
  CHECK(first->sha256 == second->sha256);
  CHECK(third->name == "c.pdf");
  REQUIRE(document_files(rig.folder).size() == 1);
  // Filed in two places of one record, and once more by the next one: still one file.
  REQUIRE(rig.store().append(rig.next_record(draft.id, {*first, *second}), rig.next_receipt(), draft.id));
  const auto next = rig.new_id();
  const auto again = rig.store().keep_document(bytes, next, "a.pdf", "application/pdf");
  REQUIRE(rig.store().append(rig.next_record(next, {*again}), rig.next_receipt(), {}));
  CHECK(document_files(rig.folder).size() == 1);
  CHECK(*rig.store().read_document(first->sha256, 0, 20'000) == bytes);
}

TEST_CASE("two drafts with the same bytes do not share a key, and dropping one leaves the other's", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto first = rig.draft("040140000018"), second = rig.draft("050240000027");
  const auto bytes = tests::some_bytes(10'000);
  REQUIRE(rig.store().create_draft(first, "123456"));
  REQUIRE(rig.store().keep_document(bytes, first.id, "a.pdf", "application/pdf"));
  REQUIRE(rig.store().leave_draft(first.id));
  REQUIRE(rig.store().create_draft(second, "654321"));
  const auto kept = rig.store().keep_document(bytes, second.id, "a.pdf", "application/pdf");
  REQUIRE(kept);
  REQUIRE(rig.store().save_draft(second));
  CHECK(document_files(rig.folder).size() == 2);
  REQUIRE(rig.store().drop_draft(first.id));
  CHECK(document_files(rig.folder).size() == 1);
  CHECK(*rig.store().read_document(kept->sha256, 0, 20'000) == bytes);
}

TEST_CASE("filing gives a document another key and leaves its file as it was", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  const auto bytes = tests::some_bytes(100'000);
  const auto kept = rig.store().keep_document(bytes, draft.id, "a.pdf", "application/pdf");
  const auto dropped = rig.store().keep_document(tests::some_bytes(10, 9), draft.id, "not filed.pdf", "application/pdf");
  REQUIRE(rig.store().save_draft(draft));
  const auto name = "documents/2026-11/" + core::to_hex(kept->sha256);
  const auto before = tests::read_all(rig.folder + "/" + name);
  REQUIRE(rig.store().append(rig.next_record(draft.id, {*kept}), rig.next_receipt(), draft.id));
  CHECK(document_files(rig.folder) == std::vector<std::string>{name});
  CHECK(tests::read_all(rig.folder + "/" + name) == before);
  REQUIRE(rig.open());
  CHECK(*rig.store().read_document(kept->sha256, 0, bytes.size()) == bytes);
  CHECK(code_of(rig.store().read_document(dropped->sha256, 0, 10)) == ErrorCode::not_found);
}

TEST_CASE("one flipped bit anywhere in a document's file is detected", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto id = rig.new_id();
  const auto bytes = tests::some_bytes(150'000);
  const auto kept = rig.store().keep_document(bytes, id, "a.pdf", "application/pdf");
  REQUIRE(rig.store().append(rig.next_record(id, {*kept}), rig.next_receipt(), {}));
  const auto path = rig.folder + "/documents/2026-11/" + core::to_hex(kept->sha256);
  const auto size = tests::read_all(path).size();
  for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{30}, std::uint64_t{size / 2}, std::uint64_t{size - 1}}) {
    tests::flip_bit(path, at);
    CHECK(code_of(rig.store().read_document(kept->sha256, 0, bytes.size())) == ErrorCode::corrupt);
    CHECK(code_of(rig.store().read_document(kept->sha256, 149'000, 5'000)) == ErrorCode::corrupt);
    tests::flip_bit(path, at);
  }
  CHECK(*rig.store().read_document(kept->sha256, 0, bytes.size()) == bytes);
  SECTION("a file cut short") { std::filesystem::resize_file(path, size - 1); }
  SECTION("a file that has gone") { std::filesystem::remove(path); }
  CHECK(code_of(rig.store().read_document(kept->sha256, 0, bytes.size())) == ErrorCode::corrupt);
}

TEST_CASE("a damaged document is healed when the same bytes are brought again", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto id = rig.new_id(), next = rig.new_id();
  const auto bytes = tests::some_bytes(1'000);
  const auto kept = rig.store().keep_document(bytes, id, "a.pdf", "application/pdf");
  REQUIRE(rig.store().append(rig.next_record(id, {*kept}), rig.next_receipt(), {}));
  tests::flip_bit(rig.folder + "/documents/2026-11/" + core::to_hex(kept->sha256), 500);
  REQUIRE(code_of(rig.store().read_document(kept->sha256, 0, 1'000)) == ErrorCode::corrupt);
  REQUIRE(rig.store().keep_document(bytes, next, "a.pdf", "application/pdf"));
  CHECK(*rig.store().read_document(kept->sha256, 0, 1'000) == bytes);
  REQUIRE(rig.store().append(rig.next_record(next, {*kept}), rig.next_receipt(), {}));
  REQUIRE(rig.open());
  CHECK(*rig.store().read_document(kept->sha256, 0, 1'000) == bytes);
}

TEST_CASE("files that no row names are collected after a day, not before, and kept ones never", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto id = rig.new_id();
  const auto kept = rig.store().keep_document(tests::some_bytes(100), id, "a.pdf", "application/pdf");
  REQUIRE(rig.store().append(rig.next_record(id, {*kept}), rig.next_receipt(), {}));
  rig.close();
  const auto stray = rig.folder + "/documents/2026-11/" + std::string(64, 'a');
  const auto temporary = rig.folder + "/documents/tmp/left-behind";
  for (const auto& path : {stray, temporary}) std::filesystem::copy_file(rig.folder + "/documents/2026-11/" + core::to_hex(kept->sha256), path);
  REQUIRE(rig.open());
  rig.clock.pass(day - core::Millis{1});
  REQUIRE(rig.open());
  CHECK(std::filesystem::exists(stray));
  rig.clock.pass(core::Millis{2});
  REQUIRE(rig.open());
  CHECK_FALSE(std::filesystem::exists(stray));
  CHECK_FALSE(std::filesystem::exists(temporary));
  CHECK(*rig.store().read_document(kept->sha256, 0, 100) == tests::some_bytes(100));
}

TEST_CASE("a document that was kept but never named is there after an orderly end", "[store][documents]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto kept = rig.store().keep_document(tests::some_bytes(100), rig.new_id(), "a.pdf", "application/pdf");
  REQUIRE(rig.open());
  CHECK(*rig.store().read_document(kept->sha256, 0, 100) == tests::some_bytes(100));
}
