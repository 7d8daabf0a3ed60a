// Replies that are being written: they survive a power cut with their documents, nobody but their author reads them, and
// they end with the record that they become, with their paper, by age, or when they are thrown away.
#include <filesystem>

#include "core/cases/inspection.h"
#include "tests/store/office_feed.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::BureauAct;
using core::ErrorCode;
using core::Json;
using tests::code_of;
using tests::day;

namespace {

const char* const typed = "Біз бұл тұжырыммен келіспейміз";

struct Counter {
  tests::StoreRig rig;
  tests::Office office;
  tests::Person author, colleague;
  tests::SentPaper paper;

  Counter() {
    REQUIRE(rig.open());
    author = office.person("S-0007", "204518", rig.clock.now.wall);
    colleague = office.person("S-0008", "204518", rig.clock.now.wall);
    paper = tests::send_paper(office, rig.new_id(), {author, colleague}, 1000, "summary.send");
    REQUIRE(rig.store().keep_feed({office.item("staff", author.body, rig.clock.now.wall), office.item("staff", colleague.body, rig.clock.now.wall),
                                   office.item("paper", paper.body, rig.clock.now.wall)}, "1.3"));
  }
  core::StaffMember signs_in(const tests::Person& person) {
    auto member = rig.store().sign_in(person.badge, "204518");
    REQUIRE(member);
    return *std::move(member);
  }
  core::DraftFile added(const core::Id& filing, std::uint8_t seed, const char* name = "journal.pdf") {
    const auto kept = rig.store().keep_document(tests::some_bytes(5'000, seed), filing, name, "application/pdf");
    REQUIRE(kept);
    return {*kept, 3, "usb", "", false};
  }
  core::HalfReply half(const core::Id& filing, std::vector<core::DraftFile> files = {}, const char* text = typed) {
    core::HalfReply reply{paper.id, BureauAct::object, filing, Json::Object{{"at", 1}, {"text", text}}, std::move(files), {}};
    return reply;
  }
  std::optional<core::HalfReply> kept(const tests::Person& person, BureauAct act = BureauAct::object) {
    auto found = rig.store().kept_reply(signs_in(person), paper.id, act);
    REQUIRE(found);
    return *std::move(found);
  }
  bool has(const core::DraftFile& file) { return rig.store().read_document(file.ref.sha256, 0, 10'000).has_value(); }
  std::int64_t document_files() {
    std::int64_t count = 0;
    for (const auto& [name, bytes] : tests::snapshot(rig.folder)) count += name.starts_with("documents/") ? 1 : 0;
    return count;
  }
  // As after a power cut: opened anew, and what nobody goes on with is dropped, as the kiosk does when it starts.
  void power_cut() {
    REQUIRE(rig.open());
    REQUIRE(rig.store().drop_unfiled());
  }
};

}  // namespace

TEST_CASE("a half-written reply and its documents are there after a power cut, for its author alone", "[store][reply]") {
  Counter at;
  const auto filing = at.rig.new_id();
  const auto file = at.added(filing, 1), letter = at.added(filing, 2, "letter.pdf");
  REQUIRE(at.rig.store().keep_reply(at.signs_in(at.author), at.half(filing, {file})));
  const auto saved_at = at.rig.clock.now.wall;
  at.rig.clock.pass(day);
  at.power_cut();
  const auto reply = at.kept(at.author);
  REQUIRE(reply);
  CHECK(reply->filing == filing);
  CHECK(reply->answers.text("text") == typed);
  CHECK(reply->saved_at == saved_at);
  REQUIRE(reply->files.size() == 1);
  CHECK(reply->files.front() == file);
  CHECK(at.has(file));
  CHECK_FALSE(at.has(letter));  // it is made anew
  CHECK_FALSE(at.kept(at.author, BureauAct::ask_consent));
  CHECK_FALSE(at.kept(at.colleague));
  for (const auto* needle : {typed, "journal.pdf"}) CHECK(tests::files_with(at.rig.folder, needle).empty());
}

TEST_CASE("neither the storage key nor a badge made anew opens a half-written reply", "[store][reply]") {
  Counter at;
  REQUIRE(at.rig.store().keep_reply(at.signs_in(at.author), at.half(at.rig.new_id())));
  auto other = at.signs_in(at.author);
  other.key = core::new_signing_key(at.office.random);
  CHECK_FALSE(*at.rig.store().kept_reply(other, at.paper.id, BureauAct::object));
  CHECK(at.kept(at.author));
  REQUIRE(at.rig.store().keep_reply(other, at.half(at.rig.new_id(), {}, "жаңа")));  // written over: one a person, paper and act
  CHECK((*at.rig.store().kept_reply(other, at.paper.id, BureauAct::object))->answers.text("text") == "жаңа");
  CHECK_FALSE(at.kept(at.author));
}

TEST_CASE("keeping it again keeps the newest, and what was taken out of it goes when its author leaves", "[store][reply]") {
  Counter at;
  const auto filing = at.rig.new_id();
  const auto author = at.signs_in(at.author);
  const auto first = at.added(filing, 1), second = at.added(filing, 2);
  REQUIRE(at.rig.store().keep_reply(author, at.half(filing, {first, second})));
  REQUIRE(at.rig.store().keep_reply(author, at.half(filing, {second}, "қысқа")));
  REQUIRE(at.rig.store().leave_filing(filing));
  CHECK(at.kept(at.author)->answers.text("text") == "қысқа");
  CHECK(at.has(second));
  CHECK_FALSE(at.has(first));
  CHECK(at.document_files() == 1);
}

TEST_CASE("a reply that was filed is kept no longer; its documents are the record's", "[store][reply]") {
  Counter at;
  const auto filing = at.rig.new_id();
  const auto file = at.added(filing, 1);
  const auto author = at.signs_in(at.author);
  REQUIRE(at.rig.store().keep_reply(author, at.half(filing, {file})));
  auto record = at.rig.next_record(filing, {file.ref}).record;
  record.kind = core::kind::summary_object;
  record.case_id = record.base = at.paper.id;
  REQUIRE(at.rig.store().append(core::sign_record(record, at.rig.device_key), at.rig.next_receipt(), {}));
  CHECK_FALSE(at.kept(at.author));
  CHECK(code_of(at.rig.store().keep_reply(author, at.half(filing, {file}))) == ErrorCode::wrong_state);
  at.power_cut();
  CHECK_FALSE(at.kept(at.author));
  CHECK(at.has(file));
}

TEST_CASE("what is thrown away is gone with its files, and another can be begun", "[store][reply]") {
  Counter at;
  const auto filing = at.rig.new_id();
  const auto file = at.added(filing, 1);
  const auto author = at.signs_in(at.author);
  REQUIRE(at.rig.store().keep_reply(author, at.half(filing, {file})));
  REQUIRE(at.rig.store().drop_reply(author, at.paper.id, BureauAct::object));
  REQUIRE(at.rig.store().drop_reply(author, at.paper.id, BureauAct::object));  // there is none: nothing to do
  CHECK_FALSE(at.kept(at.author));
  CHECK(at.document_files() == 0);
  REQUIRE(at.rig.store().keep_reply(author, at.half(at.rig.new_id())));
  CHECK(at.kept(at.author));
}

TEST_CASE("a half-written reply ends by age, but not under the hands of its author", "[store][reply]") {
  Counter at;
  const auto filing = at.rig.new_id();
  const auto file = at.added(filing, 1);
  REQUIRE(at.rig.store().keep_reply(at.signs_in(at.author), at.half(filing, {file})));
  at.rig.clock.pass(31 * day);
  const auto limit = at.rig.clock.now.wall - 30 * day;
  CHECK(*at.rig.store().drop_old_replies(limit) == 0);  // it is open
  REQUIRE(at.rig.store().leave_filing(filing));
  CHECK(*at.rig.store().drop_old_replies(limit - 2 * day) == 0);
  CHECK(*at.rig.store().drop_old_replies(limit) == 1);
  CHECK_FALSE(at.kept(at.author));
  CHECK(at.document_files() == 0);
}

TEST_CASE("a half-written reply leaves with its paper, and with its bureau", "[store][reply]") {
  for (const bool bureau_gone : {false, true}) {
    Counter at;
    const auto filing = at.rig.new_id();
    const auto file = at.added(filing, 1);
    const auto author = at.signs_in(at.author);
    REQUIRE(at.rig.store().keep_reply(author, at.half(filing, {file})));
    if (bureau_gone) {
      REQUIRE(at.rig.store().keep_feed({at.office.item("bureau_gone", Json::Object{{"bin", "040140000018"}}, at.rig.clock.now.wall)}, "1.4"));
    } else {
      auto mark = at.rig.next_record(at.rig.new_id()).record;
      mark.kind = core::kind::summary_receive;
      mark.case_id = mark.base = at.paper.id;
      const auto signed_mark = core::sign_record(mark, at.rig.device_key);
      REQUIRE(at.rig.store().append(signed_mark, at.rig.next_receipt(), {}));
      REQUIRE(at.rig.store().keep_verdict(at.rig.verdict(signed_mark, core::Outcome::accepted), "jws"));
      REQUIRE(*at.rig.store().drop_old_papers(at.rig.clock.now.wall + 60 * day) == 1);
      CHECK(at.document_files() == 0);
    }
    CHECK_FALSE(*at.rig.store().kept_reply(author, at.paper.id, BureauAct::object));
    CHECK_FALSE(at.has(file));
  }
}
