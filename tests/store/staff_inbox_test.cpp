// Staff, papers and the feed: what the registry sends down and what a person with a badge makes of it.
// How: the test plays the registry with the same seals that the registry uses.
#include <filesystem>
#include <set>

#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "core/cases/inspection.h"
#include "core/jws.h"
#include "tests/store/office_feed.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;
using core::Json;
using tests::arrive;
using tests::code_of;
using tests::day;
using tests::Office;
using tests::send_paper;
using tests::SentPaper;

namespace {

std::string asset(tests::StoreRig& rig, std::string_view version) {
  return core::sign_jws(rig.device_key, core::typ::asset, core::as_bytes(core::canonical(Json::Object{{"name", "kz"}, {"version", version}, {"text", "x"}})));
}

}  // namespace

TEST_CASE("a badge and its PIN open the person's own key, offline and after a restart", "[store][staff]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto person = office.person("S-0007", "204518", rig.clock.now.wall);
  REQUIRE(rig.store().keep_feed({office.item("staff", person.body, rig.clock.now.wall)}, "1.1"));
  REQUIRE(rig.open());
  const auto holder = rig.store().badge_holder(person.badge);
  REQUIRE(*holder);
  CHECK((*holder)->name == "Айгүл Нұрланова");
  CHECK((*holder)->position == "бас бухгалтер");
  CHECK_FALSE((*holder)->locked);
  const auto member = rig.store().sign_in(person.badge, "204518");
  REQUIRE(member);
  CHECK(member->id == "S-0007");
  CHECK(member->bureau_bin == "040140000018");
  CHECK_FALSE(member->is_operator);
  CHECK(member->key.verify_key == person.key.verify_key);
  CHECK(core::verify(person.key.verify_key, core::as_bytes("x"), core::sign(member->key, core::as_bytes("x"))));
  CHECK(rig.store().staff_entries("040140000018")->size() == 1);
  CHECK(rig.store().staff_entries("999999999999")->empty());
  for (const auto* needle : {"Нұрланова", "040140000018", "бас бухгалтер"}) CHECK(tests::files_with(rig.folder, needle).empty());
}

TEST_CASE("unknown badges, other texts and ended powers open nothing", "[store][staff]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto person = office.person("S-0007", "204518", rig.clock.now.wall);
  REQUIRE(rig.store().keep_feed({office.item("staff", person.body, rig.clock.now.wall)}, "1.1"));
  for (const std::string badge : {"QBB1:S-0008:0123456789ABCDEFGHJKMNPQRS", "QBB1:S-0007", "QBB1::x", "S-0007", "", "QBB2:S-0007:0123456789ABCDEFGHJKMNPQRS"}) {
    CHECK(code_of(rig.store().sign_in(badge, "204518")) == ErrorCode::not_found);
    CHECK_FALSE(*rig.store().badge_holder(badge));
  }
  rig.clock.pass(400 * day);
  CHECK(code_of(rig.store().sign_in(person.badge, "204518")) == ErrorCode::not_found);
}

TEST_CASE("five wrong PINs lock a member of staff until an operator opens, restarts and news included", "[store][staff]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto person = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto other = office.person("S-0008", "111111", rig.clock.now.wall);
  REQUIRE(rig.store().keep_feed({office.item("staff", person.body, rig.clock.now.wall), office.item("staff", other.body, rig.clock.now.wall)}, "1.2"));
  for (int left = 4; left >= 1; --left) {
    const auto refused = rig.store().sign_in(person.badge, "000000");
    REQUIRE(code_of(refused) == ErrorCode::forbidden);
    CHECK(refused.error().detail == std::to_string(left));
    if (left == 3) REQUIRE(rig.open());
  }
  CHECK(code_of(rig.store().sign_in(person.badge, "000000")) == ErrorCode::locked);
  REQUIRE(rig.store().keep_feed({office.item("staff", person.body, rig.clock.now.wall)}, "1.3"));
  REQUIRE(rig.open());
  rig.clock.pass(30 * day);
  CHECK(code_of(rig.store().sign_in(person.badge, "204518")) == ErrorCode::locked);
  CHECK(rig.store().sign_in(other.badge, "111111"));  // colleagues go on
  const auto locked = rig.store().locked_staff();
  REQUIRE(locked->size() == 1);
  CHECK(locked->front().name == "Айгүл Нұрланова");
  CHECK((*rig.store().badge_holder(person.badge))->locked);
  REQUIRE(rig.store().unlock_staff("S-0007"));
  CHECK(code_of(rig.store().unlock_staff("S-0007")) == ErrorCode::not_found);
  CHECK(rig.store().locked_staff()->empty());
  CHECK(rig.store().sign_in(person.badge, "204518"));
}

