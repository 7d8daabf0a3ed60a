// What the uplink asks of the kiosk's store. KioskStore implements it; in the kiosk a proxy carries
// each call to the storage thread and waits there, in the simulation the store is called directly.
#pragma once

#include "core/clock_guard.h"
#include "core/verdict.h"

namespace qabyl::core {

enum class SendState { queued, sent, accepted, quarantined, superseded };
std::string_view to_text(SendState state);

struct OutboxDocument {
  int index = 0;               // position in the record's docs
  Digest sha256{};
  std::uint64_t bytes = 0;
  std::string upload;          // path of the tus upload, once created
  bool sent = false;           // the registry has said that it has every byte
};

struct OutboxItem {
  std::int64_t q = 0;
  Id id;
  Digest digest{};
  std::string jws;               // of a queued one: nothing else is sent again
  SendState state = SendState::queued;
  std::vector<OutboxDocument> docs;
};

// A record that the registry took once, and its final word on it as it was signed ("" before that).
struct TakenItem { OutboxItem item; std::string verdict; };
struct SignedVerdict { Verdict verdict; std::string jws; };  // verified by open_verdict()

class Outbox {
 public:
  virtual ~Outbox() = default;
  // Queued items by q, then sent ones by q; at most records_max, and at most bytes_max of JWS (at least one item).
  virtual Result<std::vector<OutboxItem>> pending(std::size_t records_max, std::size_t bytes_max) = 0;
  // Behind `q` in the order of q, up to the first that is still queued; limits as of pending(). For a registry that lost them.
  virtual Result<std::vector<TakenItem>> taken_after(std::int64_t q, std::size_t records_max, std::size_t bytes_max) = 0;
  virtual Status keep_upload(const Id& record, int index, std::string_view upload) = 0;
  virtual Status keep_document_sent(const Id& record, int index) = 0;
  // Only for a verdict that open_verdict() has verified. received -> sent; the others are final.
  virtual Status keep_verdict(const Verdict& verdict, std::string_view jws) = 0;
  // The same for the answers to one batch; a store keeps them in one commit, all or none.
  virtual Status keep_verdicts(const std::vector<SignedVerdict>& verdicts) {
    for (const auto& one : verdicts) QABYL_TRY_DO(keep_verdict(one.verdict, one.jws));
    return Done{};
  }
  // Original bytes of a stored document, from `offset`, at most bytes_max; digest-checked as a whole
  // when the last byte is read. not_found, corrupt, storage.
  virtual Result<Bytes> read_document(const Digest& sha256, std::uint64_t offset, std::size_t bytes_max) = 0;
  virtual Status keep_time(const TimeSync& sync) = 0;
};

struct WantedDocument {        // a sealed paper that the feed announced and that is not here yet
  Digest sha256{};             // of the sealed file
  std::uint64_t bytes = 0;
  std::uint64_t have = 0;      // bytes already on the disk (resume with Range)
};

class Inbox {
 public:
  virtual ~Inbox() = default;
  virtual Result<std::string> feed_cursor() = 0;  // "<epoch>.<index>", "0.0" at first
  // JWS of the asset (core/asset.h) that is held by that name; empty: none.
  virtual Result<std::string> kept_asset(std::string_view name) = 0;
  // Items (verified feed JWS payloads) in order, kept in one transaction with the new cursor.
  virtual Status keep_feed(const std::vector<Json>& items, std::string_view next_cursor) = 0;
  virtual Result<std::vector<WantedDocument>> wanted(std::size_t count_max) = 0;
  // Appends at `offset`; the last part is checked against the digest, corrupt discards the file.
  virtual Status keep_part(const Digest& sha256, std::uint64_t offset, ByteView bytes, bool last) = 0;
};

// What the kiosk remembers as a witness of the registry's evidence log. Texts and sizes only: whoever calls has verified
// signatures and proofs.
struct LogFork {               // the log contradicted what it had signed before
  std::string why;             // root, proof, gone: sync/log/fork_file.h
  std::uint64_t held_size = 0, shown_size = 0;
  Instant at{};                // when it was seen, by the kiosk's clock
  std::string evidence;        // the file of that fork, with both signed notes
};

// The leaves of the log as every kiosk keeps them, so that a registry that lost its newest ones gets them back: 40 bytes each.
struct LogLeaf {
  Digest record{};
  Instant at{};
  bool operator==(const LogLeaf&) const = default;
};
inline constexpr std::uint64_t mirrored_leaves_max = 1024 * 1024;  // older ones go: backups are younger than they are

struct LogMirror {
  std::uint64_t start = 0, size = 0;   // leaves [start, size) are kept
  std::vector<Digest> edge;            // of the tree of `size` leaves (sync::log::Frontier)
  std::string note;                    // newest checkpoint whose leaves are all here; empty: none yet
  std::uint64_t note_size = 0;         // of the tree that it signs
};

enum class NoteWord {
  sound,                       // of one log with every other that is sound
  newest,                      // sound, and larger than all of them: it is held from now on
  foreign                      // signed by no log key of this office
};

class LogMemory {
 public:
  virtual ~LogMemory() = default;
  virtual Result<std::string> newest_checkpoint() = 0;  // the note that is held; empty: none yet
  // Notes that nothing was said of yet, oldest first. Every verdict brings its own.
  virtual Result<std::vector<std::string>> unchecked_checkpoints(std::size_t count_max) = 0;
  virtual Status keep_checkpoint(std::string_view note) = 0;  // unchecked, unless it is known
  virtual Status judge_checkpoint(std::string_view note, NoteWord word) = 0;
  // `note` contradicts the one that is held, which stays so. Kept for ever, and as a file beside the database.
  virtual Status keep_fork(std::string_view note, const LogFork& fork) = 0;
  virtual Result<LogMirror> mirror() = 0;               // size 0: none yet
  // `leaves` end at after.size and follow what was kept, or begin at after.start. All in one commit.
  virtual Status keep_leaves(const LogMirror& after, const std::vector<LogLeaf>& leaves) = 0;
  virtual Result<std::vector<LogLeaf>> leaves_from(std::uint64_t index, std::size_t count_max) = 0;
  virtual Result<std::string> unreported_fork() = 0;    // evidence of the oldest that the registry was not told; empty: none
  virtual Status fork_reported(std::string_view evidence) = 0;
};

}  // namespace qabyl::core
