// A stranger's client and a bad line: the unmodified tus-js-client from npm uploads 50 MB through cuts, over mutual
// TLS, to the real device port; and our own Uplink does the same over curl. What arrives is what was sent, and a cut
// costs at most one chunk.
#include <fstream>

#include "sync/client/curl_transport.h"
#include "sync/client/uplink.h"
#include "tests/support/rig.h"
#include "tests/sync/cutting_proxy.h"
#include "tests/sync/hand_log.h"
#include "tests/sync/npm_folder.h"
#include "tests/sync/wire_rig.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr std::size_t mib = 1024 * 1024;

std::string log_text(const std::string& path) { return std::filesystem::exists(path) ? file_text(path) : ""; }

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  core::sys::SystemRandom random;
  random.fill(std::span<std::uint8_t>(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()));
  return bytes;
}

struct Line {  // a filing whose one document waits, and a proxy that cuts
  LiveOffice live;
  std::string document;
  core::SignedRecord filing;
  CuttingProxy proxy;
  std::string folder = (std::filesystem::temp_directory_path() / ("qabyl-line-test-" + std::to_string(getpid()))).string();

  Line(std::size_t bytes, std::vector<std::uint64_t> cuts)
      : document(random_bytes(bytes)), filing(live.kiosk.next(filing_of({document}, "application/octet-stream"))), proxy(live.port(), std::move(cuts)) {
    std::filesystem::create_directories(folder);
    write("document", document);
    write("cert.pem", live.kiosk.answer.certificate);
    write("key.pem", live.kiosk.tls.key_pem);
    write("ca.pem", live.kiosk.answer.ca);
  }
  ~Line() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  void write(const std::string& name, const std::string& bytes) const { std::ofstream(folder + "/" + name, std::ios::binary) << bytes; }
  void check_arrived() {
    core::Result<core::Bytes> kept = core::Error{core::ErrorCode::not_found, "not there"};
    live.on_storage([&] { kept = live.office.registry->read_document(digest(document)); });
    REQUIRE(kept);
    CHECK((core::as_text(*kept) == document));
    CHECK(live.count("SELECT count(*) FROM records WHERE outcome = 'accepted'") == 1);
  }
};

}  // namespace

TEST_CASE("the unmodified tus-js-client uploads 50 MB through cuts, and a cut costs at most one chunk", "[sync][tus][client]") {
  const auto client = npm_folder("tests/sync/tus_client", {"upload.mjs"});
  if (!client.missing.empty()) {
    WARN("SKIP: tus-js-client was not run: " << client.missing);
    return;
  }
  constexpr std::int64_t chunk = 4 * mib;
  Line line(50 * mib, {3 * mib, 500'000, 9 * mib, 2'000, 17 * mib});
  REQUIRE(line.live.ask("PUT", "/v1/records/" + line.filing.record.id, "Content-Type: application/jose\r\n", line.filing.jws).status == 200);
  core::Json job;
  job["endpoint"] = "https://localhost:" + std::to_string(line.proxy.port()) + "/v1/uploads";
  job["file"] = line.folder + "/document";
  job["cert"] = line.folder + "/cert.pem";
  job["key"] = line.folder + "/key.pem";
  job["ca"] = line.folder + "/ca.pem";
  job["record"] = line.filing.record.id;
  job["index"] = "0";
  job["chunk"] = chunk;
  const std::string log = line.folder + "/client.log";
  const int ended = rig::run({"/bin/sh", "-c", "cd '" + client.path + "' && exec node upload.mjs '" + core::canonical(job) + "'"}, log, std::chrono::minutes{3});
  INFO(log_text(log));
  REQUIRE(ended == 0);
  line.check_arrived();
  CHECK(line.proxy.cuts_made() == 5);
  const auto said = core::parse_json(log_text(log).substr(0, log_text(log).find('\n')), mib);
  REQUIRE(said);
  std::int64_t before = -chunk, again = 0;
  for (const auto& offset : said->items("offsets")) {
    const auto overlap = before + chunk - offset.integer();  // of the chunk before, sent a second time
    CHECK(overlap >= 0);
    CHECK(overlap <= chunk);
    again += overlap > 0 ? 1 : 0;
    before = offset.integer();
  }
  CHECK(again <= line.proxy.cuts_made());
}

