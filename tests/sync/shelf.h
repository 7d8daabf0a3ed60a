// What a kiosk's store would hold, in memory: records with their documents, verdicts, what the feed brought, sealed papers. A final
// word is never replaced. For tests of the uplink against a real registry.
#pragma once

#include <algorithm>
#include <map>

#include "core/encoding.h"
#include "core/store_ports.h"
#include "tests/sync/registry_rig.h"

namespace qabyl::test {

class Shelf final : public core::Outbox, public core::Inbox {
 public:
  // The next record of `kiosk`, filed here and sent nowhere yet. Nobody signs twice alike.
  core::Id file(TestKiosk& kiosk, int n, const std::vector<std::string>& texts) {
    auto made = filing_of(texts);
    made.id = made.case_id = id(n);
    made.body["signature"] = core::to_json(signature(made.docs[0].sha256, 2, n));
    return put(kiosk, kiosk.next(std::move(made)), texts);
  }
  core::Id put(TestKiosk& kiosk, const core::SignedRecord& filed, const std::vector<std::string>& texts = {}) {
    kiosk.kept(filed);
    core::OutboxItem item{filed.record.q, filed.record.id, filed.digest, filed.jws, core::SendState::queued, {}};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      item.docs.push_back({static_cast<int>(i), digest(texts[i]), texts[i].size(), {}, false});
      documents[digest(texts[i])] = texts[i];
    }
    items.push_back(std::move(item));
    return filed.record.id;
  }
  core::OutboxItem& find(const core::Id& id) {
    return *std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  }
  bool settled() const {
    return std::all_of(items.begin(), items.end(), [](const auto& item) { return item.state != core::SendState::queued && item.state != core::SendState::sent; });
  }

  core::Result<std::vector<core::OutboxItem>> pending(std::size_t records_max, std::size_t) override {
    std::vector<core::OutboxItem> found;
    for (const auto state : {core::SendState::queued, core::SendState::sent}) {
      for (const auto& item : items) {
        if (item.state == state && found.size() < records_max) found.push_back(item);
      }
    }
    return found;
  }
  core::Result<std::vector<core::TakenItem>> taken_after(std::int64_t q, std::size_t records_max, std::size_t) override {
    std::vector<core::TakenItem> found;
    for (const auto& item : items) {
      if (item.q <= q) continue;
      if (item.state == core::SendState::queued || found.size() == records_max) break;
      found.push_back({item, item.state == core::SendState::sent ? std::string() : verdicts[item.id]});
    }
    return found;
  }
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
    CHECK((item.state == core::SendState::queued || item.state == core::SendState::sent));
    item.state = verdict.outcome == core::Outcome::received     ? core::SendState::sent
                 : verdict.outcome == core::Outcome::accepted   ? core::SendState::accepted
                 : verdict.outcome == core::Outcome::superseded ? core::SendState::superseded
                                                                : core::SendState::quarantined;
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
    for (const auto& item : more) {
      feed.push_back(item);
      const auto& body = item.member("body");
      if (item.text("kind") != "paper") continue;
      const auto sha256 = *core::digest_from_hex(body.text("sealed_sha256"));
      if (sealed.contains(sha256)) continue;  // announced again in a new epoch, and here or on its way
      papers.push_back({sha256, static_cast<std::uint64_t>(body.number("sealed_bytes")), 0});
      sealed[sha256];
    }
    cursor = next;
    return core::Done{};
  }
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t) override { return papers; }
  core::Status keep_part(const core::Digest& sha256, std::uint64_t offset, core::ByteView bytes, bool last) override {
    const auto paper = std::find_if(papers.begin(), papers.end(), [&](const auto& one) { return one.sha256 == sha256; });
    REQUIRE(paper != papers.end());
    auto& whole = sealed[sha256];
    CHECK(whole.size() == offset);
    whole.append(core::as_text(bytes));
    paper->have = whole.size();
    if (!last) return core::Done{};
    CHECK(digest(whole) == sha256);
    papers.erase(paper);
    return core::Done{};
  }

  std::vector<core::OutboxItem> items;
  std::map<core::Id, std::string> verdicts;
  std::map<core::Digest, std::string> documents, sealed;
  std::vector<core::Json> feed;
  std::vector<core::WantedDocument> papers;
  std::string cursor = "0.0";
};

}  // namespace qabyl::test
