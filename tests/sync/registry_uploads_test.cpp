// Uploads by tus 1.0.0 through Api::handle: offsets, checksums, lengths, completion, expiry, takeover
// (RELIABILITY I5, 4.7 rows 29-39).
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Filing {           // one record with two documents, taken by the office
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  std::string first = std::string(70'000, 'a') + "end", second = "second";
  core::SignedRecord record;

  Filing() {
    record = kiosk.next(filing_of({first, second}));
    const auto verdict = kiosk.verdict(kiosk.put(record), record);
    REQUIRE(verdict.outcome == core::Outcome::received);
  }
  sync::Request tus(std::string method, std::string target, std::string body = {}) const {
    auto request = kiosk.request(std::move(method), std::move(target), std::move(body));
    request.set("Tus-Resumable", "1.0.0");
    return request;
  }
  sync::Response create(int index, std::size_t length) {
    auto request = tus("POST", "/v1/uploads");
    request.set("Upload-Length", std::to_string(length));
    request.set("Upload-Metadata", sync::tus::to_metadata({record.record.id, index}));
    return office.ask(request);
  }
  std::string created(int index, std::size_t length) {
    const auto response = create(index, length);
    INFO(response.body);
    REQUIRE(response.status == 201);
    return std::string(response.header("Location"));
  }
  sync::Request append_request(const std::string& upload, std::size_t offset, std::string bytes) const {
    auto request = tus("PATCH", upload);
    request.set("Content-Type", "application/offset+octet-stream");
    request.set("Content-Length", std::to_string(bytes.size()));
    request.set("Upload-Offset", std::to_string(offset));
    request.body = std::move(bytes);
    return request;
  }
  sync::Response append(const std::string& upload, std::size_t offset, std::string bytes) {
    return office.ask(append_request(upload, offset, std::move(bytes)));
  }
  std::string offset(const std::string& upload) {
    return std::string(office.ask(tus("HEAD", upload)).header("Upload-Offset"));
  }
  core::Verdict verdict() {
    return kiosk.verdict(office.ask(kiosk.request("GET", "/v1/records/" + record.record.id)), record);
  }
};

}  // namespace

TEST_CASE("a filing is accepted exactly when its last document is whole", "[sync][registry][tus]") {
  Filing f;
  const auto a = f.created(0, f.first.size());
  CHECK(f.append(a, 0, f.first.substr(0, 1000)).header("Upload-Offset") == "1000");
  CHECK(f.append(a, 1000, f.first.substr(1000)).status == 204);
  CHECK(f.verdict().missing == std::vector<int>{1});
  const auto b = f.created(1, f.second.size());
  CHECK(f.append(b, 0, f.second).status == 204);
  CHECK(f.verdict().outcome == core::Outcome::accepted);
  const auto bytes = f.office.registry->read_document(digest(f.first));
  REQUIRE(bytes);
  CHECK(core::as_text(*bytes) == f.first);
  CHECK(f.office.count("SELECT count(*) FROM cases WHERE state = 'submitted'") == 1);
}

