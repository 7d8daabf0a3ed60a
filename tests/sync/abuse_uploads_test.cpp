// RELIABILITY 4.7, rows 30-39 and 43: uploads that lie about bytes, offsets and owners, over TLS with the kiosk's
// certificate; LiveShelf where two connections meet.
#include <thread>

#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr const char* pdf = "%PDF-1.4 a document of the tests";

struct Shelf {  // one filing of two documents, taken by the office
  TestOffice office{machine_now()};
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  DeviceLine line{office};
  std::vector<std::string> documents{std::string(pdf) + std::string(5000, 'a'), std::string(pdf) + "second"};
  core::SignedRecord filing = kiosk.next(filing_of(documents));

  Shelf() { REQUIRE(kiosk.verdict(kiosk.put(filing), filing).outcome == core::Outcome::received); }
  sync::Request tus(std::string method, std::string target, std::string body = {}) const {
    auto request = kiosk.request(std::move(method), std::move(target), std::move(body));
    request.set("Tus-Resumable", "1.0.0");
    return request;
  }
  sync::Request creation(int index, std::size_t length) const {
    auto request = tus("POST", "/v1/uploads");
    request.set("Upload-Length", std::to_string(length));
    request.set("Upload-Metadata", sync::tus::to_metadata({filing.record.id, index}));
    return request;
  }
  std::string created(int index) {
    const auto answer = office.ask(creation(index, documents[static_cast<std::size_t>(index)].size()));
    REQUIRE(answer.status == 201);
    return std::string(answer.header("Location"));
  }
  sync::Request append(const std::string& upload, std::size_t offset, std::string bytes) const {
    auto request = tus("PATCH", upload);
    request.set("Content-Type", "application/offset+octet-stream");
    request.set("Content-Length", std::to_string(bytes.size()));
    request.set("Upload-Offset", std::to_string(offset));
    request.body = std::move(bytes);
    return request;
  }
  sync::Response without_effect(const sync::Request& request) {
    const auto before = store_dump(*office.registry);
    const auto answer = office.ask(request);
    CHECK(store_dump(*office.registry) == before);
    return answer;
  }
  std::string offset(const std::string& upload) { return std::string(office.ask(tus("HEAD", upload)).header("Upload-Offset")); }
  std::vector<int> missing() { return kiosk.verdict(office.ask(kiosk.request("GET", "/v1/records/" + filing.record.id)), filing).missing; }
};

// The same over TLS.
struct LiveShelf {
  LiveOffice live;
  std::string document = std::string(pdf) + std::string(300'000, 'a');
  core::SignedRecord filing = live.kiosk.next(filing_of({document}));
  std::string upload;
  const std::string tus = "Tus-Resumable: 1.0.0\r\n";

  LiveShelf() {
    REQUIRE(live.ask("PUT", "/v1/records/" + filing.record.id, "Content-Type: application/jose\r\n", filing.jws).status == 200);
    const auto answer = live.ask("POST", "/v1/uploads", tus + "Upload-Length: " + std::to_string(document.size()) + "\r\nUpload-Metadata: " +
                                                            sync::tus::to_metadata({filing.record.id, 0}) + "\r\n");
    REQUIRE(answer.status == 201);
    upload = answer.header("location");
  }
  std::string append_head(std::size_t offset, std::size_t bytes) const {
    return live.head("PATCH", upload, tus + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + std::to_string(offset) +
                                          "\r\nContent-Length: " + std::to_string(bytes) + "\r\n");
  }
  std::string offset() { return live.ask("HEAD", upload, tus).header("upload-offset"); }
  void wait_for_bytes(std::uintmax_t bytes) {
    const auto file = live.office.registry->documents.upload_path(upload.substr(upload.rfind('/') + 1));
    const auto until = live.clock.read().steady + std::chrono::seconds(10);
    while (std::filesystem::file_size(file) < bytes && live.clock.read().steady < until) std::this_thread::yield();
    REQUIRE(std::filesystem::file_size(file) >= bytes);
  }
  void check_whole() {
    core::Result<core::Bytes> kept = core::Error{core::ErrorCode::not_found, ""};
    live.on_storage([&] { kept = live.office.registry->read_document(digest(document)); });
    REQUIRE(kept);
    CHECK(core::as_text(*kept) == document);
  }
};

}  // namespace

