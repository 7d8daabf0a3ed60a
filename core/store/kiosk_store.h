// The kiosk's own memory: journal, outbox, inbox, drafts, staff, documents. One SQLite database (WAL,
// synchronous=FULL, read back at open) and content-addressed sealed files beside it.
//
// Thread rule: one KioskStore a process, used by one thread, the only one that writes or checkpoints
// (SQLite 3.40.1 has the WAL-reset bug, RELIABILITY 1.3; a second writer is refused by a folder lock).
// Knows no screen and no network. After `unknown_outcome` the caller asks find_record() again.
#pragma once

#include <functional>
#include <memory>

#include "core/cases/bureau_acts.h"
#include "core/cases/draft.h"
#include "core/cases/half_reply.h"
#include "core/cases/judgement.h"
#include "core/store_ports.h"

namespace qabyl::core {

struct JournalHead {
  std::int64_t q = 0;        // of the newest record; 0: none yet
  Digest digest{};
  std::int64_t counter = 0;  // receipts given so far (numbers are counter + 1)
};

struct ReceiptEntry {        // what the kiosk must be able to show again for ever
  std::string number, check_code;
  std::string qr;            // QBL1:...
  Digest pdf{};              // of the receipt PDF, stored like a document
};

struct StoredRecord {
  SignedRecord record;
  SendState state = SendState::queued;
  std::optional<Verdict> verdict;   // without `log` and `receipt`: these are in verdict_jws, for who verifies them
  std::string verdict_jws;
  ReceiptEntry receipt;
};

struct QueueLine {           // for the operator: numbers, kinds and times, no person
  std::int64_t q = 0;
  Id id;
  std::string number, kind;
  Instant filed_at{};
  SendState state = SendState::queued;
  std::string reason, field;  // quarantined; superseded: the reason alone
  std::uint64_t bytes = 0;
  std::optional<Instant> decided_at{};  // when the registry signed its final verdict
  std::string office_word{};  // quarantined: what the office has done about it (sync/registry/held_records.h); empty: nothing yet
  std::optional<Instant> office_at{};
  std::string first{};        // superseded: receipt number of the record that counts; empty: it was made elsewhere
};

struct DraftSummary {        // what may be said without a PIN: the power-cut screen
  Id id;
  Procedure procedure = Procedure::issue;
  int step = 1;
  Instant saved_at{};
};

struct OwnAct {              // a record of this kiosk on a paper: receipt, visa, answer ...
  Id record;
  ActDone done;
  Instant at{};
  SendState state = SendState::queued;
  std::string reason;        // quarantined: why the office does not count it
};

struct Paper {               // an opened item of a bureau's inbox (after staff sign-in)
  Id id;                     // record id of notice.send
  Id case_id;
  std::string kind;          // notice.send ...
  Json meta;                 // number, title{kk,ru,en}, date, authority, bureau, deadline ...
  Digest pdf{};              // D
  std::uint64_t pdf_bytes = 0;
  bool here = false;         // the sealed file has arrived whole
  Instant received_at{};
  std::vector<OwnAct> acts;  // ours, oldest first, also those that the office does not count
  bool closed = false;       // the office says that somebody has already marked its receipt

  bool awaits = false;       // note_awaits()
  std::vector<ActDone> elsewhere{};  // what the bureau did with it at other kiosks, as the office says
  std::vector<ToldTerm> told{};      // its terms that the office counted again by a newer calendar, as last told

  const OwnAct* receipt() const;  // ours that marked it, unless the office refused that; nullptr: none
  PaperHeld held() const;    // what offers_on() asks for
};

struct StaffMember {
  std::string id, name, position, bureau_bin, bureau_name;
  std::string capacity{};          // first_head, deputy; empty: as a letter of paragraph 13 names the person
  bool is_operator = false;
  SigningKey key;            // unsealed; wiped with the value
};
struct BadgeHolder {         // who is named on a badge, before any PIN
  std::string name, position, bureau_name;
  bool locked = false;       // five wrong PINs: an operator unlocks
};
struct LockedStaff { std::string id, name, position, bureau_name; Instant since{}; };

struct StoreCounts {
  std::int64_t queued = 0, sent = 0, quarantined = 0;
  std::optional<Instant> oldest_waiting;
  std::uint64_t waiting_bytes = 0, free_bytes = 0, total_bytes = 0;
};

struct StoredReport {        // what the background check has found, by its last whole round
  std::int64_t items = 0;                // documents and papers that were read again
  std::optional<Instant> finished_at;    // nullopt: no round has ended yet
  std::vector<std::string> damaged;      // receipt numbers, one a document; empty: of no record
};

struct BureauEntry { std::string bin, name, address, head; bool licensed = false; Instant as_of{}; };

struct KioskStoreOptions {
  std::string folder;             // created if missing
  std::string device;             // AL-03
  SealKey storage_key;            // from the KeyStore
  Argon2Cost pin_cost = argon2_interactive;
  std::uint64_t reserve_bytes = 0;  // 0: 10 % of the disk or 2 GiB, the larger
  std::string vfs;                // tests and simulation: SQLite's VFS; empty: the system's
  Clock* clock = nullptr;
  Random* random = nullptr;
};

inline constexpr int pin_tries_max = 5;
inline constexpr std::size_t pin_digits = 6;

class KioskStore final : public Outbox, public Inbox, public LogMemory {
 public:
  // Opens or creates; migrates; reads pragmas back (storage if one is not as asked); checks the end of
  // the journal chain. unsupported: the database is newer than this program: no byte is changed.
  static Result<std::unique_ptr<KioskStore>> open(KioskStoreOptions options);
  ~KioskStore() override;

