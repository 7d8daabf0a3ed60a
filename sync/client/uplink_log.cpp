// The kiosk as a witness of the registry's evidence log (issue 4, line 7; RFC 9162 2.1.4). See uplink.h. A fork is two trees
// of one size, a proof that does not lead from one to the other, or a tree that the registry has signed and no longer has.
// The first is signed twice and counts at once; the others are unsigned answers and count when they have been given again and
// again. An answer that is none of ours, a hung question, a line that is down: not a fork, and asked again later.
#include <algorithm>

#include "core/encoding.h"
#include "sync/client/uplink.h"
#include "sync/log/place.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {

// Once. What is held was verified when it was kept, by keys that may have been replaced since.
bool Uplink::load_log() {
  if (log_loaded_) return true;
  const auto kept = parts_.log.newest_checkpoint();
  if (!kept || !load_mirror()) return false;
  log_loaded_ = true;
  if (kept->empty()) return true;
  const auto note = log::parse_note(*kept);
  const auto checkpoint = note ? log::parse_checkpoint(note->text) : core::Result<log::Checkpoint>(note.error());
  if (checkpoint) hold({*kept, *checkpoint});
  return true;
}

// Signed anew each time that it is seen to stand (C2SP tlog-cosignature: the time at which the witness saw no other).
void Uplink::hold(SeenNote seen) {
  const auto name = log::device_witness(keys_.origin(), parts_.device);
  auto note = log::parse_note(seen.note);
  const auto unix_s = std::chrono::duration_cast<std::chrono::seconds>(parts_.clock.read().wall.time_since_epoch()).count();
  if (note && log::note_name(name) && unix_s >= 0) note->signatures.push_back(log::cosign(note->text, name, parts_.key, unix_s));
  told_ = note ? log::write_note(*note) : seen.note;
  held_ = std::move(seen);
}

bool Uplink::choose_log(core::Millis now) {
  if (log::log_keys(keys_).empty()) return false;  // an office from before the log
  if (!load_log()) return fail("storage"), true;
  if (!none_unchecked_) {
    const auto notes = parts_.log.unchecked_checkpoints(unchecked_ask);
    if (!notes) return fail("storage"), true;
    none_unchecked_ = notes->empty();
    for (const auto& note : *notes) {
      if (!is_aside(note) && check_note(note)) return true;
    }
  }
  if (!none_unreported_ && choose_report()) return true;
  if (now < log_due_) return false;
  start(Doing::checkpoint, {"GET", "/v1/log/checkpoint", {}, {}});
  return true;
}

bool Uplink::check_note(const std::string& note) {
  const auto opened = log::open_checkpoint(note, keys_.origin(), log::log_keys(keys_));
  if (!opened && opened.error().code == core::ErrorCode::forbidden) return set_aside(note), false;  // its key may come by the feed
  const SeenNote seen{note, opened ? *opened : log::Checkpoint{}};
  if (!opened) return !judge(seen, core::NoteWord::foreign);
  if (seen.checkpoint.size == 0 && !held_) return !judge(seen, core::NoteWord::sound);
  if (!held_) return !judge(seen, core::NoteWord::newest);
  if (seen.checkpoint == held_->checkpoint) return !judge(seen, core::NoteWord::sound);
  if (seen.checkpoint.size == held_->checkpoint.size) return raise_fork(seen, log::ForkKind::root, {}), true;
  if (restore_ && std::max(seen.checkpoint.size, held_->checkpoint.size) > restore_->leaves) return set_aside(note), false;  // it says itself that it has lost them
  checking_ = seen;
  const auto [from, to] = std::minmax(seen.checkpoint.size, held_->checkpoint.size);
  start(Doing::consistency, {"GET", "/v1/log/consistency?from=" + std::to_string(from) + "&to=" + std::to_string(to), {}, {}});
  return true;
}

bool Uplink::judge(const SeenNote& seen, core::NoteWord word) {
  if (!parts_.log.judge_checkpoint(seen.note, word)) return fail("storage"), false;
  if (word == core::NoteWord::newest) hold(seen);
  return true;
}

// A flipped bit or a bad proxy looks like a fork until the question was asked again. The note stays unchecked meanwhile.
void Uplink::doubt(const SeenNote& seen, log::ForkKind kind, const log::Hashes& proof) {
  auto& unfit = doubts_[seen.note];
  if (unfit == log_doubt_waits.size()) return raise_fork(seen, kind, proof);
  set_aside(seen.note, log_doubt_waits[unfit++]);
  due_ = parts_.clock.read().steady;
}

