// RELIABILITY 4.7, rows 1-10, 24-29 and 46: records that are repeated, reordered, forged or absurd, over TLS with the
// kiosk's certificate. "No effect" is the digest of the whole store, before and after.
#include <thread>

#include "tests/sync/store_dump.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Post {
  TestOffice office{machine_now()};
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  DeviceLine line{office};

  sync::Response without_effect(const sync::Request& request) {
    const auto before = store_dump(*office.registry);
    const auto answer = office.ask(request);
    CHECK(store_dump(*office.registry) == before);
    return answer;
  }
  std::int64_t audits(const std::string& outcome) { return office.count("SELECT count(*) FROM audit WHERE outcome = '" + outcome + "'"); }
  core::SignedRecord odd(int n) const {
    auto made = record("nothing.known", n, id(n), core::Json::Object{{"x", n}}, kiosk.device);
    made.actor.role = "applicant";
    return kiosk.next(std::move(made));
  }
  // A PUT of bytes that this kiosk signed, whatever they are.
  sync::Request put_payload(const std::string& payload, int n = 1) const {
    auto made = kiosk.request("PUT", "/v1/records/" + id(n), core::sign_jws(kiosk.key, core::typ::record, core::as_bytes(payload)));
    made.set("Content-Type", "application/jose");
    return made;
  }
  // The next record's payload with one piece of its text replaced.
  std::string payload_with(const std::string& from, const std::string& to, int n = 1) const {
    auto text = core::encode_record(odd(n).record);
    const auto at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
  }
  core::Verdict judged(core::Record of) {
    const auto sent = kiosk.next(std::move(of));
    return kiosk.verdict(kiosk.put(sent), sent);
  }
};

}  // namespace

TEST_CASE("row 1: the same record after success gets the same bytes", "[abuse]") {
  Post d;
  const auto odd = d.odd(1);
  const auto first = d.kiosk.put(odd);
  d.office.now += std::chrono::hours(5);
  const auto again = d.without_effect(d.kiosk.put_request(odd));
  CHECK(again.status == 200);
  CHECK(again.body == first.body);
  d.office.now += std::chrono::hours(24 * 400);  // an id is known for ever: no key expires
  CHECK(d.without_effect(d.kiosk.put_request(odd)).body == first.body);
}

TEST_CASE("row 2: the same record twice at once is taken once, and both get the same answer", "[abuse]") {
  Post d;
  const auto request = d.kiosk.put_request(d.odd(1));
  const reg::Job put = [&](core::Instant now) { return d.office.api->apply(request, now); };
  const auto answers = reg::run_group(*d.office.registry, {put, put, put}, d.office.now);
  for (const auto& answer : answers) CHECK(answer.status == 200);
  CHECK(answers[0].body == answers[1].body);
  CHECK(answers[1].body == answers[2].body);
  CHECK(d.office.count("SELECT count(*) FROM records") == 1);
}

TEST_CASE("row 2: the same record over several connections at once is taken once", "[abuse]") {
  Post d;
  const auto request = d.kiosk.put_request(d.odd(1));
  std::vector<std::string> bodies(4);
  std::vector<std::thread> senders;
  for (auto& body : bodies) senders.emplace_back([&] { body = d.office.line(request).body; });
  for (auto& sender : senders) sender.join();
  for (const auto& body : bodies) CHECK(body == bodies[0]);
  CHECK(sync::decode_verdict_answer(bodies[0]));
  CHECK(d.office.count("SELECT count(*) FROM records") == 1);
}

TEST_CASE("row 3: one byte changed under the same id is 422 and one audit event", "[abuse]") {
  Post d;
  const auto odd = d.odd(1);
  d.kiosk.put(odd);
  CHECK(code_of(d.without_effect(d.put_payload(d.payload_with("\"x\":1", "\"x\":2")))) == "id-reused");
  CHECK(d.audits("id-reused") == 1);
  auto bent = d.kiosk.put_request(odd);
  bent.body[bent.body.find('.') + 20] ^= 1;
  CHECK(d.without_effect(bent).status == 422);
}

