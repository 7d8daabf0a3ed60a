// Taking and judging records through Api::handle: idempotency, order, verdicts (RELIABILITY I4-I6, 4.7 rows 1-10).
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

// A record that is judged at once: no documents, of a kind that nobody knows.
core::SignedRecord odd_record(const TestKiosk& kiosk, int n, std::string kind = "nothing.known") {
  auto made = record(kind, n, id(n), core::Json::Object{{"x", n}}, kiosk.device);
  made.actor.role = "applicant";
  return kiosk.next(std::move(made));
}

struct Counter {
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
};

std::int64_t audits(TestOffice& office, const std::string& outcome) {
  return office.count("SELECT count(*) FROM audit WHERE outcome = '" + outcome + "'");
}

}  // namespace

TEST_CASE("a filing whose documents are awaited is received, and says what is missing", "[sync][registry]") {
  Counter c;
  const auto filing = c.kiosk.next_filing(1);
  const auto verdict = c.kiosk.verdict(c.kiosk.put(filing), filing);
  CHECK(verdict.outcome == core::Outcome::received);
  CHECK(verdict.missing.size() == filing.record.docs.size());
  CHECK(c.office.count("SELECT count(*) FROM cases") == 1);
}

TEST_CASE("the same record again gets the same bytes and changes nothing", "[sync][registry]") {
  Counter c;
  const auto odd = odd_record(c.kiosk, 1);
  const auto first = c.kiosk.put(odd);
  c.office.now += std::chrono::hours(5);
  const auto second = c.kiosk.put(odd);
  CHECK(second.status == 200);
  CHECK(second.body == first.body);
  CHECK(c.office.count("SELECT count(*) FROM records") == 1);
  const auto asked = c.office.ask(c.kiosk.request("GET", "/v1/records/" + odd.record.id));
  CHECK(asked.body == first.body);
  c.office.reopen();
  CHECK(c.kiosk.put(odd).body == first.body);
}

TEST_CASE("one byte changed under the same id is 422 and leaves one audit event", "[sync][registry]") {
  Counter c;
  const auto odd = odd_record(c.kiosk, 1);
  c.kiosk.put(odd);
  auto request = c.kiosk.put_request(odd);
  request.body[request.body.find('.') + 20] ^= 1;
  CHECK(code_of(c.office.ask(request)) == "id-reused");
  auto other = c.kiosk.put_request(odd);
  other.body = odd_record(c.kiosk, 1, "other.kind").jws;
  const auto answer = c.office.ask(other);
  CHECK(answer.status == 422);
  CHECK(audits(c.office, "id-reused") == 2);
  CHECK(c.office.count("SELECT count(*) FROM records") == 1);
}

TEST_CASE("the id of another kiosk's record is 403, and its own record sent by another tells nothing", "[sync][registry]") {
  Counter c;
  TestKiosk other(c.office, c.office.add_kiosk("AS-01"), 9);
  const auto odd = odd_record(c.kiosk, 1), unknown = odd_record(c.kiosk, 2);
  c.kiosk.put(odd);
  CHECK(code_of(c.office.ask(other.put_request(odd_record(other, 1)))) == "not-owner");
  CHECK(code_of(c.office.ask(other.put_request(odd))) == "device-mismatch");
  CHECK(code_of(c.office.ask(other.put_request(unknown))) == "device-mismatch");
  CHECK(c.office.ask(other.request("GET", "/v1/records/" + odd.record.id)).status == 404);
}

TEST_CASE("a record of another device is 403 device-mismatch and takes no q", "[sync][registry]") {
  Counter c;
  auto record = odd_record(c.kiosk, 1).record;
  record.device = "AS-01";
  const auto answer = c.office.ask(c.kiosk.put_request(core::sign_record(record, c.kiosk.key)));
  CHECK(answer.status == 403);
  CHECK(code_of(answer) == "device-mismatch");
  CHECK(audits(c.office, "device-mismatch") == 1);
  CHECK(c.office.count("SELECT count(*) FROM records") == 0);
}