void Uplink::raise_fork(const SeenNote& seen, log::ForkKind kind, const log::Hashes& proof) {
  const auto now = parts_.clock.read();
  const log::ForkFile file{kind, parts_.device, now.wall, held_->note, seen.note, proof};
  const core::LogFork fork{std::string(to_text(kind)), held_->checkpoint.size, seen.checkpoint.size, now.wall, log::encode(file)};
  if (!parts_.log.keep_fork(seen.note, fork)) return fail("storage");
  doubts_.erase(seen.note);
  link_.alarm = "log.fork " + fork.why;
  none_unreported_ = false;
  due_ = now.steady;
}

// The office is told, with both notes; whoever altered its log will not show it, but others hear of it (console).
bool Uplink::choose_report() {
  auto evidence = parts_.log.unreported_fork();
  if (!evidence) return fail("storage"), true;
  none_unreported_ = evidence->empty();
  if (none_unreported_ || is_aside(fork_name)) return false;
  reporting_ = *std::move(evidence);
  start(Doing::report, {"POST", "/v1/log/forks", {{"Content-Type", std::string(json_media_type)}}, core::to_bytes(reporting_)});
  return true;
}

void Uplink::took_report(const ClientAnswer& answer) {
  const bool told = answer.status == 204, refused = answer.status == 400 || answer.status == 409;  // it will not be another time
  due_ = parts_.clock.read().steady;
  if (!told && !refused) return set_aside(fork_name);
  if (!parts_.log.fork_reported(reporting_)) return fail("storage");
}

void Uplink::took_checkpoint(const ClientAnswer& answer) {
  const auto now = parts_.clock.read().steady;
  const auto text = core::as_text(answer.body);
  const auto shown = log::open_checkpoint(text, keys_.origin(), log::log_keys(keys_));
  const bool given = answer.status == 200 && shown;
  log_due_ = now + (given || answer.status == 404 ? log_interval : log_retry);
  due_ = now;
  if (!given) return;  // nothing yet, or nobody's word: not a fork
  if (!parts_.log.keep_checkpoint(log::bare_note(text, keys_))) return fail("storage");
  if (held_ && held_->checkpoint == *shown) hold(*held_);
  none_unchecked_ = false;
  succeeded();
}

void Uplink::took_consistency(const ClientAnswer& answer) {
  const auto seen = *std::exchange(checking_, std::nullopt);
  take_piece(answer);
  const bool newer = seen.checkpoint.size > held_->checkpoint.size;
  if (answer.status == 404 && restore_) {
    due_ = parts_.clock.read().steady;
    return set_aside(seen.note);
  }
  if (answer.status == 404 && problem_code(answer) == "not-found") return doubt(seen, log::ForkKind::gone, {});
  const auto proof = answer.status == 200 ? decode_consistency(core::as_text(answer.body)) : core::Result<log::Hashes>(core::Error{core::ErrorCode::invalid_input, "status"});
  const log::Checkpoint &small = newer ? held_->checkpoint : seen.checkpoint, &large = newer ? seen.checkpoint : held_->checkpoint;
  const auto verified = proof ? log::verify_consistency(small.size, small.root, large.size, large.root, *proof) : core::Status(proof.error());
  if (verified) {
    doubts_.erase(seen.note);
    if (judge(seen, newer ? core::NoteWord::newest : core::NoteWord::sound)) succeeded();
    return;
  }
  if (verified.error().code == core::ErrorCode::corrupt) return doubt(seen, log::ForkKind::proof, *proof);
  set_aside(seen.note);  // no proof at all: asked again, and everything else goes on
  due_ = parts_.clock.read().steady;
}

// A record that the registry accepts at a place where it does not stand: it counts, and a person should know.
void Uplink::note_place(const core::Verdict& verdict) {
  if (!verdict.log) return;
  none_unchecked_ = false;
  const auto placed = log::check_place(*verdict.log, verdict.digest, keys_);
  if (!placed && placed.error().code != core::ErrorCode::forbidden) link_.alarm = "log.misplaced " + verdict.id;
}

}  // namespace qabyl::sync
