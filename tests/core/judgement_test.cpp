// Judging a record that was taken (RELIABILITY I6; 4.7, rows 26-29 and 43-46): it is kept whatever it says,
// and the verdict says why it does not count.
#include "tests/core/cases.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

SigningKey key(std::uint8_t seed) {
  SeededRandom random(seed);
  return new_signing_key(random);
}

StaffEntry staff(std::string id, std::uint8_t seed) {
  return {std::move(id), "Динара Мысалова", "бас заңгер", "040740001238", key(seed).verify_key, noon - std::chrono::hours{24}, noon + std::chrono::hours{24}};
}

CaseView notified_case() { return {{assigned(), registered(), notice()}, {staff("S-0007", 7), staff("S-0008", 8)}, true}; }

Record mark_record(int n = 14, const char* staff_id = "S-0007", std::uint8_t seed = 7, int ink_seed = 0) {
  MarkOfReceipt mark{staff_id, "Динара Мысалова", "бас заңгер", "2026-11-23", signature(notice_paper, 3, ink_seed), ""};
  mark.act = sign_jws(key(seed), typ::act, as_bytes(act_payload(id(11), mark)));
  auto made = record(kind::notice_mark_receipt, n, id(11), mark_body(id(13), mark), "AL-03");
  made.actor = {"bureau", staff_id, "Динара Мысалова"};
  return made;
}

std::string said(const CaseView& view, const Record& one) {
  const auto judgement = judge(view, one);
  return std::string(to_text(judgement.outcome)) + " " + judgement.reason + (judgement.field.empty() ? "" : " " + judgement.field);
}
Record with(Record from, std::string_view member, Json value) {
  from.body[member] = std::move(value);
  return from;
}

}  // namespace

TEST_CASE("a filing and a mark of receipt in order are accepted", "[core][judgement]") {
  CHECK(said({}, submit_record()) == "accepted ");
  CHECK(said(notified_case(), mark_record()) == "accepted ");
}

TEST_CASE("every office act in order is accepted from the office and from nobody else", "[core][judgement]") {
  std::vector<Record> history;
  for (auto act : {assigned(), registered(), notice()}) {
    CHECK(said({history, {}, true}, act) == "accepted ");
    act.device = "AL-03";
    CHECK(said({history, {}, true}, act) == "quarantined device.may_not device");
    act.device = "registry";
    history.push_back(act);
  }
  auto forged = submit_record();
  forged.device = "registry";
  CHECK(said({}, forged) == "quarantined device.may_not device");
}

TEST_CASE("an unknown kind is kept in quarantine", "[core][judgement]") {
  CHECK(said({}, record("licence.transfer", 1, id(1), {}, "AL-03")) == "quarantined kind.unknown kind");
}

TEST_CASE("a wrong BIN digit in a filing is quarantined by its field", "[core][judgement]") {
  CHECK(said({}, with(submit_record(), "bin", "040740001239")) == "quarantined bin.wrong bin");
}

TEST_CASE("hidden characters and over-long names are quarantined with the path of the field", "[core][judgement]") {
  std::string long_name(300, 'a');
  CHECK(said({}, with(submit_record(), "organisation", "ab\u202Ec")) == "quarantined name.hidden_characters organisation");
  CHECK(said({}, with(submit_record(), "organisation", long_name)) == "quarantined name.too_long organisation");
  CHECK(said({}, with(submit_record(), "organisation", "a\nb")) == "quarantined name.hidden_characters organisation");
  auto inside = submit_record();
  inside.body["representative"]["name"] = "\u200E";
  CHECK(said({}, inside) == "quarantined name.hidden_characters representative.name");
  auto document = submit_record();
  document.docs[1].name = "a\u202Efdp.exe";
  CHECK(said({}, document) == "quarantined name.hidden_characters docs.1.name");
  auto actor = mark_record();
  actor.actor.name = "a\u0001";
  CHECK(said(notified_case(), actor) == "quarantined name.hidden_characters actor.name");
  actor.actor.name = long_name;
  CHECK(said(notified_case(), actor) == "quarantined name.too_long actor.name");
}

