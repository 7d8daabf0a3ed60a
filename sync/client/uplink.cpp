// The uplink's clockwork: what to do next, and what a failure costs. The answers themselves are taken
// in uplink_records.cpp and uplink_feed.cpp. See uplink.h.
#include "sync/client/uplink.h"

#include <algorithm>

#include "sync/wire/messages.h"

namespace qabyl::sync {
namespace {

std::uint64_t random_number(core::Random& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::uint64_t n = 0;
  for (const auto byte : bytes) n = (n << 8) | byte;
  return n;
}

// RFC 9110 10.2.3: seconds only; a date or nonsense counts as absent.
std::optional<core::Millis> retry_after(const ClientAnswer& answer) {
  const auto text = answer.header("retry-after");
  if (text.empty() || text.size() > 9 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  return std::min(core::Millis{std::stoll(text) * 1000}, retry_after_max);
}

}  // namespace

std::string ClientAnswer::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

Uplink::Uplink(UplinkParts parts, core::Keyring keys) : parts_(std::move(parts)), keys_(std::move(keys)) {}

void Uplink::tick() {
  if (in_flight()) {
    const auto result = parts_.transport.poll();
    if (!result) return;
    take(*result);
  }
  if (!in_flight() && parts_.clock.read().steady >= due_) choose();
}

void Uplink::work_arrived() {
  if (!link_.next_try) due_ = parts_.clock.read().steady;
}

void Uplink::try_now() {
  link_.next_try.reset();
  backoff_ = core::Millis{0};
  feed_due_ = core::Millis{0};
  due_ = parts_.clock.read().steady;
}

// Time first (a fact is worth more when its time is trusted), then records, documents, papers, feed.
void Uplink::choose() {
  const auto now = parts_.clock.read().steady;
  if (now >= time_due_) return start_time();
  if (choose_record_work()) return;
  if (in_flight() || link_.next_try) return;  // a store error has backed off
  if (start_paper()) return;
  if (now >= feed_due_) return start_feed();
  due_ = std::min(feed_due_, time_due_);
}

bool Uplink::choose_record_work() {
  const auto pending = parts_.outbox.pending(send_records_max, send_bytes_max);
  if (!pending) {
    fail("storage");
    return true;
  }
  std::vector<core::OutboxItem> queued;
  std::copy_if(pending->begin(), pending->end(), std::back_inserter(queued),
               [](const auto& item) { return item.state == core::SendState::queued; });
  if (!queued.empty()) {
    start_batch(queued);
    return true;
  }
  for (const auto& item : *pending) {
    for (const auto& document : item.docs) {
      if (document.sent) continue;
      start_upload(item, document);
      return true;
    }
    asking_ = item.id;
    asking_digest_ = item.digest;
    start(Doing::verdict, {"GET", "/v1/records/" + item.id, {}, {}});
    return true;
  }
  return false;
}

void Uplink::start(Doing doing, ClientRequest request) {
  QABYL_CHECK(!in_flight());
  request.headers.emplace_back(head_header, parts_.head());
  asked_at_ = parts_.clock.read();
  doing_ = doing;
  parts_.transport.start(std::move(request));
}

void Uplink::take(const ClientResult& result) {
  const Doing done = std::exchange(doing_, Doing::nothing);
  if (const auto* none = std::get_if<NoAnswer>(&result)) {
    if (upload_) upload_->offset_known = false;  // what arrived of the piece is asked for
    return fail(none->cause);
  }
  take_answer(done, std::get<ClientAnswer>(result));
}

void Uplink::take_answer(Doing done, const ClientAnswer& answer) {
  switch (done) {
    case Doing::time: return took_time(answer);
    case Doing::batch: return took_batch(answer);
    case Doing::create: return took_create(answer);
    case Doing::probe: return took_probe(answer);
    case Doing::append: return took_append(answer);
    case Doing::verdict: return took_verdict(answer);
    case Doing::feed: return took_feed(answer);
    case Doing::paper: return took_paper(answer);
    case Doing::nothing: break;
  }
  QABYL_CHECK(false);
}

// Only an answer that carried the registry's signature, or moved a document on, gets here.
void Uplink::succeeded() {
  const auto now = parts_.clock.read();
  link_ = {true, now.wall, std::nullopt, {}};
  backoff_ = core::Millis{0};
  due_ = now.steady;
}

void Uplink::fail(std::string cause, std::optional<core::Millis> asked) {
  const auto now = parts_.clock.read().steady;
  backoff_ = backoff_ == core::Millis{0} ? backoff_first : std::min(backoff_ * 2, backoff_max);
  // Jitter: between half and the whole of the step, so that kiosks do not return together.
  const auto half = backoff_.count() / 2;
  core::Millis wait{half + static_cast<std::int64_t>(random_number(parts_.random) % static_cast<std::uint64_t>(half + 1))};
  if (asked) wait = std::max(wait, *asked);
  link_.online = false;
  link_.cause = std::move(cause);
  link_.next_try = now + wait;
  due_ = now + wait;
}

void Uplink::fail_status(const ClientAnswer& answer) {
  const auto asked = retry_after(answer);
  if (answer.status == 403) return fail("revoked", asked);
  if (answer.status == 409) return fail("order", asked);
  if (answer.status == 429 || answer.status >= 500) return fail("busy", asked);
  fail("answer", asked);
}

}  // namespace qabyl::sync
