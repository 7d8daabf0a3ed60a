// A time stamp as qabyl-verify checks it by itself (RFC 3161; issue 4, line 1): made by the openssl program, held against its own
// verdict; altered, of another time, purpose or authority. Without the program the tests say SKIP.
#include "sync/log/checkpoint.h"
#include "sync/log/leaf.h"
#include "sync/log/tiles.h"
#include "sync/verify/certificate.h"
#include "sync/verify/stamp_check.h"
#include "tests/support/receipt_scene.h"
#include "tests/support/stamp_vector.h"
#include "tests/support/time_authority.h"
#include "tests/verify/program.h"

using namespace qabyl;
namespace tlog = sync::log;
using Outcome = sync::verify::StampCheck::Outcome;

namespace {

const std::string note = "what was stamped\n";

struct Case {
  explicit Case(const std::string& key) : authority("proof", key) {}
  test::TimeAuthority authority;

  bool missing() const {
    if (!authority.here()) WARN("SKIP: no openssl program that makes time stamps");
    return !authority.here();
  }
  sync::verify::StampCheck check(const core::Bytes& response, const std::string& stamped = note, const std::string& root = "root") const {
    return sync::verify::check_stamp(response, core::sha256(core::as_bytes(stamped)), *sync::verify::certificates_in(authority.pem(root)));
  }
};

}  // namespace