TEST_CASE("absurd dates are quarantined, a clock twenty years ahead is not", "[core][judgement]") {
  auto filing = submit_record();
  for (const char* bad : {"2004-02-30", "0000-01-01", "9999-12-31", "10000-01-01", "x"}) {
    filing.body["representative"]["authority_until"] = bad;
    CHECK(said({}, filing) == "quarantined date.absurd representative.authority_until");
  }
  CHECK(said(notified_case(), with(mark_record(), "date", "2026-11-31")) == "quarantined date.absurd date");
  auto ahead = submit_record();
  ahead.at.utc += std::chrono::years{20};
  ahead.at.trust = Trust::untrusted;
  CHECK(said({}, ahead) == "accepted ");
  ahead.at.utc = Instant{std::chrono::sys_days{std::chrono::year{9999} / 1 / 1}};
  CHECK(said({}, ahead) == "quarantined date.absurd at.utc_ms");
}

TEST_CASE("empty, absurd and endless strokes are quarantined", "[core][judgement]") {
  const auto drawn = [](Strokes strokes) {
    auto filing = submit_record();
    auto made = signature(filing.docs[0].sha256);
    made.strokes = std::move(strokes);
    return said({}, with(filing, "signature", to_json(made)));
  };
  CHECK(drawn({}) == "quarantined signature.empty signature");
  CHECK(drawn(ink(3, 1)) == "quarantined signature.too_short signature");
  CHECK(drawn(ink(static_cast<int>(ink_points_max) + 1)) == "quarantined signature.too_long signature");
  auto absurd = ink();
  absurd[0][0].x = -1'000'000;
  CHECK(drawn(absurd) == "quarantined signature.absurd signature");
  CHECK(said({}, with(submit_record(), "signature", "ink")) == "quarantined signature.empty signature");
}

TEST_CASE("pictures that a signature names come with the record, and belong to nobody's list of documents", "[core][judgement]") {
  auto of = submission();
  of.pictures = DocumentRef{std::string(pictures_name), 1000, digest("pictures"), std::string(pictures_type)};
  of.signature.pictures = of.pictures->sha256;
  const auto filing = submit_record(of);
  CHECK(pictures_in(filing.body, filing.docs) == 1);
  CHECK(filing.docs.back() == *of.pictures);
  CHECK(said({}, filing) == "accepted ");
  auto without = filing;
  without.docs.pop_back();
  CHECK(said({}, without) == "quarantined signature.pictures_missing signature");
  auto others = filing;
  others.docs.back().sha256 = digest("other pictures");  // a document that nobody listed, too
  CHECK(said({}, others) == "quarantined items.absurd items");
}

TEST_CASE("the person's own signature on a mark covers what was shown", "[core][judgement]") {
  auto seen = signature(notice_paper, 3);
  seen.pictures = digest("pictures");
  MarkOfReceipt mark{"S-0007", "Динара Мысалова", "бас заңгер", "2026-11-23", seen, ""};
  mark.act = sign_jws(key(7), typ::act, as_bytes(act_payload(id(11), mark)));
  const auto record_of = [&](const MarkOfReceipt& one) {
    auto made = record(kind::notice_mark_receipt, 14, id(11), mark_body(id(13), one), "AL-03");
    made.actor = {"bureau", "S-0007", "Динара Мысалова"};
    made.docs = {{std::string(pictures_name), 1000, *one.signature.pictures, std::string(pictures_type)}};
    return made;
  };
  CHECK(said(notified_case(), record_of(mark)) == "accepted ");
  auto swapped = mark;
  swapped.signature.pictures = digest("other pictures");
  CHECK(said(notified_case(), record_of(swapped)) == "quarantined mark.act_unverified act");
  swapped = mark;
  swapped.signature.pages[1].pixels = digest("other pixels");
  CHECK(said(notified_case(), record_of(swapped)) == "quarantined mark.act_unverified act");
}

TEST_CASE("a signature used in an earlier record of the case is quarantined", "[core][judgement]") {
  auto view = notified_case();
  view.history.push_back(mark_record());
  CHECK(said(view, mark_record(15, "S-0008", 8, 0)) == "quarantined signature.reused signature.strokes");
}