TEST_CASE("a bureau is found by its BIN and replaced by newer news", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  Json body = Json::Object{{"bin", "040140000018"}, {"name", "Бюро"}, {"address", "Алматы"}, {"head", "А. Б."}, {"licensed", true}, {"as_of_ms", 1000}};
  REQUIRE(rig.store().keep_feed({office.item("bureau", body, rig.clock.now.wall)}, "1.1"));
  body["name"] = "Жаңа бюро";
  REQUIRE(rig.store().keep_feed({office.item("bureau", body, rig.clock.now.wall)}, "1.2"));
  const auto found = rig.store().find_bureau("040140000018");
  REQUIRE(*found);
  CHECK((*found)->name == "Жаңа бюро");
  CHECK((*found)->licensed);
  CHECK_FALSE(*rig.store().find_bureau("050240000027"));
}

TEST_CASE("a paper arrives in pieces, over restarts, and opens only for whom it is sealed to", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto now = rig.clock.now.wall;
  const auto reader = office.person("S-0007", "204518", now), colleague = office.person("S-0008", "111111", now);
  const auto stranger = office.person("S-0009", "222222", now, "050240000027");
  const auto paper = send_paper(office, rig.new_id(), {reader});
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, now), office.item("staff", colleague.body, now), office.item("staff", stranger.body, now),
                                 office.item("paper", paper.body, now)}, "1.4"));
  const auto member = rig.store().sign_in(reader.badge, "204518");
  REQUIRE(rig.store().papers(*member)->size() == 1);
  CHECK_FALSE(rig.store().papers(*member)->front().here);
  CHECK(code_of(rig.store().open_paper(*member, paper.id)) == ErrorCode::not_found);
  CHECK(rig.store().wanted(10)->front().have == 0);

  REQUIRE(rig.store().keep_part(paper.sealed_sha256, 0, core::ByteView(paper.sealed).first(70'000), false));
  CHECK(code_of(rig.store().keep_part(paper.sealed_sha256, 60'000, core::ByteView(paper.sealed).subspan(60'000), true)) == ErrorCode::wrong_state);
  REQUIRE(rig.open());
  CHECK(rig.store().wanted(10)->front().have == 70'000);
  REQUIRE(rig.store().keep_part(paper.sealed_sha256, 70'000, core::ByteView(paper.sealed).subspan(70'000), true));
  CHECK(rig.store().wanted(10)->empty());
  REQUIRE(rig.open());

  const auto listed = rig.store().papers(*member);
  REQUIRE(listed->size() == 1);
  CHECK(listed->front().here);
  CHECK(listed->front().meta.text("number") == "17-5/204");
  CHECK(listed->front().pdf == core::sha256(paper.pdf));
  CHECK(listed->front().acts.empty());
  CHECK(*rig.store().open_paper(*member, paper.id) == paper.pdf);
  const auto other = rig.store().sign_in(colleague.badge, "111111");
  CHECK(rig.store().papers(*other)->empty());
  CHECK(code_of(rig.store().open_paper(*other, paper.id)) == ErrorCode::forbidden);
  const auto foreign = rig.store().sign_in(stranger.badge, "222222");
  CHECK(rig.store().papers(*foreign)->empty());
  CHECK(code_of(rig.store().open_paper(*foreign, paper.id)) == ErrorCode::not_found);
  CHECK(tests::files_with(rig.folder, "17-5/204").empty());
}

TEST_CASE("a paper whose bytes are wrong is thrown away and fetched again; one that rots is not shown", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  auto paper = send_paper(office, rig.new_id(), {reader}, 1000);
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  auto wrong = paper;
  wrong.sealed[500] ^= 1;
  CHECK(code_of(arrive(rig.store(), wrong)) == ErrorCode::corrupt);
  CHECK(rig.store().wanted(10)->front().have == 0);
  CHECK(code_of(rig.store().keep_part(paper.sealed_sha256, 0, tests::some_bytes(5000), false)) == ErrorCode::too_large);
  REQUIRE(arrive(rig.store(), paper, 300));
  const auto member = rig.store().sign_in(reader.badge, "204518");
  CHECK(*rig.store().open_paper(*member, paper.id) == paper.pdf);
  tests::flip_bit(rig.folder + "/papers/" + core::to_hex(paper.sealed_sha256), 100);
  CHECK(code_of(rig.store().open_paper(*member, paper.id)) == ErrorCode::corrupt);
  CHECK(code_of(rig.store().keep_part(core::Digest{}, 0, tests::some_bytes(5), true)) == ErrorCode::not_found);
}

TEST_CASE("the mark of receipt and the office's word on a paper show in the list", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  auto mark = rig.next_record(rig.new_id()).record;
  mark.kind = core::kind::notice_mark_receipt;
  mark.case_id = mark.base = paper.id;
  const auto signed_mark = core::sign_record(mark, rig.device_key);
  REQUIRE(rig.store().append(signed_mark, rig.next_receipt(), {}));
  REQUIRE(rig.store().keep_verdict(rig.verdict(signed_mark, core::Outcome::accepted), "jws"));
  REQUIRE(rig.store().keep_feed({office.item("paper_state", Json::Object{{"paper", paper.id}, {"closed", true}, {"by_record", mark.id}}, rig.clock.now.wall)}, "1.3"));
  const auto member = rig.store().sign_in(reader.badge, "204518");
  const auto listed = rig.store().papers(*member)->front();
  REQUIRE(listed.receipt() != nullptr);
  CHECK(listed.receipt()->record == mark.id);
  CHECK(listed.receipt()->state == core::SendState::accepted);
  CHECK(listed.closed);
}

TEST_CASE("what the bureau did with a paper at another kiosk counts as done here, once, and leaves with the paper", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  const auto state = [&](const core::Id& record, std::string_view kind, const Json& body) {
    auto told = Json(Json::Object{{"paper", paper.id}, {"closed", true}, {"by_record", record}});
    told["act"] = Json::Object{{"record", record}, {"kind", kind}, {"body", body}};
    return office.item("paper_state", told, rig.clock.now.wall);
  };
  const auto visa = state(rig.new_id(), core::kind::summary_visa_page, Json::Object{{"staff", "S-0009"}, {"date", "2026-11-24"}, {"page", 2}});
  REQUIRE(rig.store().keep_feed({state(rig.new_id(), core::kind::summary_receive, Json::Object{{"staff", "S-0009"}, {"date", "2026-11-24"}}), visa, visa}, "1.5"));
  const auto member = rig.store().sign_in(reader.badge, "204518");
  const auto listed = rig.store().papers(*member)->front();
  CHECK(listed.acts.empty());  // nothing was made here
  const auto held = listed.held();
  REQUIRE(held.done.size() == 2);
  CHECK(std::count_if(held.done.begin(), held.done.end(), [](const auto& one) { return one.kind == core::kind::summary_receive && one.on && core::iso_date(*one.on) == "2026-11-24"; }) == 1);
  CHECK(std::count_if(held.done.begin(), held.done.end(), [](const auto& one) { return one.kind == core::kind::summary_visa_page && one.page == 2 && one.staff == "S-0009"; }) == 1);
}

TEST_CASE("the days that a newer calendar gave are kept with the paper, the newest list alone, and are no act of anybody", "[store][inbox][A30]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  const auto recount = [&](const core::Id& record, const char* due) {
    const auto moved = Json(Json::Object{{"term", "D17"}, {"base", "2026-12-14"}, {"stated", ""}, {"before", "2026-12-18"}, {"due", due}, {"calendar", "kz-2026-2"}});
    auto told = Json(Json::Object{{"paper", paper.id}, {"closed", false}, {"by_record", ""}});
    told["act"] = Json::Object{{"record", record}, {"kind", core::kind::inspection_recount}, {"body", Json(Json::Object{{"terms", Json::Array{moved}}})}};
    return office.item("paper_state", told, rig.clock.now.wall);
  };
  const auto first = rig.new_id(), second = rig.new_id();
  REQUIRE(rig.store().keep_feed({recount(std::max(first, second), "2026-12-22"), recount(std::min(first, second), "2026-12-21")}, "1.4"));
  const auto member = rig.store().sign_in(reader.badge, "204518");
  const auto listed = rig.store().papers(*member)->front();
  CHECK(listed.held().done.empty());
  REQUIRE(listed.held().told.size() == 1);
  CHECK(core::iso_date(listed.held().told.front().due) == "2026-12-22");
  CHECK_FALSE(listed.held().told.front().stated);
}