TEST_CASE("a gap is 409 with the expected q, and nothing is stored", "[sync][registry]") {
  Counter c;
  auto record = odd_record(c.kiosk, 1).record;
  record.q = 3;
  const auto answer = c.office.ask(c.kiosk.put_request(core::sign_record(record, c.kiosk.key)));
  CHECK(answer.status == 409);
  const auto problem = sync::problem_in(answer);
  REQUIRE(problem);
  CHECK(problem->code == "gap");
  CHECK(problem->extra.number("expected_q") == 1);
  CHECK(c.office.count("SELECT count(*) FROM records") == 0);
}

TEST_CASE("an old q with a new id is 409 sequence-used, and a wrong prev is 409 chain", "[sync][registry]") {
  Counter c;
  c.kiosk.put(odd_record(c.kiosk, 1));
  auto used = odd_record(c.kiosk, 2).record;
  used.q = 1;
  CHECK(code_of(c.office.ask(c.kiosk.put_request(core::sign_record(used, c.kiosk.key)))) == "sequence-used");
  auto astray = odd_record(c.kiosk, 3).record;
  astray.prev = digest("elsewhere");
  CHECK(code_of(c.office.ask(c.kiosk.put_request(core::sign_record(astray, c.kiosk.key)))) == "chain");
  CHECK(c.office.count("SELECT count(*) FROM records") == 1);
}

TEST_CASE("a record signed by another key is refused without effect", "[sync][registry]") {
  Counter c;
  SeededRandom random(99);
  const auto record = odd_record(c.kiosk, 1).record;
  const auto answer = c.office.ask(c.kiosk.put_request(core::sign_record(record, core::new_signing_key(random))));
  CHECK(answer.status == 400);
  CHECK(c.office.count("SELECT count(*) FROM records") == 0);
}

TEST_CASE("a bad record is kept in quarantine with its reason and does not block the next", "[sync][registry]") {
  Counter c;
  const auto bad = odd_record(c.kiosk, 1);
  const auto verdict = c.kiosk.verdict(c.kiosk.put(bad), bad);
  CHECK(verdict.outcome == core::Outcome::quarantined);
  CHECK(verdict.reason == "kind.unknown");
  const auto filing = c.kiosk.next_filing(2);
  CHECK(c.kiosk.verdict(c.kiosk.put(filing), filing).outcome == core::Outcome::received);
}

TEST_CASE("a hidden character in a name is quarantined with the field's path", "[sync][registry]") {
  Counter c;
  auto record = submit_record();
  record.body["organisation"] = "Бюро\xE2\x80\xAEоюб";
  const auto filing = c.kiosk.next(record);
  const auto verdict = c.kiosk.verdict(c.kiosk.put(filing), filing);
  CHECK(verdict.outcome == core::Outcome::quarantined);
  CHECK(verdict.field == "organisation");
}

TEST_CASE("bytes that are no record, missing and malformed ids are 400", "[sync][registry]") {
  Counter c;
  const auto put = [&](const std::string& path, const std::string& body) {
    auto request = c.kiosk.request("PUT", path, body);
    request.set("Content-Type", "application/jose");
    return code_of(c.office.ask(request));
  };
  CHECK(put("/v1/records/" + id(1), "not a jws") == "malformed");
  CHECK(put("/v1/records/" + id(1), "") == "malformed");
  CHECK(put("/v1/records/", "x") == "id-missing");
  CHECK(put("/v1/records/ABC", "x") == "id-malformed");
  CHECK(put("/v1/records/" + id(1) + "%20", "x") == "id-malformed");
  auto request = c.kiosk.put_request(odd_record(c.kiosk, 1));
  request.headers.clear();
  CHECK(c.office.ask(request).status == 415);
}

TEST_CASE("a batch answers each record in order, and a gap in the middle stops nothing before it", "[sync][registry]") {
  Counter c;
  std::vector<std::string> batch;
  std::vector<core::SignedRecord> sent;
  for (int n = 1; n <= 3; ++n) {
    sent.push_back(odd_record(c.kiosk, n));
    c.kiosk.kept(sent.back());
    if (n != 2) batch.push_back(sent.back().jws);
  }
  batch.push_back(sent[1].jws);
  batch.push_back(sent[2].jws);
  auto request = c.kiosk.request("POST", "/v1/records", sync::encode_batch(batch));
  request.set("Content-Type", "application/json");
  const auto answers = sync::decode_batch_answers(c.office.ask(request).body);
  REQUIRE(answers);
  REQUIRE(answers->size() == 4);
  CHECK((*answers)[0].id == id(1));
  REQUIRE((*answers)[1].problem);
  CHECK((*answers)[1].problem->code == "gap");
  CHECK(core::open_verdict((*answers)[2].verdict, c.kiosk.keys, id(2), sent[1].digest));
  CHECK(core::open_verdict((*answers)[3].verdict, c.kiosk.keys, id(3), sent[2].digest));
}

