// The uplink alone, over an outbox, an inbox and a transport made by hand; the test plays the registry,
// honest or not, and moves the clock. No socket, no waiting. For tests only.
#pragma once

#include <deque>
#include <functional>

#include "core/asset.h"
#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"
#include "tests/support/catch.h"
#include "tests/support/clocks.h"
#include "tests/sync/hand_log.h"

namespace qabyl::test {

using namespace std::chrono_literals;

class HandTransport final : public sync::Transport {
 public:
  void start(sync::ClientRequest request) override {
    REQUIRE_FALSE(asked);
    asked = std::move(request);
  }
  std::optional<sync::ClientResult> poll() override { return std::exchange(result, std::nullopt); }
  void answer(sync::ClientResult with) {
    REQUIRE(asked);
    result = carry ? carry(*std::exchange(asked, std::nullopt), std::move(with)) : std::move(with);
    asked.reset();
  }
  std::optional<sync::ClientRequest> asked;
  std::optional<sync::ClientResult> result;
  std::function<sync::ClientResult(const sync::ClientRequest&, sync::ClientResult)> carry;  // what becomes of both on a line (wire_line.h)
};

class HandOutbox final : public core::Outbox {
 public:
  core::Result<std::vector<core::OutboxItem>> pending(std::size_t records_max, std::size_t) override {
    asked_for.push_back(records_max);
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
    if (damaged) return core::Error{core::ErrorCode::corrupt, "digest"};
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
  std::vector<std::size_t> asked_for;  // how many records, each time
  bool damaged = false;
  core::Bytes bytes;
  std::optional<core::TimeSync> time;
};

class HandInbox final : public core::Inbox {
 public:
  core::Result<std::string> feed_cursor() override { return cursor; }
  core::Result<std::string> kept_asset(std::string_view name) override {
    const auto found = assets.find(name);
    return found == assets.end() ? std::string() : found->second;
  }
  core::Status keep_feed(const std::vector<core::Json>& items, std::string_view next) override {
    kept.insert(kept.end(), items.begin(), items.end());
    cursor = next;
    return core::Done{};
  }
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t) override { return papers; }
  core::Status keep_part(const core::Digest& sha256, std::uint64_t, core::ByteView bytes, bool last) override {
    const auto paper = std::find_if(papers.begin(), papers.end(), [&](const auto& one) { return one.sha256 == sha256; });
    REQUIRE(paper != papers.end());
    paper->have += bytes.size();
    if (last && damaged) return paper->have = 0, core::Error{core::ErrorCode::corrupt, "digest"};
    if (last) papers.erase(paper);
    return core::Done{};
  }
  std::map<std::string, std::string, std::less<>> assets;
  bool damaged = false;
  std::string cursor = "0.0";
  std::vector<core::Json> kept;
  std::vector<core::WantedDocument> papers;
};

struct Line {  // a kiosk's uplink and the registry's keys, before the first request
  explicit Line(bool has_log = false) : with_log(has_log) {}  // the office has an evidence log
  bool with_log;
  tests::FakeRandom random;
  tests::FakeClock clock;
  core::SigningKey root = core::new_signing_key(random), acceptance = core::new_signing_key(random),
                   assets = core::new_signing_key(random), log_key = core::new_signing_key(random), record_key = core::new_signing_key(random);
  core::Keyring keys = *core::Keyring::open(keys_signed_by(root, clock.now.wall), root.verify_key);
  HandOutbox outbox;
  HandInbox inbox;
  HandLog log;
  HandTransport transport;
  sync::Uplink uplink{{outbox, inbox, log, transport, clock, random, root.verify_key, "AL-03", record_key, [] { return std::string("0.") + std::string(64, '0'); }}, keys};

  std::string keys_signed_by(const core::SigningKey& signer, core::Instant issued, std::string_view origin = "qabyl.example") const {
    const auto from = clock.now.wall - 24h, to = clock.now.wall + 24h * 365;
    std::vector<core::KeyEntry> entries{{core::KeyUse::acceptance, acceptance.verify_key, from, to}, {core::KeyUse::assets, assets.verify_key, from, to}};
    if (with_log) entries.push_back({core::KeyUse::log, log_key.verify_key, from, to});
    return core::Keyring::sign(signer, origin, entries, issued);
  }
  void answer(int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {}) {
    transport.answer(sync::ClientAnswer{status, std::move(headers), core::to_bytes(body)});
    uplink.tick();
  }
  // Past the first exchange, which sets the trusted time.
  void settle_time() {
    uplink.tick();
    REQUIRE(transport.asked);
    const auto nonce = transport.asked->path.substr(transport.asked->path.find('=') + 1);
    answer(200, sync::encode_time_answer(clock.now.wall, nonce, acceptance));
  }
  // The record of `file` is taken, and the feed has nothing: documents are next.
  void settle_record(const core::Id& id) {
    answer(200, batch_answer(id, core::Outcome::received));
    settle_feed();
  }
  void settle_feed() {
    REQUIRE(transport.asked->path.starts_with("/v1/feed"));
    auto next = *sync::parse_feed_cursor(inbox.cursor);
    next.epoch = 1;
    answer(200, sync::encode(sync::FeedPage{1, {}, next, clock.now.wall}));
  }
  std::string item(std::int64_t index, std::string_view kind, core::Json body, std::string device = "AL-03") const {
    return sync::sign_feed_item({{1, index}, std::move(device), std::string(kind), clock.now.wall, std::move(body)}, acceptance);
  }
  void answer_feed(std::vector<std::string> items) {
    REQUIRE(transport.asked->path.starts_with("/v1/feed"));
    const auto count = static_cast<std::int64_t>(items.size());
    answer(200, sync::encode(sync::FeedPage{1, std::move(items), {1, count}, clock.now.wall}));
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
    if (outcome == core::Outcome::received && !outbox.find(id).docs.empty()) word.missing = {0};
    return core::sign_verdict(word, acceptance);
  }
  std::string batch_answer(const core::Id& id, core::Outcome outcome) {
    return sync::encode(std::vector<sync::BatchAnswer>{{id, verdict(id, outcome), {}}});
  }
};

}  // namespace qabyl::test
