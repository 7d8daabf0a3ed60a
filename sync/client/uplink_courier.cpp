// Without a line, by hand (sync/courier.md): what waits goes out as requests of the protocol, and answers that come back are asked
// for and judged as those of a line are: the same questions, put to a Transport that finds them in the bundle.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {
namespace {

constexpr std::size_t part_line_bytes = 4 * 1024;  // room for a part's own line
constexpr std::size_t courier_records_max = 2'000;
constexpr std::size_t batch_records = 100;
constexpr int rounds_max = 1'000;                  // feed pages, papers

// Answers of a bundle. A question that it does not know has no answer, as on a line that is down.
class BundleTransport final : public Transport {
 public:
  explicit BundleTransport(std::vector<CourierPart> parts) {
    for (auto& part : parts) {
      auto question = part.method + " " + part.path;
      if (question.starts_with("GET /v1/records/")) unasked_verdicts_.insert(question);
      answers_.insert_or_assign(std::move(question), std::move(part));
    }
  }
  int unasked_verdicts() const { return static_cast<int>(unasked_verdicts_.size()); }
  void start(ClientRequest request) override { asked_ = std::move(request); }
  std::optional<ClientResult> poll() override {
    if (!asked_) return std::nullopt;
    const auto request = *std::exchange(asked_, std::nullopt);
    const auto found = answers_.find(request.method + " " + request.path);
    if (found == answers_.end()) return ClientResult(NoAnswer{"courier"});
    unasked_verdicts_.erase(found->first);
    ClientAnswer answer{found->second.status, found->second.headers, found->second.body};
    for (const auto& [name, value] : request.headers) {
      if (name == "Range" && answer.status == 200) cut_to_range(answer, value);
    }
    return ClientResult(std::move(answer));
  }

 private:
  // "bytes=a-b" of the whole that the bundle holds, as a server would give it.
  static void cut_to_range(ClientAnswer& answer, const std::string& range) {
    std::size_t from = 0, to = 0;
    if (std::sscanf(range.c_str(), "bytes=%zu-%zu", &from, &to) != 2 || from > to || to >= answer.body.size()) return;
    answer.headers.emplace_back("content-range", "bytes " + std::to_string(from) + "-" + std::to_string(to) + "/" + std::to_string(answer.body.size()));
    answer.body = core::Bytes(answer.body.begin() + static_cast<std::ptrdiff_t>(from), answer.body.begin() + static_cast<std::ptrdiff_t>(to) + 1);
    answer.status = 206;
  }
  std::map<std::string, CourierPart> answers_;
  std::set<std::string> unasked_verdicts_;  // on records about which nothing is asked any more
  std::optional<ClientRequest> asked_;
};

// The acceptance key that the registry signs by now: it opens what is sealed to it.
std::optional<core::VerifyKey> acceptance_key(const core::Keyring& keys, core::Instant now) {
  std::optional<core::KeyEntry> newest;
  for (const auto& entry : keys.entries()) {
    const bool valid = entry.use == core::KeyUse::acceptance && entry.from <= now && now < entry.to;
    if (valid && (!newest || newest->from <= entry.from)) newest = entry;
  }
  return newest ? std::optional(newest->key) : std::nullopt;
}

}  // namespace

void Uplink::finish() {
  const auto result = in_flight() ? transport_->poll() : std::nullopt;
  if (result) take(*result);
}

