// The office's acts and what they send to kiosks: feed, epochs, sealed papers with Range, mark of receipt,
// a second mark, registration by A14 (paragraphs 1, 7, 8, 10).
#include "sync/registry/assignments.h"
#include "sync/registry/notice_copies.h"
#include "tests/sync/bureau_hand.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Sample {
  explicit Sample(core::Instant from = noon) : office(from) {}
  TestOffice office;
  core::Json secrets = office.fill();
  TestKiosk kiosk{office, office.enrolment};
  BureauHand hand{office, kiosk, secrets};

  reg::OpenOfficer officer(std::string_view role) {
    for (const auto& one : secrets.items("officers")) {
      if (one.text("role") != role) continue;
      const auto opened = reg::open_officer(*office.registry, one.text("login"), one.text("password"), office.now);
      REQUIRE(opened);
      return *opened;
    }
    FAIL("no such officer");
    return {};
  }
  core::SignedRecord mark(int n, std::size_t who, int seed) { return hand.mark(n, who, secrets.text("case"), secrets.text("notice"), hand.meta(), seed); }
};

}  // namespace

TEST_CASE("the sample office reaches its kiosk by the feed alone, in order, signed", "[sync][registry][feed]") {
  Sample s;
  const auto items = s.hand.feed(s.kiosk);
  std::map<std::string, int> kinds;
  std::int64_t last = 0;
  for (const auto& item : items) {
    CHECK(item.at_position.index > last);
    last = item.at_position.index;
    ++kinds[item.kind];
  }
  CHECK(kinds["bureau"] == 2);
  CHECK(kinds["staff"] == 4);
  CHECK(kinds["paper"] == 1);
  CHECK(kinds["profile"] == 2);
  CHECK(kinds["calendar"] == 1);
  CHECK(s.hand.feed(s.kiosk, "1." + std::to_string(last)).empty());
  CHECK(s.hand.feed(s.kiosk, "1." + std::to_string(last - 1)).size() == 1);
}

TEST_CASE("another epoch is 410, a bad cursor 400, a bad limit 422", "[sync][registry][feed]") {
  Sample s;
  CHECK(code_of(s.office.ask(s.kiosk.request("GET", "/v1/feed?after=7.1"))) == "epoch");
  CHECK(s.office.ask(s.kiosk.request("GET", "/v1/feed?after=1e3")).status == 400);
  CHECK(s.office.ask(s.kiosk.request("GET", "/v1/feed?after=0.0&limit=-1")).status == 422);
  REQUIRE(s.office.registry->database.run("UPDATE facts SET value = '2' WHERE name = 'epoch'"));
  CHECK(s.office.ask(s.kiosk.request("GET", "/v1/feed?after=1.1")).status == 410);
  CHECK(s.office.ask(s.kiosk.request("GET", "/v1/feed?after=0.0")).status == 200);
}

TEST_CASE("a kiosk gets papers only of its bureaus, and another kiosk's papers do not exist", "[sync][registry][feed]") {
  Sample s;
  TestKiosk other(s.office, s.office.add_kiosk("AS-01"), 9);
  for (const auto& item : s.hand.feed(other)) CHECK((item.kind != "paper" && item.kind != "bureau"));
  const auto path = "/v1/documents/" + s.hand.newest("paper").body.text("sealed_sha256");
  CHECK(s.office.ask(other.request("GET", path)).status == 404);
  CHECK(s.office.ask(s.kiosk.request("GET", path)).status == 200);
  REQUIRE(reg::assign_bureau(*s.office.registry, "AS-01", "040740001238", s.office.now));
  CHECK(s.office.ask(other.request("GET", path)).status == 200);
}

