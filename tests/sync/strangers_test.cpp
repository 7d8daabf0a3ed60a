// What Qabyl signs is read by libraries that know nothing of it (issue 4, how it is proved): a JOSE library verifies the
// registry's acceptance and the office's list of keys, a COSE library the code on a receipt. And refuses what was altered.
#include <fstream>

#include "core/encoding.h"
#include "tests/support/receipt_scene.h"
#include "tests/support/rig.h"
#include "tests/sync/npm_folder.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

core::Json jws_case(const std::string& text, const core::VerifyKey& key) { return core::Json::Object{{"form", "jws"}, {"text", text}, {"key", core::to_hex(key)}}; }
core::Json qr_case(const std::string& text) { return core::Json::Object{{"form", "qr"}, {"text", text}}; }

// The library's answers, one a case. Empty: this machine has no such library, and the test has said so.
std::vector<core::Json> ask_strangers(core::Json::Array cases) {
  const auto strangers = npm_folder("tests/sync/strangers", {"verify.mjs", "extensions.mjs"});
  if (!strangers.missing.empty()) {
    WARN("SKIP: no library of others verified: " << strangers.missing);
    return {};
  }
  const auto count = cases.size();
  const std::string file = strangers.path + "/cases.json", said = strangers.path + "/said";
  rig::write_text(file, core::canonical(core::Json(std::move(cases))));
  std::filesystem::remove(said);
  const int ended = rig::run({"/bin/sh", "-c", "cd '" + strangers.path + "' && NODE_NO_WARNINGS=1 exec node --experimental-loader ./extensions.mjs verify.mjs cases.json"}, said);
  INFO(rig::read_text(said));
  REQUIRE(ended == 0);
  std::vector<core::Json> answers;
  std::istringstream lines(rig::read_text(said));
  for (std::string line; std::getline(lines, line);) answers.push_back(*core::parse_json(line, 1024 * 1024));
  REQUIRE(answers.size() == count);
  return answers;
}

bool is_ok(const core::Json& answer) { return answer.find("ok") != nullptr && answer.find("ok")->boolean(); }

// The text with one bit of the byte at `at` changed, written again as base64url or as it was.
std::string with_changed_part(const std::string& jws, std::size_t part, std::size_t at) {
  std::vector<std::string> parts;
  std::istringstream dots(jws);
  for (std::string one; std::getline(dots, one, '.');) parts.push_back(one);
  auto bytes = *core::from_base64url(parts[part]);
  bytes[at % bytes.size()] ^= 1;
  parts[part] = core::to_base64url(bytes);
  return parts[0] + "." + parts[1] + "." + parts[2];
}

}  // namespace

TEST_CASE("a JOSE library of others verifies an acceptance and the list of keys, and nothing that was altered", "[sync][strangers]") {
  TestOffice office;
  office.fill();
  TestKiosk kiosk(office, office.enrolment);
  auto odd = record("nothing.known", 1, id(1), core::Json::Object{{"x", 1}}, kiosk.device);
  odd.actor.role = "applicant";
  const auto filed = kiosk.next(std::move(odd));
  const auto answer = kiosk.put(filed);
  const auto verdict = kiosk.verdict(answer, filed);
  REQUIRE(verdict.log);
  const auto jws = *sync::decode_verdict_answer(answer.body);
  const auto& keys = office.registry->keys;
  core::Json::Array cases{jws_case(jws, keys.acceptance.verify_key), jws_case(keys.keys_jws, keys.root), jws_case(jws, keys.log.verify_key)};
  for (std::size_t part = 0; part < 3; ++part) {
    for (std::size_t at = 0; at < 16; ++at) cases.push_back(jws_case(with_changed_part(jws, part, at * 7), keys.acceptance.verify_key));
  }
  const auto answers = ask_strangers(std::move(cases));
  if (answers.empty()) return;
  REQUIRE(is_ok(answers[0]));
  const auto* payload = answers[0].find("payload");
  CHECK(payload->text("id") == filed.record.id);
  CHECK(payload->text("digest") == core::to_hex(filed.digest));
  CHECK(payload->find("log")->number("index", -1) == static_cast<std::int64_t>(verdict.log->index));
  CHECK(answers[0].find("header")->text("typ") == core::typ::verdict);
  REQUIRE(is_ok(answers[1]));
  CHECK(answers[1].find("payload")->text("root") == core::to_hex(keys.root));
  for (std::size_t i = 2; i < answers.size(); ++i) {
    INFO(i);
    CHECK_FALSE(is_ok(answers[i]));
  }
}

TEST_CASE("a COSE library of others verifies the code of a receipt and reads it, and nothing that was altered", "[sync][strangers]") {
  const ReceiptScene scene;
  const auto receipt = scene.receipt();
  const std::string good = scene.qr();
  core::Json::Array cases{qr_case(good)};
  auto cose = *core::from_base45(std::string_view(good).substr(5));
  for (std::size_t at = 0; at < cose.size(); at += 5) {
    auto changed = cose;
    changed[at] ^= 1;
    cases.push_back(qr_case("QBL1:" + core::to_base45(changed)));
  }
  const auto answers = ask_strangers(std::move(cases));
  if (answers.empty()) return;
  REQUIRE(is_ok(answers[0]));
  const auto& items = answers[0].items("payload");
  REQUIRE(items.size() == 14);
  CHECK(items[0].integer() == 1);
  CHECK(items[1].string() == receipt.device);
  CHECK(items[4].string() == core::to_hex(receipt.record));
  CHECK(items[5].string() == core::to_hex(receipt.documents));
  CHECK(items[6].integer() == receipt.filed_at.time_since_epoch().count());
  CHECK(items[8].integer() == receipt.u_ms);
  CHECK(items[9].string() == core::to_hex(receipt.kiosk_key));
  CHECK(answers.size() > 40);
  for (std::size_t i = 1; i < answers.size(); ++i) {
    INFO(i << " " << core::canonical(answers[i]));
    CHECK_FALSE(is_ok(answers[i]));
  }
}
