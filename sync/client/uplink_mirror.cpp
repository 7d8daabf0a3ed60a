// The kiosk as a mirror of the evidence log's leaves, and what it gives back to a registry that was restored from a backup: leaves,
// records with their verdicts, documents (protocol.md, 11). See uplink.h. Nothing of it is remembered but the mirror: each answer
// of such a registry says how far it is (Qabyl-Restore), so that a loss, a repeat or a restart costs a question only.
#include <algorithm>

#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/log/place.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {

bool Uplink::load_mirror() {
  auto kept = parts_.log.mirror();
  if (!kept) return false;
  const auto frontier = log::Frontier::of(kept->size, kept->edge);
  mirror_ = frontier ? *std::move(kept) : core::LogMirror{};  // a damaged edge proves nothing: it begins anew
  frontier_ = frontier ? *frontier : log::Frontier();
  return true;
}

// What an answer brings of the log is kept before its verdicts are: whoever holds a verdict holds the tree that proves it.
void Uplink::take_piece(const ClientAnswer& answer) {
  if (!mirror_ || answer.status != 200) return;
  const auto json = decode_log_member(core::as_text(answer.body));
  const auto piece = json ? log::log_piece_from(*json) : core::Result<log::LogPiece>(json.error());
  if (!piece) return;
  const auto checkpoint = log::open_checkpoint(piece->note, keys_.origin(), log::log_keys(keys_));
  const bool begins = mirror_->size == 0;
  const auto before = begins ? log::Frontier::of(piece->from, piece->edge) : core::Result<log::Frontier>(frontier_);
  if (!checkpoint || !before) return;
  const auto after = log::follow(*before, *piece, *checkpoint);
  if (!after) {  // is it the log or the mirror that is wrong? The checkpoints that are held say which, and are heard first; the leaves stay
    if (doubts_.empty() && link_.alarm.empty() && ++disbelieved_[Doing::mirror] >= disbelieved_max) link_.alarm = "log.mirror";
    return;
  }
  disbelieved_[Doing::mirror] = 0;
  core::LogMirror next{begins ? piece->from : mirror_->start, after->size(), after->edge(), mirror_->note, mirror_->note_size};
  if (next.size == checkpoint->size) {
    next.note = log::bare_note(piece->note, keys_);
    next.note_size = next.size;
  }
  std::vector<core::LogLeaf> leaves;
  for (const log::Leaf& leaf : piece->leaves) leaves.push_back({leaf.record, leaf.at});
  if (!parts_.log.keep_leaves(next, leaves)) return;  // a store that fails says so with the next thing that is kept
  if (next.size - next.start > core::mirrored_leaves_max) next.start = next.size - core::mirrored_leaves_max;
  frontier_ = *after;
  mirror_ = std::move(next);
  mirror_behind_ = mirror_->size < checkpoint->size;
}

// A kiosk that was away for long catches up piece by piece; the question is one whose answer it knows.
bool Uplink::choose_mirror() {
  if (!mirror_behind_ || !held_) return false;
  mirror_behind_ = false;
  const auto size = std::to_string(held_->checkpoint.size);
  start(Doing::mirror, {"GET", "/v1/log/consistency?from=" + size + "&to=" + size, {}, {}});
  return true;
}

void Uplink::took_mirror(const ClientAnswer& answer) {
  take_piece(answer);
  due_ = parts_.clock.read().steady;
}

// Only calls that know the device say how a restored registry stands; the others say nothing of it.
void Uplink::hear_restore(Doing done, const ClientAnswer& answer) {
  if (done == Doing::keys || done == Doing::checkpoint || done == Doing::append) return;
  const auto mark = parse_restore_mark(answer.header("qabyl-restore"));
  if (!mark) {
    if (answer.status < 500) restore_.reset();
    return;
  }
  if (!restore_ || *restore_ != *mark) giving_from_ = 0;
  restore_ = *mark;
}

bool Uplink::choose_give_back(core::Millis now) {
  if (!restore_ || now < give_due_) return false;
  if (mirror_ && mirror_->note_size > restore_->leaves && mirror_->start <= restore_->leaves) return give_leaves(), true;
  const auto mark = parse_journal_mark(parts_.head());
  if (!mark || mark->q <= restore_->q) return false;
  auto items = parts_.outbox.taken_after(restore_->q, send_records_max, send_bytes_max);
  if (!items) return fail("storage"), true;
  if (items->empty()) return false;
  std::vector<std::string> records, verdicts;
  for (const auto& [item, verdict] : *items) {
    records.push_back(item.jws);
    // One that is damaged here is no word of the registry: it judges anew then, and nobody behind is held up.
    verdicts.push_back(core::open_verdict(verdict, keys_, item.id, item.digest) ? verdict : std::string());
  }
  giving_back_ = *std::move(items);
  giving_q_ = restore_->q;
  start(Doing::give_back, {"POST", "/v1/records", {{"Content-Type", std::string(json_media_type)}}, core::to_bytes(encode_batch(records, verdicts))});
  return true;
}