TEST_CASE("stamp: what an authority stamped is confirmed, by RSA and on two curves, with its time and name", "[verify][stamp]") {
  for (const char* key : {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ec -pkeyopt ec_paramgen_curve:P-384"}) {
    INFO(key);
    const Case at(key);
    if (at.missing()) return;
    const auto response = at.authority.stamps(note);
    REQUIRE(at.authority.confirms(note, response));
    const auto check = at.check(response);
    INFO(check.why);
    CHECK(check.outcome == Outcome::confirmed);
    CHECK(check.authority == "tsa.example");
    const auto now = std::chrono::system_clock::now();
    CHECK(check.at <= now);
    CHECK(check.at > now - std::chrono::minutes(5));
    CHECK(at.check(response, note, "middle").outcome == Outcome::confirmed);  // any of the chain may be the one that is trusted
    CHECK(at.check(response, note, "tsa").outcome == Outcome::confirmed);
    CHECK(at.check(response, "something else\n").why == "stamp_other");
  }
}

TEST_CASE("stamp: one that was made once is confirmed for ever, and no bit of it can say anything else", "[verify][stamp]") {
  const auto response = test::stamp_vector();
  const std::vector<core::Bytes> roots{test::stamp_vector_root()};
  const auto imprint = core::sha256(core::as_bytes(test::stamp_vector_text));
  const auto check = sync::verify::check_stamp(response, imprint, roots);
  INFO(check.why);
  CHECK(check.outcome == Outcome::confirmed);
  CHECK(check.authority == "tsa.example");
  CHECK(check.at == core::Instant(std::chrono::seconds(test::stamp_vector_unix_s)));
  for (std::size_t bit = 0; bit < response.size() * 8; ++bit) {
    auto bent = response;
    bent[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    const auto other = sync::verify::check_stamp(bent, imprint, roots);
    INFO(bit);
    if (other.outcome == Outcome::confirmed) CHECK((other.at == check.at && other.authority == check.authority));
  }
  CHECK(sync::verify::check_stamp(response, {}, roots).why == "stamp_other");
  CHECK(sync::verify::check_stamp(response, imprint, {}).outcome == Outcome::stranger);
}

TEST_CASE("stamp: of every byte that is changed, the stamp is not confirmed, unless nobody signed that byte", "[verify][stamp]") {
  const Case at("ec -pkeyopt ec_paramgen_curve:P-256");
  if (at.missing()) return;
  const auto response = at.authority.stamps(note);
  std::size_t confirmed = 0, refused = 0;
  for (std::size_t i = 0; i < response.size(); ++i) {
    for (const int bit : {0, 3, 7}) {
      auto bent = response;
      bent[i] ^= static_cast<std::uint8_t>(1 << bit);
      const auto check = at.check(bent);
      refused += check.outcome == Outcome::refused ? 1 : 0;
      if (check.outcome != Outcome::confirmed) continue;
      ++confirmed;
      CHECK(check.at == at.check(response).at);  // granted with changes, versions, digests that nobody uses: they say nothing
    }
  }
  std::printf("%zu bytes, three bits each: %zu refused, %zu say the same\n", response.size(), refused, confirmed);
  CHECK(confirmed < 120);
  for (std::size_t size = 0; size < response.size(); size += 5) CHECK(at.check(core::Bytes(response.begin(), response.begin() + static_cast<std::ptrdiff_t>(size))).why == "stamp_altered");
  auto longer = response;
  longer.push_back(0);
  CHECK(at.check(longer).why == "stamp_altered");
}

TEST_CASE("stamp: a certificate of another purpose, of another time, or under another authority does not count", "[verify][stamp]") {
  const Case at("ec -pkeyopt ec_paramgen_curve:P-256");
  if (at.missing()) return;
  const auto& authority = at.authority;
  const std::string signs = "keyUsage=critical,digitalSignature\n", both = "extendedKeyUsage=critical,timeStamping,serverAuth\n";
  REQUIRE((authority.issue("plain", "middle", signs) && authority.issue("web", "middle", "extendedKeyUsage=critical,serverAuth\n" + signs) && authority.issue("mild", "middle", "extendedKeyUsage=timeStamping\n" + signs) &&
           authority.issue("many", "middle", both + signs) && authority.issue("cipher", "middle", "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,keyEncipherment\n") &&
           authority.issue("fine", "middle", authority.stamping) && authority.issue("old", "middle", authority.stamping, -1) && authority.issue("below", "tsa", authority.stamping) &&
           authority.issue("deep", "middle", "basicConstraints=critical,CA:TRUE\n") && authority.issue("deepest", "deep", authority.stamping)));
  const auto response = authority.stamps(note);  // after all of them were there
  CHECK(at.check(authority.signs_again(response, "fine")).outcome == Outcome::confirmed);  // so that it is the certificate that counts below
  for (const char* name : {"plain", "web", "mild", "many", "cipher"}) {
    INFO(name);
    CHECK(at.check(authority.signs_again(response, name)).why == "stamp_purpose");
  }
  CHECK(at.check(authority.signs_again(response, "old")).why == "stamp_period");
  CHECK(at.check(authority.signs_again(response, "below", "-cades -md sha256 -certfile tsa.pem")).outcome == Outcome::stranger);       // by one that is no authority
  CHECK(at.check(authority.signs_again(response, "deepest", "-cades -md sha256 -certfile deep.pem")).outcome == Outcome::stranger);    // the one above may have none below it
  CHECK(at.check(authority.signs_again(response, "fine", "-md sha256")).why == "stamp_altered");        // it does not say whose certificate it means
  CHECK(at.check(authority.signs_again(response, "fine", "-cades -md sha1")).outcome == Outcome::unknown);
  CHECK(at.check(authority.stamps(note, "sha512")).why == "stamp_other");
  const test::TimeAuthority stranger("stranger", "ec -pkeyopt ec_paramgen_curve:P-256");
  const auto foreign = at.check(stranger.stamps(note));
  CHECK(foreign.outcome == Outcome::stranger);
  CHECK(foreign.authority == "tsa.example");
}

TEST_CASE("stamp: a file without certificates is no root, and hostile ones end quickly", "[verify][stamp]") {
  CHECK_FALSE(sync::verify::certificates_in(""));
  CHECK_FALSE(sync::verify::certificates_in("-----BEGIN CERTIFICATE-----\nAAAA"));
  CHECK_FALSE(sync::verify::certificates_in("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"));
  for (const auto& bytes : {core::Bytes{}, core::Bytes{0x30}, core::Bytes{0x30, 0x80}, core::Bytes{0x30, 0x84, 0xff, 0xff, 0xff, 0xff}, core::Bytes{0x30, 0x81, 0x01, 0x00}, core::Bytes(5000, 0x30)}) {
    CHECK_FALSE(sync::verify::read_certificate(bytes));
    CHECK(sync::verify::check_stamp(bytes, {}, {bytes}).why == "stamp_altered");
  }
}

TEST_CASE("stamp: the program says until when a log existed and by whose word, and how it ends", "[verify][stamp][log]") {
  const Case at("ec -pkeyopt ec_paramgen_curve:P-256");
  if (at.missing()) return;
  const test::ReceiptScene scene;
  const test::VerifyFolder folder;
  const auto entry = tlog::leaf_entry({core::sha256(core::as_bytes(std::string("record"))), scene.filed});
  const auto leaf = tlog::hash_leaf(core::as_bytes(entry));
  const auto checkpoint = tlog::sign_checkpoint({"log.example.kz", 1, leaf}, scene.log);
  core::Bytes bundle;
  tlog::append_entry(bundle, core::as_bytes(entry));
  folder.file("log/" + tlog::tile_path({true, 0, 0, 1}), bundle);
  folder.file("log/" + tlog::tile_path({false, 0, 0, 1}), tlog::hash_tile_bytes({leaf}));
  folder.file("log/checkpoint", checkpoint);
  const auto root = folder.file("tsa.pem", at.authority.pem());
  const auto ask = [&](std::vector<std::string> more, int status, const std::string& says) {
    std::vector<std::string> words{"log", folder.path() + "/log", "--root", core::fingerprint(scene.root.verify_key), "--keys", folder.file("keys.json", scene.keys_json())};
    words.insert(words.end(), more.begin(), more.end());
    const auto answer = test::ask_verify(words);
    INFO(answer.out);
    CHECK(answer.status == status);
    CHECK(answer.out.find(says) != std::string::npos);
  };
  ask({}, 0, "no time stamp of another lies beside the log");
  ask({"--tsa-root", root}, 5, "no time stamp of another lies beside the log");
  folder.file("log/stamp/checkpoint", checkpoint);
  REQUIRE((at.authority.issue("old", "middle", at.authority.stamping, -1) && at.authority.issue("web", "middle", "extendedKeyUsage=critical,serverAuth\n")));
  const auto response = at.authority.stamps(checkpoint);
  folder.file("log/stamp/response.tsr", response);
  ask({}, 0, "by an authority that is not checked");
  ask({"--tsa-root", root}, 0, "by the word of the time stamping authority tsa.example");
  ask({"--tsa-root", root, "--lang", "kk"}, 0, "tsa.example");
  ask({"--tsa-root", root, "--json"}, 0, "\"stamp\":{\"at_s\":");
  const test::TimeAuthority stranger("stranger", "ec -pkeyopt ec_paramgen_curve:P-256");
  ask({"--tsa-root", folder.file("other.pem", stranger.pem())}, 5, "for which none of the certificates that you trust vouches");
  ask({"--tsa-root", folder.file("none.pem", std::string_view("nothing"))}, 1, "no certificate");
  auto bent = response;
  bent[bent.size() - 9] ^= 1;  // in the signature
  folder.file("log/stamp/response.tsr", bent);
  ask({"--tsa-root", root}, 4, "The time stamp is altered");
  folder.file("log/stamp/response.tsr", at.authority.stamps("another checkpoint"));
  ask({"--tsa-root", root}, 4, "over another state of the log");
  folder.file("log/stamp/response.tsr", at.authority.signs_again(response, "old"));
  ask({"--tsa-root", root}, 4, "was not valid at that moment");
  folder.file("log/stamp/response.tsr", at.authority.signs_again(response, "web"));
  ask({"--tsa-root", root, "--json"}, 4, "\"where\":\"stamp/response.tsr\",\"why\":\"stamp_purpose\"");
}