TEST_CASE("a bureau that the kiosk serves no longer is forgotten: its people, papers and register entry; others and the journal stay", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const std::string gone = "040140000018", stays = "050240002170";
  const auto now = rig.clock.now.wall;
  const auto reader = office.person("S-0007", "204518", now, gone), other = office.person("S-0008", "111111", now, stays), keeper = office.person("OP-1", "222222", now, gone, "operator");
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  auto theirs = send_paper(office, rig.new_id(), {other}, 10);
  theirs.body["bureau_bin"] = stays;
  std::vector<Json> items{office.item("staff", reader.body, now), office.item("staff", other.body, now), office.item("staff", keeper.body, now), office.item("paper", paper.body, now), office.item("paper", theirs.body, now)};
  for (const auto& bin : {gone, stays}) items.push_back(office.item("bureau", Json::Object{{"bin", bin}, {"name", "Бюро"}}, now));
  REQUIRE(rig.store().keep_feed(items, "1.7"));
  auto mark = rig.next_record(rig.new_id()).record;
  mark.kind = core::kind::notice_mark_receipt;
  mark.case_id = mark.base = paper.id;
  REQUIRE(rig.store().append(core::sign_record(mark, rig.device_key), rig.next_receipt(), {}));

  REQUIRE(rig.store().keep_feed({office.item("bureau_gone", Json::Object{{"bin", gone}}, now)}, "1.8"));
  CHECK_FALSE(rig.store().sign_in(reader.badge, "204518"));
  CHECK(rig.store().staff_entries(gone)->size() == 1);  // the operator
  CHECK_FALSE(rig.store().find_bureau(gone)->has_value());
  CHECK(rig.store().find_bureau(stays)->has_value());
  CHECK(rig.store().sign_in(keeper.badge, "222222"));  // an operator is of the place, not of the bureau
  const auto member = rig.store().sign_in(other.badge, "111111");
  REQUIRE(member);
  CHECK(rig.store().papers(*member)->size() == 1);
  CHECK((*rig.store().find_record(mark.id))->state == core::SendState::queued);  // signed before, and still sent
  REQUIRE(rig.store().keep_feed({office.item("bureau_gone", Json::Object{{"bin", gone}}, now)}, "1.9"));  // twice is once
}

