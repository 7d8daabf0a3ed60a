// Compact JWS: the vectors of RFC 8037, one form of header, no bit without effect.
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "core/jws.h"
#include "tests/core/seeded_random.h"

using namespace qabyl::core;
using qabyl::test::SeededRandom;

namespace {

std::string jws_of(std::string_view header, std::string_view payload, const SigningKey& key) {
  const std::string input = to_base64url(as_bytes(header)) + "." + to_base64url(as_bytes(payload));
  return input + "." + to_base64url(sign(key, as_bytes(input)));
}

ErrorCode code_of(const Status& status) { return status ? ErrorCode::conflict : status.error().code; }

}  // namespace

TEST_CASE("the signature of RFC 8037, appendix A.4, is ours", "[core][jws]") {
  const auto d = from_base64url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
  REQUIRE(d);
  Secret<32> seed;
  std::copy(d->begin(), d->end(), seed.raw().begin());
  const auto key = signing_key_from_seed(seed);
  CHECK(to_base64url(key.verify_key) == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
  const std::string input = to_base64url(as_bytes(R"({"alg":"EdDSA"})")) + "." + to_base64url(as_bytes("Example of Ed25519 signing"));
  CHECK(input == "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
  CHECK(to_base64url(sign(key, as_bytes(input))) ==
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

TEST_CASE("a JWS has the canonical header and gives its payload back", "[core][jws]") {
  SeededRandom random;
  const auto key = new_signing_key(random);
  const std::string text = sign_jws(key, typ::record, as_bytes("{}"));
  const auto header = from_base64url(text.substr(0, text.find('.')));
  REQUIRE(header);
  CHECK(as_text(*header) == R"({"alg":"EdDSA","kid":")" + key_id(key.verify_key) + R"(","typ":"qabyl-record+jws"})");
  const auto jws = parse_jws(text);
  REQUIRE(jws);
  CHECK(as_text(jws->payload) == "{}");
  CHECK(jws->kid == key_id(key.verify_key));
  CHECK(verify_jws(*jws, typ::record, key.verify_key));
}

TEST_CASE("a JWS for another purpose or by another key is refused", "[core][jws]") {
  SeededRandom random;
  const auto key = new_signing_key(random), other = new_signing_key(random);
  const auto jws = parse_jws(sign_jws(key, typ::record, as_bytes("{}")));
  REQUIRE(jws);
  CHECK(code_of(verify_jws(*jws, typ::verdict, key.verify_key)) == ErrorCode::corrupt);
  CHECK(code_of(verify_jws(*jws, typ::record, other.verify_key)) == ErrorCode::corrupt);
}

TEST_CASE("headers that choose anything are refused, though well signed", "[core][jws]") {
  SeededRandom random;
  const auto key = new_signing_key(random);
  const std::string kid = key_id(key.verify_key);
  const std::string good = R"({"alg":"EdDSA","kid":")" + kid + R"(","typ":"t"})";
  REQUIRE(parse_jws(jws_of(good, "x", key)));
  const std::vector<std::string> headers{
      R"({"alg":"none","kid":")" + kid + R"(","typ":"t"})",
      R"({"alg":"HS256","kid":")" + kid + R"(","typ":"t"})",
      R"({"alg":"EdDSA","kid":")" + kid + R"("})",
      R"({"alg":"EdDSA","typ":"t"})",
      R"({"alg":"EdDSA","crit":["b64"],"kid":")" + kid + R"(","typ":"t"})",
      R"({"kid":")" + kid + R"(","alg":"EdDSA","typ":"t"})",
      R"({"alg": "EdDSA","kid":")" + kid + R"(","typ":"t"})",
      R"({"alg":"EdDSA","alg":"EdDSA","kid":")" + kid + R"(","typ":"t"})",
      R"({"alg":"EdDSA","kid":"../../etc/passwd","typ":"t"})",
      "[]", ""};
  for (const auto& header : headers) {
    INFO(header);
    CHECK_FALSE(parse_jws(jws_of(header, "x", key)));
  }
}

TEST_CASE("a JWS with other than three parts, padding or blanks is refused", "[core][jws]") {
  SeededRandom random;
  const auto key = new_signing_key(random);
  const std::string good = sign_jws(key, typ::act, as_bytes("payload"));
  for (const std::string& bad : {std::string(), std::string("."), std::string(".."), std::string("a.b"), good + ".", good + ".AA", good + "=", good + "\n", " " + good, good.substr(0, good.size() - 1)}) {
    CHECK_FALSE(parse_jws(bad));
  }
}

TEST_CASE("a JWS over its limit is too large", "[core][jws]") {
  const auto jws = parse_jws(std::string(jws_bytes_max + 1, 'A'));
  REQUIRE_FALSE(jws);
  CHECK(jws.error().code == ErrorCode::too_large);
}

TEST_CASE("a JWS with any bit of its text changed is refused", "[core][jws]") {
  SeededRandom random;
  const auto key = new_signing_key(random);
  const std::string good = sign_jws(key, typ::act, as_bytes("payload"));
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string changed = good;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto jws = parse_jws(changed);
    CHECK_FALSE((jws && verify_jws(*jws, typ::act, key.verify_key)));
  }
}
