// What the parts of the kiosk's store share: the connection, the keys in memory, the one way to write.
// Private to core/store. Knows the tables' keys and seals; each topic's rows are its own file's business.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "core/asset.h"
#include "core/store/blob_files.h"
#include "core/store/kiosk_schema.h"
#include "core/store/kiosk_store.h"

namespace qabyl::core {

inline constexpr std::size_t fresh_blobs_max = record_docs_max;
inline constexpr int wal_pages_rest_max = 256;   // beyond: checkpoint when nobody waits
inline constexpr int wal_pages_max = 2048;       // beyond: checkpoint in any case (32 MiB)
inline constexpr Millis stray_age{24LL * 3600 * 1000};
inline constexpr Millis draft_lock{3600LL * 1000};
inline constexpr std::string_view setting_editing = "store.editing";
inline constexpr std::string_view setting_clock = "store.clock";
inline constexpr std::string_view setting_tidied = "store.tidied";
inline constexpr std::string_view setting_cursor = "store.feed_cursor";
inline constexpr std::string_view setting_scrub = "store.scrub";
inline constexpr std::string_view setting_checkpoint = "store.checkpoint";
inline constexpr std::string_view setting_mirror = "store.log_mirror";
inline constexpr std::size_t setting_scrub_bytes_max = 1024;

struct BlobRow {
  std::int64_t id = 0;
  Digest sha256{};
  std::uint64_t bytes = 0;
  std::string file;      // relative to the folder
  Id draft;              // whose key; empty: the storage key
  Bytes sealed_key;
};

struct FreshBlob {       // a file that is on the disk and flushed; its row goes with the next commit
  BlobRow row;
  std::string owner;
};

struct ScrubMark {       // how far the round of the background check has come
  std::int64_t blob = 0;
  Id paper;
  std::int64_t items = 0, last_items = 0, finished_ms = 0;  // of this round; of the last whole one
};

struct ScrubItem {       // a document, or a paper, that is being read again
  BlobRow blob;          // of a paper: digest, bytes and file of what is sealed
  Id paper;              // empty: a document
  std::optional<SealedFile> sealed;
  sys::File plain;
  Sha256 hash;
  std::uint64_t read = 0;
};

struct DraftTries {      // wrong PINs of a draft, and until when it is closed for them; 0: open
  std::int64_t failures = 0, locked_until = 0;
  std::string boot;
  std::int64_t until_steady = 0;
};

struct KioskStore::State {
  explicit State(KioskStoreOptions given) : options(std::move(given)) {}

  KioskStoreOptions options;
  sys::File lock;
  std::optional<Database> database;
  JournalHead head;
  std::map<Id, SealKey> open_drafts;          // wiped when they leave the map
  std::optional<Id> interrupted;              // what `editing` said when the program started
  std::string editing;
  Id reply_at_hand;                           // filing of the half-written reply that its author has open
  ClockMemory clock_memory;
  std::vector<FreshBlob> fresh;
  std::set<std::string> unflushed_folders;    // relative; renamed into since their last flush
  std::optional<ScrubMark> scrub_mark;        // once read
  std::optional<ScrubItem> scrubbing;
  int scrub_unnoted = 0;                      // items since the mark was written
  bool wipe_due = false;                      // rows were deleted that may still stand in the WAL

  // --- kiosk_store.cpp ---
  DatabaseOptions database_options() const;
  Status start();                             // opens the database and loads what memory holds
  Status load();
  // Opens anew after a doubtful COMMIT; every public call begins with it.
  Status ready();
  Status reopen();
  // The one way to write: folders flushed, fresh blobs and `work` in one transaction, one COMMIT.
  Status write(const std::function<Status()>& work);
  Status tidy_wal(int pages_max);
  Status put_setting(std::string_view name, std::string_view value);   // inside write()
  Result<std::optional<std::string>> get_setting(std::string_view name);
  Status collect_strays();
  Database& db() { return *database; }
  Instant now() const { return options.clock->read().wall; }
  std::string path(std::string_view relative) const { return options.folder + "/" + std::string(relative); }
  // Seals of columns under the storage key.
  Bytes close(ByteView plain, std::string_view context) const;
  Result<Bytes> disclose(ByteView sealed, std::string_view context) const;
  Bytes close_json(const Json& value, std::string_view context) const;
  Result<Json> disclose_json(ByteView sealed, std::string_view context) const;
  Status put_paper_state(const Json& body, std::int64_t at_ms);
  Status forget_bureau(std::string_view bin);
  Status add_elsewhere(Paper& paper);
  Digest bin_tag(std::string_view bin) const;