TEST_CASE("a paper keeps every act of the bureau on it in order; what the office does not count was not done", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  auto item = paper.body;
  item["kind"] = "summary.send";
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", item, rig.clock.now.wall)}, "1.2"));
  const auto act = [&](std::string_view kind, Json body) {
    auto made = rig.next_record(rig.new_id()).record;
    made.kind = kind;
    made.case_id = made.base = paper.id;
    made.body = std::move(body);
    const auto signed_act = core::sign_record(made, rig.device_key);
    REQUIRE(rig.store().append(signed_act, {}, {}));
    return signed_act;
  };
  const auto early = act(core::kind::summary_receive, Json::Object{{"staff", "S-0009"}, {"date", "2026-11-23"}});
  auto no = rig.verdict(early, core::Outcome::quarantined);
  no.reason = "person.may_not";
  REQUIRE(rig.store().keep_verdict(no, "jws"));
  const auto received = act(core::kind::summary_receive, Json::Object{{"staff", "S-0007"}, {"date", "2026-11-24"}});
  act(core::kind::summary_visa_page, Json::Object{{"staff", "S-0007"}, {"date", "2026-11-24"}, {"page", 1}});
  REQUIRE(rig.open());  // a power cut between two visas loses nothing
  const auto member = rig.store().sign_in(reader.badge, "204518");
  const auto listed = rig.store().papers(*member)->front();
  REQUIRE(listed.acts.size() == 3);
  CHECK(listed.acts[0].reason == "person.may_not");
  CHECK(listed.acts[2].done.page == 1);
  CHECK(listed.receipt()->record == received.record.id);
  const auto held = listed.held();
  REQUIRE(held.done.size() == 2);
  CHECK(held.done[0].staff == "S-0007");
  CHECK_FALSE(held.received_elsewhere);
  REQUIRE(rig.store().keep_verdict(rig.verdict(received, core::Outcome::superseded), "jws"));
  CHECK(rig.store().papers(*member)->front().held().received_elsewhere);
}

