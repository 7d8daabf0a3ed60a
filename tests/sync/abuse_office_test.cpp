// RELIABILITY 4.7, rows 47-49 and 58: guesses at receipts, absurd places in the log, words of witnesses that do not hold, and
// officers who would decide alone, unpaid or too late. Over TLS.
#include "core/receipt_number.h"
#include "sync/registry/log_witnesses.h"
#include "sync/registry/receipts_out.h"
#include "tests/support/tier.h"
#include "tests/sync/licence_desk.h"
#include "tests/sync/story.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;
namespace elog = qabyl::sync::log;

namespace {

struct Door {
  TestOffice office{machine_now()};
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  DeviceLine line{office};

  std::string file(int n) {  // the checkpoint that its verdict brings
    auto odd = record("nothing.known", n, id(n), core::Json::Object{{"x", n}}, kiosk.device);
    odd.actor.role = "applicant";
    const auto sent = kiosk.next(std::move(odd));
    return kiosk.verdict(kiosk.put(sent), sent).log->checkpoint;
  }
  sync::Response without_effect(const sync::Request& request) {
    const auto before = store_dump(*office.registry);
    const auto answer = office.ask(request);
    CHECK(store_dump(*office.registry) == before);
    return answer;
  }
  sync::Response get(const std::string& target) { return without_effect(kiosk.request("GET", target)); }
};

}  // namespace

// A receipt is shown to who holds its number and its check code: ten guesses of a device, then it waits (any_kiosk_test). Of
// records a kiosk may ask for its own, and all else has one answer.
TEST_CASE("row 47: guesses at receipts and records of others all get the same 404, then 429, and numbers cannot be guessed", "[abuse]") {
  Door d;
  TestKiosk other(d.office, d.office.add_kiosk("AS-01"), 9);
  d.file(1);
  const auto nothing = d.get("/v1/records/" + id(2));
  CHECK(nothing.status == 404);
  const auto asked_by_other = d.without_effect(other.request("GET", "/v1/records/" + id(1)));
  CHECK(asked_by_other.body == nothing.body);
  TlsPeer peer(d.line.peer_options("AL-03"));
  SeededRandom random(5);
  std::set<std::string> codes, answers;
  const int guesses = at_tier(200, 2'000, 10'000);
  for (int n = 0; n < guesses; ++n) {
    codes.insert(core::new_check_code(random));
    const auto target = n % 2 == 0 ? "/v1/receipts/" + core::receipt_number("AL-03", 2026, n) : "/v1/records/" + id(1'000 + n);
    peer.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto answer = peer.answer();
    const bool waits = n % 2 == 0 && n / 2 >= reg::receipt_guesses_max;
    REQUIRE(answer.status == (waits ? 429 : 404));
    answers.insert(answer.code() + " " + answer.header("retry-after"));
  }
  CHECK(answers == std::set<std::string>{"not-found ", "too-many 600"});
  CHECK(codes.size() == static_cast<std::size_t>(guesses));
  CHECK(codes.begin()->size() == 17);  // 15 characters of 5 bits and two dashes
}

TEST_CASE("row 48: places that no log has are 400 or 404, whatever the number", "[abuse]") {
  Door d;
  for (int n = 1; n <= 3; ++n) d.file(n);
  const auto ask = [&](const std::string& from, const std::string& to) { return d.get("/v1/log/consistency?from=" + from + "&to=" + to); };
  const auto size = std::to_string(d.office.registry->log.size()), beyond = std::to_string(d.office.registry->log.size() + 1);
  CHECK(ask("1", size).status == 200);
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"0", size}, {"0", "0"}, {beyond, beyond}, {"1", beyond}, {size, "1"}, {"1", "9223372036854775807"}, {"9223372036854775807", "9223372036854775807"}}) {
    INFO(from << " " << to);
    CHECK(code_of(ask(from, to)) == "not-found");
  }
  for (const char* no_number : {"", "-1", "1.0", "0x1", "1e3", "+1", "01", "9223372036854775808", "18446744073709551616", "340282366920938463463374607431768211456"}) {
    INFO(no_number);
    CHECK(code_of(ask(no_number, "3")) == "size");
    CHECK(code_of(ask("1", no_number)) == "size");
  }
  CHECK(code_of(d.get("/v1/log/consistency")) == "size");
  for (const char* tile : {"0/999", "64/000", "-1/000", "0/x18446744073709551616", "0/000.p/0", "0/000.p/257", "0/../checkpoint", "entries/999", "0/"}) {
    INFO(tile);
    CHECK(d.get(std::string("/v1/log/tile/") + tile).status == 404);
  }
}

