// A verdict counts for the record it names, by the key that was valid, and in no other form.
#include "tests/support/catch.h"

#include "core/verdict.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

namespace {

const Instant day_one{Millis(1'795'000'000'000)}, day_two = day_one + std::chrono::hours(24);
const Id record_id = "019ac2f4b1007abc8def0123456789ab", other_id = "019ac2f4b1007abc8def0123456789ac";
const Digest digest = sha256(as_bytes("record"));

struct Office {
  SeededRandom random;
  SigningKey root = new_signing_key(random), acceptance = new_signing_key(random);
  Keyring keys = *Keyring::open(Keyring::sign(root, "o", {{KeyUse::acceptance, acceptance.verify_key, day_one, day_two}}), root.verify_key);
};

Verdict accepted() {
  Verdict verdict;
  verdict.id = record_id;
  verdict.digest = digest;
  verdict.outcome = Outcome::accepted;
  verdict.at = day_one + Millis(5);
  verdict.number = "2026/118";
  return verdict;
}

bool opens(const Office& office, const Verdict& verdict) {
  return open_verdict(sign_verdict(verdict, office.acceptance), office.keys, record_id, digest).has_value();
}

}  // namespace

TEST_CASE("a verdict comes back whole", "[core][verdict]") {
  const Office office;
  Verdict verdict = accepted();
  verdict.outcome = Outcome::received;
  verdict.missing = {0, 3, 199};
  const auto back = open_verdict(sign_verdict(verdict, office.acceptance), office.keys, record_id, digest);
  REQUIRE(back);
  CHECK(back->outcome == Outcome::received);
  CHECK(back->missing == verdict.missing);
  CHECK(back->at == verdict.at);
  CHECK(back->number == "2026/118");
}

TEST_CASE("a verdict on another record or digest is refused", "[core][verdict]") {
  const Office office;
  const std::string jws = sign_verdict(accepted(), office.acceptance);
  CHECK(open_verdict(jws, office.keys, record_id, digest));
  CHECK_FALSE(open_verdict(jws, office.keys, other_id, digest));
  CHECK_FALSE(open_verdict(jws, office.keys, record_id, sha256({})));
}

TEST_CASE("a verdict by another key, of another typ or outside the key's time is refused", "[core][verdict]") {
  const Office office;
  CHECK_FALSE(open_verdict(sign_verdict(accepted(), office.root), office.keys, record_id, digest));
  const auto jws = parse_jws(sign_verdict(accepted(), office.acceptance));
  REQUIRE(jws);
  CHECK_FALSE(open_verdict(sign_jws(office.acceptance, typ::feed, jws->payload), office.keys, record_id, digest));
  Verdict late = accepted();
  late.at = day_two;
  CHECK_FALSE(opens(office, late));
}

TEST_CASE("verdicts that contradict themselves are refused", "[core][verdict]") {
  const Office office;
  Verdict verdict = accepted();
  verdict.missing = {1};
  CHECK_FALSE(opens(office, verdict));  // accepted means whole
  verdict = accepted();
  verdict.outcome = Outcome::superseded;
  CHECK_FALSE(opens(office, verdict));  // by whom?
  verdict.by = other_id;
  CHECK(opens(office, verdict));
  verdict = accepted();
  verdict.outcome = Outcome::quarantined;
  CHECK_FALSE(opens(office, verdict));  // why?
  verdict.reason = "name.hidden_characters";
  CHECK(opens(office, verdict));
}

TEST_CASE("a later version may add members to a verdict", "[core][verdict]") {
  const Office office;
  const auto jws = parse_jws(sign_verdict(accepted(), office.acceptance));
  auto json = parse_json(as_text(jws->payload), 10'000);
  REQUIRE(json);
  (*json)["later"] = Json(Json::Object{{"index", 7}});
  CHECK(open_verdict(sign_jws(office.acceptance, typ::verdict, as_bytes(canonical(*json))), office.keys, record_id, digest));
}

TEST_CASE("a verdict with any bit of its text changed is refused", "[core][verdict]") {
  const Office office;
  const std::string good = sign_verdict(accepted(), office.acceptance);
  std::size_t read = 0;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string changed = good;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    if (open_verdict(changed, office.keys, record_id, digest)) ++read;
  }
  CHECK(read == 0);
}

TEST_CASE("the registry's signature under a receipt comes back with an acceptance in the log, and nowhere else", "[core][verdict]") {
  const Office office;
  Verdict verdict = accepted();
  verdict.receipt = Signature{1, 2, 3};
  CHECK_FALSE(opens(office, verdict));  // signed, but in no log
  verdict.log = LogPlace{0, 1, day_one, {}, "a note"};
  const auto jws = sign_verdict(verdict, office.acceptance);
  const auto back = open_verdict(jws, office.keys, record_id, digest);
  REQUIRE(back);
  CHECK(back->receipt == verdict.receipt);
  auto json = *parse_json(as_text(parse_jws(jws)->payload), 10'000);
  json["receipt"] = "AQID";
  CHECK_FALSE(open_verdict(sign_jws(office.acceptance, typ::verdict, as_bytes(canonical(json))), office.keys, record_id, digest));
  verdict.outcome = Outcome::quarantined;
  verdict.reason = "name.hidden_characters";
  CHECK_FALSE(opens(office, verdict));
}

TEST_CASE("a verdict's place in the evidence log comes back, and a faulty one spoils it", "[core][verdict]") {
  const Office office;
  Verdict verdict = accepted();
  verdict.log = LogPlace{7, 9, day_one, {sha256(as_bytes("a")), sha256(as_bytes("b"))}, "o\n9\n...\n"};
  const auto back = open_verdict(sign_verdict(verdict, office.acceptance), office.keys, record_id, digest);
  REQUIRE(back);
  CHECK(back->log == verdict.log);
  CHECK_FALSE(open_verdict(sign_verdict(accepted(), office.acceptance), office.keys, record_id, digest)->log);
  verdict.log->index = 9;
  CHECK_FALSE(opens(office, verdict));
  verdict.log->index = 0;
  verdict.log->proof.resize(log_proof_hashes_max);
  CHECK(opens(office, verdict));
  verdict.log->proof.resize(log_proof_hashes_max + 1);
  CHECK_FALSE(opens(office, verdict));
  verdict.log->proof.clear();
  verdict.log->checkpoint.clear();
  CHECK_FALSE(opens(office, verdict));
}