TEST_CASE("documents of a filing that was not made leave, at once or after a power cut; those of a record stay", "[store][inbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto left = rig.new_id(), cut = rig.new_id();
  const auto one = rig.store().keep_document(tests::some_bytes(700), left, "a.pdf", "application/pdf");
  const auto two = rig.store().keep_document(tests::some_bytes(800), cut, "b.pdf", "application/pdf");
  auto made = rig.next_record(rig.new_id()).record;
  const auto three = rig.store().keep_document(tests::some_bytes(900), made.id, "c.pdf", "application/pdf");
  REQUIRE((one && two && three));
  const auto first_letter = rig.store().keep_document(tests::some_bytes(901), made.id, "letter.pdf", "application/pdf");  // then changed
  made.docs = {*three};
  REQUIRE(rig.store().append(core::sign_record(made, rig.device_key), rig.next_receipt(), {}));
  CHECK(code_of(rig.store().read_document(first_letter->sha256, 0, 1000)) == ErrorCode::not_found);
  REQUIRE(rig.store().leave_filing(left));
  REQUIRE(rig.store().leave_filing(made.id));
  CHECK(code_of(rig.store().read_document(one->sha256, 0, 1000)) == ErrorCode::not_found);
  CHECK(rig.store().read_document(two->sha256, 0, 1000));
  REQUIRE(rig.open());
  REQUIRE(rig.store().drop_unfiled());
  CHECK(code_of(rig.store().read_document(two->sha256, 0, 1000)) == ErrorCode::not_found);
  CHECK(rig.store().read_document(three->sha256, 0, 1000));
}

TEST_CASE("a paper on which something is awaited stays, however long ago its receipt was confirmed", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  auto mark = rig.next_record(rig.new_id()).record;
  mark.kind = core::kind::notice_mark_receipt;
  mark.case_id = mark.base = paper.id;
  const auto signed_mark = core::sign_record(mark, rig.device_key);
  REQUIRE(rig.store().append(signed_mark, rig.next_receipt(), {}));
  REQUIRE(rig.store().keep_verdict(rig.verdict(signed_mark, core::Outcome::accepted), "jws"));
  REQUIRE(rig.store().note_awaits(paper.id, true));
  const auto later = rig.clock.now.wall + std::chrono::hours{24 * 60};
  CHECK(*rig.store().drop_old_papers(later) == 0);
  REQUIRE(rig.store().note_awaits(paper.id, false));
  CHECK(*rig.store().drop_old_papers(later) == 1);
}