TEST_CASE("row 4: another kiosk's id is 403, and nothing tells whether a record exists", "[abuse]") {
  Post d;
  TestKiosk other(d.office, d.office.add_kiosk("AS-01"), 9);
  const auto known = d.odd(1), unknown = d.odd(2);
  d.kiosk.put(known);
  const auto to_known = d.without_effect(other.put_request(known)), to_unknown = d.without_effect(other.put_request(unknown));
  CHECK(to_known.status == 403);
  CHECK(to_known.body == to_unknown.body);
  auto own = record("nothing.known", 1, id(1), core::Json::Object{}, other.device);
  own.actor.role = "applicant";
  CHECK(code_of(d.without_effect(other.put_request(other.next(own)))) == "not-owner");
  CHECK(d.audits("not-owner") == 1);
  const auto asked_known = d.without_effect(other.request("GET", "/v1/records/" + id(1)));
  CHECK(asked_known.body == d.without_effect(other.request("GET", "/v1/records/" + id(2))).body);
}

TEST_CASE("row 5 and row 6: an id that is missing or malformed is 400", "[abuse]") {
  Post d;
  const auto code = [&](const std::string& method, const std::string& name) {
    auto request = d.kiosk.request(method, "/v1/records/" + name, "x");
    request.set("Content-Type", "application/jose");
    const auto answer = d.without_effect(request);
    CHECK(answer.status == 400);
    return code_of(answer);
  };
  for (const std::string method : {"PUT", "GET"}) {
    CHECK(code(method, "") == "id-missing");
    std::string upper = id(10);
    upper[3] = 'F';
    for (const std::string& name : {std::string("abc"), id(1) + "0", id(1).substr(1), upper, id(1) + "%20", std::string(32, '0'),
                                    std::string(32, 'g'), id(1).substr(0, 8) + "-" + id(1).substr(8)}) {
      INFO(name);
      CHECK(code(method, name) == "id-malformed");
    }
    const auto before = store_dump(*d.office.registry);  // a request line has no such blank: the library closes
    CHECK(d.office.line(d.kiosk.request(method, "/v1/records/ " + id(1))).status == 0);
    CHECK(store_dump(*d.office.registry) == before);
  }
  CHECK(code_of(d.without_effect([&] {
          auto request = d.kiosk.put_request(d.odd(1));
          request.target = "/v1/records/" + id(2);
          return request;
        }())) == "id-mismatch");
  auto doubled = d.kiosk.put_request(d.odd(1));
  for (int n = 0; n < 2; ++n) doubled.set(sync::head_header, sync::to_text(sync::JournalMark{1, digest("x")}));
  CHECK(code_of(d.without_effect(doubled)) == "head");
}

TEST_CASE("row 7: a gap is 409 with the expected q", "[abuse]") {
  Post d;
  d.kiosk.put(d.odd(1));
  auto ahead = d.odd(3).record;
  ahead.q = 3;
  const auto answer = d.without_effect(d.kiosk.put_request(core::sign_record(ahead, d.kiosk.key)));
  CHECK(answer.status == 409);
  CHECK(code_of(answer) == "gap");
  CHECK(sync::problem_in(answer)->extra.number("expected_q") == 2);
}

TEST_CASE("row 8: an old q under a new id is 409 and one audit event", "[abuse]") {
  Post d;
  d.kiosk.put(d.odd(1));
  d.kiosk.put(d.odd(2));
  auto old = d.odd(3).record;
  old.q = 1;
  CHECK(code_of(d.without_effect(d.kiosk.put_request(core::sign_record(old, d.kiosk.key)))) == "sequence-used");
  CHECK(d.audits("sequence-used") == 1);
}

TEST_CASE("row 9: a q that is no number of a journal is 400", "[abuse]") {
  Post d;
  for (const char* q : {"0", "-1", "9223372036854775808", "9007199254740992", "1e3", "1.0", "\"1\"", "\"1 \"", "null", "true"}) {
    INFO(q);
    const auto answer = d.without_effect(d.put_payload(d.payload_with("\"q\":1", "\"q\":" + std::string(q))));
    CHECK(answer.status == 400);
    CHECK(code_of(answer) == "malformed");
  }
}

TEST_CASE("row 10: a record of another device is 403 and one audit event", "[abuse]") {
  Post d;
  auto foreign = d.odd(1).record;
  foreign.device = "AS-01";
  const auto answer = d.without_effect(d.kiosk.put_request(core::sign_record(foreign, d.kiosk.key)));
  CHECK(answer.status == 403);
  CHECK(code_of(answer) == "device-mismatch");
  CHECK(d.audits("device-mismatch") == 1);
}

