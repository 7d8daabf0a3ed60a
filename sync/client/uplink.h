// The kiosk's side of sync: sends what the outbox holds, uploads its documents in resumable pieces,
// fetches the feed and the papers it names. A state machine over ports: no socket, thread or clock.
//
// Record first, documents after. Nothing is believed but the registry's signature (RELIABILITY, I4-I6):
// an HTTP status never acknowledges, and an answer that is no signed verdict leaves the outbox as it was.
// Keys and assets bear a second signature (root, assets key), checked here before anything is kept.
// A failure backs off 1 s ... 15 min with jitter; Retry-After is honoured up to an hour. What only one
// document or paper cannot do is set aside, so that it never holds up the rest (I19).
//
// A witness of the registry's evidence log: each checkpoint is held against the newest by a consistency proof (RFC 9162); proofs bear no signature,
// so one that does not fit is asked for again before it is evidence. A mirror of its leaves too: a restored registry gets back what it lost (uplink_mirror.cpp).
#pragma once

#include <array>
#include <functional>
#include <map>

#include "core/store_ports.h"
#include "sync/client/transport.h"
#include "sync/log/fork_file.h"
#include "sync/log/log_piece.h"
#include "sync/wire/courier.h"
#include "sync/wire/feed.h"
#include "sync/wire/messages.h"
#include "sync/wire/tus.h"

