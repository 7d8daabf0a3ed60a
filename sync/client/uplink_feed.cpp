// What comes down: trusted time, feed items, sealed papers in pieces. See uplink.h.
#include <algorithm>

#include "core/asset.h"
#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {
namespace {

constexpr std::uint64_t paper_piece_bytes = 256 * 1024;

// Items come in order and end where the page says: nothing is skipped, nothing is played again.
bool in_order(const FeedPage& page, const std::vector<FeedItem>& items, FeedCursor after) {
  if (after.epoch != page.epoch) after = {page.epoch, 0};
  for (const auto& item : items) {
    if (item.at_position.epoch != page.epoch || item.at_position.index <= after.index) return false;
    after.index = item.at_position.index;
  }
  return page.next == after;
}

bool begins_at(const ClientAnswer& answer, std::uint64_t offset) {
  return answer.header("content-range").starts_with("bytes " + std::to_string(offset) + "-");
}

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
  if (!registry) return disbelieve(registry.error().code);
  const auto now = parts_.clock.read();
  if (now.steady - asked_at_.steady > time_trip_max) {  // a machine that slept meanwhile, or a line on which the middle is no guess
    succeeded();
    time_due_ = now.steady + time_retry;
    return;
  }
  core::TimeSync sync;
  sync.half_round_trip_ms = (now.steady - asked_at_.steady).count() / 2;
  sync.registry = *registry + core::Millis{sync.half_round_trip_ms};
  sync.at = now;
  if (!parts_.outbox.keep_time(sync)) return fail("storage");
  succeeded();
  time_due_ = now.steady + time_interval;
}

void Uplink::start_feed() {
  if (!cursor_) {  // once read, it changes by our own keep_feed() only
    const auto kept = parts_.inbox.feed_cursor();
    if (!kept) return fail("storage");
    const auto after = parse_feed_cursor(*kept);
    after_ = after ? *after : FeedCursor{};
    cursor_ = *kept;
  }
  start(Doing::feed, {"GET", "/v1/feed?after=" + *cursor_ + "&limit=" + std::to_string(feed_ask), {}, {}});
}