TEST_CASE("an act waits while an earlier one of its device and case waits for its documents, and is judged right after it", "[sync][registry][tus]") {
  Filing f;
  const auto withdrawal = [&](int n) {
    auto made = record(core::kind::application_withdraw, n, f.record.record.case_id, core::Json::Object{{"representative", core::Json::Object{{"name", "Ерлан Мысалов"}, {"position", "заңгер"}}}}, "AL-03");
    made.docs = {{"statement.pdf", f.second.size(), digest(f.second), "application/pdf"}};
    made.body["signature"] = core::to_json(signature(made.docs[0].sha256, 1, n));
    made.actor.role = "applicant";
    return f.kiosk.next(std::move(made));
  };
  const auto outcome = [&](const core::SignedRecord& one) { return (*f.office.registry->store.record(one.record.id))->outcome; };
  const auto first = withdrawal(2);
  const auto told = f.kiosk.verdict(f.kiosk.put(first), first);  // the filing that it withdraws does not count yet
  CHECK(told.outcome == core::Outcome::received);
  REQUIRE(f.office.registry->store.mark_here(first.record.id, 0));
  REQUIRE(reg::settle(*f.office.registry, first.record.id, f.office.now));
  CHECK(outcome(first) == core::Outcome::received);
  const auto waiting = f.kiosk.verdict(f.office.ask(f.kiosk.request("GET", "/v1/records/" + first.record.id)), first);
  CHECK(waiting.missing.empty());
  const auto second = withdrawal(3);
  CHECK(f.kiosk.verdict(f.kiosk.put(second), second).outcome == core::Outcome::received);
  auto odd = record("nothing.known", 4, id(4), core::Json::Object{{"x", 4}}, "AL-03");
  odd.actor.role = "applicant";
  const auto elsewhere = f.kiosk.next(std::move(odd));
  CHECK(f.kiosk.verdict(f.kiosk.put(elsewhere), elsewhere).outcome == core::Outcome::quarantined);  // other cases do not wait
  CHECK(f.append(f.created(0, f.first.size()), 0, f.first).status == 204);
  CHECK(outcome(f.record) == core::Outcome::received);
  CHECK(f.append(f.created(1, f.second.size()), 0, f.second).status == 204);
  CHECK(f.verdict().outcome == core::Outcome::accepted);
  CHECK(outcome(first) == core::Outcome::accepted);
  CHECK(outcome(second) == core::Outcome::quarantined);
  CHECK((*f.office.registry->store.record(second.record.id))->reason == "application.not_open");
  CHECK(f.office.count("SELECT count(*) FROM cases WHERE state = 'withdrawn'") == 1);
}

TEST_CASE("a wrong offset is 409 with the present one and changes nothing", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(0, f.first.size());
  f.append(upload, 0, f.first.substr(0, 100));
  for (const std::size_t wrong : {std::size_t{99}, std::size_t{101}, std::size_t{0}}) {
    const auto answer = f.append(upload, wrong, "x");
    CHECK(answer.status == 409);
    CHECK(answer.header("Upload-Offset") == "100");
  }
  const auto beyond = f.append(upload, 100, f.first);
  CHECK(beyond.status == 409);
  CHECK(f.offset(upload) == "100");
}

TEST_CASE("a chunk whose checksum is wrong is discarded, sha1 and sha256 alike", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(1, f.second.size());
  auto wrong = f.append_request(upload, 0, f.second);
  wrong.set("Upload-Checksum", "sha1 " + core::to_base64(core::Bytes(20, 0)));
  CHECK(f.office.ask(wrong).status == 460);
  wrong.headers.back().value = "sha256 " + core::to_base64(core::Bytes(32, 0));
  CHECK(f.office.ask(wrong).status == 460);
  CHECK(f.offset(upload) == "0");
  wrong.headers.back().value = "md5 " + core::to_base64(core::Bytes(16, 0));
  CHECK(f.office.ask(wrong).status == 400);
  auto right = f.append_request(upload, 0, f.second);
  right.set("Upload-Checksum", "sha256 " + core::to_base64(digest(f.second)));
  CHECK(f.office.ask(right).status == 204);
  CHECK(f.verdict().missing == std::vector<int>{0});
}

TEST_CASE("bytes that are not the manifest's are discarded and the filing stays incomplete", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(1, f.second.size());
  const auto answer = f.append(upload, 0, "SECOND");
  CHECK(answer.status == 422);
  CHECK(code_of(answer) == "digest-mismatch");
  CHECK(f.office.ask(f.tus("HEAD", upload)).status == 410);
  CHECK(f.verdict().missing.size() == 2);
  CHECK(f.append(f.created(1, f.second.size()), 0, f.second).status == 204);
}

TEST_CASE("only documents of the manifest, of its length, of the own record, are taken", "[sync][registry][tus]") {
  Filing f;
  CHECK(code_of(f.create(2, 10)) == "not-in-manifest");
  CHECK(code_of(f.create(0, 10)) == "length");
  TestKiosk other(f.office, f.office.add_kiosk("AS-01"), 9);
  auto foreign = f.tus("POST", "/v1/uploads");
  foreign.device = other.device;
  foreign.serial = other.serial;
  foreign.set("Upload-Length", std::to_string(f.first.size()));
  foreign.set("Upload-Metadata", sync::tus::to_metadata({f.record.record.id, 0}));
  CHECK(f.office.ask(foreign).status == 404);
  auto append = f.append_request(f.created(0, f.first.size()), 0, "x");
  append.device = other.device;
  append.serial = other.serial;
  CHECK(f.office.ask(append).status == 404);
}