namespace qabyl::sync {

inline constexpr std::size_t send_records_max = 100;
inline constexpr std::size_t send_bytes_max = 1024 * 1024;
inline constexpr std::size_t upload_chunk_bytes = 256 * 1024;
inline constexpr int feed_ask = 100;  // items an answer
inline constexpr core::Millis feed_interval{10'000};
inline constexpr core::Millis time_interval{600'000};
inline constexpr core::Millis time_trip_max{10'000};  // a signed time that was longer under way says too little; asked again after time_retry
inline constexpr core::Millis time_retry{60'000};
inline constexpr core::Millis keys_interval{60'000};  // at the least, between two questions for a newer list of keys
inline constexpr core::Millis log_interval{600'000};  // between two looks at the published log
inline constexpr core::Millis log_retry{60'000};      // when it gave nothing to look at
// Before what an unsigned answer says of two checkpoints counts as a fork, the question is asked again after each of these.
inline constexpr std::array log_doubt_waits{core::Millis{10'000}, core::Millis{60'000}, core::Millis{300'000}};
inline constexpr std::size_t unchecked_ask = 20;
inline constexpr std::size_t told_note_bytes_max = 4096;  // more has no room in a header
inline constexpr core::Millis backoff_first{1'000};
inline constexpr core::Millis backoff_max{15 * 60'000};
inline constexpr core::Millis retry_after_max{60 * 60'000};
inline constexpr core::Millis aside_for{15 * 60'000};
inline constexpr std::size_t aside_max = 1000;
inline constexpr core::Millis give_pause{60'000};     // when a restored registry got no further by what it was given
inline constexpr const char* journal_name = "journal";  // set aside when the registry refuses its next record
inline constexpr const char* fork_name = "fork";        // set aside when its report is not taken
inline constexpr std::size_t wanted_max = 50;
inline constexpr int disbelieved_max = 3;  // unbelievable answers in a row that make an alarm (4.7, row 51)
inline constexpr std::int64_t protocol_version = 1;

struct LinkState {
  bool online = false;                       // the last answer was the registry's own
  std::optional<core::Instant> last_contact;
  std::optional<core::Millis> next_try;      // steady; set while backing off
  std::string cause;                         // of the last failure: dns, refused, tls, clock (a certificate's time), timeout, cut,
                                             // answer, revoked, order, fork, log, storage, busy, upgrade;
                                             // empty when online
  // The newest thing that an operator should know of, kept until the next start: "keys.forged",
  // "keys.older", "asset.forged kz", "asset.older kz 2025-1", "answer.forged", "journal.refused <problem>",
  // "log.fork <why>", "log.mirror", "log.misplaced <record>", "record.unknown <record>", "document.damaged <record>", "document.refused <record>", "paper.damaged <sha256>".
  std::string alarm;
  bool operator==(const LinkState&) const = default;
};

// What became of a question for the receipt of a record that another kiosk took.
struct AskedReceipt {
  enum class Outcome { found, none, busy, unreachable } outcome = Outcome::unreachable;
  std::string number, sheet;                 // sheet: its JWS, signed by a key that this kiosk knows
};

struct UplinkParts {                         // all outlive the uplink
  core::Outbox& outbox;
  core::Inbox& inbox;
  core::LogMemory& log;
  Transport& transport;
  core::Clock& clock;
  core::Random& random;
  core::VerifyKey root_key{};
  std::string device;
  const core::SigningKey& key;               // its record key: what it has seen of the log bears its cosignature
  std::function<std::string()> head;         // "<q>.<digest hex>" of the journal, for every request
};

struct CourierBundle {
  core::Bytes file;
  int records = 0, documents = 0;            // that are in it
  int left = 0;                              // documents that had no room, or could not be read: with the next one
};
struct CourierTaken {
  int settled = 0, pages = 0, papers = 0;    // what was new: final verdicts, pages of the feed, whole papers
  int accepted = 0, held = 0, superseded = 0;  // of `settled`
  int news = 0;                              // items on those pages
  int again = 0;                             // verdicts on records that have had their last word
  int waiting = 0;                           // records that still have none
  std::string alarm;                         // as LinkState::alarm, when one was raised by it
};

class Uplink {
 public:
  Uplink(UplinkParts parts, core::Keyring keys);

  // Asks for a receipt before anything else; the one answer comes by take_receipt().
  void ask_receipt(std::string number, std::string check_code);
  std::optional<AskedReceipt> take_receipt() { return std::exchange(receipt_, std::nullopt); }

  // Does what is due: takes an answer, starts the next request. Cheap when nothing is due.
  void tick();
  // When tick() wants to be called again, on the steady clock; while a request is under way the caller
  // waits for the transport instead.
  core::Millis next_due() const { return due_; }
  bool in_flight() const { return doing_ != Doing::nothing; }
  // Something was filed: go now, unless backing off.
  void work_arrived();
  // The operator wants a try at once: back-off forgotten.
  void try_now();
  const LinkState& link() const { return link_; }

  // --- uplink_courier.cpp: without a line, by hand (sync/courier.md). Precondition: no request is under way ---
  void finish();  // takes an answer that has come and begins nothing: to get there
  // What waits here, with its documents, sealed to the registry. forbidden: no key of the registry's is valid now; storage.
  core::Result<CourierBundle> write_courier();
  // Answers, judged as those of a line are; link() stays as it was but for an alarm. Nothing is taken if the bundle is not whole
  // (corrupt), not for this device or not by this registry (forbidden), or on its way up (wrong_state).
  core::Result<CourierTaken> take_courier(core::ByteView file);

 private:
  enum class Doing { nothing, keys, time, checkpoint, consistency, report, receipt, batch, create, probe, append, verdict, feed, paper, mirror, give_leaves, give_back };
  struct Upload {
    core::Id record;
    core::OutboxDocument document;
    std::uint64_t offset = 0;
    bool offset_known = false;
    int refusals = 0;                        // appends refused in a row
  };

  void choose();
  bool choose_queued(const std::vector<core::OutboxItem>& pending);
  bool choose_document(const std::vector<core::OutboxItem>& pending);
  void start(Doing doing, ClientRequest request);
  void start_batch(const std::vector<core::OutboxItem>& items);
  void start_upload(const core::OutboxItem& item, const core::OutboxDocument& document);
  void start_append();
  void start_feed();
  bool start_paper();
  void start_time();
  void start_receipt();

  void take(const ClientResult& result);
  void take_answer(Doing done, const ClientAnswer& answer);
  void took_time(const ClientAnswer& answer);
  void took_batch(const ClientAnswer& answer);
  void took_create(const ClientAnswer& answer);
  void took_probe(const ClientAnswer& answer);
  void took_append(const ClientAnswer& answer);
  void took_verdict(const ClientAnswer& answer);
  void took_feed(const ClientAnswer& answer);
  void took_paper(const ClientAnswer& answer);
  void took_receipt(const ClientAnswer& answer);
  void told_receipt(AskedReceipt::Outcome outcome, std::string sheet = {});
  bool keep_items(const FeedPage& page);
  bool believed(const FeedItem& item, core::Keyring& keys);
  bool believed_keys(const FeedItem& item, core::Keyring& keys);
  void start_keys();
  void took_keys(const ClientAnswer& answer);
  bool believed_asset(const FeedItem& item, const core::Keyring& keys);
  // --- uplink_log.cpp: the witness ---
  struct SeenNote { std::string note; log::Checkpoint checkpoint; };
  bool load_log();
  bool choose_log(core::Millis now);         // true: something was begun, or the store failed
  bool check_note(const std::string& note);  // true: a question about it was begun, or the store failed
  bool judge(const SeenNote& seen, core::NoteWord word);  // false: the store failed
  void doubt(const SeenNote& seen, log::ForkKind kind, const log::Hashes& proof);
  void raise_fork(const SeenNote& seen, log::ForkKind kind, const log::Hashes& proof);
  void hold(SeenNote seen);
  bool choose_report();
  void took_report(const ClientAnswer& answer);
  void took_checkpoint(const ClientAnswer& answer);
  void took_consistency(const ClientAnswer& answer);
  void note_place(const core::Verdict& verdict);

  // --- uplink_mirror.cpp: the mirror, and what a restored registry gets back ---
  bool load_mirror();                        // false: the store failed
  void take_piece(const ClientAnswer& answer);
  bool choose_mirror();
  void took_mirror(const ClientAnswer& answer);
  void hear_restore(Doing done, const ClientAnswer& answer);
  bool choose_give_back(core::Millis now);   // true: something was begun, or the store failed
  void give_leaves();
  void took_give_leaves(const ClientAnswer& answer);
  void took_give_back(const ClientAnswer& answer);
  void want_documents(const core::OutboxItem& item, const std::vector<int>& missing);
  bool choose_wanted_document();
  void forget_wanted(const core::Id& record, int index);

  void document_done();
  void give_up_document(const char* alarm);
  core::Result<std::vector<CourierPart>> courier_parts(CourierBundle& bundle);
  core::Status believe_slip(const SealedCourier& sealed);
  void take_answers(CourierTaken& taken);
  void settle();
  void count(const core::Verdict& verdict);

  void succeeded();
  void fail(std::string cause, std::optional<core::Millis> retry_after = {});
  void fail_status(const ClientAnswer& answer);
  static std::string problem_code(const ClientAnswer& answer);  // empty: no problem document of ours
  // An answer under status 200 that is not the registry's word; forbidden: by a key that this kiosk does not know.
  void disbelieve(core::ErrorCode code = core::ErrorCode::corrupt);
  void set_aside(const std::string& what, core::Millis lasts = aside_for);
  bool is_aside(const std::string& what) const;

  UplinkParts parts_;
  Transport* transport_ = &parts_.transport;  // the line, or a bundle while that is read
  CourierTaken* taking_ = nullptr;           // while a bundle is read
  core::Keyring keys_;
  LinkState link_;
  Doing doing_ = Doing::nothing, done_ = Doing::nothing;  // done_: whose answer is being taken
  core::Millis due_{0};
  core::Millis backoff_{0};
  core::Millis feed_due_{0}, time_due_{0};
  std::optional<core::Millis> keys_asked_;   // when a newer list of keys was asked for
  core::ClockReading asked_at_;
  std::string nonce_;
  std::vector<core::OutboxItem> batch_;
  std::optional<Upload> upload_;
  core::Id asking_;                          // record whose verdict was asked for
  core::Digest asking_digest_{};
  std::optional<core::WantedDocument> paper_;
  std::optional<std::pair<std::string, std::string>> receipt_asked_;  // number and check code, until they are sent
  std::string receipt_sent_;                 // the number that the registry was asked for
  std::optional<AskedReceipt> receipt_;
  FeedCursor after_;                         // asked with
  std::optional<std::string> cursor_;        // the same as the store keeps it, once read
  bool no_paper_wanted_ = false;             // none was, and no feed has come since
  bool log_loaded_ = false, none_unchecked_ = false;  // none was, and no verdict has come since
  bool none_unreported_ = false;             // as the store said, and no fork was raised since
  std::optional<SeenNote> held_;             // the newest checkpoint that agrees with all before
  std::string told_;                         // the same with this kiosk's cosignature: goes with every request
  std::optional<SeenNote> checking_;
  std::map<std::string, std::size_t> doubts_;  // by the note: answers in a row that did not fit
  std::string reporting_;
  core::Millis log_due_{0};
  std::optional<core::LogMirror> mirror_;    // once read
  log::Frontier frontier_;                   // of what is mirrored
  bool mirror_behind_ = false;               // there is more of the log than the last answer brought
  std::optional<RestoreMark> restore_;       // the registry was restored, and says how far it is
  std::uint64_t giving_from_ = 0;            // leaf to give next, while pieces of one checkpoint go up
  std::vector<core::TakenItem> giving_back_;
  std::int64_t giving_q_ = 0;                // what was given back lies behind it
  std::vector<std::pair<core::OutboxItem, core::OutboxDocument>> wanted_;  // documents that a restored registry lacks of settled records
  core::Millis give_due_{0};
  std::map<Doing, int> disbelieved_;         // in a row, for each kind of question
  std::map<std::string, core::Millis> aside_;  // until when, on the steady clock
};

}  // namespace qabyl::sync