TEST_CASE("row 30: bytes that are not the manifest's are discarded, and the filing stays incomplete", "[abuse]") {
  Shelf s;
  auto other = s.documents[1];
  other.back() ^= 1;
  const auto answer = s.office.ask(s.append(s.created(1), 0, other));
  CHECK(answer.status == 422);
  CHECK(code_of(answer) == "digest-mismatch");
  CHECK(s.missing() == std::vector<int>{0, 1});
  CHECK(s.office.count("SELECT count(*) FROM documents") == 0);
  CHECK(s.office.count("SELECT count(*) FROM audit WHERE outcome = 'digest-mismatch'") == 1);
  CHECK(s.office.ask(s.append(s.created(1), 0, s.documents[1])).status == 204);
}

TEST_CASE("row 29: of two documents of one name each is missed until its own bytes are here", "[abuse]") {
  Shelf s;
  REQUIRE(s.filing.record.docs[0].name == s.filing.record.docs[1].name);
  CHECK(s.office.ask(s.append(s.created(1), 0, s.documents[1])).status == 204);
  CHECK(s.missing() == std::vector<int>{0});
}

TEST_CASE("row 31: a document that the record does not name is 409", "[abuse]") {
  Shelf s;
  CHECK(code_of(s.without_effect(s.creation(2, 10))) == "not-in-manifest");
  CHECK(code_of(s.without_effect(s.creation(199, 10))) == "not-in-manifest");
  CHECK(code_of(s.without_effect(s.creation(200, 10))) == "metadata");
  CHECK(code_of(s.without_effect(s.creation(-1, 10))) == "metadata");
}

TEST_CASE("row 32: a document that is complete is 409, and its bytes stay", "[abuse]") {
  Shelf s;
  s.office.ask(s.append(s.created(1), 0, s.documents[1]));
  CHECK(code_of(s.without_effect(s.creation(1, s.documents[1].size()))) == "complete");
  const auto kept = s.office.registry->read_document(digest(s.documents[1]));
  REQUIRE(kept);
  CHECK(core::as_text(*kept) == s.documents[1]);
}

TEST_CASE("row 33: an append at a wrong offset or beyond the length is 409 with the present offset", "[abuse]") {
  Shelf s;
  const auto upload = s.created(0);
  REQUIRE(s.office.ask(s.append(upload, 0, s.documents[0].substr(0, 100))).status == 204);
  for (const std::size_t wrong : {std::size_t{99}, std::size_t{101}, std::size_t{0}, std::size_t{1} << 40}) {
    const auto answer = s.without_effect(s.append(upload, wrong, "x"));
    CHECK(answer.status == 409);
    CHECK(answer.header("Upload-Offset") == "100");
  }
  CHECK(s.without_effect(s.append(upload, 100, s.documents[0])).status == 409);
  for (const char* offset : {"-1", "1e2", "+100", "0x64", "", "99999999999999999999"}) {
    auto request = s.append(upload, 100, "x");
    request.headers[3].value = offset;
    INFO(offset);
    CHECK(s.without_effect(request).status == 400);
  }
}

TEST_CASE("row 34: of two appends at once at one offset, the bytes are those of one", "[abuse]") {
  LiveShelf s;
  const auto half = s.document.size() / 2;
  std::array<RawAnswer, 2> answers;
  {
    std::vector<std::jthread> both;
    for (auto& answer : answers) {
      both.emplace_back([&s, &answer, half] {
        auto peer = s.live.peer();
        peer.send(s.append_head(0, half) + s.document.substr(0, half));
        answer = peer.answer();
      });
    }
  }
  const int won = int(answers[0].status == 204) + int(answers[1].status == 204);
  CHECK(won == 1);
  for (const auto& answer : answers) CHECK((answer.status == 204 || answer.status == 409 || answer.status == 0));
  const auto offset = std::stoul(s.offset());
  CHECK(offset == half);
  auto peer = s.live.peer();
  peer.send(s.append_head(offset, s.document.size() - offset) + s.document.substr(offset));
  CHECK(peer.answer().status == 204);
  s.check_whole();
}

TEST_CASE("row 34: an append that does not know where the upload stands does not cut the one that is under way", "[abuse]") {
  Shelf s;
  const auto upload = s.created(0);
  auto first = s.office.api->begin_append(s.append(upload, 0, s.documents[0]), s.office.now);
  REQUIRE(first.append);
  REQUIRE(first.append->write(core::as_bytes(s.documents[0].substr(0, 500))));
  for (const std::size_t wrong : {std::size_t{0}, std::size_t{499}, std::size_t{501}}) {
    const auto refused = s.without_effect(s.append(upload, wrong, "x"));
    CHECK(refused.status == 409);
    CHECK(refused.header("Upload-Offset") == "500");
  }
  REQUIRE(first.append->write(core::as_bytes(s.documents[0].substr(500))));
  CHECK(s.office.api->finish_append(*first.append, first.append->seal(true), s.office.now).status == 204);
  CHECK(s.missing() == std::vector<int>{1});
}

