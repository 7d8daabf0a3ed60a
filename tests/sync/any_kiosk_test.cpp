// The receipt of a record at another kiosk than the one that took it (issue 4, line 2; RELIABILITY 4.7, row 47): only for who holds
// number and check code, nothing on it but what the receipt states, signed; guesses are refused and soon not answered.
#include "core/receipt_facts.h"
#include "sync/log/registry_receipt.h"
#include "sync/wire/receipt_sheet.h"
#include "tests/sync/bureau_hand.h"
#include "tests/sync/store_dump.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Any {
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")}, other{office, office.add_kiosk("AL-05"), 9};
  core::SignedRecord filing = kiosk.next(filing_of({"the form"}));
  std::string number = filing.record.body.text("number"), code = filing.record.body.text("check_code");

  Any() { REQUIRE(kiosk.put(filing).status == 200); }
  void accept() {
    REQUIRE(office.registry->store.mark_here(filing.record.id, 0));
    const auto settled = reg::run_group(*office.registry, {[&](core::Instant now) { return reg::settle(*office.registry, filing.record.id, now) ? sync::Response{} : sync::Response{503, {}, {}, {}, false}; }}, office.now);
    REQUIRE(settled.front().status == 200);
  }
  sync::Response asks(const TestKiosk& by, const std::string& about, const std::string& with) { return office.ask(by.request("GET", "/v1/receipts/" + about + "?code=" + with)); }
};

}  // namespace

TEST_CASE("who holds number and check code gets the receipt at any kiosk, signed, and nothing beyond it", "[sync][registry][anywhere]") {
  Any at;
  CHECK(at.asks(at.other, at.number, at.code).status == 404);  // taken, not accepted
  at.accept();
  const auto answer = at.asks(at.other, at.number, at.code);
  REQUIRE(answer.status == 200);
  CHECK(answer.header("Content-Type") == sync::record_media_type);
  const auto sheet = sync::open_receipt_sheet(answer.body, at.other.keys, at.number);
  REQUIRE(sheet);
  CHECK(sheet->digest == at.filing.digest);
  const auto verdict = core::open_verdict(sheet->verdict, at.other.keys, sheet->record.id, sheet->digest);
  REQUIRE(verdict);
  const auto facts = core::receipt_facts(sheet->record, sheet->digest);
  REQUIRE(facts);
  CHECK(*facts == *core::receipt_facts(at.filing.record, at.filing.digest));
  CHECK(sync::log::registry_receipt_qr(*facts, *verdict, at.other.keys));
  CHECK(sheet->record.body.text("organisation") == at.filing.record.body.text("organisation"));

  const auto& whole = at.filing.record;
  const auto text = core::encode_record(sheet->record);
  for (const auto& beyond : {whole.body.text("address"), whole.body.text("first_head"), whole.body.member("representative").text("name"), whole.body.member("representative").text("phone"), whole.docs[0].name, at.code}) {
    INFO(beyond);
    REQUIRE(beyond.size() > 3);
    CHECK(text.find(beyond) == std::string::npos);
  }
  CHECK(at.office.count("SELECT count(*) FROM audit WHERE action = 'receipt.read' AND actor = 'AL-05' AND object = '" + whole.id + "'") == 1);

  // Not another receipt's, and by nobody else's key; every byte of it counts.
  CHECK(sync::open_receipt_sheet(answer.body, at.other.keys, "AL03-26-000999-X").error().code == core::ErrorCode::invalid_input);
  CHECK(sync::open_receipt_sheet(sync::sign_receipt_sheet(*sheet, at.other.key), at.other.keys, at.number).error().code == core::ErrorCode::forbidden);
  for (std::size_t byte = 0; byte < answer.body.size(); byte += 7) {
    auto bent = answer.body;
    bent[byte] = bent[byte] == 'A' ? 'B' : 'A';
    CHECK_FALSE(sync::open_receipt_sheet(bent, at.other.keys, at.number));
  }
}

TEST_CASE("row 47: a receipt that is not there is 404, whatever is wrong, and after ten guesses 429 for that device", "[sync][registry][anywhere][abuse]") {
  Any at;
  at.accept();
  (void)at.asks(at.other, at.number, "00000-00000-00000");
  const auto before = store_dump(*at.office.registry);
  for (int n = 2; n <= reg::receipt_guesses_max; ++n) {
    const auto answer = n % 3 == 0 ? at.asks(at.other, "AL03-26-000999-X", at.code) : n % 3 == 1 ? at.asks(at.other, at.number, "") : at.asks(at.other, "%00..%2f", at.code);
    CHECK(answer.status == 404);
    CHECK(code_of(answer) == "not-found");
  }
  CHECK(code_of(at.asks(at.other, at.number, at.code)) == "too-many");
  CHECK(at.asks(at.other, at.number, at.code).status == 429);
  CHECK(store_dump(*at.office.registry) == before);
  CHECK(at.asks(at.kiosk, at.number, at.code).status == 200);  // others are not held up
  at.office.now += reg::receipt_guess_window;
  CHECK(at.asks(at.other, at.number, at.code).status == 200);
  CHECK(at.office.ask(plain_request("GET", "/v1/receipts/" + at.number + "?code=" + at.code)).status == 401);
}

TEST_CASE("receipts from before the registry kept their numbers are found after its next start", "[sync][registry][anywhere][upgrade]") {
  Any at;
  at.accept();
  REQUIRE(at.office.registry->database.run("DELETE FROM receipts"));
  at.office.reopen();
  CHECK(at.asks(at.other, at.number, at.code).status == 200);
}