  // --- kiosk_documents.cpp ---
  Result<std::vector<BlobRow>> blobs_of(const Digest& sha256);
  Result<SealKey> blob_key(const BlobRow& blob) const;    // forbidden: a draft that is not open
  Result<Bytes> read_blob(const BlobRow& blob, std::uint64_t offset, std::size_t bytes_max) const;
  Result<bool> blob_whole(const BlobRow& blob) const;
  Result<std::string> blob_owner(const Id& draft);        // "draft:<id>" or "record:<id>"
  std::vector<std::string> forget_fresh(const std::string& owner);  // their files
  // What was kept for that record and is not among its documents, a letter made anew for one: inside write().
  Result<std::vector<std::string>> release_others(const Id& record, const std::vector<Digest>& named);
  Result<std::string> free_blob_name(const Digest& sha256);
  Result<DocumentRef> keep(FileBlobWriter& writer, const Id& draft);
  Status adopt(const Digest& sha256, std::uint64_t bytes, const Id& record, const Id& draft);  // inside write()
  Result<std::vector<std::string>> release(const std::string& owner);  // inside write(): files without a use
  void remove_files(const std::vector<std::string>& files);

  // --- kiosk_replies.cpp ---
  // What of a half-written reply is kept under that id; nullopt: there is no such reply.
  Result<std::optional<std::vector<Digest>>> reply_documents(const Id& filing);
  // Inside write(): the replies that `condition` picks end (their documents too, unless they were filed just now). The files.
  Result<std::vector<std::string>> end_replies(std::string_view condition, std::string_view argument, bool filed = false);

  // --- kiosk_journal.cpp ---
  std::string record_context(std::int64_t q) const;
  Result<std::string> open_jws(std::int64_t q, ByteView sealed, const Digest& digest) const;
  Result<JournalHead> load_head();
  Status insert_record(const SignedRecord& record, const ReceiptEntry& receipt);
  Status read_back(const SignedRecord& record);

  // --- kiosk_drafts.cpp ---
  Status set_editing(const Id& draft);                    // inside write()
  Result<std::vector<std::string>> erase_draft(const Id& draft);  // inside write()
  void forget_draft(const Id& draft);                     // its key and what `editing` says
  Result<int> count_draft_try(const Id& id);              // tries left after this one; locked
  Status put_draft_tries(const Id& id, std::int64_t failures, bool close_it);   // inside write()
  Result<bool> draft_locked(const Id& id, const DraftTries& tries);
  Result<SealKey> try_pin(const Id& id, std::string_view pin, int tries_left);
  Result<std::optional<DraftSummary>> draft_summary(std::string_view id);

  // --- kiosk_staff.cpp (put_*: inside write()) ---
  Result<std::optional<Json>> staff_entry(std::string_view id);
  Status put_staff(const Json& entry);
  Status put_bureau(const Json& body);
  Result<int> count_staff_try(std::string_view id);
  bool powers_now(const Json& entry) const;

  // --- kiosk_feed.cpp (put_*: inside write(); false: not understood) ---
  Result<bool> put_asset(std::string_view kind, const Json& body);
  Status keep_version(const Asset& asset, std::string_view jws);
  Result<bool> put_paper(const Json& body, std::int64_t at_ms);
  Result<bool> put_named(std::string_view kind, const Json& body, std::int64_t at_ms);
  // Of an opened paper whose sealed file has arrived: digests of both checked.
  Result<Bytes> paper_bytes(const Digest& sealed_sha256, std::uint64_t sealed_bytes, const Paper& paper, const SealKey& key);
  Result<Json> case_state(const Id& record);              // empty object: the office has said nothing

  // --- kiosk_scrub.cpp ---
  Status load_scrub_mark();
  Status note_scrub();
  Result<bool> next_scrub_item();
  std::optional<bool> scrub_piece();                      // whole or not, once all is read
  Status judge_scrubbed(bool whole);

  // --- kiosk_papers.cpp, kiosk_outbox.cpp, kiosk_operator.cpp ---
  Result<std::uint64_t> part_bytes(const Digest& sha256, std::uint64_t whole_bytes);
  Result<std::vector<OutboxDocument>> outbox_documents(std::int64_t q);
  Status put_verdict(std::int64_t q, const Verdict& verdict, std::string_view jws);
  Status take_verdict(const Verdict& verdict, std::string_view jws);
  Result<std::vector<QueueLine>> queue_lines(std::string_view condition, std::size_t lines_max);

  // --- kiosk_witness.cpp (inside write()) ---
  Status put_checkpoint(std::string_view note);
  Status judge(std::string_view note, std::string_view word);
};

// --- pieces of text shared by the topics ---
Result<SendState> parse_send_state(std::string_view text);
inline Instant instant_of(std::int64_t ms) { return Instant(Millis(ms)); }
inline std::int64_t ms_of(Instant at) { return at.time_since_epoch().count(); }
Result<Digest> digest_of(ByteView bytes);      // corrupt unless 32 bytes
Json to_json(const ReceiptEntry& receipt);
Json to_json(const ClockMemory& memory);
ReceiptEntry receipt_from_json(std::string number, const Json& json);

}  // namespace qabyl::core
