// A record survives its trip, and nothing but a canonical, complete, well-signed one is read.
#include "tests/support/catch.h"

#include <functional>

#include "core/record.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

namespace {

const Id case_id = "019ac2f4b1007abc8def0123456789ab";

Record small_record() {
  Record record;
  record.id = case_id;
  record.kind = "licence_application.submit";
  record.device = "AL-03";
  record.q = 1;
  record.case_id = case_id;
  record.at = {Instant(Millis(1'795'421'528'123)), 300, Trust::trusted, 2017, std::string(32, 'b'), 86'400'000};
  record.actor = {"applicant", "", "Айгүл Нұрланова"};
  record.lang = "kk";
  record.sw = "qabyl-kiosk 0.1.0";
  record.nonce = std::string(32, '7');
  record.docs = {{"Өтініш.pdf", 12'345, sha256(as_bytes("a")), "application/pdf"}, {"scan 1.jpg", 0, sha256({}), "image/jpeg"}};
  record.body = Json::Object{{"bin", "040740001238"}, {"pages", 3}};
  return record;
}

// The payload with one change made to its JSON.
std::string altered(const std::function<void(Json&)>& change) {
  auto json = parse_json(encode_record(small_record()), record_bytes_max);
  REQUIRE(json);
  change(*json);
  return canonical(*json);
}
std::string with(std::string_view key, Json value) {
  return altered([&](Json& json) { json[key] = std::move(value); });
}
std::string with_in(std::string_view outer, std::string_view key, Json value) {
  return altered([&](Json& json) { json[outer][key] = std::move(value); });
}
std::string with_doc(std::string_view key, Json value) {
  return altered([&](Json& json) { json["docs"].array()[1][key] = std::move(value); });
}
bool refused(const std::string& payload) {
  const auto record = decode_record(payload);
  return !record && record.error().code == ErrorCode::invalid_input;
}

}  // namespace

TEST_CASE("a record comes back from its canonical bytes whole", "[core][record]") {
  const Record record = small_record();
  const std::string payload = encode_record(record);
  const auto back = decode_record(payload);
  REQUIRE(back);
  CHECK(encode_record(*back) == payload);
  CHECK(back->id == record.id);
  CHECK(back->actor.name == record.actor.name);
  CHECK(back->at.utc == record.at.utc);
  CHECK(back->at.trust == Trust::trusted);
  CHECK(back->docs == record.docs);
  CHECK(back->body == record.body);
  CHECK(back->extra.object().empty());
}

TEST_CASE("the bytes of a record never change between versions of the program", "[core][record]") {
  Record record = small_record();
  record.docs.clear();
  record.body = Json();
  CHECK(encode_record(record) ==
        R"({"actor":{"id":"","name":"Айгүл Нұрланова","role":"applicant"},"at":{"boot":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",)"
        R"("mono_ms":86400000,"offset_min":300,"trust":"trusted","u_ms":2017,"utc_ms":1795421528123},"base":"","body":{},)"
        R"("case":"019ac2f4b1007abc8def0123456789ab","device":"AL-03","docs":[],"id":"019ac2f4b1007abc8def0123456789ab",)"
        R"("kind":"licence_application.submit","lang":"kk","nonce":"77777777777777777777777777777777",)"
        R"("prev":"0000000000000000000000000000000000000000000000000000000000000000","q":1,"sw":"qabyl-kiosk 0.1.0","v":1})");
}

TEST_CASE("members that this version does not know are kept", "[core][record]") {
  const std::string payload = with("zz_later", Json::Object{{"a", Json::Array{1, true}}});
  const auto record = decode_record(payload);
  REQUIRE(record);
  CHECK(record->extra.member("zz_later").items("a").size() == 2);
  CHECK(encode_record(*record) == payload);
}

TEST_CASE("a record of a later version is unsupported, not corrupt", "[core][record]") {
  const auto record = decode_record(with("v", 2));
  REQUIRE_FALSE(record);
  CHECK(record.error().code == ErrorCode::unsupported);
  CHECK(refused(with("v", 0)));
}

TEST_CASE("a record without any one of its members is refused", "[core][record]") {
  const auto whole = parse_json(encode_record(small_record()), record_bytes_max);
  REQUIRE(whole);
  CHECK(whole->object().size() == 15);
  for (const auto& [key, value] : whole->object()) {
    INFO(key);
    CHECK(refused(altered([&key = key](Json& json) { json.object().erase(key); })));
    CHECK(refused(altered([&key = key, is_flag = value.is_bool()](Json& json) { json[key] = Json(!is_flag); })));
  }
}

TEST_CASE("members out of form are refused", "[core][record]") {
  CHECK(refused(with("id", "019AC2F4B1007ABC8DEF0123456789AB")));
  CHECK(refused(with("kind", "ab")));
  CHECK(refused(with("kind", "Notice.send")));
  CHECK(refused(with("kind", "notice.send2")));
  CHECK(refused(with("kind", std::string(65, 'a'))));
  CHECK(refused(with("device", "al-03")));
  CHECK(refused(with("device", "A")));
  CHECK(refused(with("device", "A23456789012345BC")));
  CHECK(refused(with("device", "../AL")));
  CHECK_FALSE(refused(with("device", "registry")));
  CHECK(refused(with("q", 0)));
  CHECK(refused(with("q", "1")));
  CHECK(refused(with("prev", std::string(63, '0'))));
  CHECK(refused(with("prev", std::string(64, 'A'))));
  CHECK(refused(with("case", "")));
  CHECK(refused(with("base", "x")));
  CHECK(refused(with("lang", "de")));
  CHECK(refused(with("sw", "")));
  CHECK(refused(with("nonce", std::string(31, '7'))));
  CHECK(refused(with("body", Json::Array{})));
}

TEST_CASE("times out of range or with members unknown are refused", "[core][record]") {
  CHECK(refused(with_in("at", "offset_min", 1081)));
  CHECK(refused(with_in("at", "offset_min", -1081)));
  CHECK_FALSE(refused(with_in("at", "offset_min", -1080)));
  CHECK(refused(with_in("at", "utc_ms", -1)));
  CHECK(refused(with_in("at", "utc_ms", 253'402'300'800'000)));
  CHECK(refused(with_in("at", "trust", "sure")));
  CHECK(refused(with_in("at", "u_ms", -1)));
  CHECK(refused(with_in("at", "boot", "")));
  CHECK(refused(with_in("at", "more", 1)));
  CHECK(refused(with_in("actor", "role", "god")));
  CHECK(refused(with_in("actor", "name", std::string(1025, 'a'))));
}

TEST_CASE("document lines out of form are refused", "[core][record]") {
  CHECK(refused(with_doc("i", 0)));
  CHECK(refused(with_doc("i", 2)));
  CHECK(refused(with_doc("name", "")));
  CHECK(refused(with_doc("name", std::string(256, 'a'))));
  CHECK(refused(with_doc("bytes", -1)));
  CHECK(refused(with_doc("bytes", static_cast<std::int64_t>(document_bytes_max) + 1)));
  CHECK(refused(with_doc("sha256", "00")));
  CHECK(refused(with_doc("type", "pdf")));
  CHECK(refused(with_doc("type", "a/b/c")));
  CHECK(refused(with_doc("path", "/etc/passwd")));
  CHECK(refused(altered([](Json& json) {
    for (std::size_t i = 2; i <= record_docs_max; ++i) {
      Json doc = json["docs"].array()[0];
      doc["i"] = i;
      json["docs"].array().push_back(doc);
    }
  })));
}

TEST_CASE("bytes that are not canonical are refused", "[core][record]") {
  const std::string good = encode_record(small_record());
  CHECK_FALSE(refused(good));
  CHECK(refused(" " + good));
  CHECK(refused(good + "\n"));
  std::string escaped = good;
  escaped.replace(escaped.find("qabyl-kiosk"), 1, "\\u0071");
  CHECK(refused(escaped));
  std::string doubled = good;
  doubled.insert(doubled.size() - 1, R"(,"v":1)");
  CHECK(refused(doubled));
  std::string reordered = good;
  reordered.erase(reordered.find(",\"v\":1"), 6);
  reordered.insert(1, "\"v\":1,");
  CHECK(refused(reordered));
}

TEST_CASE("a record over its limit is too large", "[core][record]") {
  const auto record = decode_record(with("body", Json::Object{{"a", std::string(record_bytes_max, 'a')}}));
  REQUIRE_FALSE(record);
  CHECK(record.error().code == ErrorCode::too_large);
}

TEST_CASE("a signed record opens with its device's key, with the digest of its payload", "[core][record]") {
  SeededRandom random;
  const auto key = new_signing_key(random), other = new_signing_key(random);
  const auto made = sign_record(small_record(), key);
  CHECK(made.digest == sha256(as_bytes(encode_record(small_record()))));
  const auto opened = open_record(made.jws, key.verify_key);
  REQUIRE(opened);
  CHECK(opened->digest == made.digest);
  CHECK(opened->jws == made.jws);
  CHECK(opened->record.body == made.record.body);
  CHECK_FALSE(open_record(made.jws, other.verify_key));
  CHECK_FALSE(open_record(sign_jws(key, typ::act, as_bytes(encode_record(small_record()))), key.verify_key));
}

TEST_CASE("a record's JWS with any bit changed is refused", "[core][record]") {
  SeededRandom random;
  const auto key = new_signing_key(random);
  Record record = small_record();
  record.docs.clear();
  const std::string good = sign_record(record, key).jws;
  std::size_t read = 0;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string changed = good;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    if (open_record(changed, key.verify_key)) ++read;
  }
  CHECK(read == 0);
}