TEST_CASE("a sealed paper comes in parts and opens to the PDF that the record names", "[sync][registry][feed]") {
  Sample s;
  const auto paper = s.hand.newest("paper").body;
  const auto path = "/v1/documents/" + paper.text("sealed_sha256");
  auto request = s.kiosk.request("GET", path);
  request.set("Range", "bytes=10-");
  const auto part = s.office.ask(request);
  CHECK(part.status == 206);
  CHECK(part.file->offset == 10);
  CHECK(part.file->length == static_cast<std::uint64_t>(paper.number("sealed_bytes")) - 10);
  request.headers.back().value = "bytes=99999999-";
  CHECK(s.office.ask(request).status == 416);
  const auto whole = s.office.ask(s.kiosk.request("GET", path));
  const auto text = file_text(whole.file->path);
  const auto sealed = core::as_bytes(text);
  CHECK(core::to_hex(core::sha256(sealed)) == paper.text("sealed_sha256"));
  const auto key = s.hand.content_key(paper, s.secrets.items("staff")[0]);
  const auto frame = core::frame_plain_bytes + core::frame_tag_bytes;
  core::Bytes plain;
  for (std::size_t at = core::frame_header_bytes, i = 0; at < sealed.size(); at += frame, ++i) {
    const auto bytes = std::min(frame, sealed.size() - at);
    const auto piece = core::unseal_frame(key, sealed.first(core::frame_header_bytes), i, at + bytes == sealed.size(), sealed.subspan(at, bytes));
    REQUIRE(piece);
    plain.insert(plain.end(), piece->begin(), piece->end());
  }
  CHECK(core::to_hex(core::sha256(plain)) == s.hand.meta().text("d"));
  CHECK(core::as_text(plain).substr(0, 5) == "%PDF-");
}

TEST_CASE("row 45: the first mark of receipt is accepted and closes the paper, a second one is superseded", "[sync][registry][abuse]") {
  Sample s(machine_now());
  DeviceLine line(s.office);
  const auto first = s.mark(500, 0, 1);
  CHECK(s.kiosk.verdict(s.kiosk.put(first), first).outcome == core::Outcome::accepted);
  const auto state = s.hand.newest("paper_state").body;
  CHECK(state.text("by_record") == first.record.id);
  CHECK(s.office.count("SELECT count(*) FROM cases WHERE state = 'notice_copy_returned'") == 1);
  const auto second = s.mark(501, 1, 2);
  const auto verdict = s.kiosk.verdict(s.kiosk.put(second), second);
  CHECK(verdict.outcome == core::Outcome::superseded);
  CHECK(verdict.by == first.record.id);
  REQUIRE(reg::file_notice(*s.office.registry, s.officer("clerk"), s.secrets.text("case"), "1-бөлім", "12-папка", s.office.now));
  CHECK(s.office.count("SELECT count(*) FROM cases WHERE state = 'notice_filed'") == 1);
}

TEST_CASE("row 46: a signature that was drawn for an earlier record is quarantined, and leaves an audit event", "[sync][registry][abuse]") {
  Sample s(machine_now());
  DeviceLine line(s.office);
  const auto first = s.mark(500, 0, 1);
  REQUIRE(s.kiosk.verdict(s.kiosk.put(first), first).outcome == core::Outcome::accepted);
  const auto replayed = s.mark(501, 1, 1);
  const auto verdict = s.kiosk.verdict(s.kiosk.put(replayed), replayed);
  CHECK(verdict.outcome == core::Outcome::quarantined);
  CHECK(verdict.reason == "signature.reused");
  CHECK(s.office.count("SELECT count(*) FROM audit WHERE action = 'record.quarantined' AND outcome = 'signature.reused'") == 1);
}

TEST_CASE("row 44: staff of another bureau cannot mark, and a case of others is not hinted at", "[sync][registry][abuse]") {
  Sample s(machine_now());
  DeviceLine line(s.office);
  auto foreign = s.mark(500, 0, 1).record;
  foreign.case_id = id(77);
  auto sent = s.kiosk.next(foreign);
  const auto unknown = s.kiosk.verdict(s.kiosk.put(sent), sent);
  TestKiosk other(s.office, s.office.add_kiosk("AS-01", {"050240002170"}), 9);
  auto real = s.mark(501, 0, 2).record;
  const auto others = other.next(real);
  const auto hidden = other.verdict(other.put(others), others);
  CHECK(unknown.outcome == core::Outcome::quarantined);
  CHECK(hidden.outcome == core::Outcome::quarantined);
  CHECK(unknown.reason == hidden.reason);
}