TEST_CASE("a kiosk that was restored from an old image is recognised by its head", "[sync][registry]") {
  Counter c;
  c.kiosk.put(odd_record(c.kiosk, 1));
  c.kiosk.put(odd_record(c.kiosk, 2));
  auto request = c.kiosk.request("GET", "/v1/feed?after=0.0");
  request.set(sync::head_header, sync::to_text(sync::JournalMark{1, digest("old")}));
  CHECK(code_of(c.office.ask(request)) == "fork");
  request.headers.back().value = sync::to_text(sync::JournalMark{2, digest("other")});
  CHECK(code_of(c.office.ask(request)) == "fork");
  CHECK(audits(c.office, "fork") == 2);
  request.headers.back().value = sync::to_text(sync::JournalMark{5, digest("ahead")});
  CHECK(c.office.ask(request).status == 200);
  CHECK((*c.office.registry->store.device("AL-03"))->told_q == 5);
}

TEST_CASE("an earlier head of the same journal goes no further, and is no fork", "[sync][registry]") {
  Counter c;
  const auto first = odd_record(c.kiosk, 1);
  c.kiosk.put(first);
  auto late = c.kiosk.request("GET", "/v1/feed?after=0.0");  // held up on its way
  late.set(sync::head_header, sync::to_text(sync::JournalMark{1, first.digest}));
  c.kiosk.put(odd_record(c.kiosk, 2));
  CHECK(code_of(c.office.ask(late)) == "behind");
  late.headers.back().value = sync::to_text(sync::JournalMark{0, {}});
  CHECK(code_of(c.office.ask(late)) == "behind");
  late.headers.back().value = sync::to_text(sync::JournalMark{0, digest("none")});
  CHECK(code_of(c.office.ask(late)) == "fork");
  CHECK(audits(c.office, "behind") == 2);
  CHECK(audits(c.office, "fork") == 1);
  auto upload = c.kiosk.request("PATCH", "/v1/uploads/5f0c6c0f0d3a4c5b8f7e6d5c4b3a2918", "x");
  upload.set(sync::head_header, sync::to_text(sync::JournalMark{1, first.digest}));
  CHECK(code_of(c.office.ask(upload)) == "behind");
  CHECK(audits(c.office, "behind") == 3);
  CHECK((*c.office.registry->store.device("AL-03"))->q == 2);
  CHECK(c.office.ask(c.kiosk.request("GET", "/v1/feed?after=0.0")).status == 200);
}

TEST_CASE("no certificate, no call; a revoked kiosk's filing is kept aside and never counts", "[sync][registry]") {
  Counter c;
  const auto odd = odd_record(c.kiosk, 1);
  auto nobody = c.kiosk.put_request(odd);
  nobody.device.clear();
  const auto refused = c.office.ask(nobody);
  CHECK(refused.status == 401);
  CHECK(refused.close);
  REQUIRE(reg::revoke_kiosk(*c.office.registry, "AL-03", c.office.now));
  CHECK(code_of(c.office.ask(c.kiosk.put_request(odd))) == "revoked");
  CHECK(c.office.count("SELECT count(*) FROM records") == 0);
  CHECK(c.office.count("SELECT count(*) FROM strays") == 1);
}

TEST_CASE("paths and methods are taken literally", "[sync][registry]") {
  Counter c;
  for (const char* path : {"//", "/v1/../v1/feed", "/v1/%66eed", "/v1/feed/", "/v1/records/..%2f", "/v2/feed"}) {
    INFO(path);
    const auto status = c.office.ask(c.kiosk.request("GET", path)).status;
    CHECK((status == 404 || status == 400));
  }
  const auto wrong = c.office.ask(c.kiosk.request("DELETE", "/v1/feed"));
  CHECK(wrong.status == 405);
  CHECK(wrong.header("Allow") == "GET");
}
