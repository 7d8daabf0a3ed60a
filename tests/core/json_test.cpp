// The codec refuses everything that two readers could read differently, and writes RFC 8785.
#include "tests/support/catch.h"

#include "core/json.h"

using namespace qabyl::core;

namespace {

constexpr std::size_t bytes_max = 64 * 1024;

bool refused(std::string_view text) {
  const auto parsed = parse_json(text, bytes_max);
  return !parsed && parsed.error().code == ErrorCode::invalid_input;
}
std::string round_trip(std::string_view text) {
  const auto parsed = parse_json(text, bytes_max);
  INFO(text);
  REQUIRE(parsed);
  return canonical(*parsed);
}
std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("keys are sorted by UTF-16 code units, as in RFC 8785 section 3.2.3", "[core][json]") {
  const auto sorted = round_trip(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",)"
      R"("1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
  CHECK(sorted ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
        "\"\xC3\xB6\":\"Latin Small Letter O With Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\","
        "\"\xF0\x9F\x98\x80\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("strings and literals are written as in RFC 8785 section 3.2.2", "[core][json]") {
  CHECK(round_trip("{\n  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
                   "  \"literals\": [true, false]\n}") ==
        "{\"literals\":[true,false],\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  CHECK(canonical(Json("\b\t\n\f\r\x1f\x7f")) == "\"\\b\\t\\n\\f\\r\\u001f\x7f\"");
  CHECK(canonical(Json(std::string("a\0b", 3))) == "\"a\\u0000b\"");
}

TEST_CASE("objects inside arrays are sorted too, arrays keep their order", "[core][json]") {
  CHECK(round_trip(R"([56,{"d":true,"10":[],"1":{}},3])") == R"([56,{"1":{},"10":[],"d":true},3])");
}

TEST_CASE("a canonical text survives parsing and writing unchanged", "[core][json]") {
  const std::string text = "{\"a\":[1,-1,0,\"Қабыл\"],\"b\":{\"x\":false},\"c\":9007199254740991,\"d\":-9007199254740991}";
  CHECK(round_trip(text) == text);
}

TEST_CASE("duplicate keys are refused at any depth, however they are spelt", "[core][json]") {
  CHECK(refused(R"({"a":1,"a":1})"));
  CHECK(refused(R"([{"b":{"a":1,"\u0061":2}}])"));
  CHECK_FALSE(refused(R"({"a":{"a":1},"b":{"a":1}})"));
}

TEST_CASE("floats, exponents, minus zero and integers beyond 2^53-1 are refused", "[core][json]") {
  for (const char* text : {"1.0", "1e2", "[0.5]", "-0", "-0.0", "9007199254740992", "-9007199254740992",
                           "18446744073709551616", "1E400", "01", "+1", "NaN", "Infinity", "0x10", ".5", "1."}) {
    INFO(text);
    CHECK(refused(text));
  }
}

TEST_CASE("null is refused wherever it stands", "[core][json]") {
  CHECK(refused("null"));
  CHECK(refused(R"({"a":null})"));
  CHECK(refused("[1,null]"));
}

TEST_CASE("sixteen levels are read, seventeen are refused", "[core][json]") {
  CHECK_FALSE(refused(nested(json_depth_max)));
  CHECK(refused(nested(json_depth_max + 1)));
  CHECK(refused(nested(20'000)));
  CHECK(refused(std::string(20'000, '[')));
}

TEST_CASE("lone and swapped surrogates are refused, a pair is one character", "[core][json]") {
  CHECK(refused(R"("\ud800")"));
  CHECK(refused(R"("\udc00")"));
  CHECK(refused(R"("\ude00\ud83d")"));
  CHECK(refused(R"("\ud83dx")"));
  CHECK(refused(R"({"\ud800":1})"));
  CHECK(refused("\"\xED\xA0\x80\""));  // a surrogate in UTF-8
  CHECK(round_trip(R"("\ud83d\ude00")") == "\"\xF0\x9F\x98\x80\"");
}

TEST_CASE("bytes that are not UTF-8 are refused", "[core][json]") {
  for (const char* text : {"\"\xC0\x80\"", "\"\xFF\"", "\"\xE2\x82\"", "\"\xF5\x80\x80\x80\"", "\"\x80\"", "{\"\xC3\":1}"}) {
    CHECK(refused(text));
  }
}

TEST_CASE("a byte order mark, a NUL, comments and anything after the value are refused", "[core][json]") {
  CHECK(refused("\xEF\xBB\xBF{}"));
  CHECK(refused(std::string_view("{}\0", 3)));
  CHECK(refused(std::string_view("{}\0{}", 5)));
  CHECK(refused(std::string_view("{\"a\0\":1}", 8)));
  for (const char* text : {"{} {}", "{},", "[1]]", "{}x", "/* */{}", "{}// c", "[1,]", "{\"a\":1,}", "", " ", "{", "\"a", "'a'", "{a:1}"}) {
    INFO(text);
    CHECK(refused(text));
  }
}

TEST_CASE("a text over its limit is too large, not invalid", "[core][json]") {
  const auto parsed = parse_json("[1,2,3]", 6);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::too_large);
}

TEST_CASE("text that is not UTF-8 is written with U+FFFD and can be read back", "[core][json]") {
  CHECK(round_trip(canonical(Json("a\xFF"))) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("lenient readers give the fallback for absent or foreign members", "[core][json]") {
  const Json json(Json::Object{{"n", 5}, {"t", "x"}, {"b", true}, {"list", Json::Array{1}}, {"in", Json::Object{{"y", 1}}}});
  CHECK(json.number("n") == 5);
  CHECK(json.number("t", 7) == 7);
  CHECK(json.text("t") == "x");
  CHECK(json.text("n", "none") == "none");
  CHECK(json.flag("b"));
  CHECK(json.items("list").size() == 1);
  CHECK(json.items("absent").empty());
  CHECK(json.member("in").number("y") == 1);
  CHECK(Json("text").find("a") == nullptr);
}

TEST_CASE("every cut of a text is refused without a crash", "[core][json]") {
  const std::string text = R"({"a":[1,{"b":"\u20ac\ud83d\ude00"},true],"c":"x"})";
  for (std::size_t length = 0; length < text.size(); ++length) CHECK(refused(text.substr(0, length)));
}
