// The uplink's clockwork: what to do next, and what a failure costs. The answers themselves are taken
// in uplink_records.cpp and uplink_feed.cpp. See uplink.h.
#include "sync/client/uplink.h"

#include <algorithm>

#include "core/encoding.h"
#include "sync/wire/messages.h"
#include "sync/wire/receipt_sheet.h"

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
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  if (text.size() > 9) return retry_after_max;
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
    const auto result = transport_->poll();
    if (!result) return;
    take(*result);
  }
  if (!in_flight() && parts_.clock.read().steady >= due_) choose();
}

void Uplink::work_arrived() {
  if (!link_.next_try) due_ = parts_.clock.read().steady;
}

// Somebody stands and waits: backing off or not, it is tried once.
void Uplink::ask_receipt(std::string number, std::string check_code) {
  receipt_asked_.emplace(std::move(number), std::move(check_code));
  receipt_.reset();
  due_ = parts_.clock.read().steady;
}

void Uplink::try_now() {
  link_.next_try.reset();
  backoff_ = core::Millis{0};
  feed_due_ = log_due_ = give_due_ = core::Millis{0};
  aside_.clear();
  due_ = parts_.clock.read().steady;
}

// A person who waits first; then time (a fact is worth more when its time is trusted), then what the log said last, then records, the feed when it is due, documents,
// papers: records are small and countersigned at once, and a long upload never keeps the feed waiting.
void Uplink::choose() {
  const auto now = parts_.clock.read().steady;
  if (receipt_asked_) return start_receipt();
  if (now >= time_due_) return start_time();
  if (choose_log(now)) return;
  if (choose_give_back(now)) return;
  // Each is read and unsealed: a batch is, when there is one to send. Else only the first counts, behind those set aside.
  auto pending = parts_.outbox.pending(std::min(1 + aside_.size(), send_records_max), send_bytes_max);
  const bool queued = pending && !pending->empty() && pending->front().state == core::SendState::queued;
  if (queued) pending = parts_.outbox.pending(send_records_max, send_bytes_max);
  if (!pending) return fail("storage");
  if (choose_queued(*pending)) return;
  if (now >= feed_due_) return start_feed();
  if (choose_document(*pending)) return;
  if (choose_wanted_document()) return;
  if (start_paper()) return;
  if (choose_mirror()) return;
  due_ = std::min(feed_due_, time_due_);
}

void Uplink::start_receipt() {
  const auto asked = *std::exchange(receipt_asked_, std::nullopt);
  receipt_sent_ = asked.first;
  start(Doing::receipt, {"GET", std::string(receipts_path) + "/" + asked.first + "?code=" + asked.second, {}, {}});
}

bool Uplink::choose_queued(const std::vector<core::OutboxItem>& pending) {
  std::vector<core::OutboxItem> queued;
  std::copy_if(pending.begin(), pending.end(), std::back_inserter(queued),
               [](const auto& item) { return item.state == core::SendState::queued; });
  if (queued.empty() || is_aside(journal_name)) return false;
  start_batch(queued);
  return true;
}