TEST_CASE("a document that is complete is not taken again, and a lost answer finds the open upload", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(1, f.second.size());
  CHECK(f.created(1, f.second.size()) == upload);
  f.append(upload, 0, f.second);
  CHECK(code_of(f.create(1, f.second.size())) == "complete");
  CHECK(code_of(f.append(upload, 0, f.second)) == "complete");
  CHECK(f.offset(upload) == std::to_string(f.second.size()));
}

TEST_CASE("an upload that was ended or left for a day is 410, and its bytes are gone", "[sync][registry][tus]") {
  Filing f;
  const auto ended = f.created(0, f.first.size());
  CHECK(f.office.ask(f.tus("DELETE", ended)).status == 204);
  CHECK(code_of(f.append(ended, 0, "x")) == "cancelled");
  const auto left = f.created(0, f.first.size());
  f.append(left, 0, "x");
  f.office.now += std::chrono::hours(25);
  CHECK(code_of(f.append(left, 1, "y")) == "expired");
  CHECK(f.office.ask(f.tus("HEAD", "/v1/uploads/" + std::string(32, '0'))).status == 404);
  CHECK(std::filesystem::is_empty(f.office.folder() + "/uploads"));
}

TEST_CASE("the version, the media type and an immutable length are insisted on", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(0, f.first.size());
  CHECK(f.office.ask(f.kiosk.request("HEAD", upload)).status == 412);
  auto longer = f.append_request(upload, 0, "x");
  longer.set("Upload-Length", "999999");
  CHECK(f.office.ask(longer).status == 400);
  auto typed = f.append_request(upload, 0, "x");
  typed.headers[1].value = "text/plain";
  CHECK(f.office.ask(typed).status == 415);
  const auto options = f.office.ask(f.kiosk.request("OPTIONS", "/v1/uploads"));
  CHECK(options.header("Tus-Extension") == "creation,checksum,termination,expiration");
}

TEST_CASE("a newcomer takes over from an append that hangs: never both", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(0, f.first.size());
  auto old_one = f.office.api->begin_append(f.append_request(upload, 0, f.first), f.office.now);
  REQUIRE(old_one.append);
  REQUIRE(old_one.append->write(core::as_bytes(f.first.substr(0, 500))));
  CHECK(f.offset(upload) == "500");  // asked over a new connection: what has come counts
  CHECK_FALSE(old_one.append->write(core::as_bytes(f.first.substr(500, 10))));
  CHECK(f.append(upload, 500, f.first.substr(500)).status == 204);
  const auto sealed = old_one.append->seal(false);
  CHECK(f.office.api->finish_append(*old_one.append, sealed, f.office.now).status == 409);
  CHECK(f.verdict().missing == std::vector<int>{1});
}

TEST_CASE("a client that vanishes in mid-chunk keeps what came, but not with a checksum", "[sync][registry][tus]") {
  Filing f;
  const auto upload = f.created(0, f.first.size());
  const auto cut = [&](sync::Request head) {
    auto start = f.office.api->begin_append(head, f.office.now);
    REQUIRE(start.append);
    REQUIRE(start.append->write(core::as_bytes(f.first.substr(0, 300))));
    f.office.api->finish_append(*start.append, start.append->seal(false), f.office.now);
  };
  auto checked = f.append_request(upload, 0, f.first);
  checked.set("Upload-Checksum", "sha256 " + core::to_base64(digest(f.first)));
  cut(checked);
  CHECK(f.offset(upload) == "0");
  cut(f.append_request(upload, 0, f.first));
  CHECK(f.offset(upload) == "300");
  f.office.reopen();  // the running hash is lost: the file is read again at its end
  CHECK(f.append(upload, 300, f.first.substr(300)).status == 204);
}

TEST_CASE("unfinished uploads of one kiosk are capped", "[sync][registry][tus]") {
  Filing f;
  for (int n = 0; n < reg::open_uploads_max; ++n) {
    reg::UploadRow row;
    row.id = "cap-" + std::to_string(n);
    row.device = "AL-03";
    row.record = f.record.record.id;
    row.index = 100 + n;
    row.touched = f.office.now;
    REQUIRE(f.office.registry->store.add_upload(row));
  }
  const auto answer = f.create(0, f.first.size());
  CHECK(answer.status == 429);
  CHECK(answer.header("Retry-After") == "3600");
}