TEST_CASE("row 24: JSON that is deep, doubled, huge, broken or followed by more is 400 malformed", "[abuse]") {
  Post d;
  using namespace std::string_literals;
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  for (const std::string& value : {deep, "1e400"s, "1.5"s, "null"s, "\"\\ud800\""s, "\"\\udc00\\ud800\""s, "\"a\0b\""s, "\"\xff\""s, "01"s, "NaN"s, "\"open"s, "'x'"s}) {
    INFO(value.substr(0, 30));
    auto batch = d.kiosk.request("POST", "/v1/records", "{\"records\":[" + value + "]}");
    batch.set("Content-Type", "application/json");
    const auto answer = d.without_effect(batch);
    CHECK(answer.status == 400);
    CHECK(code_of(answer) == "malformed");
    const auto in_record = d.without_effect(d.put_payload(d.payload_with("\"x\":1", "\"x\":" + value)));
    CHECK(in_record.status == 400);
    CHECK(code_of(in_record) == "malformed");
  }
  for (const std::string& body : {"{\"records\":[],\"records\":[\"a\"]}"s, "\xEF\xBB\xBF{\"records\":[\"a\"]}"s, "{\"records\":[\"a\"]}x"s, "{\"records\":[]}"s,
                                  "{\"records\":\"a\"}"s, "{\"records\":[1]}"s, "[]"s, ""s}) {
    INFO(body);
    auto batch = d.kiosk.request("POST", "/v1/records", body);
    batch.set("Content-Type", "application/json");
    CHECK(code_of(d.without_effect(batch)) == "malformed");
  }
  CHECK(code_of(d.without_effect(d.put_payload(d.payload_with("\"x\":1", "\"x\":1,\"x\":2")))) == "malformed");
  CHECK(code_of(d.without_effect(d.put_payload(d.payload_with("\"x\":1", "\"x\":1") + " x"))) == "malformed");
}

TEST_CASE("row 25: an unknown member is kept to the byte, an unknown critical header is 400", "[abuse]") {
  Post d;
  auto wider = d.odd(1).record;
  wider.extra["zz_future"] = core::Json::Object{{"a", 1}};
  const auto sent = core::sign_record(wider, d.kiosk.key);
  REQUIRE(d.kiosk.put(sent).status == 200);
  CHECK(*d.office.registry->database.text("SELECT jws FROM records") == sent.jws);
  const std::string header = R"({"alg":"EdDSA","crit":["exp"],"exp":1,"kid":")" + core::key_id(d.kiosk.key.verify_key) + R"(","typ":"qabyl-record+jws"})";
  const auto payload = core::encode_record(d.odd(2).record);
  const auto input = core::to_base64url(core::as_bytes(header)) + "." + core::to_base64url(core::as_bytes(payload));
  auto critical = d.kiosk.put_request(d.odd(2));
  critical.body = input + "." + core::to_base64url(core::sign(d.kiosk.key, core::as_bytes(input)));
  CHECK(code_of(d.without_effect(critical)) == "malformed");
}

TEST_CASE("row 26: names over length or with characters nobody types are quarantined with the field's path", "[abuse]") {
  Post d;
  int n = 0;
  const auto verdict = [&](const std::function<void(core::Record&)>& change) {
    auto made = submit_record();
    made.id = made.case_id = id(++n);
    change(made);
    return d.judged(made);
  };
  for (const std::string& name : {std::string(300, 'a'), std::string("Бюро\xE2\x80\xAEоюб"), std::string("Бюро\x01"), std::string("Бюро\n")}) {
    const auto judged = verdict([&](core::Record& r) { r.body["organisation"] = name; });
    INFO(name.substr(0, 20));
    CHECK(judged.outcome == core::Outcome::quarantined);
    CHECK(judged.field == "organisation");
  }
  CHECK(verdict([](core::Record& r) { r.docs[0].name = "a\xE2\x80\xAE" "fdp.exe"; }).field == "docs.0.name");
  CHECK(verdict([](core::Record& r) { r.actor.name = std::string(1000, 'x'); }).field == "actor.name");
  CHECK(d.office.count("SELECT count(*) FROM records WHERE outcome = 'quarantined'") == n);
}