TEST_CASE("the Rules bind the office: no notice before registration, no assignment by a clerk", "[sync][registry][office]") {
  Sample s;
  const auto head = s.officer("head"), clerk = s.officer("clerk"), admin = s.officer("admin");
  auto body = assignment();
  CHECK_FALSE(reg::sign_assignment(*s.office.registry, clerk, body, s.office.now));
  const auto case_id = reg::sign_assignment(*s.office.registry, head, body, s.office.now);
  REQUIRE(case_id);
  const auto early = reg::send_notice(*s.office.registry, clerk, *case_id, {}, s.office.now);
  REQUIRE_FALSE(early);
  CHECK(early.error().detail == "notice.before_registration");
  CHECK_FALSE(reg::register_assignment(*s.office.registry, admin, *case_id, {"1", "2026-11-23", "Алматы"}, s.office.now));
  REQUIRE(reg::register_assignment(*s.office.registry, clerk, *case_id, {"1", "2026-11-23", "Алматы"}, s.office.now));
  body["subject"] = "";
  const auto empty = reg::sign_assignment(*s.office.registry, head, body, s.office.now);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().detail == "particular.6");
}

TEST_CASE("an officer's key opens only by the own password, and five failures lock it", "[sync][registry][office]") {
  Sample s;
  const auto& head = s.secrets.items("officers")[0];
  for (int i = 0; i < reg::password_tries_max; ++i) {
    CHECK_FALSE(reg::open_officer(*s.office.registry, head.text("login"), "wrong password", s.office.now));
  }
  const auto locked = reg::open_officer(*s.office.registry, head.text("login"), head.text("password"), s.office.now);
  REQUIRE_FALSE(locked);
  CHECK(locked.error().code == core::ErrorCode::locked);
  s.office.now += reg::password_lock;
  CHECK(reg::open_officer(*s.office.registry, head.text("login"), head.text("password"), s.office.now));
}

TEST_CASE("an application filed after closing is registered on the next working day", "[sync][registry][office]") {
  Sample s;
  auto filing = submit_record();
  filing.docs.clear();
  const std::string form = "form";
  filing.docs = {{"form.pdf", form.size(), digest(form), "application/pdf"}};
  auto item = core::Json(core::Json::Object{{"code", "LD1"}, {"pages", 1}});
  item["docs"] = core::Json::Array{core::Json(0)};
  filing.body["items"] = core::Json::Array{item};
  filing.body["signature"]["paper"] = core::to_hex(digest(form));
  filing.at.utc = noon + std::chrono::hours(8);  // Monday 23 November 2026, 20:00 in Almaty
  s.office.now = filing.at.utc + std::chrono::minutes(1);
  const auto sent = s.kiosk.next(filing);
  REQUIRE(s.kiosk.verdict(s.kiosk.put(sent), sent).outcome == core::Outcome::received);
  CHECK_FALSE(reg::register_application(*s.office.registry, s.officer("clerk"), sent.record.id, s.office.now));
  REQUIRE(s.office.registry->keep_document(core::as_bytes(form), s.office.now));
  REQUIRE(s.office.registry->store.mark_here(sent.record.id, 0));
  REQUIRE(reg::settle(*s.office.registry, sent.record.id, s.office.now));
  const auto registration = reg::register_application(*s.office.registry, s.officer("clerk"), sent.record.id, s.office.now);
  REQUIRE(registration);
  CHECK(registration->date == "2026-11-24");
  CHECK_FALSE(registration->clock_doubtful);
  CHECK(s.hand.newest("case_state").body.text("number") == registration->number);
  CHECK_FALSE(reg::register_application(*s.office.registry, s.officer("clerk"), sent.record.id, s.office.now));
}

TEST_CASE("row 28: a filing from the future gets the date of its arrival, and is doubtful", "[sync][registry][office][abuse]") {
  Sample s;
  const std::string form = "form";
  auto filing = filing_of({form});
  filing.at.utc = noon + std::chrono::hours(24 * 365 * 20);
  const auto sent = s.kiosk.next(filing);
  REQUIRE(s.kiosk.put(sent).status == 200);
  REQUIRE(s.office.registry->keep_document(core::as_bytes(form), s.office.now));
  REQUIRE(s.office.registry->store.mark_here(sent.record.id, 0));
  REQUIRE(reg::settle(*s.office.registry, sent.record.id, s.office.now));
  const auto registration = reg::register_application(*s.office.registry, s.officer("clerk"), sent.record.id, s.office.now);
  REQUIRE(registration);
  CHECK(registration->date == "2026-11-23");
  CHECK(registration->clock_doubtful);
}