  // --- documents: sealed files named by the SHA-256 of the original bytes ---
  class BlobWriter;                       // streams one document in; see blob_files.h
  Result<std::unique_ptr<BlobWriter>> begin_document();
  // The file is flushed and renamed when it returns; the folder's flush and the key's row go with the
  // next commit (save_draft, append ...), so that a filing costs n + 2 flushes (RELIABILITY, 7.2): before
  // that no draft and no record names the document. `draft`: it belongs to that draft until filed or the
  // draft is dropped; not a draft: to the record of that id. Same bytes twice: kept once.
  // wrong_state: a draft that is not open here. too_large, full, storage.
  Result<DocumentRef> keep_document(std::unique_ptr<BlobWriter> writer, const Id& draft,
                                    std::string_view name, std::string_view type);
  Result<DocumentRef> keep_document(ByteView bytes, const Id& draft, std::string_view name, std::string_view type);
  // What was kept for a filing that will not be made goes; of one that a half-written reply names, what the reply does
  // not. Nothing happens where its record is there.
  Status leave_filing(const Id& filing);
  // The same for all of them, when the kiosk starts: nobody goes on with a filing after a restart. Drafts stay.
  Status drop_unfiled();
  Result<Bytes> read_document(const Digest& sha256, std::uint64_t offset, std::size_t bytes_max) override;

  // --- journal ---
  JournalHead head() const;
  // One durable commit: journal, outbox, receipt, documents taken over from `draft` (which ends), or from
  // `fresh` (stored with keep_document under the record's id). Then id and digest are read back on this
  // connection. conflict: that id is there with another digest, or q is not head().q + 1. unknown_outcome: the COMMIT failed, or
  // what it wrote could not be read back: reopen(), then find_record() knows.
  // Only when this has returned Done may anything be shown, printed or spoken (RELIABILITY, I2).
  Status append(const SignedRecord& record, const ReceiptEntry& receipt, const Id& draft);
  Result<std::optional<StoredRecord>> find_record(const Id& id);
  Result<std::optional<StoredRecord>> find_receipt(std::string_view number, std::string_view check_code);
  Status verify_chain();                  // whole journal: digests and prev links; corrupt names q
  // Closes and reopens the database after an error, with an integrity check (I7).
  Status reopen();

  // --- drafts: sealed under Argon2id(PIN) mixed with the storage key; 5 wrong PINs lock for an hour ---
  // One draft a BIN. conflict: a draft for that BIN exists already (open it instead).
  Status create_draft(const ApplicationDraft& draft, std::string_view pin);
  Status save_draft(const ApplicationDraft& draft);         // precondition: created or opened in this session
  Result<std::optional<DraftSummary>> find_draft(std::string_view bin);
  Result<ApplicationDraft> open_draft(const Id& id, std::string_view pin);  // forbidden (tries_left in detail), locked
  Status leave_draft(const Id& id);       // forget its key; the sealed draft stays
  Status drop_draft(const Id& id);        // key and rows gone, WAL truncated
  Result<int> drop_old_drafts(Instant older_than);
  // The draft that was being edited when the program last ended without leaving it, if any.
  Result<std::optional<DraftSummary>> interrupted_draft();

  // --- staff ---
  // Badge "QBB1:<id>:<secret>" and PIN; offline. forbidden (detail: tries left), locked, not_found (unknown badge).
  Result<StaffMember> sign_in(std::string_view badge, std::string_view pin);
  Result<std::optional<BadgeHolder>> badge_holder(std::string_view badge);  // to greet before the PIN; nullopt: unknown
  Result<std::vector<LockedStaff>> locked_staff();
  Status unlock_staff(std::string_view staff_id);
  Result<std::optional<BureauEntry>> find_bureau(std::string_view bin);

  // --- inbox ---
  Result<std::vector<Paper>> papers(const StaffMember& reader);  // nearest deadline first is the caller's
  Result<Bytes> open_paper(const StaffMember& reader, const Id& paper);
  // Whether something is awaited on it: what only a reader can know, for drop_old_papers().
  Status note_awaits(const Id& paper, bool awaits);
  Result<std::vector<Json>> staff_entries(std::string_view bureau_bin);