TEST_CASE("row 35: a newcomer takes over from a connection that hangs, and nothing is sent twice", "[abuse]") {
  LiveShelf s;
  auto hanging = s.live.peer();
  hanging.send(s.append_head(0, s.document.size()) + s.document.substr(0, 100'000));
  s.wait_for_bytes(50'000);
  const auto offset = std::stoul(s.offset());  // asked over a new connection
  CHECK(offset >= 50'000);
  auto newcomer = s.live.peer();
  newcomer.send(s.append_head(offset, s.document.size() - offset) + s.document.substr(offset));
  CHECK(newcomer.answer().status == 204);
  hanging.send(s.document.substr(100'000));
  const auto late = hanging.answer();
  CHECK((late.status == 409 || late.status == 0));
  s.check_whole();
}

TEST_CASE("row 36: the length is fixed by the first word, and must be the manifest's", "[abuse]") {
  Shelf s;
  const auto upload = s.created(0);
  auto longer = s.append(upload, 0, "x");
  longer.set("Upload-Length", "999999");
  CHECK(code_of(s.without_effect(longer)) == "length");
  CHECK(code_of(s.without_effect(s.creation(1, s.documents[1].size() + 1))) == "length");
  auto deferred = s.tus("POST", "/v1/uploads");
  deferred.set("Upload-Defer-Length", "1");
  deferred.set("Upload-Metadata", sync::tus::to_metadata({s.filing.record.id, 1}));
  CHECK(s.without_effect(deferred).status == 400);
  for (const char* metadata : {"", "record", "index MA==", "record !!!,index MA==", "record AAAA,index MA==", "record MA==,record MA==,index MA=="}) {
    auto request = s.creation(1, s.documents[1].size());
    request.headers.back().value = metadata;
    INFO(metadata);
    CHECK(code_of(s.without_effect(request)) == "metadata");
  }
}

TEST_CASE("row 37: a chunk with a wrong checksum is 460 and discarded, sha1 and sha256 alike", "[abuse]") {
  Shelf s;
  const auto upload = s.created(1);
  auto request = s.append(upload, 0, s.documents[1]);
  request.set("Upload-Checksum", "");
  for (const std::string& checksum : {"sha1 " + core::to_base64(core::Bytes(20, 0)), "sha256 " + core::to_base64(core::Bytes(32, 0))}) {
    request.headers.back().value = checksum;
    const auto answer = s.office.ask(request);
    CHECK(answer.status == 460);
    CHECK(answer.header("Upload-Offset") == "0");
    CHECK(s.offset(upload) == "0");
  }
  for (const std::string& checksum : {"md5 " + core::to_base64(core::Bytes(16, 0)), std::string("sha1"), std::string("sha1 !!"), "sha1 " + core::to_base64(core::Bytes(32, 0))}) {
    request.headers.back().value = checksum;
    INFO(checksum);
    CHECK(s.without_effect(request).status == 400);
  }
  request.headers.back().value = "sha256 " + core::to_base64(digest(s.documents[1]));
  CHECK(s.office.ask(request).status == 204);
}

TEST_CASE("row 38: appends to uploads that are over, foreign or unknown", "[abuse]") {
  Shelf s;
  TestKiosk other(s.office, s.office.add_kiosk("AS-01"), 9);  // certified by the machine's clock, which does not move
  const auto complete = s.created(1);
  s.office.ask(s.append(complete, 0, s.documents[1]));
  CHECK(s.without_effect(s.append(complete, 0, "x")).status == 409);
  CHECK(code_of(s.without_effect(s.tus("DELETE", complete))) == "complete");
  const auto cancelled = s.created(0);
  REQUIRE(s.office.ask(s.tus("DELETE", cancelled)).status == 204);
  CHECK(code_of(s.without_effect(s.append(cancelled, 0, "x"))) == "cancelled");
  const auto left = s.created(0);
  s.office.now += reg::upload_life + std::chrono::hours(1);
  REQUIRE(s.office.ask(s.append(left, 0, "x")).status == 410);  // this ask is what notices it
  CHECK(code_of(s.without_effect(s.append(left, 0, "x"))) == "expired");
  const auto mine = s.created(0);
  for (const char* method : {"PATCH", "HEAD", "DELETE"}) {
    auto foreign = s.append(mine, 0, "x");
    foreign.method = method;
    foreign.device = other.device;
    foreign.serial = other.serial;
    CHECK(s.without_effect(foreign).status == 404);
  }
  CHECK(s.without_effect(s.append("/v1/uploads/" + std::string(32, '0'), 0, "x")).status == 404);
  CHECK(s.without_effect(s.append("/v1/uploads/../../keys/ca.key", 0, "x")).status == 404);
}

TEST_CASE("row 39: unfinished uploads are capped for a device, and end after a day with an audit event", "[abuse]") {
  TestOffice office(machine_now());
  TestKiosk kiosk(office, office.add_kiosk("AL-03"));
  DeviceLine line(office);
  std::vector<std::string> many;
  for (int n = 0; n < reg::open_uploads_max + 1; ++n) many.push_back(std::string(pdf) + std::to_string(n));
  const auto filing = kiosk.next(filing_of(many));
  REQUIRE(kiosk.put(filing).status == 200);
  const auto create = [&](int index) {
    auto request = kiosk.request("POST", "/v1/uploads");
    request.set("Tus-Resumable", "1.0.0");
    request.set("Upload-Length", std::to_string(many[static_cast<std::size_t>(index)].size()));
    request.set("Upload-Metadata", sync::tus::to_metadata({filing.record.id, index}));
    return office.ask(request);
  };
  for (int n = 0; n < reg::open_uploads_max; ++n) REQUIRE(create(n).status == 201);
  const auto before = store_dump(*office.registry);
  const auto refused = create(static_cast<int>(reg::open_uploads_max));
  CHECK(refused.status == 429);
  CHECK_FALSE(refused.header("Retry-After").empty());
  CHECK(store_dump(*office.registry) == before);
  office.now += reg::upload_life + std::chrono::minutes(1);
  REQUIRE(reg::expire_uploads(*office.registry, office.now));
  CHECK(std::filesystem::is_empty(office.folder() + "/uploads"));
  CHECK(office.count("SELECT count(*) FROM audit WHERE action = 'upload.expired'") == reg::open_uploads_max);
  CHECK(create(static_cast<int>(reg::open_uploads_max)).status == 201);
}

TEST_CASE("row 43: a document of another type than it says is stored, and the office is warned", "[abuse]") {
  TestOffice office(machine_now());
  TestKiosk kiosk(office, office.add_kiosk("AL-03"));
  DeviceLine line(office);
  const std::vector<std::string> documents{pdf, "PK\x03\x04 an archive", "MZ a program", "<html><script>"};
  const auto filing = kiosk.next(filing_of(documents));
  REQUIRE(kiosk.put(filing).status == 200);
  for (std::size_t index = 0; index < documents.size(); ++index) {
    auto request = kiosk.request("POST", "/v1/uploads");
    request.set("Tus-Resumable", "1.0.0");
    request.set("Upload-Length", std::to_string(documents[index].size()));
    request.set("Upload-Metadata", sync::tus::to_metadata({filing.record.id, static_cast<int>(index)}));
    auto append = kiosk.request("PATCH", std::string(office.ask(request).header("Location")), documents[index]);
    append.set("Tus-Resumable", "1.0.0");
    append.set("Content-Type", "application/offset+octet-stream");
    append.set("Upload-Offset", "0");
    REQUIRE(office.ask(append).status == 204);
  }
  const auto manifest = office.registry->store.manifest(filing.record.id);
  REQUIRE(manifest);
  for (std::size_t index = 0; index < documents.size(); ++index) {
    CHECK((*manifest)[index].here);
    CHECK((*manifest)[index].type_differs == (index > 0));
    CHECK(office.registry->read_document(digest(documents[index])));
  }
  CHECK(office.count("SELECT count(*) FROM audit WHERE action = 'document.type'") == 3);
}

TEST_CASE("I14: what a device sends while it is being revoked does not count", "[abuse]") {
  LiveShelf s;
  auto peer = s.live.peer();
  peer.send(s.append_head(0, s.document.size()) + s.document.substr(0, 100'000));
  s.wait_for_bytes(50'000);
  s.live.on_storage([&] { REQUIRE(reg::revoke_kiosk(*s.live.office.registry, "AL-03", s.live.clock.read().wall)); });
  peer.send(s.document.substr(100'000));
  const auto answer = peer.answer();
  CHECK(answer.status == 403);
  CHECK(answer.code() == "revoked");
  CHECK(s.live.count("SELECT count(*) FROM documents WHERE bytes = " + std::to_string(s.document.size())) == 0);
  CHECK(s.live.count("SELECT have FROM uploads") == 0);
}
