// How: the uplink alone, over an outbox, an inbox and a transport made by hand; the test plays the
// registry, honest or not, and moves the clock. No socket, no waiting.
#include <deque>

#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"
#include "tests/support/catch.h"
#include "tests/support/clocks.h"

using namespace qabyl;
using namespace std::chrono_literals;
using sync::ClientAnswer;
using sync::ClientRequest;

namespace {

class HandTransport final : public sync::Transport {
 public:
  void start(ClientRequest request) override {
    REQUIRE_FALSE(asked);
    asked = std::move(request);
  }
  std::optional<sync::ClientResult> poll() override { return std::exchange(result, std::nullopt); }
  void answer(sync::ClientResult with) {
    REQUIRE(asked);
    asked.reset();
    result = std::move(with);
  }
  std::optional<ClientRequest> asked;
  std::optional<sync::ClientResult> result;
};

class HandOutbox final : public core::Outbox {
 public:
  core::Result<std::vector<core::OutboxItem>> pending(std::size_t records_max, std::size_t) override {
    std::vector<core::OutboxItem> found;
    for (const auto& item : items) {
      const bool open = item.state == core::SendState::queued || item.state == core::SendState::sent;
      if (open && found.size() < records_max) found.push_back(item);
    }
    return found;
  }
  core::Status keep_upload(const core::Id& record, int index, std::string_view upload) override {
    auto& document = find(record).docs.at(static_cast<std::size_t>(index));
    document.upload = upload;
    if (upload.empty()) document.sent = false;
    return core::Done{};
  }
  core::Status keep_document_sent(const core::Id& record, int index) override {
    find(record).docs.at(static_cast<std::size_t>(index)).sent = true;
    return core::Done{};
  }
  core::Status keep_verdict(const core::Verdict& verdict, std::string_view) override {
    auto& item = find(verdict.id);
    item.state = verdict.outcome == core::Outcome::received ? core::SendState::sent : core::SendState::accepted;
    return core::Done{};
  }
  core::Result<core::Bytes> read_document(const core::Digest&, std::uint64_t offset, std::size_t bytes_max) override {
    const auto end = std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(offset) + bytes_max);
    return core::Bytes(bytes.begin() + static_cast<std::ptrdiff_t>(offset), bytes.begin() + static_cast<std::ptrdiff_t>(end));
  }
  core::Status keep_time(const core::TimeSync& sync) override {
    time = sync;
    return core::Done{};
  }
  core::OutboxItem& find(const core::Id& id) {
    for (auto& item : items) {
      if (item.id == id) return item;
    }
    FAIL("no such record");
    return items.front();
  }
  std::vector<core::OutboxItem> items;
  core::Bytes bytes;
  std::optional<core::TimeSync> time;
};

class HandInbox final : public core::Inbox {
 public:
  core::Result<std::string> feed_cursor() override { return cursor; }
  core::Status keep_feed(const std::vector<core::Json>& items, std::string_view next) override {
    kept.insert(kept.end(), items.begin(), items.end());
    cursor = next;
    return core::Done{};
  }
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t) override { return papers; }
  core::Status keep_part(const core::Digest&, std::uint64_t, core::ByteView bytes, bool last) override {
    papers.front().have += bytes.size();
    if (last) papers.clear();
    return core::Done{};
  }
  std::string cursor = "0.0";
  std::vector<core::Json> kept;
  std::vector<core::WantedDocument> papers;
};

struct Line {  // a kiosk's uplink and the registry's keys, before the first request
  tests::FakeRandom random;
  tests::FakeClock clock;
  core::SigningKey root = core::new_signing_key(random), acceptance = core::new_signing_key(random);
  core::Keyring keys = *core::Keyring::open(
      core::Keyring::sign(root, "qabyl.example",
                          {{core::KeyUse::acceptance, acceptance.verify_key, clock.now.wall - 24h, clock.now.wall + 24h * 365}}),
      root.verify_key);
  HandOutbox outbox;
  HandInbox inbox;
  HandTransport transport;
  sync::Uplink uplink{{outbox, inbox, transport, clock, random, root.verify_key, "AL-03", [] { return std::string("0.") + std::string(64, '0'); }}, keys};