  // --- replies that are being written: one a person, paper and act, opened by its author's sign-in only ---
  // One commit. It ends with the record that it becomes (append), with its paper, or by age. wrong_state: it was filed.
  Status keep_reply(const StaffMember& author, const HalfReply& reply);
  // nullopt: none, or one that this key does not open (a badge made anew).
  Result<std::optional<HalfReply>> kept_reply(const StaffMember& author, const Id& paper, BureauAct act);
  Status drop_reply(const StaffMember& author, const Id& paper, BureauAct act);  // its documents too
  Result<int> drop_old_replies(Instant older_than);

  // --- applications that were filed here ---
  // What the office has said of it last (feed item case_state); an empty object: nothing yet.
  Result<Json> case_news(const Id& application);
  // Our newest record about that paper or application: a mark, a withdrawal, a receipt signed for.
  Result<std::optional<StoredRecord>> newest_about(const Id& about);
  // The form of the licence that was issued on it, opened with what stands on the receipt (protocol.md 10). not_found:
  // none was announced or its file has not arrived; corrupt: another receipt, or damaged bytes.
  Result<Bytes> open_form(const Id& application, std::string_view number, std::string_view check_code);
  Result<bool> form_here(const Id& application);  // announced, and its file has arrived

  // --- assets and keys that travelled; small settings ---
  Result<std::optional<std::string>> setting(std::string_view name);
  Status keep_setting(std::string_view name, std::string_view value);

  // --- operator ---
  Result<StoreCounts> counts();
  Result<std::vector<QueueLine>> queue(std::size_t lines_max);         // newest first
  Result<std::vector<QueueLine>> quarantined(std::size_t lines_max);
  Result<std::vector<QueueLine>> superseded(std::size_t lines_max);    // of the newest superseded_looked_at records
  Result<std::optional<QueueLine>> next_queued();                      // the record that the registry is sent next
  Result<std::vector<LogFork>> forks(std::size_t count_max);           // newest first
  bool below_reserve();                   // I15: refuse before a visitor starts

  ClockMemory clock_memory();

  // --- upkeep, while nobody waits ---
  // Reads about `bytes_max` of what is stored again, where the last call stopped (after a restart: a few items
  // before), and compares digests. A damaged document stays as it is and is reported; a damaged paper is wanted()
  // again. True: a round over everything has just ended; the next call begins another.
  Result<bool> scrub(std::size_t bytes_max);
  Result<StoredReport> stored_report();
  // Papers of which nothing is awaited and whose last act the registry confirmed before that moment, or which it said were
  // over before that: done at another kiosk, or in a case that has ended (ARCHITECTURE, 5). The pictures of their pages that
  // were kept for signatures go with them. How many left.
  Result<int> drop_old_papers(Instant confirmed_before);

  // Outbox
  Result<std::vector<OutboxItem>> pending(std::size_t records_max, std::size_t bytes_max) override;
  Result<std::vector<TakenItem>> taken_after(std::int64_t q, std::size_t records_max, std::size_t bytes_max) override;
  Status keep_upload(const Id& record, int index, std::string_view upload) override;
  Status keep_document_sent(const Id& record, int index) override;
  Status keep_verdict(const Verdict& verdict, std::string_view jws) override;
  Status keep_verdicts(const std::vector<SignedVerdict>& verdicts) override;
  Status keep_time(const TimeSync& sync) override;
  // Inbox
  Result<std::string> feed_cursor() override;
  Result<std::string> kept_asset(std::string_view name) override;
  Status keep_feed(const std::vector<Json>& items, std::string_view next_cursor) override;
  Result<std::vector<WantedDocument>> wanted(std::size_t count_max) override;
  Status keep_part(const Digest& sha256, std::uint64_t offset, ByteView bytes, bool last) override;
  // LogMemory
  Result<std::string> newest_checkpoint() override;
  Result<std::vector<std::string>> unchecked_checkpoints(std::size_t count_max) override;
  Status keep_checkpoint(std::string_view note) override;
  Status judge_checkpoint(std::string_view note, NoteWord word) override;
  Status keep_fork(std::string_view note, const LogFork& fork) override;
  Result<LogMirror> mirror() override;
  Status keep_leaves(const LogMirror& after, const std::vector<LogLeaf>& leaves) override;
  Result<std::vector<LogLeaf>> leaves_from(std::uint64_t index, std::size_t count_max) override;
  Result<std::string> unreported_fork() override;
  Status fork_reported(std::string_view evidence) override;

 private:
  struct State;
  Status add_acts(Paper& paper);
  Status collect_signed(const Id& paper, std::vector<Record>& records);
  explicit KioskStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class KioskStore::BlobWriter {            // bytes are hashed and sealed as they come; nothing is visible yet
 public:
  virtual ~BlobWriter() = default;        // dropped without keep_document: the temporary file is removed
  virtual Status write(ByteView bytes) = 0;   // too_large, full, storage
  virtual std::uint64_t written() const = 0;
};

}  // namespace qabyl::core
