// The parts of verify.html against standards' vectors and against core, which was written apart from it: hashes,
// signatures, text forms, JSON and JWS. Each question goes to the page in Chromium and to its script in node.
#include "tests/support/catch.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "core/jws.h"
#include "tests/core/seeded_random.h"
#include "tests/page/probe.h"
#include "tests/support/places.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

// Which of `texts` core takes, as the probe answers: a digit each.
template <typename Takes>
std::string digits(const std::vector<std::string>& texts, Takes takes) {
  std::string made;
  for (const auto& text : texts) made += takes(text) ? '1' : '0';
  return made;
}

template <typename Decode>
std::vector<std::string> decoded(const std::vector<std::string>& texts, Decode decode) {
  std::vector<std::string> made;
  for (const auto& text : texts) {
    const auto bytes = decode(text);
    made.push_back(bytes ? core::to_hex(*bytes) : "refused");
  }
  return made;
}

struct Signed { std::string key, message, signature; };  // hex

bool core_accepts(const Signed& each) {
  core::Signature signature{};
  const auto bytes = *core::from_hex(each.signature);
  if (bytes.size() != signature.size()) return false;
  std::copy(bytes.begin(), bytes.end(), signature.begin());
  return core::verify(*core::digest_from_hex(each.key), *core::from_hex(each.message), signature);
}

std::string list_of(const std::vector<Signed>& all) {
  std::string list = "[";
  for (const auto& each : all) list += js(std::vector<std::string>{each.key, each.message, each.signature}) + ",";
  return list + "]";
}

}  // namespace

