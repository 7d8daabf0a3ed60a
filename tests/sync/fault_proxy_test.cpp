// A real uplink over curl and TLS, a real registry, and a line that loses, cuts, repeats and drips (RELIABILITY 4.7 and 6; F2): what was
// filed is there once, its verdict is the one that the registry keeps, and a cut costs at most a chunk.
#include <fstream>
#include <random>

#include "sync/client/curl_transport.h"
#include "sync/client/uplink.h"
#include "sync/registry/rows.h"
#include "tests/support/clocks.h"
#include "tests/support/tier.h"
#include "tests/sync/fault_proxy.h"
#include "tests/sync/hand_log.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

class Shelf final : public core::Outbox, public core::Inbox {  // what a kiosk's store would hold
 public:
  core::Result<std::vector<core::OutboxItem>> pending(std::size_t records_max, std::size_t) override {
    std::vector<core::OutboxItem> found;
    for (const auto state : {core::SendState::queued, core::SendState::sent}) {
      for (const auto& item : items) {
        if (item.state == state && found.size() < records_max) found.push_back(item);
      }
    }
    return found;
  }
  core::Result<std::vector<core::TakenItem>> taken_after(std::int64_t, std::size_t, std::size_t) override { return std::vector<core::TakenItem>{}; }
  core::Status keep_upload(const core::Id& record, int index, std::string_view upload) override {
    auto& document = find(record).docs.at(static_cast<std::size_t>(index));
    document.upload = upload;
    document.sent = false;
    return core::Done{};
  }
  core::Status keep_document_sent(const core::Id& record, int index) override {
    find(record).docs.at(static_cast<std::size_t>(index)).sent = true;
    return core::Done{};
  }
  core::Status keep_verdict(const core::Verdict& verdict, std::string_view jws) override {
    auto& item = find(verdict.id);
    CHECK((item.state == core::SendState::queued || item.state == core::SendState::sent));  // a final word is never replaced
    item.state = verdict.outcome == core::Outcome::received ? core::SendState::sent : verdict.outcome == core::Outcome::accepted ? core::SendState::accepted : core::SendState::quarantined;
    verdicts[verdict.id] = jws;
    return core::Done{};
  }
  core::Result<core::Bytes> read_document(const core::Digest& sha256, std::uint64_t offset, std::size_t bytes_max) override {
    return core::to_bytes(documents.at(sha256).substr(offset, bytes_max));
  }
  core::Status keep_time(const core::TimeSync&) override { return core::Done{}; }
  core::Result<std::string> feed_cursor() override { return cursor; }
  core::Result<std::string> kept_asset(std::string_view) override { return std::string(); }
  core::Status keep_feed(const std::vector<core::Json>& more, std::string_view next) override {
    for (const auto& item : more) feed.push_back(core::canonical(item));
    cursor = next;
    return core::Done{};
  }
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t) override { return std::vector<core::WantedDocument>{}; }
  core::Status keep_part(const core::Digest&, std::uint64_t, core::ByteView, bool) override { return core::Done{}; }
  core::OutboxItem& find(const core::Id& id) {
    return *std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  }
  bool settled() const {
    return std::all_of(items.begin(), items.end(), [](const auto& item) { return item.state != core::SendState::queued && item.state != core::SendState::sent; });
  }

  std::vector<core::OutboxItem> items;
  std::map<core::Id, std::string> verdicts;
  std::map<core::Digest, std::string> documents;
  std::vector<std::string> feed;
  std::string cursor = "0.0";
};

struct BadLine {
  explicit BadLine(FaultProxy::Choose choose) : proxy(live, std::move(choose)), folder((std::filesystem::temp_directory_path() / ("qabyl-bad-line-" + std::to_string(getpid()))).string()) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/ca.pem") << live.kiosk.answer.ca;
    std::ofstream(folder + "/kiosk.pem") << live.kiosk.answer.certificate;
    std::ofstream(folder + "/kiosk.key") << live.kiosk.tls.key_pem;
    clock.now.wall = live.clock.read().wall;
    transport.emplace(sync::CurlOptions{proxy.url(), folder + "/ca.pem", folder + "/kiosk.pem", folder + "/kiosk.key"});
    uplink.emplace(sync::UplinkParts{shelf, shelf, log, *transport, clock, random, live.kiosk.answer.root_key, live.kiosk.device, live.kiosk.key,
                                     [this] { return sync::to_text(sync::JournalMark{live.kiosk.q, live.kiosk.head}); }},
                   live.kiosk.keys);
  }
  ~BadLine() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  void file(int n, const std::vector<std::string>& documents) {
    auto made = filing_of(documents);
    made.id = made.case_id = id(n);
    made.body["signature"] = core::to_json(signature(made.docs[0].sha256, 2, n));  // nobody signs twice alike
    const auto filed = live.kiosk.next(std::move(made));
    live.kiosk.kept(filed);
    core::OutboxItem item{filed.record.q, filed.record.id, filed.digest, filed.jws, core::SendState::queued, {}};
    for (std::size_t i = 0; i < documents.size(); ++i) {
      item.docs.push_back({static_cast<int>(i), digest(documents[i]), documents[i].size(), {}, false});
      shelf.documents[digest(documents[i])] = documents[i];
    }
    shelf.items.push_back(std::move(item));
  }
  // Until everything is settled; the kiosk's waits pass at once.
  void run() {
    uplink->work_arrived();
    const auto until = live.clock.read().steady + std::chrono::seconds(60);
    while (!shelf.settled() && live.clock.read().steady < until) {
      uplink->tick();
      if (uplink->in_flight()) transport->wait(std::chrono::milliseconds(50));
      else if (uplink->next_due() > clock.now.steady) clock.pass(uplink->next_due() - clock.now.steady);
    }
    REQUIRE(shelf.settled());
  }
  // Each record once, whole, under the verdict that the kiosk holds; nothing else.
  void check_nothing_lost_or_doubled() {
    const auto expected = static_cast<std::int64_t>(shelf.items.size());
    CHECK(live.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == expected);
    CHECK(live.count("SELECT count(DISTINCT digest) FROM records WHERE device = 'AL-03'") == expected);
    CHECK(live.count("SELECT count(*) FROM log_leaves WHERE record NOT LIKE 'audit %'") == expected);
    for (const auto& item : shelf.items) {
      std::string kept;
      live.on_storage([&] { kept = (*live.office.registry->store.record(item.id))->verdict; });
      CHECK(kept == shelf.verdicts.at(item.id));
      CHECK(item.state == core::SendState::accepted);
      for (const auto& document : item.docs) {
        core::Result<core::Bytes> read = core::Error{core::ErrorCode::not_found, ""};
        live.on_storage([&] { read = live.office.registry->read_document(document.sha256); });
        REQUIRE(read);
        CHECK(core::as_text(*read) == shelf.documents.at(document.sha256));
      }
    }
  }

  LiveOffice live;
  FaultProxy proxy;
  std::string folder;
  Shelf shelf;
  HandLog log;
  tests::FakeClock clock;
  tests::FakeRandom random;
  std::optional<sync::CurlTransport> transport;
  std::optional<sync::Uplink> uplink;
};