TEST_CASE("row 27: a date that does not exist is quarantined in a record, whether the schema or the judge sees it", "[abuse]") {
  Post d;
  int n = 0;
  for (const char* date : {"2004-02-30", "0000-01-01", "10000-01-01"}) {
    auto made = submit_record();
    made.id = made.case_id = id(++n);
    made.body["representative"]["authority_until"] = date;
    const auto judged = d.judged(made);
    INFO(date << " " << judged.reason);
    CHECK(judged.outcome == core::Outcome::quarantined);
  }
  for (const auto& [from, to, field] : {std::tuple{"\"offset_min\":300", "\"offset_min\":-1500", "at.offset_min"},
                                        std::tuple{"\"utc_ms\":1", "\"utc_ms\":991", "at.utc_ms"},
                                        std::tuple{"\"lang\":\"kk\"", "\"lang\":\"xx\"", "lang"},
                                        std::tuple{"\"actor\":{", "\"actor\":{\"age\":1,", "actor.age"}}) {
    ++n;
    const auto request = d.put_payload(d.payload_with(from, to, n), n);
    const auto payload = core::parse_jws(request.body)->payload;
    const auto answer = d.office.ask(request);
    INFO(to << " " << answer.body);
    REQUIRE(answer.status == 200);
    const auto verdict = core::open_verdict(*sync::decode_verdict_answer(answer.body), d.kiosk.keys, id(n), core::sha256(payload));
    REQUIRE(verdict);
    CHECK(verdict->outcome == core::Outcome::quarantined);
    CHECK(verdict->reason == "record.malformed");
    CHECK(verdict->field == field);
    CHECK(d.without_effect(request).body == answer.body);
    d.kiosk.q += 1;
    d.kiosk.head = core::sha256(payload);
  }
  const auto filing = d.kiosk.next_filing(50);  // and the journal goes on behind them
  CHECK(d.kiosk.verdict(d.kiosk.put(filing), filing).outcome == core::Outcome::received);
  CHECK(d.without_effect(d.kiosk.request("GET", "/v1/feed?after=0.0&limit=0")).status == 422);
}

TEST_CASE("row 28: a clock twenty years ahead is taken, and flagged for the officer who sets the date", "[abuse]") {
  Post d;
  auto made = submit_record();
  made.at.utc = d.office.now + std::chrono::hours(24 * 365 * 20);
  made.at.trust = core::Trust::unconfirmed;
  CHECK(d.judged(made).outcome == core::Outcome::received);
  CHECK(d.office.count("SELECT count(*) FROM audit WHERE action = 'record.time' AND outcome = 'ahead'") == 1);
}

TEST_CASE("row 29: a manifest may name the same file, and the same bytes, twice", "[abuse]") {
  Post d;
  const auto verdict = d.judged(filing_of({"twice", "twice", "other"}));
  CHECK(verdict.outcome == core::Outcome::received);
  CHECK(verdict.missing == std::vector<int>{0, 1, 2});
}

TEST_CASE("row 46: no signature, an absurd one, or one with too many points is quarantined", "[abuse]") {
  Post d;
  int n = 0;
  const auto with_strokes = [&](core::Json strokes) {
    auto made = submit_record();
    made.id = made.case_id = id(++n);
    made.body["signature"]["strokes"] = std::move(strokes);
    const auto judged = d.judged(made);
    CHECK(judged.outcome == core::Outcome::quarantined);
    return judged.reason;
  };
  const auto line = [](std::int64_t points, std::int64_t x) {
    core::Json::Array stroke;
    for (std::int64_t i = 0; i < points; ++i) stroke.push_back(core::Json::Array{core::Json(x), core::Json(i % 10'000), core::Json(i)});
    return core::Json(core::Json::Array{core::Json(std::move(stroke))});
  };
  CHECK(with_strokes(core::Json::Array{}).starts_with("signature."));
  CHECK(with_strokes(line(3, 10)).starts_with("signature."));
  CHECK(with_strokes(line(100, 1'000'000)).starts_with("signature."));
  CHECK(with_strokes(line(core::ink_points_max + 1, 10)).starts_with("signature."));
  // 10^7 points are more than a record may hold: bytes that cannot be a record at all.
  auto huge = d.kiosk.put_request(d.odd(20));
  huge.body = core::sign_jws(d.kiosk.key, core::typ::record, core::as_bytes(std::string(core::record_bytes_max + 1, ' ')));
  CHECK(code_of(d.without_effect(huge)) == "too-large");
  huge.body = std::string(core::jws_bytes_max + 1, 'a');
  CHECK(code_of(d.without_effect(huge)) == "too-large");
}