TEST_CASE("page: SHA-256 and SHA-512 give what the standards say", "[page]") {
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(host->ask("toHex(sha256(bytesOf('abc')))") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(host->ask("toHex(sha512(bytesOf('abc')))") ==
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    CHECK(host->ask("toHex(sha512(new Uint8Array(0)))") ==
          "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
    CHECK(host->ask("toHex(sha256(new Uint8Array(1000000).fill(97)))") == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    std::string sizes = "[", expected;  // every way that a message can end in a block
    for (std::size_t size = 0; size < 200; ++size) {
      sizes += std::to_string(size) + ",";
      expected += core::to_hex(core::sha256(core::Bytes(size, static_cast<std::uint8_t>(size)))) + (size < 199 ? "\n" : "");
    }
    CHECK(probe(*host, "probe.hashes(" + sizes + "])") == expected);
  }
}

TEST_CASE("page: Ed25519 accepts the vectors of RFC 8032 and none of them with a bit changed", "[page]") {
  const std::vector<Signed> vectors{
      {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
      {"ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
       "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"}};
  std::vector<Signed> changed;
  for (std::size_t bit = 0; bit < 96 * 8; ++bit) {  // key and signature
    auto each = vectors[bit % vectors.size()];
    auto& part = bit < 32 * 8 ? each.key : each.signature;
    const auto at = bit < 32 * 8 ? bit : bit - 32 * 8;
    auto bytes = *core::from_hex(part);
    bytes[at / 8] ^= static_cast<std::uint8_t>(1U << (at % 8));
    part = core::to_hex(bytes);
    changed.push_back(each);
  }
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(probe(*host, "probe.signatures(" + list_of(vectors) + ")") == "1111");
    CHECK(probe(*host, "probe.signatures(" + list_of(changed) + ")") == std::string(changed.size(), '0'));
    CHECK(host->ask("verifySignature(new Uint8Array(31), new Uint8Array(0), new Uint8Array(64))") == "false");
    CHECK(host->ask("verifySignature(new Uint8Array(32), new Uint8Array(0), new Uint8Array(63))") == "false");
  }
}

TEST_CASE("page: Ed25519 accepts exactly what libsodium accepts of signatures that no honest signer makes", "[page]") {
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto made = core::parse_json(probe(*host, "probe.hostileSignatures()"), 16 * 1024 * 1024);
    REQUIRE(made);
    std::vector<Signed> all;
    std::map<std::string, std::pair<int, int>> counts;  // what -> made, accepted by core
    std::string expected;
    for (const auto& each : made->array()) {
      const auto& parts = each.array();
      all.push_back({parts[1].string(), parts[2].string(), parts[3].string()});
      expected += core_accepts(all.back()) ? '1' : '0';
      auto& [count, accepted] = counts[parts[0].string()];
      ++count;
      accepted += expected.back() == '1' ? 1 : 0;
    }
    CHECK(probe(*host, "probe.signatures(" + list_of(all) + ")") == expected);
    CHECK(counts["honest"] == std::pair(1, 1));
    CHECK(counts["small key, small R"].first >= 100);
    CHECK(counts["mixed key"].second > 0);  // the equation without cofactor: accepted where the hash happens to fit
    CHECK(counts["mixed key"].second < counts["mixed key"].first);
    for (const char* refused : {"small key, small R", "small key", "small R", "mixed R", "S not reduced", "key not canonical"}) {
      INFO(refused);
      CHECK(counts[refused].first > 0);
      CHECK(counts[refused].second == 0);
    }
  }
}

TEST_CASE("page: honest signatures over messages of many lengths are accepted", "[page]") {
  SeededRandom random(5);
  const auto key = core::new_signing_key(random);
  std::vector<Signed> all;
  for (std::size_t size = 0; size < 260; size += 13) {
    core::Bytes message(size);
    random.fill(message);
    all.push_back({core::to_hex(key.verify_key), core::to_hex(message), core::to_hex(core::sign(key, message))});
  }
  for (PageHost* host : page_hosts()) CHECK(probe(*host, "probe.signatures(" + list_of(all) + ")") == std::string(all.size(), '1'));
}

TEST_CASE("page: base45, base64 and hex are read in their one spelling, as core reads them", "[page]") {
  const std::vector<std::string> base45{"", "BB8", "%69 VD92EX0", "UJCLQE7W581", "A", "BB8A", "GGW", "GGX", ":::", "::", "UR", "U5", "bb8", "BB\n", "QED8WEX0", "FGW", "QED8WEX0 "};
  const std::vector<std::string> base64{"", "Zg", "Zm8", "Zm9v", "Zh", "Zm9", "Zm9vYg==", "Z", "Zm9vY", "-_-_", "+/+/", "Zm 9", "Zm9v\n", "Zm9vYmE=", "Zg==", "Zh==", "Zm9vYmF=", "Zg=", "===="};
  const std::vector<std::string> hex{"", "00ff", "0", "0F", "0g", " 00", "00 "};
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto page_says = [&](const std::string& decoder, const std::vector<std::string>& texts) { return lines_of(probe(*host, "probe.decoded(" + decoder + ", " + js(texts) + ")")); };
    CHECK(page_says("fromBase45", base45) == decoded(base45, core::from_base45));
    CHECK(page_says("fromBase64Url", base64) == decoded(base64, core::from_base64url));
    CHECK(page_says("fromBase64", base64) == decoded(base64, core::from_base64));
    CHECK(page_says("fromHex", hex) == decoded(hex, core::from_hex));
    CHECK(host->ask("textOf(fromBase45('QED8WEX0'))") == "ietf!");  // RFC 9285, 4.4
  }
}

TEST_CASE("page: JSON is taken and refused as core does it", "[page]") {
  std::string deep16(16, '['), deep17(17, '[');
  std::vector<std::string> texts{"{}", " {\"a\":1}\n", "[]", "\"a\"", "0", "-1", "9007199254740991", "9007199254740992", "-9007199254740991", "-9007199254740992",
      "01", "1.0", "1e3", "1E3", "+1", ".5", "-", "true", "false", "null", "nul", "{\"a\":null}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}", "{\"__proto__\":1,\"a\":{}}",
      "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "{'a':1}", "[1 2]", "[]]", "{}{}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\\u12\"", "\"a\nb\"", "\"a\tb\"",
      "\"\\u0000\"", "\"\x7f\"", "\xEF\xBB\xBF{}", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xd2\x9b\"", "", " ", "\v{}", "{}\f", "// x\n{}", "[1/**/]",
      deep16 + std::string(16, ']'), deep17 + std::string(17, ']'), "\"" + std::string(100'000, 'a') + "\"", std::string(100'000, '['), "\"\\", "\"", "[true false]", "tru", "truex", "[-0]", "-01"};
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const std::string said = probe(*host, "probe.readsJson(" + js(in_hex(texts)) + ")"), expected = digits(texts, [](const auto& text) { return core::parse_json(text, 1 << 20).has_value(); });
    REQUIRE(said.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      INFO(texts[i].substr(0, 60));
      CHECK(said[i] == expected[i]);
    }
  }
}