std::string paper(int n, std::size_t bytes) { return "%PDF-1.4 " + std::to_string(n) + std::string(bytes, static_cast<char>('a' + n % 26)); }

}  // namespace

TEST_CASE("faults: the answer to each request of a filing is lost in turn, after it was carried out", "[sync][faults]") {
  std::atomic<int> seen{0}, lost{0};
  BadLine line([&](const std::string&, const std::string&) {
    ++seen;
    return Fault{lost == seen ? Fault::Kind::drop_answer : Fault::Kind::none, 0};
  });
  line.file(1, {paper(1, 1'000), paper(2, sync::upload_chunk_bytes + 1'000)});
  line.run();
  const int whole = seen;  // so many questions when all goes well
  line.check_nothing_lost_or_doubled();
  REQUIRE(whole >= 6);
  for (int n = 1; n <= whole; ++n) {
    INFO("answer " << n << " of " << whole);
    seen = 0;
    lost = n;
    line.file(1 + n, {paper(10 * n, 1'000), paper(10 * n + 1, sync::upload_chunk_bytes + 1'000)});
    line.run();
    lost = 0;
  }
  line.check_nothing_lost_or_doubled();
}

TEST_CASE("faults: a record that arrives twice is answered by the same bytes, and counts once", "[sync][faults]") {
  BadLine line([](const std::string& method, const std::string&) { return Fault{method == "POST" || method == "PATCH" ? Fault::Kind::twice : Fault::Kind::none, 0}; });
  for (int n = 1; n <= 3; ++n) line.file(n, {paper(n, 20'000)});
  line.run();
  line.check_nothing_lost_or_doubled();
  int batches = 0;
  for (const auto& one : line.proxy.passed()) {
    if (one.path != "/v1/records") continue;
    ++batches;
    REQUIRE(one.answers.size() == 2);
    CHECK(one.answers[0] == one.answers[1]);
  }
  CHECK(batches >= 1);
}

TEST_CASE("faults: an upload that is cut at any byte goes on where it stood: at most a chunk is sent twice", "[sync][faults]") {
  std::mt19937_64 random(4);
  std::atomic<std::size_t> cut{0};
  BadLine line([&](const std::string& method, const std::string&) {
    return method == "PATCH" && cut > 0 ? Fault{Fault::Kind::cut_request, cut.exchange(0)} : Fault{};
  });
  const std::size_t size = 3 * sync::upload_chunk_bytes + 5'000;
  const int cuts = at_tier(4, 30, 500);
  for (int n = 1; n <= cuts; ++n) {
    const auto before = line.proxy.passed().size();
    cut = 1 + random() % (sync::upload_chunk_bytes + 600);  // in the head, in the body, at its very end
    INFO("cut " << n << " at " << cut);
    line.file(n, {paper(n, size)});
    line.run();
    std::size_t up = 0;
    const auto passed = line.proxy.passed();
    for (std::size_t i = before; i < passed.size(); ++i) up += passed[i].method == "PATCH" ? passed[i].body_bytes : 0;
    CHECK(up >= paper(n, size).size());
    CHECK(up <= paper(n, size).size() + sync::upload_chunk_bytes);
  }
  line.check_nothing_lost_or_doubled();
}

TEST_CASE("faults: under every kind of fault at random bytes nothing is lost and nothing doubled", "[sync][faults]") {
  std::mt19937_64 random(20261128);
  std::map<Fault::Kind, int> struck;
  BadLine line([&](const std::string&, const std::string&) {
    if (random() % 2 == 0) return Fault{};
    const Fault fault{static_cast<Fault::Kind>(random() % fault_kinds), random()};
    ++struck[fault.kind];
    return fault;
  });
  const int filings = at_tier(10, 80, 3'000);
  for (int n = 1; n <= filings; ++n) {
    line.file(n, {paper(n, random() % 2'000), paper(10'000 + n, random() % (sync::upload_chunk_bytes + 10'000))});
    if (n % 3 == 0 || n == filings) line.run();  // several wait at once, too
  }
  line.check_nothing_lost_or_doubled();
  for (int kind = 0; kind < fault_kinds; ++kind) CHECK(struck[static_cast<Fault::Kind>(kind)] > 0);
}