TEST_CASE("a second mark by another person is superseded by the first", "[core][judgement]") {
  auto view = notified_case();
  view.history.push_back(mark_record());
  const auto judgement = judge(view, mark_record(15, "S-0008", 8, 5));
  CHECK(judgement.outcome == Outcome::superseded);
  CHECK(judgement.by == id(14));
  CHECK(judgement.reason == "mark.already");
}

TEST_CASE("a mark by a stranger, or with another person's signature, is quarantined", "[core][judgement]") {
  CHECK(said(notified_case(), mark_record(14, "S-0009", 9)) == "quarantined mark.not_staff staff");
  CHECK(said(notified_case(), mark_record(14, "S-0007", 8)) == "quarantined mark.act_unverified act");
  CHECK(said(notified_case(), with(mark_record(), "position", "басқа")) == "quarantined mark.act_unverified act");
  CHECK(said(notified_case(), with(mark_record(), "act", "x.y.z")) == "quarantined mark.act_unverified act");
  auto other_actor = mark_record();
  other_actor.actor.id = "S-0008";
  CHECK(said(notified_case(), other_actor) == "quarantined mark.not_staff actor.id");
  auto moved = mark_record();  // the act was signed for another case
  moved.case_id = id(12);
  CHECK(said(notified_case(), moved) == "quarantined mark.act_unverified act");
}

TEST_CASE("a mark outside the person's powers is quarantined, unless the clock is in doubt", "[core][judgement]") {
  auto view = notified_case();
  view.staff[0].to = noon;
  CHECK(said(view, mark_record()) == "quarantined mark.powers_ended staff");
  auto doubtful = mark_record();
  doubtful.at.trust = Trust::untrusted;
  CHECK(said(view, doubtful) == "accepted ");
  view.staff[0].to = Instant{};  // no end
  CHECK(said(view, mark_record()) == "accepted ");
}

TEST_CASE("the day of a mark is the day of its record, give or take midnight", "[core][judgement]") {
  auto late = mark_record();
  late.at.utc += std::chrono::hours{24};
  late.at.utc -= std::chrono::minutes{1};
  CHECK(said(notified_case(), late) == "accepted ");
  late.at.utc += std::chrono::hours{24};
  auto view = notified_case();
  view.staff[0].to = Instant{};
  CHECK(said(view, late) == "quarantined date.absurd date");
  late.at.trust = Trust::untrusted;
  CHECK(said(view, late) == "accepted ");
}

TEST_CASE("a case of another bureau and a case that does not exist get the same words", "[core][judgement]") {
  auto hidden = notified_case();
  hidden.device_may_see_case = false;
  CHECK(said(hidden, mark_record()) == "quarantined case.unknown");
  CHECK(said({}, mark_record()) == "quarantined case.unknown");
  CHECK(said(hidden, record("no.such_kind", 1, id(11), {}, "AL-03")) == "quarantined case.unknown");
}

TEST_CASE("a filing for a case of another name, or filed twice, is quarantined", "[core][judgement]") {
  auto elsewhere = submit_record();
  elsewhere.case_id = id(2);
  CHECK(said({}, elsewhere) == "quarantined case.unknown");
  auto again = submit_record();
  again.body["signature"] = to_json(signature(again.docs[0].sha256, 1, 9));
  auto first = submit_record();
  first.id = id(3);
  CHECK(said({{first}, {}, true}, again) == "quarantined application.already_submitted");
}

TEST_CASE("a document whose type differs from its name is accepted", "[core][judgement]") {
  auto filing = submit_record();
  filing.docs[1].type = "application/octet-stream";
  CHECK(said({}, filing) == "accepted ");
}

TEST_CASE("what the state of the case forbids is quarantined with the guard's code", "[core][judgement]") {
  CHECK(said({{assigned()}, {}, true}, notice()) == "quarantined notice.before_registration");
  const CaseView early{{assigned(), registered()}, {staff("S-0007", 7)}, true};
  CHECK(said(early, mark_record()) == "quarantined mark.before_notice");
}