TEST_CASE("page: thousands of texts out of pieces of JSON and of base45 and base64 are read as core reads them", "[page][fuzz]") {
  const std::vector<std::string> pieces{"{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"b\"", "1", "0", "-", ".", "e5", "true", "false", "null", " ", "\n", "\\u00e9", "\\ud83d", "\\ude00", "\xD2\x9B", "\xff", "9007199254740991",
                                        "{\"a\":1}", "[1,2]", "{\"a\":\"b\",\"c\":[true]}"};
  const std::string characters = "ABCDZYXzyx0129 $%*+-./:=_";
  std::mt19937_64 random(11);
  std::vector<std::string> json, encoded;
  for (int i = 0; i < 4000; ++i) {
    std::string text = i % 2 == 0 ? "" : "{\"a\":";
    for (auto count = 1 + random() % 6; count > 0; --count) text += pieces[random() % pieces.size()];
    json.push_back(text + (i % 2 == 0 ? "" : "}"));
    text.clear();
    for (auto count = random() % 9; count > 0; --count) text += characters[random() % characters.size()];
    encoded.push_back(text);
  }
  const std::string expected = digits(json, [](const auto& text) { return core::parse_json(text, 1 << 20).has_value(); });
  CHECK(std::count(expected.begin(), expected.end(), '1') > 200);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const std::string said = probe(*host, "probe.readsJson(" + js(in_hex(json)) + ")");
    REQUIRE(said.size() == json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      INFO(json[i]);
      if (said[i] != expected[i]) CHECK(said[i] == expected[i]);
    }
    CHECK(said == expected);
    CHECK(lines_of(probe(*host, "probe.decoded(fromBase45, " + js(encoded) + ")")) == decoded(encoded, core::from_base45));
    CHECK(lines_of(probe(*host, "probe.decoded(fromBase64Url, " + js(encoded) + ")")) == decoded(encoded, core::from_base64url));
    CHECK(lines_of(probe(*host, "probe.decoded(fromBase64, " + js(encoded) + ")")) == decoded(encoded, core::from_base64));
  }
}

TEST_CASE("page: a JWS has one spelling of its header, as in core", "[page]") {
  SeededRandom random(3);
  const auto key = core::new_signing_key(random);
  const std::string good = core::sign_jws(key, core::typ::record, core::as_bytes("{}"));
  const auto first = good.find('.'), second = good.rfind('.');
  const auto with_header = [&](std::string_view header) { return core::to_base64url(core::as_bytes(header)) + good.substr(first); };
  const std::string kid = core::key_id(key.verify_key);
  const std::vector<std::string> texts{good, good + ".", "." + good, good.substr(0, second), good + "=", good + "\n", good.substr(0, good.size() - 1),
      with_header("{\"alg\":\"none\",\"kid\":\"" + kid + "\",\"typ\":\"qabyl-record+jws\"}"), with_header("{\"kid\":\"" + kid + "\",\"alg\":\"EdDSA\",\"typ\":\"qabyl-record+jws\"}"),
      with_header("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"qabyl-record+jws\",\"crit\":[]}"), with_header("{ \"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"qabyl-record+jws\"}"),
      with_header("{\"alg\":\"EdDSA\",\"kid\":\"" + kid.substr(1) + "\",\"typ\":\"qabyl-record+jws\"}"), with_header("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"\"}"),
      with_header("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\",\"typ\":\"qabyl-keys+jws\"}"), "", ".", "..", "..."};
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(probe(*host, "probe.readsJws(" + js(texts) + ")") == digits(texts, [](const auto& text) { return core::parse_jws(text).has_value(); }));
  }
}

