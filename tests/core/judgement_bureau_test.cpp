// Judging what people of a bureau do at a kiosk besides marking notices: whose key, in what capacity, in whose
// name; and officials who sign for somebody else (paragraphs 13, 14, 19; A18).
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

SigningKey key(std::uint8_t seed) {
  SeededRandom random(seed);
  return new_signing_key(random);
}
StaffEntry staff(std::string staff_id, std::uint8_t seed, std::string capacity) {
  return {std::move(staff_id), "Динара Мысалова", "қызметкер", "040740001238", key(seed).verify_key, noon_of("2026-01-01"), Instant{}, std::move(capacity)};
}

Record started() { return on("2026-11-30", kind::inspection_start, 26, {}); }
Record refused_notice() { return on("2026-11-24", kind::notice_receipt_refused, 22, with(Json::Object{{"notice", id(13)}}, "witnesses", witnesses())); }
Record request_signed() {
  auto body = paper_body("request", 2, group_head());
  body["items"] = Json::Array{"Журналдар"};
  body["due"] = "2026-12-04";
  return on("2026-12-01", kind::request_sign, 31, body);
}

CaseView in_progress() {
  return {{assigned(), registered(), notice(), refused_notice(), started(), request_signed()},
          {staff("S-first_head", 1, "first_head"), staff("S-representative", 2, "")}, true, book()};
}

Record signed_by(Record one, std::uint8_t seed) {
  one.body["act"] = sign_jws(key(seed), typ::act, as_bytes(act_of_bureau(one)));
  return one;
}
Record letter_of(std::uint8_t seed = 1) { return signed_by(filing("2026-12-01", kind::letter_of_responsibles, 27, letter_body()), seed); }
Record request_received(int n = 32, std::uint8_t seed = 2) {
  return signed_by(by_bureau("2026-12-02", kind::request_receive, n, Json::Object{{"request", id(31)}}, "representative", paper_d("request"), 2), seed);
}

std::string said(const CaseView& view, const Record& one) {
  const auto judgement = judge(view, one);
  return std::string(to_text(judgement.outcome)) + " " + judgement.reason + (judgement.field.empty() ? "" : " " + judgement.field);
}

}  // namespace

TEST_CASE("a letter of paragraph 13 under the first head's own key is accepted", "[core][judgement][par13]") {
  CHECK(said(in_progress(), letter_of()) == "accepted ");
  CHECK(said(in_progress(), letter_of(2)) == "quarantined act.unverified act");
}

TEST_CASE("whatever was signed is under the signature: body and papers", "[core][judgement][par13]") {
  auto more = letter_of();
  more.body["stand_in"]["name"] = "Басқа Адам";
  CHECK(said(in_progress(), more) == "quarantined act.unverified act");
  auto swapped = letter_of();
  swapped.docs.push_back(file("another.pdf").ref);
  CHECK(said(in_progress(), swapped) == "quarantined act.unverified act");
}

TEST_CASE("nobody is the first head of a bureau by saying so", "[core][judgement][par13]") {
  auto view = in_progress();
  view.staff[0].capacity.clear();
  CHECK(said(view, letter_of()) == "quarantined person.capacity_unknown capacity");
  view.staff[0].capacity = "deputy";
  CHECK(said(view, letter_of()) == "quarantined person.capacity_unknown capacity");
  view.staff.erase(view.staff.begin());
  CHECK(said(view, letter_of()) == "quarantined person.not_staff staff");
}

TEST_CASE("powers that ended and a strange day hold a bureau's act back", "[core][judgement][par14]") {
  auto view = in_progress();
  view.staff[1].to = noon_of("2026-12-01");
  CHECK(said(view, request_received()) == "quarantined person.powers_ended staff");
  auto yesterday = with(request_received(), "date", "2026-11-20");
  CHECK(said(in_progress(), signed_by(yesterday, 2)) == "quarantined date.absurd date");
}

TEST_CASE("two kiosks, one request: the second receipt is superseded by the first", "[core][judgement][par14]") {
  auto view = in_progress();
  CHECK(said(view, request_received()) == "accepted ");
  view.history.push_back(request_received());
  const auto second = judge(view, request_received(33));
  CHECK(second.outcome == Outcome::superseded);
  CHECK(second.reason == "receipt.already");
  CHECK(second.by == id(32));
}

TEST_CASE("an act of a bureau comes from a kiosk, an act of the office from the office, a refusal from either", "[core][judgement]") {
  auto at_office = letter_of();
  at_office.device = "registry";
  CHECK(said(in_progress(), at_office) == "quarantined device.may_not device");
  auto at_kiosk = request_signed();
  at_kiosk.device = "AL-03";
  CHECK(said(in_progress(), at_kiosk) == "quarantined device.may_not device");
  auto refusal = on("2026-12-02", kind::request_receipt_refused, 34, with(Json::Object{{"request", id(31)}}, "witnesses", witnesses()));
  CHECK(said(in_progress(), refusal) == "accepted ");
  refusal.device = "AL-03";
  CHECK(said(in_progress(), refusal) == "accepted ");
}

TEST_CASE("an official signs for himself only", "[core][judgement]") {
  auto view = in_progress();
  view.history.pop_back();
  auto request = request_signed();
  request.actor = {"officer", "O-2", "С. Маман"};
  CHECK(said(view, request) == "quarantined signer.not_actor signer.name");
  request.actor.name = "А. Инспектор";
  CHECK(said(view, request) == "accepted ");
}