namespace {

// What the uplink needs of a kiosk's store, in memory: one record, one document, one verdict.
class OneFiling final : public core::Outbox, public core::Inbox {
 public:
  OneFiling(const core::SignedRecord& record, const std::string& document) : document_(document) {
    item_ = {record.record.q, record.record.id, record.digest, record.jws, core::SendState::queued, {{0, digest(document), document.size(), {}, false}}};
  }
  core::Result<std::vector<core::OutboxItem>> pending(std::size_t, std::size_t) override {
    if (done()) return std::vector<core::OutboxItem>{};
    return std::vector<core::OutboxItem>{item_};
  }
  core::Result<std::vector<core::TakenItem>> taken_after(std::int64_t, std::size_t, std::size_t) override { return std::vector<core::TakenItem>{}; }
  core::Status keep_upload(const core::Id&, int, std::string_view upload) override {
    item_.docs[0].upload = upload;
    return core::Done{};
  }
  core::Status keep_document_sent(const core::Id&, int) override {
    item_.docs[0].sent = true;
    return core::Done{};
  }
  core::Status keep_verdict(const core::Verdict& verdict, std::string_view) override {
    item_.state = verdict.outcome == core::Outcome::received ? core::SendState::sent : core::SendState::accepted;
    return core::Done{};
  }
  core::Result<core::Bytes> read_document(const core::Digest&, std::uint64_t offset, std::size_t bytes_max) override {
    read += std::min<std::uint64_t>(bytes_max, document_.size() - offset);
    return core::to_bytes(document_.substr(static_cast<std::size_t>(offset), bytes_max));
  }
  core::Status keep_time(const core::TimeSync&) override { return core::Done{}; }
  core::Result<std::string> feed_cursor() override { return cursor_; }
  core::Result<std::string> kept_asset(std::string_view) override { return std::string(); }
  core::Status keep_feed(const std::vector<core::Json>& items, std::string_view next) override {
    assets += std::count_if(items.begin(), items.end(), [](const auto& item) { return item.text("kind") == "profile" || item.text("kind") == "calendar"; });
    cursor_ = next;
    return core::Done{};
  }
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t) override { return std::vector<core::WantedDocument>{}; }
  core::Status keep_part(const core::Digest&, std::uint64_t, core::ByteView, bool) override { return core::Done{}; }
  bool done() const { return item_.state == core::SendState::accepted; }

  std::uint64_t read = 0;  // bytes given out for sending
  std::ptrdiff_t assets = 0;

 private:
  const std::string& document_;
  core::OutboxItem item_;
  std::string cursor_ = "0.0";
};

}  // namespace

TEST_CASE("the kiosk's uplink gets a filing through cuts, and a cut costs at most one chunk", "[sync][tus][uplink]") {
  Line line(4 * mib, {100'000, 700'000, 50'000, 1 * mib, 3'000, 300'000});
  OneFiling store(line.filing, line.document);
  HandLog log;
  sync::CurlTransport transport({"https://localhost:" + std::to_string(line.proxy.port()), line.folder + "/ca.pem", line.folder + "/cert.pem", line.folder + "/key.pem"});
  core::sys::SystemRandom random;
  sync::Uplink uplink({store, store, log, transport, line.live.clock, random, line.live.kiosk.answer.root_key, "AL-03", line.live.kiosk.key,
                       [&] { return sync::to_text(sync::JournalMark{line.filing.record.q, line.filing.digest}); }}, line.live.kiosk.keys);
  core::sys::SystemClock real;
  const auto until = real.read().steady + std::chrono::minutes(2);
  while (!store.done() && real.read().steady < until) {
    uplink.tick();
    if (uplink.in_flight()) transport.wait(std::chrono::milliseconds(50));
    else if (uplink.link().next_try) line.live.clock.pass(*uplink.link().next_try - line.live.clock.read().steady);  // no waiting for the back-off
  }
  INFO(uplink.link().cause);
  REQUIRE(store.done());
  CHECK(uplink.link().alarm == "");  // the office's own keys and assets were believed
  CHECK(store.assets == 3);
  line.check_arrived();
  CHECK(line.proxy.cuts_made() == 6);
  CHECK(store.read <= line.document.size() + static_cast<std::uint64_t>(line.proxy.cuts_made()) * sync::upload_chunk_bytes);
}
