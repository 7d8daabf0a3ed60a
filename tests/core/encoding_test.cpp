// One text for one byte string: published vectors, and refusals of every second spelling.
#include "tests/support/catch.h"

#include "core/encoding.h"

using namespace qabyl::core;

namespace {

Bytes counted(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 37 + 11);
  return bytes;
}

// A decoder is canonical if whatever it accepts is what the encoder writes.
template <typename Decode, typename Encode>
void check_every_short_text(std::string_view alphabet, Decode decode, Encode encode) {
  for (const char a : alphabet) {
    for (const char b : alphabet) {
      const std::string text{a, b};
      if (const auto bytes = decode(text)) CHECK(encode(*bytes) == text);
    }
  }
}

}  // namespace

TEST_CASE("base64 gives the vectors of RFC 4648 section 10", "[core][encoding]") {
  const std::vector<std::pair<std::string, std::string>> vectors{
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    CHECK(to_base64(as_bytes(plain)) == encoded);
    const auto back = from_base64(encoded);
    REQUIRE(back);
    CHECK(as_text(*back) == plain);
  }
}

TEST_CASE("base64url has no padding, no second spelling and no foreign character", "[core][encoding]") {
  CHECK(to_base64url(Bytes{0xFB, 0xFF, 0xFE}) == "-__-");
  for (const char* bad : {"Zg==", "Zg=", "Z", "Zh", "Zm9", "+__-", "Zm 9v", "Zm9v\n", "Zm9vY"}) {
    INFO(bad);
    CHECK_FALSE(from_base64url(bad));
  }
  check_every_short_text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/", from_base64url, to_base64url);
}

TEST_CASE("padded base64 needs its padding", "[core][encoding]") {
  for (const char* bad : {"Zg", "Zg=", "Zg===", "Zh==", "=", "====", "Z===", "Zm9v=", "Zm9v====", "Zm-v"}) {
    INFO(bad);
    CHECK_FALSE(from_base64(bad));
  }
}

TEST_CASE("base45 gives the vectors of RFC 9285", "[core][encoding]") {
  const std::vector<std::pair<std::string, std::string>> vectors{
      {"AB", "BB8"}, {"Hello!!", "%69 VD92EX0"}, {"base-45", "UJCLQE7W581"}, {"ietf!", "QED8WEX0"}, {"", ""}};
  for (const auto& [plain, encoded] : vectors) {
    CHECK(to_base45(as_bytes(plain)) == encoded);
    const auto back = from_base45(encoded);
    REQUIRE(back);
    CHECK(as_text(*back) == plain);
  }
}

TEST_CASE("base45 groups over their range are refused", "[core][encoding]") {
  CHECK(from_base45("FGW"));           // 65535, RFC 9285 section 6
  CHECK_FALSE(from_base45("GGW"));     // 65536
  CHECK_FALSE(from_base45(":::"));
  CHECK_FALSE(from_base45("::"));
  CHECK_FALSE(from_base45("A"));
  CHECK_FALSE(from_base45("bb8"));
  CHECK_FALSE(from_base45("BB8A"));
  check_every_short_text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", from_base45, to_base45);
}

TEST_CASE("hex is lower case and even", "[core][encoding]") {
  CHECK(to_hex(Bytes{0x00, 0xAF, 0x10}) == "00af10");
  for (const char* bad : {"0", "0G", "AF", "0x", " 00"}) CHECK_FALSE(from_hex(bad));
  CHECK(digest_from_hex(std::string(64, '0')));
  CHECK_FALSE(digest_from_hex(std::string(62, '0')));
  CHECK_FALSE(digest_from_hex(std::string(66, '0')));
}

TEST_CASE("every encoding gives back bytes of any length", "[core][encoding]") {
  for (std::size_t size = 0; size < 70; ++size) {
    const Bytes bytes = counted(size);
    CHECK(*from_hex(to_hex(bytes)) == bytes);
    CHECK(*from_base64url(to_base64url(bytes)) == bytes);
    CHECK(*from_base64(to_base64(bytes)) == bytes);
    CHECK(*from_base45(to_base45(bytes)) == bytes);
  }
}

TEST_CASE("Crockford base32 takes five bits a character from the front, without I, L, O, U", "[core][encoding]") {
  CHECK(to_crockford(Bytes{0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF}, 16) == "0123456789ABCDEF");
  CHECK(to_crockford(Bytes{0xFF, 0xFF, 0xFF, 0xFF, 0xFF}, 8) == "ZZZZZZZZ");
  CHECK(to_crockford(Bytes{0xF8}, 1) == "Z");
}