TEST_CASE("a bad request of a group is taken back alone", "[sync][registry]") {
  TestOffice office;
  const auto note = [&](const char* what, int status) -> reg::Job {
    return [&office, what, status](core::Instant now) {
      REQUIRE(office.registry->store.audit("", what, "", "", now));
      sync::Response response;
      response.status = status;
      return response;
    };
  };
  const auto answers = reg::run_group(*office.registry, {note("one", 200), note("two", 503), note("three", 200)}, noon);
  CHECK(answers[1].status == 503);
  CHECK(office.count("SELECT count(*) FROM audit") == 2);
}

TEST_CASE("two copies of a notice are kept at issue, and copy 2 with the mark when it has come back", "[sync][registry][copies]") {
  Sample s;
  auto& registry = *s.office.registry;
  const core::Id notice = s.secrets.text("notice");
  auto copies = reg::copies_of(registry, notice);
  REQUIRE(copies);
  REQUIRE(copies->size() == 2);
  CHECK((*copies)[0].copy == 1);
  CHECK((*copies)[1].copy == 2);
  CHECK((*copies)[0].sha256 != (*copies)[1].sha256);  // the margin names the copy
  CHECK((*copies)[0].pages == s.hand.meta().number("pages"));
  CHECK_FALSE(reg::read_copy(registry, notice, 2, true, "O-0001", s.office.now));
  const auto marked = s.mark(1, 0, 7);
  CHECK(s.kiosk.verdict(s.kiosk.put(marked), marked).outcome == core::Outcome::accepted);
  copies = reg::copies_of(registry, notice);
  REQUIRE(copies);
  REQUIRE(copies->size() == 3);
  CHECK((*copies)[2].marked);
  const auto pdf = reg::read_copy(registry, notice, 2, true, "O-0001", s.office.now);
  REQUIRE(pdf);
  CHECK(core::as_text(*pdf).substr(0, 5) == "%PDF-");
  CHECK(*pdf != *reg::read_copy(registry, notice, 2, false, "O-0001", s.office.now));
  CHECK(*registry.database.integer("SELECT count(*) FROM audit WHERE action = 'copy.read' AND actor = 'O-0001'") == 2);
  CHECK(*registry.database.integer("SELECT count(*) FROM audit WHERE action = 'copy.not_rendered'") == 0);
}

TEST_CASE("a small business: its assignment says so, and where the office switched N 572 on, length and number of planned inspections are held against it", "[sync][registry][par7]") {
  TestOffice office;
  office.fill();
  REQUIRE(reg::add_bureau(*office.registry, {"180640012347", "«Шағын бюро» ЖШС", "Алматы", "Басшы", true, true}, office.now));
  const auto draft_of = [&](std::string_view bin) {
    const auto id = reg::begin_assignment(*office.registry, "O-0003", "clerk", bin, office.now);
    REQUIRE(id);
    const auto draft = reg::assignment_draft(*office.registry, *id);
    REQUIRE((draft && *draft));
    auto body = (*draft)->body;
    body["inspection_kind"] = "planned";
    body["term"] = core::Json::Object{{"start", "2026-12-28"}, {"end", "2027-02-28"}};
    return body;
  };
  const auto codes = [&](const core::Json& body) {
    std::string all;
    for (const auto& finding : reg::draft_findings(*office.registry, body, office.now)) all += finding.code + " ";
    return all;
  };
  const auto small = draft_of("180640012347"), other = draft_of("040740001238");
  CHECK(small.flag("small_business"));
  CHECK_FALSE(other.flag("small_business"));
  CHECK(codes(small).find("smallbiz") == std::string::npos);  // off in the asset
  office.registry->profiles.front().settings["smallbiz.on"] = true;
  CHECK(codes(small).find("particular.7.smallbiz_long") != std::string::npos);
  CHECK(codes(other).find("smallbiz") == std::string::npos);
  const auto planned = reg::planned_inspections(*office.registry, "040740001238", 2026);
  REQUIRE(planned);
  CHECK(*planned == 1);  // the sample's
}