// The registry takes cosignatures of its own log; the checkpoints of others it does not witness. So the answers are of
// sync/protocol.md 11, not those of C2SP tlog-witness.
TEST_CASE("row 49: a witness's word that does not hold is refused and stops nothing; another tree of ours stops the registry", "[abuse]") {
  Door d;
  const auto note = d.file(1);
  SeededRandom random(77);
  const auto key = core::new_signing_key(random);
  const elog::NoteKey name{"witness.example/w1", key.verify_key, elog::NoteAlgorithm::cosignature_v1};
  const auto now_s = d.office.now.time_since_epoch().count() / 1000;
  const auto cosigned = [&](const std::string& text, std::int64_t at) {
    auto parsed = *elog::parse_note(text);
    parsed.signatures.push_back(elog::cosign(parsed.text, name.name, key, at));
    return elog::write_note(parsed);
  };
  const auto posted = [&](const std::string& body, const char* type = "text/plain") {
    auto request = d.kiosk.request("POST", "/v1/log/cosignatures", body);
    request.set("Content-Type", type);
    return request;
  };
  CHECK(code_of(d.without_effect(posted(cosigned(note, now_s)))) == "witness");  // unknown origin of a line
  REQUIRE(reg::add_witness(*d.office.registry, elog::to_vkey(name), d.office.now));
  auto bent = *elog::parse_note(cosigned(note, now_s));
  bent.signatures.back().bytes.back() ^= 1;
  CHECK(code_of(d.without_effect(posted(elog::write_note(bent)))) == "witness");
  CHECK(code_of(d.without_effect(posted(cosigned(note, now_s + 4'000)))) == "witness");
  CHECK(code_of(d.without_effect(posted(cosigned(elog::sign_checkpoint({"elsewhere", 1, core::sha256({})}, d.office.registry->keys.log), now_s)))) == "log");
  CHECK(code_of(d.without_effect(posted(cosigned(elog::sign_checkpoint({"localhost", 1, core::sha256({})}, key), now_s)))) == "log");
  CHECK(code_of(d.without_effect(posted(std::string(64, '\n')))) == "log");
  CHECK(code_of(d.without_effect(posted(std::string(20'000, 'x')))) == "too-large");
  CHECK(d.without_effect(posted("{}", "application/json")).status == 415);
  for (const std::string& told : {std::string("x"), core::to_base64url(core::as_bytes("hello")), core::to_base64url(core::as_bytes(elog::write_note(bent).substr(1)))}) {
    auto request = d.kiosk.request("GET", "/v1/time?nonce=" + std::string(32, 'a'));
    request.set(sync::log_header, told);
    CHECK(code_of(d.without_effect(request)) == "log");
  }
  CHECK(d.office.registry->log.refusal().empty());
  CHECK(d.office.ask(posted(cosigned(note, now_s))).status == 204);
  const auto other_tree = elog::sign_checkpoint({"localhost", 1, core::sha256(core::as_bytes("another"))}, d.office.registry->keys.log);
  CHECK(code_of(d.office.ask(posted(cosigned(other_tree, now_s)))) == "log-behind");
  CHECK_FALSE(d.office.registry->log.refusal().empty());
}

TEST_CASE("row 58: nobody issues unpaid, and nobody decides on one's own proposal: 409 with the reason", "[abuse][console]") {
  LicenceDesk office;
  ConsoleLine line(office.desk);
  const auto status = [&](const char* login, const core::Id& case_id, const std::string& what, const std::string& fields, const char* reason) {
    office.desk.sign_in(login);
    const auto response = office.desk.act(login, "/case/" + case_id + "/" + what, fields);
    CHECK(response.body.find(office.said(reason)) != std::string::npos);
    return response.status;
  };
  const auto application = office.file_issue();
  office.examine(application, "2026-11-24");
  CHECK(status("head", application, "grant", "", "reason.application.fee_unpaid") == 409);
  CHECK(status("head", application, "licence_issue", "", "reason.licence.not_granted") == 409);
  REQUIRE(office.act("clerk", application, "fee", "amount_tenge=43250&document=7") == "");
  REQUIRE(office.act("head", application, "grant") == "");
  REQUIRE(office.act("head", application, "licence_issue") == "");
  const auto licence = office.licence_of(application);
  office.on("2027-01-11");
  REQUIRE(office.act("unit", licence, "suspension_propose", "ground=article_8_not_met&months=3&text=x") == "");
  CHECK(status("unit", licence, "suspension", "", "console.why.officer.role") == 409);
  // Who proposed becomes the head's deputy: the post would do, the person does not.
  REQUIRE(office.registry().database.run("UPDATE officers SET role = 'deputy', position = 'deputy' WHERE login = 'unit'"));
  CHECK(status("unit", licence, "suspension", "", "reason.licence.own_proposal") == 409);
  CHECK(office.state(licence) == "suspension_proposed");
}

TEST_CASE("row 58: after the term nothing is done and nothing is extended: 409 with the reason", "[abuse][console]") {
  Story story;
  ConsoleLine line(story.desk);
  story.begin();
  const auto records = story.now().state;
  story.on("2027-06-01");
  const auto status = [&](const char* login, const std::string& what, const std::string& fields, const char* reason) {
    story.desk.sign_in(login);
    const auto response = story.desk.act(login, "/case/" + story.id + "/" + what, fields);
    CHECK(response.body.find(story.said(reason)) != std::string::npos);
    return response.status;
  };
  CHECK(status("head", "extend", "new_end=2027-07-10&reason=volume", "reason.extension.too_late") == 409);
  CHECK(status("unit", "room", "date=2027-06-01", "reason.fieldwork.term_over") == 409);
  CHECK(story.now().state == records);
}