  void answer(int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {}) {
    transport.answer(ClientAnswer{status, std::move(headers), core::to_bytes(body)});
    uplink.tick();
  }
  // Past the first exchange, which sets the trusted time.
  void settle_time() {
    uplink.tick();
    REQUIRE(transport.asked);
    const auto nonce = transport.asked->path.substr(transport.asked->path.find('=') + 1);
    answer(200, sync::encode_time_answer(clock.now.wall, nonce, acceptance));
  }
  core::Id file(std::size_t document_bytes = 0) {
    core::OutboxItem item;
    item.q = static_cast<std::int64_t>(outbox.items.size()) + 1;
    item.id = core::new_id(clock.now.wall, random);
    item.jws = "jws-of-" + item.id;
    item.digest = core::sha256(core::as_bytes(item.jws));
    if (document_bytes > 0) {
      outbox.bytes.assign(document_bytes, 7);
      item.docs.push_back({0, core::sha256(outbox.bytes), document_bytes, {}, false});
    }
    outbox.items.push_back(item);
    return item.id;
  }
  std::string verdict(const core::Id& id, core::Outcome outcome) {
    core::Verdict word;
    word.id = id;
    word.digest = outbox.find(id).digest;
    word.outcome = outcome;
    word.at = clock.now.wall;
    if (outcome == core::Outcome::received) word.missing = {0};
    return core::sign_verdict(word, acceptance);
  }
  std::string batch_answer(const core::Id& id, core::Outcome outcome) {
    return sync::encode(std::vector<sync::BatchAnswer>{{id, verdict(id, outcome), {}}});
  }
};

}  // namespace

TEST_CASE("the first exchange sets the trusted time to the middle of the round trip", "[sync][uplink]") {
  Line line;
  line.uplink.tick();
  const auto nonce = line.transport.asked->path.substr(line.transport.asked->path.find('=') + 1);
  line.clock.pass(200ms);
  line.answer(200, sync::encode_time_answer(line.clock.now.wall, nonce, line.acceptance));
  REQUIRE(line.outbox.time);
  CHECK(line.outbox.time->half_round_trip_ms == 100);
  CHECK(line.uplink.link().online);
}

TEST_CASE("an old signed time under another nonce is not the time now", "[sync][uplink]") {
  Line line;
  line.uplink.tick();
  line.answer(200, sync::encode_time_answer(line.clock.now.wall, std::string(32, '0'), line.acceptance));
  CHECK_FALSE(line.outbox.time);
  CHECK_FALSE(line.uplink.link().online);
  CHECK(line.uplink.link().cause == "answer");
}

TEST_CASE("a record counts as accepted only on the registry's signed verdict", "[sync][uplink]") {
  Line line;
  const auto id = line.file();
  line.settle_time();
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/records");

  SECTION("a verdict signed by the registry") {
    line.answer(200, line.batch_answer(id, core::Outcome::accepted));
    CHECK(line.outbox.find(id).state == core::SendState::accepted);
  }
  SECTION("a captive portal's page under status 200") {
    line.answer(200, "<html>Welcome to the hotel</html>", {{"content-type", "text/html"}});
    CHECK(line.outbox.find(id).state == core::SendState::queued);
    CHECK(line.uplink.link().cause == "answer");
  }
  SECTION("a verdict signed by somebody else") {
    line.acceptance = core::new_signing_key(line.random);
    line.answer(200, line.batch_answer(id, core::Outcome::accepted));
    CHECK(line.outbox.find(id).state == core::SendState::queued);
  }
  SECTION("a verdict about other bytes") {
    line.outbox.find(id).digest[0] ^= 1;
    const auto foreign = line.batch_answer(id, core::Outcome::accepted);
    line.outbox.find(id).digest[0] ^= 1;
    line.answer(200, foreign);
    CHECK(line.outbox.find(id).state == core::SendState::queued);
  }
  SECTION("status 500, a redirect, nothing at all") {
    const int status = GENERATE(500, 302, 503);
    line.answer(status, "");
    CHECK(line.outbox.find(id).state == core::SendState::queued);
    CHECK(line.uplink.link().next_try);
  }
}

TEST_CASE("a document goes up in pieces and the verdict is asked for when all of it is there", "[sync][uplink]") {
  Line line;
  const auto id = line.file(sync::upload_chunk_bytes + 10);
  line.settle_time();
  line.answer(200, line.batch_answer(id, core::Outcome::received));
  REQUIRE(line.transport.asked->method == "POST");
  line.answer(201, "", {{"location", "https://localhost:8443/v1/uploads/u1"}});
  REQUIRE(line.transport.asked->method == "PATCH");
  CHECK(line.transport.asked->path == "/v1/uploads/u1");
  CHECK(line.transport.asked->body.size() == sync::upload_chunk_bytes);
  line.answer(204, "", {{"upload-offset", std::to_string(sync::upload_chunk_bytes)}});
  CHECK(line.transport.asked->body.size() == 10);
  line.answer(204, "", {{"upload-offset", std::to_string(sync::upload_chunk_bytes + 10)}});
  REQUIRE(line.transport.asked->path == "/v1/records/" + id);
  line.answer(200, sync::encode_verdict_answer(line.verdict(id, core::Outcome::accepted)));
  CHECK(line.outbox.find(id).state == core::SendState::accepted);
}