TEST_CASE("a paper leaves 30 days after the registry confirmed its return, and its receipt stays", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto returned = send_paper(office, rig.new_id(), {reader}, 10), waiting = send_paper(office, rig.new_id(), {reader}, 1000);
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", returned.body, rig.clock.now.wall),
                                 office.item("paper", waiting.body, rig.clock.now.wall)}, "1.3"));
  REQUIRE(arrive(rig.store(), returned));
  REQUIRE(arrive(rig.store(), waiting));
  auto mark = rig.next_record(rig.new_id()).record;
  mark.kind = core::kind::notice_mark_receipt;
  mark.case_id = mark.base = returned.id;
  const auto letter = rig.store().keep_document(tests::some_bytes(500), mark.id, "letter.pdf", "application/pdf");
  const auto pictures = rig.store().keep_document(tests::some_bytes(900), mark.id, core::pictures_name, core::pictures_type);
  REQUIRE((letter && pictures));
  mark.docs = {*letter, *pictures};
  mark.body["signature"] = core::Json::Object{{"pictures", core::to_hex(pictures->sha256)}};
  const auto signed_mark = core::sign_record(mark, rig.device_key);
  REQUIRE(rig.store().append(signed_mark, rig.next_receipt(), {}));
  const auto confirmed_at = rig.clock.now.wall;
  CHECK(*rig.store().drop_old_papers(confirmed_at + 90 * day) == 0);  // marked, not confirmed
  REQUIRE(rig.store().keep_verdict(rig.verdict(signed_mark, core::Outcome::accepted), "jws"));
  CHECK(*rig.store().drop_old_papers(confirmed_at) == 0);
  CHECK(*rig.store().drop_old_papers(confirmed_at + core::Millis{1}) == 1);
  const auto member = rig.store().sign_in(reader.badge, "204518");
  const auto left = *rig.store().papers(*member);
  REQUIRE(left.size() == 1);
  CHECK(left.front().id == waiting.id);
  CHECK(*rig.store().open_paper(*member, waiting.id) == waiting.pdf);
  CHECK_FALSE(std::filesystem::exists(rig.folder + "/papers/" + core::to_hex(returned.sealed_sha256)));
  CHECK(tests::files_with(rig.folder, returned.body.text("meta")).empty());
  REQUIRE(*rig.store().find_record(signed_mark.record.id));
  CHECK(rig.store().read_document(letter->sha256, 0, 1000));
  CHECK(code_of(rig.store().read_document(pictures->sha256, 0, 1000)) == ErrorCode::not_found);  // they show the paper: gone with it
}

TEST_CASE("a paper that is over by the office's word leaves 30 days after the first such word, not before what was done here is confirmed", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 10);
  const auto told = [&](bool over, int days) {
    const Json body = Json::Object{{"paper", paper.id}, {"closed", true}, {"by_record", rig.new_id()}, {"over", over}};
    REQUIRE(rig.store().keep_feed({office.item("paper_state", body, rig.clock.now.wall + days * day)}, "1." + std::to_string(office.index)));
  };
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  const auto now = rig.clock.now.wall;
  told(false, 0);
  CHECK(*rig.store().drop_old_papers(now + 90 * day) == 0);
  told(true, 1);
  told(true, 5);  // once more: the first word counts
  CHECK(*rig.store().drop_old_papers(now + 1 * day) == 0);
  told(false, 6);  // a decision was taken back: something is awaited again
  CHECK(*rig.store().drop_old_papers(now + 90 * day) == 0);
  told(true, 10);
  REQUIRE(rig.store().note_awaits(paper.id, true));  // as its last reader saw it here, long ago
  CHECK(*rig.store().drop_old_papers(now + 10 * day) == 0);
  auto act = rig.next_record(rig.new_id()).record;
  act.kind = core::kind::notice_mark_receipt;
  act.case_id = act.base = paper.id;
  const auto signed_act = core::sign_record(act, rig.device_key);
  REQUIRE(rig.store().append(signed_act, rig.next_receipt(), {}));
  CHECK(*rig.store().drop_old_papers(now + 90 * day) == 0);  // ours has not been confirmed
  REQUIRE(rig.store().keep_verdict(rig.verdict(signed_act, core::Outcome::superseded), "jws"));
  CHECK(*rig.store().drop_old_papers(now + 11 * day) == 1);
}