void Uplink::give_leaves() {
  const std::uint64_t from = std::max(giving_from_, restore_->leaves);
  const auto count = std::min<std::uint64_t>(log::piece_leaves_max, mirror_->note_size - std::min(from, mirror_->note_size));
  const auto leaves = parts_.log.leaves_from(from, static_cast<std::size_t>(count));
  if (!leaves) return fail("storage");
  log::LogPiece piece;
  piece.from = from;
  piece.note = mirror_->note;
  for (const core::LogLeaf& leaf : *leaves) piece.leaves.push_back({leaf.record, leaf.at});
  start(Doing::give_leaves, {"POST", "/v1/log/leaves", {{"Content-Type", std::string(json_media_type)}}, core::to_bytes(core::canonical(log::to_json(piece)))});
}

void Uplink::took_give_leaves(const ClientAnswer& answer) {
  const auto now = parts_.clock.read().steady;
  const auto next = answer.status == 200 ? decode_next_leaf(core::as_text(answer.body)) : core::Result<std::uint64_t>(core::Error{core::ErrorCode::invalid_input, "status"});
  due_ = now;
  if (!next || *next <= giving_from_) {  // refused, or no step on: what others give may settle it
    if (answer.status == 422) link_.alarm = "log.mirror";
    giving_from_ = 0;
    give_due_ = now + give_pause;
    return;
  }
  giving_from_ = *next;
  succeeded();
}

// Verdicts that were final stay as they are; what the registry says of them is which documents it lacks.
void Uplink::took_give_back(const ClientAnswer& answer) {
  const auto items = std::exchange(giving_back_, {});
  if (answer.status != 200) return fail_status(answer);
  const auto answers = decode_batch_answers(core::as_text(answer.body));
  if (!answers) return disbelieve();
  take_piece(answer);
  std::vector<core::SignedVerdict> news;
  for (const auto& one : *answers) {
    const auto given = std::find_if(items.begin(), items.end(), [&](const auto& sent) { return sent.item.id == one.id; });
    if (given == items.end() || one.problem) continue;
    const auto verdict = core::open_verdict(one.verdict, keys_, one.id, given->item.digest);
    if (!verdict) return disbelieve(verdict.error().code);
    if (given->verdict.empty()) news.push_back({*verdict, one.verdict});
    else if (verdict->outcome == core::Outcome::received) want_documents(given->item, verdict->missing);
    else if (one.verdict != given->verdict) link_.alarm = "answer.forged";
  }
  if (!news.empty() && !parts_.outbox.keep_verdicts(news)) return fail("storage");
  const auto& first = answers->front();
  if (first.problem && first.problem->code != "log-behind") link_.alarm = "journal.refused " + first.problem->code;
  succeeded();
  if (!restore_ || restore_->q <= giving_q_) give_due_ = parts_.clock.read().steady + give_pause;
}

void Uplink::want_documents(const core::OutboxItem& item, const std::vector<int>& missing) {
  for (const int index : missing) {
    const auto known = std::find_if(wanted_.begin(), wanted_.end(), [&](const auto& one) { return one.first.id == item.id && one.second.index == index; });
    const auto document = std::find_if(item.docs.begin(), item.docs.end(), [&](const auto& one) { return one.index == index; });
    if (known != wanted_.end() || document == item.docs.end()) continue;
    wanted_.emplace_back(item, *document);
    wanted_.back().second.upload.clear();  // of the registry that was lost
  }
}

bool Uplink::choose_wanted_document() {
  const auto next = std::find_if(wanted_.begin(), wanted_.end(), [this](const auto& one) { return !is_aside(one.first.id); });
  if (next == wanted_.end()) return false;
  start_upload(next->first, next->second);
  return true;
}

void Uplink::forget_wanted(const core::Id& record, int index) {
  if (std::erase_if(wanted_, [&](const auto& one) { return one.first.id == record && one.second.index == index; }) > 0 && wanted_.empty()) give_due_ = core::Millis{0};
}

}  // namespace qabyl::sync
