// keys.json counts only under the root's signature, and each key only for its use and time.
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "core/keyring.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

namespace {

const Instant day_one{Millis(1'795'000'000'000)}, day_two = day_one + std::chrono::hours(24);

struct Office {
  SeededRandom random;
  SigningKey root = new_signing_key(random), acceptance = new_signing_key(random), assets = new_signing_key(random);
  std::string keys = Keyring::sign(root, "qabyl.test/log", {{KeyUse::acceptance, acceptance.verify_key, day_one, day_two},
                                                           {KeyUse::assets, assets.verify_key, day_one, day_two}});
};

bool opens_signed(const Office& office, std::string_view payload) {
  return Keyring::open(sign_jws(office.root, typ::keys, as_bytes(payload)), office.root.verify_key).has_value();
}

}  // namespace

TEST_CASE("a key list opens under its root only", "[core][keyring]") {
  const Office office;
  const auto keyring = Keyring::open(office.keys, office.root.verify_key);
  REQUIRE(keyring);
  CHECK(keyring->origin() == "qabyl.test/log");
  REQUIRE(keyring->entries().size() == 2);
  CHECK(keyring->entries()[0].key == office.acceptance.verify_key);
  CHECK_FALSE(Keyring::open(office.keys, office.acceptance.verify_key));
  const auto jws = parse_jws(office.keys);
  CHECK_FALSE(Keyring::open(sign_jws(office.root, typ::verdict, jws->payload), office.root.verify_key));
}

TEST_CASE("a key signs for its use and within its time only", "[core][keyring]") {
  const Office office;
  const auto keyring = Keyring::open(office.keys, office.root.verify_key);
  REQUIRE(keyring);
  const auto jws = parse_jws(sign_jws(office.acceptance, typ::feed, as_bytes("{}")));
  REQUIRE(jws);
  CHECK(keyring->verify(*jws, typ::feed, KeyUse::acceptance, day_one));
  CHECK_FALSE(keyring->verify(*jws, typ::feed, KeyUse::assets, day_one));
  CHECK_FALSE(keyring->verify(*jws, typ::verdict, KeyUse::acceptance, day_one));
  CHECK_FALSE(keyring->verify(*jws, typ::feed, KeyUse::acceptance, day_one - Millis(1)));
  CHECK_FALSE(keyring->verify(*jws, typ::feed, KeyUse::acceptance, day_two));
  const auto foreign = parse_jws(sign_jws(office.root, typ::feed, as_bytes("{}")));
  CHECK(keyring->verify(*foreign, typ::feed, KeyUse::acceptance, day_one).error().code == ErrorCode::forbidden);
}

TEST_CASE("a key list out of form is refused, though the root signed it", "[core][keyring]") {
  const Office office;
  const std::string key = to_hex(office.acceptance.verify_key);
  CHECK(opens_signed(office, R"({"keys":[{"from_ms":1,"key":")" + key + R"(","to_ms":2,"use":"log"}],"origin":"o","v":1})"));
  CHECK_FALSE(opens_signed(office, R"({"keys":[{"from_ms":1,"key":")" + key + R"(","to_ms":2,"use":"all"}],"origin":"o","v":1})"));
  CHECK_FALSE(opens_signed(office, R"({"keys":[{"from_ms":2,"key":")" + key + R"(","to_ms":2,"use":"log"}],"origin":"o","v":1})"));
  CHECK_FALSE(opens_signed(office, R"({"keys":[{"from_ms":1,"key":"00","to_ms":2,"use":"log"}],"origin":"o","v":1})"));
  CHECK_FALSE(opens_signed(office, R"({"keys":[],"origin":"","v":1})"));
  CHECK_FALSE(opens_signed(office, R"({"keys":[],"origin":"o","v":2})"));
  CHECK_FALSE(opens_signed(office, R"({"keys":{},"origin":"o","v":1})"));
  CHECK_FALSE(opens_signed(office, "[]"));
}

TEST_CASE("a fingerprint is the SHA-256 of the key", "[core][keyring]") {
  const Office office;
  CHECK(fingerprint(office.root.verify_key) == to_hex(sha256(office.root.verify_key)));
}