TEST_CASE("a paper that rots on the disk is found by the background check and fetched again", "[store][inbox][scrub]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader});
  REQUIRE(rig.store().keep_feed({office.item("staff", reader.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall)}, "1.2"));
  REQUIRE(arrive(rig.store(), paper));
  const auto check = [&] { while (!*rig.store().scrub(1 << 20)) {} };
  check();
  CHECK(rig.store().wanted(10)->empty());
  tests::flip_bit(rig.folder + "/papers/" + core::to_hex(paper.sealed_sha256), 100'000);
  check();
  REQUIRE(rig.store().wanted(10)->size() == 1);
  CHECK(rig.store().wanted(10)->front().have == 0);
  REQUIRE(arrive(rig.store(), paper));
  const auto member = rig.store().sign_in(reader.badge, "204518");
  CHECK(*rig.store().open_paper(*member, paper.id) == paper.pdf);
}

TEST_CASE("items and cursor are kept together, the same items again change nothing, odd ones hold up nobody", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  CHECK(*rig.store().feed_cursor() == "0.0");
  const auto reader = office.person("S-0007", "204518", rig.clock.now.wall);
  const auto paper = send_paper(office, rig.new_id(), {reader}, 500);
  const std::vector<Json> items{office.item("keys", Json::Object{{"jws", "a.b.c"}}, rig.clock.now.wall), office.item("from_the_future", Json::Object{{"x", 1}}, rig.clock.now.wall),
                                office.item("paper", Json::Object{{"id", "no id"}}, rig.clock.now.wall), office.item("staff", reader.body, rig.clock.now.wall),
                                office.item("paper", paper.body, rig.clock.now.wall), office.item("settings", Json::Object{{"name", "hours"}, {"value", "9-18"}}, rig.clock.now.wall)};
  REQUIRE(rig.store().keep_feed(items, "1.6"));
  REQUIRE(arrive(rig.store(), paper));
  REQUIRE(rig.store().keep_feed({}, "0.0"));  // a new epoch: everything comes again
  REQUIRE(rig.store().keep_feed(items, "2.6"));
  REQUIRE(rig.open());
  CHECK(*rig.store().feed_cursor() == "2.6");
  CHECK(**rig.store().setting("keys.jws") == "a.b.c");
  CHECK(**rig.store().setting("office.hours") == "9-18");
  CHECK(rig.store().wanted(10)->empty());  // the paper is still here
  const auto member = rig.store().sign_in(reader.badge, "204518");
  CHECK(rig.store().papers(*member)->size() == 1);
}

TEST_CASE("an older profile does not replace a newer one", "[store][inbox]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto send = [&](std::string_view version) {
    REQUIRE(rig.store().keep_feed({office.item("profile", Json::Object{{"jws", asset(rig, version)}}, rig.clock.now.wall)}, "1.1"));
    return **rig.store().setting("asset.kz");
  };
  CHECK(send("2026-2") == asset(rig, "2026-2"));
  CHECK(send("2026-1") == asset(rig, "2026-2"));
  CHECK(send("2026-10") == asset(rig, "2026-10"));
  CHECK(send("2026-9") == asset(rig, "2026-10"));
  CHECK(send("2027-1") == asset(rig, "2027-1"));
}

