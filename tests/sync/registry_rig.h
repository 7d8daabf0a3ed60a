// A real registry in a temporary folder, driven through Api::handle with made-up instants, and a kiosk that
// signs real records. No sockets, no threads. Its people and papers: tests/core/cases.h.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <unistd.h>

#include "sync/client/tls_identity.h"
#include "sync/registry/api.h"
#include "sync/registry/enrolment.h"
#include "sync/registry/group_commit.h"
#include "sync/registry/intake.h"
#include "sync/registry/sample.h"
#include "sync/wire/feed.h"
#include "tests/core/cases.h"
#include "tests/support/places.h"
#include "tests/sync/documented.h"

namespace qabyl::test {

namespace reg = sync::registry;

class TestOffice {
 public:
  // `from`: the office's first moment. Certificates are checked against the machine's clock, so tests over real
  // TLS begin now.
  explicit TestOffice(core::Instant from = noon)
      : now(from), folder_((std::filesystem::temp_directory_path() / ("qabyl-registry-test-" + std::to_string(getpid()))).string()) {
    std::filesystem::remove_all(folder_);
    REQUIRE(reg::Registry::create(folder_, "localhost", from, random));
    reopen();
  }
  ~TestOffice() {
    registry.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  void reopen() {
    registry.reset();
    auto opened = reg::Registry::open({folder_, assets, &random, core::argon2_minimum});
    if (!opened) FAIL(opened.error().detail);
    registry = *std::move(opened);
    api.emplace(*registry);
  }
  sync::Response ask(const sync::Request& request) {
    auto answer = line ? line(request) : api->handle(request, now);
    CHECK(undocumented(request, answer) == "");
    return answer;
  }
  // The sample office; its secrets.
  core::Json fill() {
    auto sample = reg::make_sample_office(*registry, "https://localhost:1", file_text(qabyl::test::in_source("/assets/sample/office.json")), now);
    if (!sample) FAIL(sample.error().detail);
    enrolment = sample->enrolment;
    return sample->secrets;
  }
  sync::EnrolmentFile add_kiosk(const std::string& device, std::vector<std::string> bureaus = {}) {
    auto file = reg::add_kiosk(*registry, {device, {"Алматы", "Алматы", "Almaty"}, std::move(bureaus), "kz-2004-249", "https://localhost:1"}, now);
    if (!file) FAIL(file.error().detail);
    return *file;
  }
  std::int64_t count(const std::string& sql) { return *registry->database.integer(sql, -1); }
  const std::string& folder() const { return folder_; }

  SeededRandom random{7};
  core::Instant now;
  std::unique_ptr<reg::Registry> registry;
  std::optional<reg::Api> api;
  sync::EnrolmentFile enrolment;
  std::string assets = qabyl::test::in_build("/assets");  // read at the next reopen()
  std::function<sync::Response(const sync::Request&)> line;  // what carries a request here (wire_line.h); none: Api::handle
  std::map<std::string, std::pair<std::string, std::string>> shown;  // of each device: the certificate and the key that it shows

 private:
  std::string folder_;
};

inline sync::Request plain_request(std::string method, std::string target, std::string body = {}) {
  sync::Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.body = std::move(body);
  return request;
}

inline std::string code_of(const sync::Response& response) {
  const auto problem = sync::problem_in(response);
  return problem ? problem->code : "";
}

// A filing whose documents are these; the first of them is the signed form.
inline core::Record filing_of(const std::vector<std::string>& documents, const std::string& type = "application/pdf") {
  auto made = submit_record();
  made.docs.clear();
  core::Json::Array indexes;
  for (const auto& bytes : documents) {
    indexes.push_back(core::Json(static_cast<std::int64_t>(made.docs.size())));
    made.docs.push_back({"a.pdf", bytes.size(), digest(bytes), type});  // the same name again is allowed (4.7, row 29)
  }
  auto item = core::Json(core::Json::Object{{"code", "LD1"}, {"pages", static_cast<std::int64_t>(documents.size())}});
  item["docs"] = std::move(indexes);
  made.body["items"] = core::Json::Array{item};
  made.body["signature"]["paper"] = core::to_hex(digest(documents.front()));
  return made;
}

class TestKiosk {
 public:
  TestKiosk(TestOffice& office, const sync::EnrolmentFile& file, std::uint8_t seed = 3)
      : office_(office), random_(seed), device(file.device), key(core::new_signing_key(random_)), tls(*sync::new_tls_identity(file.device)) {
    const auto response = office.ask(enrol_request(file.token));
    if (response.status != 200) FAIL(response.body);
    answer = *sync::decode_enrol_answer(response.body);
    keys = *core::Keyring::open(answer.keys, answer.root_key);
    office.shown[device] = {answer.certificate, tls.key_pem};
    serial = *office.registry->database.text("SELECT serial FROM certificates WHERE device = '" + device + "'");
  }
  sync::Request enrol_request(const std::string& token) const {
    return enrol_request({token, tls.request_pem, key.verify_key, possession(token)});
  }
  static sync::Request enrol_request(const sync::EnrolRequest& body) {
    auto made = plain_request("POST", "/v1/enrol", sync::encode(body));
    made.set("Content-Type", std::string(sync::json_media_type));
    return made;
  }
  std::string possession(const std::string& token) const {
    return core::sign_jws(key, core::typ::possession, core::as_bytes(sync::possession_payload(token, key.verify_key)));
  }
  sync::Request request(std::string method, std::string target, std::string body = {}) const {
    auto made = plain_request(std::move(method), std::move(target), std::move(body));
    made.device = device;
    made.serial = serial;
    return made;
  }
  // The next record of this kiosk's journal; kept() must be called once the registry has it.
  core::SignedRecord next(core::Record record) const {
    record.device = device;
    record.q = q + 1;
    record.prev = head;
    return core::sign_record(std::move(record), key);
  }
  core::SignedRecord next_filing(int n) const {
    auto record = submit_record();
    record.id = record.case_id = id(n);
    return next(std::move(record));
  }
  sync::Response put(const core::SignedRecord& record) {
    const auto response = office_.ask(put_request(record));
    if (response.status == 200 && record.record.q == q + 1) kept(record);
    return response;
  }
  sync::Request put_request(const core::SignedRecord& record) const {
    auto made = request("PUT", "/v1/records/" + record.record.id, record.jws);
    made.set("Content-Type", std::string(sync::record_media_type));
    return made;
  }
  void kept(const core::SignedRecord& record) {
    q = record.record.q;
    head = record.digest;
  }
  core::Verdict verdict(const sync::Response& response, const core::SignedRecord& record) const {
    INFO(response.body);
    REQUIRE(response.status == 200);
    const auto opened = core::open_verdict(*sync::decode_verdict_answer(response.body), keys, record.record.id, record.digest);
    if (!opened) FAIL(opened.error().detail);
    return *opened;
  }

 private:
  TestOffice& office_;
  SeededRandom random_;

 public:
  std::string device, serial;
  core::SigningKey key;
  sync::TlsIdentity tls;
  sync::EnrolAnswer answer;
  core::Keyring keys;
  std::int64_t q = 0;
  core::Digest head{};
};

}  // namespace qabyl::test
