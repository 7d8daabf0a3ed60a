// What comes down: trusted time, feed items, sealed papers in pieces. See uplink.h.
#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {
namespace {

constexpr std::uint64_t paper_piece_bytes = 256 * 1024;

}  // namespace

void Uplink::start_time() {
  std::array<std::uint8_t, 16> bytes{};
  parts_.random.fill(bytes);
  nonce_ = core::to_hex(bytes);
  start(Doing::time, {"GET", "/v1/time?nonce=" + nonce_, {}, {}});
}

void Uplink::took_time(const ClientAnswer& answer) {
  if (answer.status != 200) return fail_status(answer);
  const auto registry = open_time_answer(core::as_text(answer.body), nonce_, keys_);
  if (!registry) return fail("answer");
  const auto now = parts_.clock.read();
  core::TimeSync sync;
  sync.half_round_trip_ms = (now.steady - asked_at_.steady).count() / 2;
  sync.registry = *registry + core::Millis{sync.half_round_trip_ms};
  sync.at = now;
  if (!parts_.outbox.keep_time(sync)) return fail("storage");
  succeeded();
  time_due_ = now.steady + time_interval;
}

void Uplink::start_feed() {
  const auto cursor = parts_.inbox.feed_cursor();
  if (!cursor) return fail("storage");
  start(Doing::feed, {"GET", "/v1/feed?after=" + *cursor + "&limit=" + std::to_string(feed_ask), {}, {}});
}

void Uplink::took_feed(const ClientAnswer& answer) {
  if (answer.status == 410) {  // the registry was restored: its new epoch is read from the start
    if (!parts_.inbox.keep_feed({}, "0.0")) return fail("storage");
    return succeeded();
  }
  if (answer.status != 200) return fail_status(answer);
  const auto page = decode_feed_page(core::as_text(answer.body));
  if (!page) return fail("answer");
  if (!keep_items(*page)) return;
  succeeded();
  if (page->items.empty()) feed_due_ = parts_.clock.read().steady + feed_interval;
}

// All items of an answer or none: one that is not the registry's word for this device spoils it.
bool Uplink::keep_items(const FeedPage& page) {
  std::vector<core::Json> payloads;
  auto keys = keys_;
  for (const auto& jws : page.items) {
    const auto item = open_feed_item(jws, keys, parts_.device);
    if (!item) return fail("answer"), false;
    if (item->kind == feed_kind::keys) {
      auto newer = core::Keyring::open(item->body.text("jws"), parts_.root_key);
      if (!newer) return fail("answer"), false;
      keys = *std::move(newer);
    }
    payloads.push_back(to_json(*item));
  }
  if (!payloads.empty() && !parts_.inbox.keep_feed(payloads, to_text(page.next))) return fail("storage"), false;
  keys_ = std::move(keys);
  return true;
}

bool Uplink::start_paper() {
  const auto wanted = parts_.inbox.wanted(1);
  if (!wanted || wanted->empty()) return false;
  paper_ = wanted->front();
  const auto last = std::min(paper_->bytes, paper_->have + paper_piece_bytes) - 1;
  start(Doing::paper, {"GET", "/v1/documents/" + core::to_hex(paper_->sha256),
                       {{"Range", "bytes=" + std::to_string(paper_->have) + "-" + std::to_string(last)}}, {}});
  return true;
}

void Uplink::took_paper(const ClientAnswer& answer) {
  const bool whole = answer.status == 200 && paper_->have == 0 && answer.body.size() == paper_->bytes;
  if (answer.status != 206 && !whole) return fail_status(answer);
  const auto end = paper_->have + answer.body.size();
  if (answer.body.empty() || end > paper_->bytes) return fail("answer");
  const auto kept = parts_.inbox.keep_part(paper_->sha256, paper_->have, answer.body, end == paper_->bytes);
  if (!kept) return fail(kept.error().code == core::ErrorCode::corrupt ? "answer" : "storage");
  succeeded();
}

}  // namespace qabyl::sync