bool Uplink::choose_document(const std::vector<core::OutboxItem>& pending) {
  for (const auto& item : pending) {
    if (item.state == core::SendState::queued || is_aside(item.id)) continue;  // record first
    const auto open = std::find_if(item.docs.begin(), item.docs.end(), [](const auto& document) { return !document.sent; });
    if (open != item.docs.end()) {
      start_upload(item, *open);
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
  request.headers.emplace_back(protocol_header, std::to_string(protocol_version));
  if (held_ && told_.size() <= told_note_bytes_max) request.headers.emplace_back(log_header, core::to_base64url(core::as_bytes(told_)));
  const bool mirrors = doing == Doing::batch || doing == Doing::verdict || doing == Doing::consistency || doing == Doing::mirror || doing == Doing::give_back;
  if (mirrors && mirror_) request.headers.emplace_back(mirror_header, mirror_->size == 0 ? std::string(mirror_begin) : std::to_string(mirror_->size));
  asked_at_ = parts_.clock.read();
  doing_ = doing;
  transport_->start(std::move(request));
}

void Uplink::take(const ClientResult& result) {
  const Doing done = done_ = std::exchange(doing_, Doing::nothing);
  if (const auto* none = std::get_if<NoAnswer>(&result)) {
    if (upload_) upload_->offset_known = false;  // what arrived of the piece is asked for
    if (done == Doing::consistency) set_aside(checking_->note);  // a question that hangs holds up nothing
    if (done == Doing::report) set_aside(fork_name);
    if (done == Doing::receipt) told_receipt(AskedReceipt::Outcome::unreachable);
    if (done == Doing::checkpoint) log_due_ = parts_.clock.read().steady + log_retry;
    return fail(none->cause);
  }
  take_answer(done, std::get<ClientAnswer>(result));
}

void Uplink::take_answer(Doing done, const ClientAnswer& answer) {
  hear_restore(done, answer);
  switch (done) {
    case Doing::keys: return took_keys(answer);
    case Doing::time: return took_time(answer);
    case Doing::checkpoint: return took_checkpoint(answer);
    case Doing::consistency: return took_consistency(answer);
    case Doing::report: return took_report(answer);
    case Doing::receipt: return took_receipt(answer);
    case Doing::batch: return took_batch(answer);
    case Doing::create: return took_create(answer);
    case Doing::probe: return took_probe(answer);
    case Doing::append: return took_append(answer);
    case Doing::verdict: return took_verdict(answer);
    case Doing::feed: return took_feed(answer);
    case Doing::paper: return took_paper(answer);
    case Doing::mirror: return took_mirror(answer);
    case Doing::give_leaves: return took_give_leaves(answer);
    case Doing::give_back: return took_give_back(answer);
    case Doing::nothing: break;
  }
  QABYL_CHECK(false);
}

// Only an answer that carried the registry's signature, or moved a document on, gets here.
void Uplink::succeeded() {
  const auto now = parts_.clock.read();
  link_ = {true, now.wall, std::nullopt, {}, std::move(link_.alarm)};
  disbelieved_[done_] = 0;
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

std::string Uplink::problem_code(const ClientAnswer& answer) {
  const auto json = core::parse_json(core::as_text(answer.body), body_bytes_max);
  const auto problem = json ? problem_from_json(*json) : core::Result<Problem>(json.error());
  return problem ? problem->code : "";
}

void Uplink::fail_status(const ClientAnswer& answer) {
  const auto asked = retry_after(answer);
  if (answer.status == 401 || answer.status == 403) return fail("revoked", asked);
  if (answer.status == 409) {
    const auto code = problem_code(answer);  // behind: this journal is an earlier state of the one that the registry knows
    return fail(code == "fork" || code == "behind" ? "fork" : "order", asked);
  }
  if (answer.status == 426) return fail("upgrade", asked);
  if (answer.status == 503 && problem_code(answer) == "log-behind") {  // it was shown a tree that it has lost: see at once what it shows
    log_due_ = core::Millis{0};
    return fail("log", asked);
  }
  if (answer.status == 429 || answer.status >= 500) return fail("busy", asked);
  fail("answer", asked);
}

void Uplink::disbelieve(core::ErrorCode code) {
  if (++disbelieved_[done_] >= disbelieved_max) link_.alarm = "answer.forged";
  const auto now = parts_.clock.read().steady;
  if (code == core::ErrorCode::forbidden && (!keys_asked_ || now - *keys_asked_ >= keys_interval)) return start_keys();
  fail("answer");
}

void Uplink::set_aside(const std::string& what, core::Millis lasts) {
  const auto now = parts_.clock.read().steady;
  std::erase_if(aside_, [&](const auto& one) { return one.second <= now; });
  if (aside_.size() < aside_max) aside_[what] = now + lasts;
}

bool Uplink::is_aside(const std::string& what) const {
  const auto found = aside_.find(what);
  return found != aside_.end() && parts_.clock.read().steady < found->second;
}

}  // namespace qabyl::sync