// Every request that the bundle has room for: records first, then their documents, in order; then what is asked for.
core::Result<std::vector<CourierPart>> Uplink::courier_parts(CourierBundle& bundle) {
  QABYL_TRY(pending, parts_.outbox.pending(courier_records_max, courier_bytes_max / 2));
  QABYL_TRY(cursor, parts_.inbox.feed_cursor());
  QABYL_TRY(wanted, parts_.inbox.wanted(wanted_max));
  if (!load_log()) return core::Error{core::ErrorCode::storage, "checkpoint"};
  std::vector<CourierPart> parts;
  std::vector<std::string> batch;
  std::size_t bytes = 0;
  const auto add = [&](CourierPart part) {
    bytes += part.body.size() + part_line_bytes;
    parts.push_back(std::move(part));
  };
  const auto add_batch = [&] {
    if (!batch.empty()) add({"POST", "/v1/records", 0, {{"Content-Type", std::string(json_media_type)}}, core::to_bytes(encode_batch(std::exchange(batch, {})))});
  };
  for (const auto& item : pending) {
    if (item.state != core::SendState::queued) continue;
    batch.push_back(item.jws);
    ++bundle.records;
    if (batch.size() == batch_records) add_batch();
  }
  add_batch();
  for (const auto& item : pending) add({"GET", "/v1/records/" + item.id, 0, {}, {}});
  std::vector<std::pair<std::string, std::string>> seen;  // of the log: this kiosk is its witness by hand, too
  if (held_) seen.emplace_back(log_header, core::to_base64url(core::as_bytes(told_)));
  add({"GET", "/v1/log/checkpoint", 0, seen, {}});
  add({"GET", "/v1/feed?after=" + cursor + "&limit=" + std::to_string(feed_ask), 0, seen, {}});
  for (const auto& paper : wanted) add({"GET", "/v1/documents/" + core::to_hex(paper.sha256), 0, {}, {}});
  for (const auto& item : pending) {
    for (const auto& document : item.docs) {
      if (document.sent) continue;
      const bool room = bytes + document.bytes + part_line_bytes <= courier_bytes_max;
      auto whole = room ? parts_.outbox.read_document(document.sha256, 0, document.bytes) : core::Result<core::Bytes>(core::Error{core::ErrorCode::full, "bundle"});
      if (!whole) {  // one that is damaged is told by the line's own work and by the scrub; the others go
        ++bundle.left;
        continue;
      }
      ++bundle.documents;
      const auto metadata = tus::to_metadata({item.id, document.index});
      add({"POST", "/v1/uploads", 0, {{std::string(tus::resumable), std::string(tus::version)}, {std::string(tus::upload_length), std::to_string(document.bytes)},
                                      {std::string(tus::upload_metadata), metadata}, {"Content-Type", std::string(tus::media_type)}}, *std::move(whole)});
    }
  }
  return parts;
}

core::Result<CourierBundle> Uplink::write_courier() {
  QABYL_CHECK(!in_flight());
  const auto now = parts_.clock.read().wall;
  const auto reader = acceptance_key(keys_, now);
  if (!reader) return core::Error{core::ErrorCode::forbidden, "no key of the registry is valid now"};
  CourierBundle bundle;
  QABYL_TRY(parts, courier_parts(bundle));
  std::array<std::uint8_t, 16> name{};
  parts_.random.fill(name);
  QABYL_TRY(file, sync::write_courier({CourierWay::up, parts_.device, core::to_hex(name), {}, now, {}}, parts, parts_.key, *reader, parts_.random));
  bundle.file = std::move(file);
  return bundle;
}

// Signed by a key that this kiosk knows, or by one of the newer list that came with it and that the root signed.
core::Status Uplink::believe_slip(const SealedCourier& sealed) {
  auto word = keys_.verify(sealed.jws, courier_typ, core::KeyUse::acceptance, sealed.slip.at);
  if (word || word.error().code != core::ErrorCode::forbidden) return word;
  const auto newer = core::Keyring::open(sealed.slip.keys, parts_.root_key);
  if (!newer || newer->origin() != keys_.origin() || newer->issued() <= keys_.issued()) return core::Error{core::ErrorCode::forbidden, "not by this registry"};
  QABYL_TRY_DO(newer->verify(sealed.jws, courier_typ, core::KeyUse::acceptance, sealed.slip.at));
  done_ = Doing::keys;
  took_keys({200, {}, core::to_bytes(sealed.slip.keys)});
  return core::Done{};
}

