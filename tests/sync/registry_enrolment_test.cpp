// Enrolment through Api::handle: tokens, possession, what the kiosk gets (RELIABILITY 4.7 row 56, 4.9).
#include "core/counter_receipt.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;

TEST_CASE("a kiosk enrols once, and its key statement verifies under the registry's keys", "[sync][registry][enrol]") {
  TestOffice office;
  const auto file = office.add_kiosk("AL-03");
  TestKiosk kiosk(office, file);
  CHECK(kiosk.answer.device == "AL-03");
  CHECK(core::fingerprint(kiosk.answer.root_key) == file.root_sha256);
  CHECK(core::to_hex(*sync::certificate_fingerprint(kiosk.answer.ca)) == file.ca_sha256);
  const auto statement = core::kiosk_key_statement("AL-03", kiosk.key.verify_key, kiosk.answer.key_from, kiosk.answer.key_to);
  CHECK(core::verify(kiosk.keys.entries().front().key, core::as_bytes(statement), kiosk.answer.registry_signature));
  CHECK(code_of(office.ask(kiosk.enrol_request(file.token))) == "token-used");
}

TEST_CASE("an unknown, expired or unproved enrolment is refused and burns nothing", "[sync][registry][enrol]") {
  TestOffice office;
  TestKiosk other(office, office.add_kiosk("AS-01"), 5);
  const auto file = office.add_kiosk("AL-03");
  CHECK(office.ask(other.enrol_request(std::string(32, '0'))).status == 401);
  CHECK(code_of(office.ask(other.enrol_request(file.token))) == "csr");  // its CSR names another device
  auto unproved = *sync::decode_enrol_request(other.enrol_request(file.token).body);
  unproved.possession = core::sign_jws(other.key, core::typ::possession, core::as_bytes("{}"));
  CHECK(code_of(office.ask(TestKiosk::enrol_request(unproved))) == "possession");
  office.now += std::chrono::hours(24 * 8);
  CHECK(code_of(office.ask(other.enrol_request(file.token))) == "token-expired");
  office.now -= std::chrono::hours(24 * 8);
  TestKiosk kiosk(office, file, 6);
  CHECK(kiosk.answer.device == "AL-03");
}

TEST_CASE("a broken certificate request is refused", "[sync][registry][enrol]") {
  TestOffice office;
  const auto& authority = office.registry->keys.authority;
  const reg::Validity validity{noon, noon + std::chrono::hours(1)};
  CHECK_FALSE(authority.sign_request("nothing", "AL-03", validity, office.random));
  auto identity = *sync::new_tls_identity("AL-03");
  CHECK(authority.sign_request(identity.request_pem, "AL-03", validity, office.random));
  CHECK_FALSE(authority.sign_request(identity.request_pem, "AL-04", validity, office.random));
  auto& pem = identity.request_pem;
  pem[pem.size() / 2] = pem[pem.size() / 2] == 'A' ? 'B' : 'A';
  CHECK_FALSE(authority.sign_request(pem, "AL-03", validity, office.random));
}

TEST_CASE("trusted time is signed over the kiosk's own nonce", "[sync][registry]") {
  TestOffice office;
  TestKiosk kiosk(office, office.add_kiosk("AL-03"));
  const std::string nonce(32, 'a');
  const auto answer = office.ask(kiosk.request("GET", "/v1/time?nonce=" + nonce));
  const auto time = sync::open_time_answer(answer.body, nonce, kiosk.keys);
  REQUIRE(time);
  CHECK(*time == office.now);
  CHECK_FALSE(sync::open_time_answer(answer.body, std::string(32, 'b'), kiosk.keys));
  CHECK(office.ask(kiosk.request("GET", "/v1/time?nonce=zz")).status == 400);
}

TEST_CASE("key files are the office's alone, and a readable one stops the start", "[sync][registry]") {
  TestOffice office;
  const auto path = office.folder() + "/keys/acceptance.key";
  office.registry.reset();
  std::filesystem::permissions(path, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  const auto keys = reg::open_office_keys(office.folder());
  REQUIRE_FALSE(keys);
  CHECK(keys.error().code == core::ErrorCode::forbidden);
}