TEST_CASE("page: CBOR numbers are read in their shortest form only", "[page]") {
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    for (const auto& [hex, value] : std::vector<std::pair<std::string, std::string>>{  // RFC 8949, appendix A
             {"00", "0"}, {"17", "23"}, {"1818", "24"}, {"1864", "100"}, {"1903e8", "1000"}, {"1a000f4240", "1000000"}, {"1b000000e8d4a51000", "1000000000000"},
             {"1bffffffffffffffff", "18446744073709551615"}, {"1817", "refused"}, {"190018", "refused"}, {"1900ff", "refused"}, {"1a0000ffff", "refused"}, {"1b00000000ffffffff", "refused"},
             {"18", "refused"}, {"1b00", "refused"}, {"1c", "refused"}, {"1f", "refused"}, {"20", "refused"}, {"fb3ff0000000000000", "refused"}, {"", "refused"}}) {
      INFO(hex);
      CHECK(probe(*host, "(() => { let value = 'refused'; probe.accepts(() => { value = new CborReader(fromHex('" + hex + "')).number((1n << 64n) - 1n); }); return value; })()") == value);
    }
  }
}

TEST_CASE("page: every Merkle vector gets its verdict", "[page][vectors]") {
  const std::filesystem::path folder = std::filesystem::path(qabyl::test::in_source()) / "../shared/vectors/merkle";
  if (!std::filesystem::exists(folder)) {
    WARN("SKIP: no ../shared/vectors/merkle here, the Merkle vectors were not given to verify.html");
    return;
  }
  std::vector<std::string> texts;
  std::string expected, names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    texts.push_back(rig::read_text(entry.path().string()));
    expected += texts.back().find("\"wantErr\": true") == std::string::npos ? "true," : "false,";
  }
  CHECK(texts.size() == 196);
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    CHECK(probe(*host, js(texts) + ".map(probe.merkle).join(',') + ','") == expected);
  }
}

TEST_CASE("page: eight leaves give the root that RFC 6962's authors publish", "[page][vectors]") {
  const std::string tree = R"((() => {
    const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(fromHex);
    let level = leaves.map(hashOfLeaf);
    while (level.length > 1) level = level.filter((_, i) => i % 2 === 0).map((left, i) => hashOfNode(left, level[2 * i + 1]));
    return toHex(level[0]);
  })())";
  for (PageHost* host : page_hosts()) CHECK(host->ask(tree) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("page: a signed note of somebody else's verifies, and not with a byte changed", "[page]") {
  // The example of the format's author (golang.org/x/mod/sumdb/note).
  const std::string note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
                           "\xE2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  const std::string key = "fromBase64('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').slice(1)";
  for (PageHost* host : page_hosts()) {
    INFO(host->name());
    const auto verifies = [&](const std::string& text, const std::string& name) {
      return probe(*host, "probe.accepts(() => demand(isSignedBy(parseNote(" + js(text) + "), " + js(name) + ", " + key + "), 'unknown', ''))");
    };
    CHECK(verifies(note, "PeterNeumann") == "true");
    CHECK(verifies(note, "PeterNeuman") == "false");
    CHECK(verifies(note + "\xE2\x80\x94 somebody.else AAAAAAAAAA==\n", "PeterNeumann") == "true");  // lines by others are passed over
    for (std::size_t i = 0; i < note.size(); ++i) {
      std::string changed = note;
      changed[i] = changed[i] == 'x' ? 'y' : 'x';
      INFO(i);
      CHECK(verifies(changed, "PeterNeumann") == "false");
    }
    for (const char* no_note : {"", "\n", "\n\n", "text\n", "text\n\n", "text\n\n\xE2\x80\x94 name\n", "text\n\n\xE2\x80\x94 name AAAA\n", "text\n\n- name AAAAAAAAAA==\n", "text\n\n\xE2\x80\x94 name AAAAAAAAAA==",
                                "te\txt\n\n\xE2\x80\x94 name AAAAAAAAAA==\n", "text\n\n\xE2\x80\x94 na+me AAAAAAAAAA==\n", "text\n\n\xE2\x80\x94 name AAAAAAAAAA\n"}) {
      INFO(no_note);
      CHECK(probe(*host, "probe.accepts(() => parseNote(" + js(no_note) + "))") == "false");
    }
  }
}