core::Result<CourierTaken> Uplink::take_courier(core::ByteView file) {
  QABYL_CHECK(!in_flight());
  QABYL_TRY(sealed, read_courier(file));
  if (sealed.slip.way != CourierWay::down) return core::Error{core::ErrorCode::wrong_state, "a bundle on its way to the registry"};
  if (sealed.slip.device != parts_.device) return core::Error{core::ErrorCode::forbidden, "answers for another device"};
  QABYL_TRY(parts, open_courier(sealed, parts_.key));  // nothing of half a bundle is looked at
  // The line's own state is not touched: it is neither up nor down for this, and waits for what it waited for.
  const auto link = link_;
  const auto due = due_, backoff = backoff_, feed_due = feed_due_, log_due = log_due_;
  const auto disbelieved = disbelieved_;
  auto aside = aside_;
  link_.alarm.clear();
  const auto believed = believe_slip(sealed);
  CourierTaken taken;
  if (believed) {
    BundleTransport bundle(std::move(parts));
    transport_ = &bundle;
    taking_ = &taken;
    take_answers(taken);
    taking_ = nullptr;
    transport_ = &parts_.transport;
    taken.again = bundle.unasked_verdicts();
  }
  taken.alarm = link_.alarm;
  link_ = link;
  if (!taken.alarm.empty()) link_.alarm = taken.alarm;
  due_ = due;
  backoff_ = backoff;
  feed_due_ = feed_due;
  log_due_ = log_due;
  disbelieved_ = disbelieved;
  aside_ = std::move(aside);
  upload_.reset();  // where it stands is asked for again
  if (!believed) return believed.error();
  return taken;
}

void Uplink::count(const core::Verdict& verdict) {
  if (taking_ == nullptr) return;
  switch (verdict.outcome) {
    case core::Outcome::received: break;
    case core::Outcome::accepted: ++taking_->accepted; break;
    case core::Outcome::quarantined: ++taking_->held; break;
    case core::Outcome::superseded: ++taking_->superseded; break;
  }
}

// To the end of what was begun, a question that arose from an answer included.
void Uplink::settle() {
  for (int i = 0; in_flight() && i < rounds_max; ++i) finish();
}

void Uplink::take_answers(CourierTaken& taken) {
  const auto pending = parts_.outbox.pending(courier_records_max, courier_bytes_max);
  for (const auto& item : pending ? *pending : std::vector<core::OutboxItem>{}) {
    asking_ = item.id;
    asking_digest_ = item.digest;
    start(Doing::verdict, {"GET", "/v1/records/" + item.id, {}, {}});
    settle();
  }
  const auto left = parts_.outbox.pending(courier_records_max, courier_bytes_max);
  taken.settled = taken.accepted + taken.held + taken.superseded;
  if (left) taken.waiting = static_cast<int>(left->size());
  start(Doing::checkpoint, {"GET", "/v1/log/checkpoint", {}, {}});
  settle();
  for (int i = 0; i < rounds_max; ++i) {
    none_unchecked_ = false;
    log_due_ = core::Millis::max();  // only what is here is judged: nothing else is asked
    if (!choose_log(core::Millis{0}) || !in_flight()) break;
    settle();
  }
  for (int i = 0; i < rounds_max; ++i) {  // page by page, as far as the bundle goes
    const auto before = parts_.inbox.feed_cursor();
    start_feed();
    settle();
    const auto after = parts_.inbox.feed_cursor();
    if (!before || !after || *before == *after) break;
    ++taken.pages;
  }
  no_paper_wanted_ = false;
  for (int i = 0; i < rounds_max && start_paper(); ++i) {
    const auto name = core::to_hex(paper_->sha256);
    const auto have = paper_->have;
    settle();
    const auto wanted = parts_.inbox.wanted(wanted_max);
    if (!wanted) break;
    const auto still = std::find_if(wanted->begin(), wanted->end(), [&](const auto& one) { return core::to_hex(one.sha256) == name; });
    if (still == wanted->end()) ++taken.papers;
    else if (still->have == have) set_aside(name);  // not in the bundle
  }
}

}  // namespace qabyl::sync
