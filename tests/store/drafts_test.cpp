// Drafts: found by BIN, opened by PIN, closed after five wrong ones, and gone without a trace when dropped.
#include "core/encoding.h"
#include "tests/store/shim_vfs.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;
using tests::code_of;

namespace {

constexpr auto hour = core::Millis{3600LL * 1000};

std::string tries_left(const core::Result<core::ApplicationDraft>& refused) { return refused.error().detail; }

}  // namespace

TEST_CASE("a draft is found by its BIN and opened by its PIN, also after a restart", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  draft.organisation = "Жаңа атау";
  draft.step = 4;
  rig.clock.pass(core::Millis{60'000});
  REQUIRE(rig.store().save_draft(draft));
  REQUIRE(rig.store().leave_draft(draft.id));
  REQUIRE(rig.open());
  const auto found = rig.store().find_draft(draft.bin);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->id == draft.id);
  CHECK((*found)->step == 4);
  CHECK((*found)->saved_at == rig.clock.now.wall);
  CHECK_FALSE(*rig.store().find_draft("999999999999"));
  const auto opened = rig.store().open_draft(draft.id, "123456");
  REQUIRE(opened);
  CHECK(core::canonical(core::to_json(*opened)) == core::canonical(core::to_json(draft)));
}

TEST_CASE("one draft a BIN, and a PIN has six digits", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  REQUIRE(rig.store().create_draft(rig.draft(), "123456"));
  CHECK(code_of(rig.store().create_draft(rig.draft(), "123456")) == ErrorCode::conflict);
  for (const auto* pin : {"", "12345", "1234567", "12345a", "١٢٣٤٥٦"}) {
    CHECK(code_of(rig.store().create_draft(rig.draft("050240000027"), pin)) == ErrorCode::invalid_input);
  }
  CHECK_FALSE(*rig.store().find_draft("050240000027"));
}

TEST_CASE("a draft that is not open cannot be saved or given documents", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  CHECK(code_of(rig.store().save_draft(draft)) == ErrorCode::wrong_state);
  REQUIRE(rig.store().create_draft(draft, "123456"));
  const auto kept = rig.store().keep_document(tests::some_bytes(100), draft.id, "a.pdf", "application/pdf");
  REQUIRE(rig.store().leave_draft(draft.id));
  CHECK(code_of(rig.store().save_draft(draft)) == ErrorCode::wrong_state);
  CHECK(code_of(rig.store().keep_document(tests::some_bytes(5), draft.id, "a.pdf", "application/pdf")) == ErrorCode::wrong_state);
  CHECK(code_of(rig.store().read_document(kept->sha256, 0, 100)) == ErrorCode::forbidden);
  CHECK(code_of(rig.store().append(rig.next_record(draft.id, {*kept}), rig.next_receipt(), draft.id)) == ErrorCode::forbidden);
  REQUIRE(rig.store().open_draft(draft.id, "123456"));
  CHECK(*rig.store().read_document(kept->sha256, 0, 100) == tests::some_bytes(100));
}

TEST_CASE("five wrong PINs close a draft for an hour, restarts included", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  REQUIRE(rig.store().leave_draft(draft.id));
  for (int left = 4; left >= 1; --left) {
    const auto refused = rig.store().open_draft(draft.id, "000000");
    REQUIRE(code_of(refused) == ErrorCode::forbidden);
    CHECK(tries_left(refused) == std::to_string(left));
    if (left == 2) REQUIRE(rig.open());
  }
  CHECK(code_of(rig.store().open_draft(draft.id, "000000")) == ErrorCode::locked);
  CHECK(code_of(rig.store().open_draft(draft.id, "123456")) == ErrorCode::locked);
  REQUIRE(rig.open());
  rig.clock.pass(hour - core::Millis{1});
  CHECK(code_of(rig.store().open_draft(draft.id, "123456")) == ErrorCode::locked);
  rig.clock.pass(core::Millis{1});
  CHECK(tries_left(rig.store().open_draft(draft.id, "000000")) == "4");
  REQUIRE(rig.store().open_draft(draft.id, "123456"));
  REQUIRE(rig.store().leave_draft(draft.id));
  CHECK(tries_left(rig.store().open_draft(draft.id, "000000")) == "4");  // a right PIN forgives the wrong ones
  CHECK(code_of(rig.store().open_draft(rig.new_id(), "123456")) == ErrorCode::not_found);
}

TEST_CASE("no set clock opens a closed draft before its hour is over, nor keeps it closed for longer", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  REQUIRE(rig.store().leave_draft(draft.id));
  for (int i = 0; i < 5; ++i) (void)rig.store().open_draft(draft.id, "000000");
  SECTION("set ahead, and the program started again") {
    rig.clock.now.wall += 24 * hour;
    CHECK(code_of(rig.store().open_draft(draft.id, "123456")) == ErrorCode::locked);
    REQUIRE(rig.open());
    CHECK(code_of(rig.store().open_draft(draft.id, "123456")) == ErrorCode::locked);
    rig.clock.pass(hour);
  }
  SECTION("set back") {
    rig.clock.now.wall -= 24 * hour;
    rig.clock.pass(hour);
  }
  SECTION("set back, and the machine started again: an hour more at most") {
    rig.clock.now.wall -= 24 * hour;
    rig.clock.now.boot = "another boot";
    rig.clock.now.steady = core::Millis{5'000};
    REQUIRE(rig.open());
    CHECK(code_of(rig.store().open_draft(draft.id, "123456")) == ErrorCode::locked);
    rig.clock.pass(hour);
  }
  CHECK(rig.store().open_draft(draft.id, "123456"));
}

TEST_CASE("a stolen database alone cannot try PINs: another storage key opens nothing", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  rig.storage_key = core::random_seal_key(rig.random);
  REQUIRE(rig.open());
  CHECK_FALSE(*rig.store().find_draft(draft.bin));
  CHECK(code_of(rig.store().open_draft(draft.id, "123456")) == ErrorCode::forbidden);
}

TEST_CASE("a dropped draft is in no file any more, and before that only sealed", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  auto draft = rig.draft("040140000018");
  draft.organisation = "Canary Bureau Ltd";
  REQUIRE(rig.store().create_draft(draft, "937154"));
  const auto document = rig.store().keep_document(core::as_bytes("canary text of a document"), draft.id, "canary-name.pdf", "application/pdf");
  for (int n = 0; n < 20; ++n) {
    draft.address += "Canary street " + std::to_string(n);
    REQUIRE(rig.store().save_draft(draft));
  }
  const std::vector<std::string> canaries{"040140000018", "Canary Bureau", "Canary street", "canary text", "canary-name", "937154", draft.phone};
  for (const auto& canary : canaries) CHECK(tests::files_with(rig.folder, canary).empty());
  CHECK_FALSE(tests::files_with(rig.folder, draft.id).empty());

  REQUIRE(rig.store().drop_draft(draft.id));
  for (const auto& canary : canaries) CHECK(tests::files_with(rig.folder, canary).empty());
  CHECK(tests::files_with(rig.folder, draft.id).empty());  // even the id and the key's row
  for (const auto& [path, bytes] : tests::snapshot(rig.folder)) CHECK_FALSE(path.starts_with("documents/"));
  CHECK(code_of(rig.store().read_document(document->sha256, 0, 100)) == ErrorCode::not_found);
  CHECK(code_of(rig.store().open_draft(draft.id, "937154")) == ErrorCode::not_found);
  CHECK(code_of(rig.store().save_draft(draft)) == ErrorCode::wrong_state);
  CHECK_FALSE(*rig.store().find_draft(draft.bin));
}

TEST_CASE("a wipe that the disk refuses is reported, stays due, and is done at the next quiet moment", "[store][drafts]") {
  tests::StoreRig rig;
  rig.vfs = tests::shim_vfs_name;
  auto& shim = tests::shim_vfs();
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  shim.fail_main_sync = 1;
  CHECK(code_of(rig.store().drop_draft(draft.id)) == ErrorCode::storage);
  CHECK_FALSE(*rig.store().find_draft(draft.bin));
  REQUIRE(rig.store().pending(1, 1));
  CHECK(tests::files_with(rig.folder, draft.id).empty());
}

TEST_CASE("bytes of a dropped draft stay unreadable for who has kept a copy of its file", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  const auto bytes = tests::some_bytes(1000);
  const auto document = rig.store().keep_document(bytes, draft.id, "a.pdf", "application/pdf");
  REQUIRE(rig.store().save_draft(draft));
  const auto copy = tests::snapshot(rig.folder).at("documents/2026-11/" + core::to_hex(document->sha256));
  REQUIRE(rig.store().drop_draft(draft.id));
  // The file holds neither the document nor anything that was left in the folder opens it.
  CHECK(core::as_text(copy).find(core::as_text(core::ByteView(bytes).first(16))) == std::string_view::npos);
  CHECK_FALSE(core::unseal_frame(rig.storage_key, core::ByteView(copy).first(core::frame_header_bytes), 0, true,
                                 core::ByteView(copy).subspan(core::frame_header_bytes)));
  CHECK(code_of(rig.store().read_document(document->sha256, 0, 1000)) == ErrorCode::not_found);
}

TEST_CASE("filing ends the draft, and its traces go with the next quiet moment", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  REQUIRE(rig.store().append(rig.next_record(rig.new_id()), rig.next_receipt(), draft.id));
  CHECK_FALSE(*rig.store().find_draft(draft.bin));
  CHECK_FALSE(*rig.store().interrupted_draft());
  REQUIRE(rig.store().pending(10, 1'000'000));
  CHECK(tests::files_with(rig.folder, draft.id).empty());
}

TEST_CASE("only the draft that was being edited when the program ended is called interrupted", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto draft = rig.draft();
  REQUIRE(rig.store().create_draft(draft, "123456"));
  CHECK_FALSE(*rig.store().interrupted_draft());  // of the last run, not of this one
  REQUIRE(rig.open());
  REQUIRE(*rig.store().interrupted_draft());
  CHECK((*rig.store().interrupted_draft())->id == draft.id);
  REQUIRE(rig.open());
  CHECK(*rig.store().interrupted_draft());  // nobody has come for it yet
  SECTION("left") {
    REQUIRE(rig.store().open_draft(draft.id, "123456"));
    REQUIRE(rig.store().leave_draft(draft.id));
  }
  SECTION("left without having been opened") { REQUIRE(rig.store().leave_draft(draft.id)); }
  SECTION("dropped") { REQUIRE(rig.store().drop_draft(draft.id)); }
  CHECK_FALSE(*rig.store().interrupted_draft());
  REQUIRE(rig.open());
  CHECK_FALSE(*rig.store().interrupted_draft());
}

TEST_CASE("old drafts are dropped, younger ones and the open one stay", "[store][drafts]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto old = rig.draft("040140000018"), open = rig.draft("050240000027");
  REQUIRE(rig.store().create_draft(old, "123456"));
  REQUIRE(rig.store().leave_draft(old.id));
  REQUIRE(rig.store().create_draft(open, "123456"));
  rig.clock.pass(hour);
  const auto young = rig.draft("060340000036");
  REQUIRE(rig.store().create_draft(young, "123456"));
  REQUIRE(rig.store().leave_draft(young.id));
  CHECK(*rig.store().drop_old_drafts(rig.clock.now.wall - hour / 2) == 1);
  CHECK_FALSE(*rig.store().find_draft(old.bin));
  CHECK(*rig.store().find_draft(open.bin));
  CHECK(*rig.store().find_draft(young.bin));
}