TEST_CASE("after a cut in mid-piece the offset is asked for and at most that piece goes twice", "[sync][uplink]") {
  Line line;
  const auto id = line.file(3 * sync::upload_chunk_bytes);
  line.settle_time();
  line.answer(200, line.batch_answer(id, core::Outcome::received));
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  line.transport.answer(sync::NoAnswer{"cut"});
  line.uplink.tick();
  CHECK_FALSE(line.transport.asked);
  line.clock.pass(2s);
  line.uplink.tick();
  REQUIRE(line.transport.asked->method == "HEAD");
  line.answer(200, "", {{"upload-offset", std::to_string(2 * sync::upload_chunk_bytes)}});
  REQUIRE(line.transport.asked->method == "PATCH");
  CHECK(line.transport.asked->body.size() == sync::upload_chunk_bytes);
}

TEST_CASE("an upload that expired at the registry begins anew", "[sync][uplink]") {
  Line line;
  const auto id = line.file(100);
  line.outbox.items[0].docs[0].upload = "/v1/uploads/old";
  line.outbox.items[0].state = core::SendState::sent;
  line.settle_time();
  REQUIRE(line.transport.asked->method == "HEAD");
  line.answer(410, "");
  REQUIRE(line.transport.asked->method == "POST");
  CHECK(line.transport.asked->path == "/v1/uploads");
  CHECK(line.outbox.find(id).docs[0].upload.empty());
}

TEST_CASE("failures back off from a second to a quarter of an hour, and Retry-After is capped", "[sync][uplink]") {
  Line line;
  line.uplink.tick();
  core::Millis longest{0};
  for (int i = 0; i < 20; ++i) {
    line.transport.answer(sync::NoAnswer{"refused"});
    line.uplink.tick();
    REQUIRE(line.uplink.link().next_try);
    const auto wait = *line.uplink.link().next_try - line.clock.now.steady;
    CHECK(wait >= 500ms);
    CHECK(wait <= sync::backoff_max);
    longest = std::max(longest, wait);
    line.clock.pass(wait - 1ms);
    line.uplink.tick();
    CHECK_FALSE(line.transport.asked);
    line.clock.pass(1ms);
    line.uplink.tick();
    REQUIRE(line.transport.asked);
  }
  CHECK(longest >= sync::backoff_max / 2);
  line.answer(429, "", {{"retry-after", "999999999"}});
  CHECK(*line.uplink.link().next_try - line.clock.now.steady == sync::retry_after_max);
  line.uplink.try_now();
  line.uplink.tick();
  CHECK(line.transport.asked);
}

TEST_CASE("feed items are kept whole or not at all", "[sync][uplink]") {
  Line line;
  line.settle_time();
  REQUIRE(line.transport.asked->path.find("/v1/feed?after=0.0") == 0);
  const auto item = [&](std::int64_t index, std::string device) {
    return sync::sign_feed_item({{1, index}, std::move(device), "bureau", line.clock.now.wall, core::Json::Object{{"bin", "040740001238"}}}, line.acceptance);
  };
  SECTION("two items for us") {
    line.answer(200, sync::encode(sync::FeedPage{1, {item(1, "AL-03"), item(2, "AL-03")}, {1, 2}, line.clock.now.wall}));
    CHECK(line.inbox.kept.size() == 2);
    CHECK(line.inbox.cursor == "1.2");
  }
  SECTION("the second is for another kiosk") {
    line.answer(200, sync::encode(sync::FeedPage{1, {item(1, "AL-03"), item(2, "AL-04")}, {1, 2}, line.clock.now.wall}));
    CHECK(line.inbox.kept.empty());
    CHECK(line.inbox.cursor == "0.0");
  }
  SECTION("a new epoch is read from the start") {
    line.inbox.cursor = "1.17";
    line.answer(410, "");
    CHECK(line.inbox.cursor == "0.0");
  }
}
