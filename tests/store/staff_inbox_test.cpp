// Staff, papers and the feed: what the registry sends down and what a person with a badge makes of it.
// How: the test plays the registry with the same seals that the registry uses.
#include <filesystem>
#include <set>

#include "core/encoding.h"
#include "core/cases/inspection.h"
#include "core/jws.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;
using core::Json;
using tests::code_of;

namespace {

constexpr auto day = core::Millis{24LL * 3600 * 1000};

struct Person {
  core::SigningKey key;
  std::string badge;
  Json body;
};

struct Office {  // what the registry would send
  tests::FakeRandom random{4711};
  std::int64_t index = 0;

  Json item(std::string_view kind, Json body, core::Instant at) {
    return Json::Object{{"v", 1}, {"epoch", 1}, {"index", ++index}, {"device", "AL-03"}, {"kind", kind},
                        {"at_ms", at.time_since_epoch().count()}, {"body", std::move(body)}};
  }

  Person person(const std::string& id, std::string_view pin, core::Instant now, std::string_view bin = "040140000018", std::string_view role = "bureau") {
    Person person;
    person.key = core::new_signing_key(random);
    core::Salt salt{};
    random.fill(salt);
    const std::string secret = "0123456789ABCDEFGHJKMNPQRS";
    const auto key = core::key_from_password(secret + ":" + std::string(pin), salt, {}, core::argon2_minimum);
    person.badge = "QBB1:" + id + ":" + secret;
    person.body = Json::Object{{"id", id}, {"name", "Айгүл Нұрланова"}, {"position", "бас бухгалтер"}, {"bureau_bin", bin}, {"bureau_name", "Бюро"},
        {"role", role}, {"from_ms", (now - day).time_since_epoch().count()}, {"to_ms", (now + 300 * day).time_since_epoch().count()},
        {"verify_key", core::to_hex(person.key.verify_key)}, {"salt", core::to_hex(salt)},
        {"sealed_key", core::to_base64url(core::seal(key, person.key.seed.view(), "staff:" + id, random))},
        {"argon_passes", 1}, {"argon_memory_kib", 8}};
    return person;
  }
};

struct SentPaper {
  core::Id id;
  Json body;
  core::Bytes pdf, sealed;
  core::Digest sealed_sha256{};
};

SentPaper send_paper(Office& office, const core::Id& id, const std::vector<Person>& readers, std::size_t bytes = 150'000) {
  SentPaper paper{id, {}, tests::some_bytes(bytes, 5), {}, {}};
  const auto key = core::random_seal_key(office.random);
  core::FrameSealer sealer(key, office.random);
  paper.sealed = sealer.header();
  for (std::size_t at = 0; at < bytes; at += core::frame_plain_bytes) {
    const auto take = std::min(core::frame_plain_bytes, bytes - at);
    const auto frame = sealer.next(core::ByteView(paper.pdf).subspan(at, take), at + take == bytes);
    paper.sealed.insert(paper.sealed.end(), frame.begin(), frame.end());
  }
  paper.sealed_sha256 = core::sha256(paper.sealed);
  const Json meta = Json::Object{{"number", "17-5/204"}, {"d", core::to_hex(core::sha256(paper.pdf))}, {"bytes", bytes}, {"pages", 2},
                                 {"title", Json::Object{{"kk", "Тексеру туралы хабарлама"}}}};
  Json::Object envelopes;
  for (const auto& reader : readers) {
    envelopes.emplace(reader.body.text("id"), core::to_base64url(*core::seal_to(reader.key.verify_key, key.view(), office.random)));
  }
  paper.body = Json::Object{{"id", id}, {"case", id}, {"kind", "notice.send"}, {"bureau_bin", "040140000018"},
      {"sealed_sha256", core::to_hex(paper.sealed_sha256)}, {"sealed_bytes", paper.sealed.size()}, {"envelopes", envelopes},
      {"meta", core::to_base64url(core::seal(key, core::as_bytes(core::canonical(meta)), "paper-meta:" + id, office.random))}};
  return paper;
}

core::Status arrive(core::KioskStore& store, const SentPaper& paper, std::size_t piece = 60'000) {
  for (std::size_t at = 0; at < paper.sealed.size(); at += piece) {
    const auto take = std::min(piece, paper.sealed.size() - at);
    auto kept = store.keep_part(paper.sealed_sha256, at, core::ByteView(paper.sealed).subspan(at, take), at + take == paper.sealed.size());
    if (!kept) return kept;
  }
  return core::Done{};
}

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
  CHECK_FALSE(listed->front().mark);
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
  CHECK(listed.mark == mark.id);
  CHECK(listed.mark_state == core::SendState::accepted);
  CHECK(listed.closed);
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