TEST_CASE("every version of a profile is kept under its own name, as it first came, and a list says which came first", "[store][inbox][profile]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto text_of = [&](std::string_view version, std::string_view text) {
    return core::sign_jws(rig.device_key, core::typ::asset, core::as_bytes(core::canonical(Json::Object{{"name", "kz"}, {"version", version}, {"text", text}})));
  };
  const auto send = [&](const std::string& jws, const char* kind = "profile") { REQUIRE(rig.store().keep_feed({office.item(kind, Json::Object{{"jws", jws}}, rig.clock.now.wall)}, "1.1")); };
  REQUIRE(rig.store().keep_feed({}, "1.0"));
  CHECK(*rig.store().kept_asset("kz@") == "");
  for (const char* version : {"2026-1", "2026-2", "2026-1", "2026-10"}) send(asset(rig, version));
  send(text_of("2026-2", "another text"));
  CHECK(*rig.store().kept_asset("kz@") == "[\"2026-1\",\"2026-2\",\"2026-10\"]");
  CHECK(*rig.store().kept_asset("kz") == asset(rig, "2026-10"));
  for (const char* version : {"2026-1", "2026-2", "2026-10"}) CHECK(*rig.store().kept_asset(std::string("kz@") + version) == asset(rig, version));
  CHECK(*rig.store().kept_asset("kz@2026-3") == "");
  send(core::sign_jws(rig.device_key, core::typ::asset, core::as_bytes(core::canonical(Json::Object{{"name", "days"}, {"version", "1"}, {"text", "x"}}))), "calendar");
  CHECK(*rig.store().kept_asset("days@") == "");  // of calendars the newest alone
}

TEST_CASE("the form of a licence opens with the receipt's number and check code, to nobody of any staff, and lies nowhere in clear", "[store][papers][par2]") {
  tests::StoreRig rig;
  Office office;
  REQUIRE(rig.open());
  const auto filed = rig.file("a");
  const auto receipt = (*rig.store().find_record(filed.record.id))->receipt;
  CHECK(rig.store().case_news(filed.record.id)->text("state") == "");
  CHECK(code_of(rig.store().open_form(filed.record.id, receipt.number, receipt.check_code)) == ErrorCode::not_found);  // none was announced

  const auto person = office.person("S-0007", "204518", rig.clock.now.wall);
  auto paper = send_paper(office, rig.new_id(), {person}, 10'000);
  const auto boxed = *core::from_base64url(paper.body.member("envelopes").text("S-0007"));
  const auto content_key = *core::unseal_with(person.key, boxed);
  paper.body["kind"] = "licence.form";
  paper.body["bureau_bin"] = "";
  paper.body["envelopes"] = Json::Object{};
  const auto held = core::seal(core::receipt_key(receipt.number, receipt.check_code), content_key, "licence-form:" + paper.id, office.random);
  Json news = Json::Object{{"record", filed.record.id}, {"state", "form_issued"}};
  news["form"] = Json::Object{{"paper", paper.id}, {"key", core::to_base64url(held)}};
  REQUIRE(rig.store().keep_feed({office.item("staff", person.body, rig.clock.now.wall), office.item("paper", paper.body, rig.clock.now.wall), office.item("case_state", news, rig.clock.now.wall)}, "1.3"));
  CHECK_FALSE(*rig.store().form_here(filed.record.id));
  CHECK(rig.store().wanted(5)->size() == 1);
  CHECK(code_of(rig.store().open_form(filed.record.id, receipt.number, receipt.check_code)) == ErrorCode::not_found);
  REQUIRE(arrive(rig.store(), paper));
  CHECK(*rig.store().form_here(filed.record.id));
  CHECK(*rig.store().open_form(filed.record.id, receipt.number, receipt.check_code) == paper.pdf);
  CHECK_FALSE(rig.store().open_form(filed.record.id, receipt.number, "00000-00000-00000"));
  CHECK_FALSE(rig.store().open_form(filed.record.id, "AL03-26-000001-0", receipt.check_code));
  CHECK(rig.store().papers(*rig.store().sign_in(person.badge, "204518"))->empty());
  rig.close();
  CHECK(tests::files_with(rig.folder, std::string(core::as_text(core::ByteView(paper.pdf).subspan(100, 40)))).empty());
  CHECK(tests::files_with(rig.folder, "form_issued").empty());
}