void Uplink::took_feed(const ClientAnswer& answer) {
  if (answer.status == 410) {  // the registry was restored: its new epoch is read from the start
    cursor_.reset();
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

// All items of an answer or none: one that is not the registry's word for this device spoils it. An item
// whose second signature fails is left out and told; the cursor goes on, so that it holds up nothing (I19).
bool Uplink::keep_items(const FeedPage& page) {
  auto keys = keys_;  // a new list counts from the item behind it
  std::vector<FeedItem> items;
  std::vector<core::Json> payloads;
  for (const auto& jws : page.items) {
    auto item = open_feed_item(jws, keys, parts_.device);
    if (!item) return disbelieve(item.error().code), false;
    if (believed(*item, keys)) payloads.push_back(to_json(*item));
    items.push_back(*std::move(item));
  }
  if (!in_order(page, items, after_)) return disbelieve(), false;
  if (!items.empty()) {
    cursor_.reset();  // the store has the last word on what it kept
    no_paper_wanted_ = false;
    if (!parts_.inbox.keep_feed(payloads, to_text(page.next))) return fail("storage"), false;
    if (taking_ != nullptr) taking_->news += static_cast<int>(payloads.size());
  }
  keys_ = std::move(keys);
  return true;
}

bool Uplink::believed(const FeedItem& item, core::Keyring& keys) {
  if (item.kind == feed_kind::keys) return believed_keys(item, keys);
  if (item.kind == feed_kind::profile || item.kind == feed_kind::calendar) return believed_asset(item, keys);
  return true;
}

// Only the offline root replaces keys, never by an older list, and never by another office's.
bool Uplink::believed_keys(const FeedItem& item, core::Keyring& keys) {
  auto newer = core::Keyring::open(item.body.text("jws"), parts_.root_key);
  if (!newer || newer->origin() != keys.origin()) {
    link_.alarm = "keys.forged";
    return false;
  }
  if (newer->issued() < keys.issued()) {
    link_.alarm = "keys.older";
    return false;
  }
  keys = *std::move(newer);
  return true;
}

// After a rotation everything is signed by a key that this kiosk does not know yet, the feed that would bring it too. The list
// is the root's word, whoever carries it; one that is no newer changes nothing, and the answer stays disbelieved.
void Uplink::start_keys() {
  keys_asked_ = parts_.clock.read().steady;
  start(Doing::keys, {"GET", "/v1/keys.json", {}, {}});
}

void Uplink::took_keys(const ClientAnswer& answer) {
  if (answer.status != 200 || answer.body.size() > core::jws_bytes_max) return fail("answer");
  const std::string jws(core::as_text(answer.body));
  auto newer = core::Keyring::open(jws, parts_.root_key);
  if (!newer || newer->origin() != keys_.origin() || newer->issued() <= keys_.issued()) return fail("answer");
  const auto cursor = parts_.inbox.feed_cursor();
  const FeedItem item{{}, parts_.device, std::string(feed_kind::keys), parts_.clock.read().wall, core::Json::Object{{"jws", jws}}};
  if (!cursor || !parts_.inbox.keep_feed({to_json(item)}, *cursor)) return fail("storage");
  keys_ = *std::move(newer);
  aside_.clear();  // what no known key had signed is looked at again
  succeeded();
}

bool Uplink::believed_asset(const FeedItem& item, const core::Keyring& keys) {
  const auto asset = core::open_asset(item.body.text("jws"), keys, item.at);
  if (!asset) {
    link_.alarm = "asset.forged " + item.kind;
    return false;
  }
  const auto same = parts_.inbox.kept_asset(asset->name + "@" + asset->version);  // profiles: every version (core/store/kiosk_feed.cpp)
  const auto held = same ? core::read_asset(*same) : core::Result<core::Asset>(same.error());
  if (held) {
    if (held->text != asset->text) link_.alarm = "asset.altered " + asset->name + " " + asset->version;
    return held->text == asset->text;  // again, after a new epoch: it replaces nothing
  }
  const auto kept = parts_.inbox.kept_asset(asset->name);
  const auto before = kept ? core::read_asset(*kept) : core::Result<core::Asset>(kept.error());
  if (before && core::version_before(asset->version, before->version)) {
    link_.alarm = "asset.older " + asset->name + " " + asset->version;
    return false;
  }
  return true;
}

// Only a feed that brought something can name a paper: the store is not asked in between.
bool Uplink::start_paper() {
  if (no_paper_wanted_) return false;
  const auto wanted = parts_.inbox.wanted(wanted_max);
  if (!wanted) return false;
  no_paper_wanted_ = wanted->empty();
  const auto next = std::find_if(wanted->begin(), wanted->end(), [this](const auto& one) { return !is_aside(core::to_hex(one.sha256)); });
  if (next == wanted->end()) return false;
  paper_ = *next;
  const auto last = std::min(paper_->bytes, paper_->have + paper_piece_bytes) - 1;
  start(Doing::paper, {"GET", "/v1/documents/" + core::to_hex(paper_->sha256),
                       {{"Range", "bytes=" + std::to_string(paper_->have) + "-" + std::to_string(last)}}, {}});
  return true;
}

void Uplink::took_paper(const ClientAnswer& answer) {
  const auto name = core::to_hex(paper_->sha256);
  if (answer.status == 404 || answer.status == 416) {  // no longer ours to read: the feed will say
    set_aside(name);
    return succeeded();
  }
  const bool whole = answer.status == 200 && paper_->have == 0 && answer.body.size() == paper_->bytes;
  if (answer.status != 206 && !whole) return fail_status(answer);
  const auto end = paper_->have + answer.body.size();
  if (answer.body.empty() || end > paper_->bytes || (!whole && !begins_at(answer, paper_->have))) return disbelieve();
  const auto kept = parts_.inbox.keep_part(paper_->sha256, paper_->have, answer.body, end == paper_->bytes);
  if (!kept && kept.error().code == core::ErrorCode::corrupt) {  // thrown away by the store; fetched again later
    link_.alarm = "paper.damaged " + name;
    set_aside(name);
    return succeeded();
  }
  if (!kept) return fail("storage");
  succeeded();
}

}  // namespace qabyl::sync
