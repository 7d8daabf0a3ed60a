// What the registry remembers about devices, records, documents and uploads, as plain rows over one SQLite
// connection. Decides nothing: intake.cpp, uploads.cpp and feed_out.cpp do. Thread rule: the storage thread
// alone (core/store/database.h). Every failure is a `storage` error of the database unless said otherwise.
#pragma once

#include <optional>

#include "core/profile.h"
#include "core/store/database.h"
#include "core/verdict.h"

namespace qabyl::sync::registry {

struct DeviceRow {
  std::string device, profile, state;  // waiting, enrolled, revoked
  core::LocalText place;
  core::VerifyKey record_key{};
  std::int64_t q = 0, told_q = 0;      // told_q: newest q that the device itself named
  core::Digest head{};                 // digest of record q; zeros before the first
  std::optional<core::Instant> last_contact;
};

struct RecordRow {
  core::Id id, case_id, by;
  std::string device, kind, jws, reason, field, verdict;  // verdict: the final one, else empty
  std::int64_t q = 0, missing = 0, case_seq = 0;          // case_seq 0: none
  core::Digest digest{};
  core::Instant taken{};
  core::Outcome outcome = core::Outcome::received;
};

struct ManifestRow {
  int index = 0;
  core::DocumentRef ref;
  bool here = false;
  bool type_differs = false;  // once here: it does not look like ref.type (a warning for the office)
};

struct UploadRow {
  std::string id, device, state;       // open, complete, cancelled, expired
  core::Id record;
  int index = 0;
  std::uint64_t length = 0, have = 0;
  core::Instant touched{};
};

struct LogSeen {                       // the newest checkpoint that a device said to hold
  std::string note;
  core::Instant at{};                  // when it said so
  std::uint64_t size = 0;              // of the log in it
  bool agrees = true;                  // it was the beginning of this registry's log then
  bool cosigned = false;               // by the device's record key
};

struct LogForkRow {                    // a device's evidence that the log contradicts itself
  std::int64_t n = 0;
  std::string device, evidence;        // sync/log/fork_file.h
  core::Instant at{};                  // when it came
};

struct WitnessRow {                    // somebody outside the office who watches the evidence log
  std::string vkey, name;
  std::string note;                    // the newest checkpoint that it cosigned, with the log's lines and its own; empty: none
  std::uint64_t size = 0;              // of that
  std::int64_t cosigned_s = 0;
};

struct TokenRow {
  std::string device;
  core::Instant expires{};
  bool used = false;
};

class RegistryStore {
 public:
  explicit RegistryStore(core::Database& database) : database_(database) {}
  core::Database& database() { return database_; }

  // --- devices ---
  core::Result<std::optional<DeviceRow>> device(std::string_view name);
  core::Result<std::vector<DeviceRow>> devices();        // all but "registry", by name
  core::Status add_device(const DeviceRow& row);
  core::Status enrol_device(std::string_view name, const core::VerifyKey& key, core::Instant from, core::Instant to);
  core::Status revoke_device(std::string_view name, core::Instant at);
  core::Status keep_contact(std::string_view name, std::int64_t told_q, core::Instant at);
  // Whether the device's journal once ended in that record; q 0 with a digest of zeros: before the first.
  core::Result<bool> had_head(std::string_view device, std::int64_t q, const core::Digest& digest);
  core::Status add_certificate(std::string_view serial, std::string_view device, core::Instant from, core::Instant to);
  core::Result<bool> certificate_valid(std::string_view serial, std::string_view device);
  core::Status add_token(const core::Digest& token, std::string_view device, core::Instant expires);
  core::Result<std::optional<TokenRow>> token(const core::Digest& token);
  core::Status burn_token(const core::Digest& token, core::Instant at);

  core::Result<std::optional<LogSeen>> log_seen(std::string_view device);
  core::Status keep_log_seen(std::string_view device, const LogSeen& seen);
  core::Status keep_log_fork(const LogForkRow& row);     // nothing when it is there already; `n` is not read
  core::Result<std::vector<LogForkRow>> log_forks(std::string_view device, std::size_t rows_max);  // newest first
  core::Result<std::optional<LogForkRow>> log_fork(std::int64_t n);
  core::Status add_witness(const WitnessRow& row, core::Instant at);
  core::Status set_witness(const WitnessRow& row);       // note, size, cosigned_s
  core::Result<std::vector<WitnessRow>> witnesses();     // by name

  // --- records ---
  core::Result<std::optional<RecordRow>> record(const core::Id& id);
  // The record, its leaf in the evidence log, its manifest (all but `here` still missing) and the device's new q and head. `lost`: the
  // leaf stands at that index already (refill.h), and no other is entered.
  core::Status add_record(const core::SignedRecord& record, core::Instant now, std::optional<std::uint64_t> lost = {});
  // An entry of the evidence log: what it is of (a record's id, an act of the audit), its digest, when it was taken. Never before
  // the one in front (I11b).
  core::Status add_leaf(std::string_view of, const core::Digest& digest, core::Instant at);
  // `now`, or the time of the newest entry of the log if the clock has gone back behind it. What is signed with a time and
  // stays takes this one: a clock that lost its battery would date it before its own key, and nobody could believe it, ever.
  core::Result<core::Instant> log_time(core::Instant now);
  core::Status set_outcome(const RecordRow& row);        // outcome, reason, field, by, verdict, missing
  core::Result<std::int64_t> append_to_case(const core::Id& record, const core::Id& case_id);  // its sequence number
  core::Result<std::vector<RecordRow>> case_records(const core::Id& case_id, bool accepted_only);
  // The earliest record of that device in that case that has no final verdict yet.
  core::Result<std::optional<RecordRow>> first_waiting(std::string_view device, const core::Id& case_id);
  core::Result<std::vector<RecordRow>> newest_records(std::size_t rows_max, std::string_view outcome);  // "": all
  core::Result<std::vector<ManifestRow>> manifest(const core::Id& record);
  core::Status keep_stray(std::string_view device, std::string_view body, core::Instant at);

  // --- documents: files named by their SHA-256, one folder a month ---
  core::Result<std::optional<std::string>> document_folder(const core::Digest& sha256);
  core::Result<std::uint64_t> document_bytes(const core::Digest& sha256);
  core::Status add_document(const core::Digest& sha256, std::uint64_t bytes, std::string_view folder, core::Instant at);
  core::Status mark_here(const core::Id& record, int index, bool type_differs = false);

  // --- uploads ---
  core::Result<std::optional<UploadRow>> upload(std::string_view id);
  core::Result<std::optional<UploadRow>> open_upload(const core::Id& record, int index);
  core::Result<std::int64_t> open_uploads(std::string_view device);
  core::Status add_upload(const UploadRow& row);
  core::Status set_upload(const UploadRow& row);         // have, state, touched
  core::Result<std::vector<UploadRow>> idle_uploads(core::Instant before, std::size_t rows_max);

  // --- feed ---
  core::Result<std::int64_t> epoch();
  core::Result<std::int64_t> newest_index(std::string_view device);
  core::Status add_feed(std::string_view device, std::int64_t index, std::string_view kind, std::string_view jws);
  struct FeedRow { std::int64_t index; std::string jws; };
  core::Result<std::vector<FeedRow>> feed(std::string_view device, std::int64_t after, std::size_t rows_max);
  core::Status allow_document(std::string_view device, const core::Digest& sha256);
  core::Result<bool> document_allowed(std::string_view device, const core::Digest& sha256);

  core::Status audit(std::string_view actor, std::string_view action, std::string_view object,
                     std::string_view outcome, core::Instant at);
  core::Result<std::string> fact(std::string_view name);  // of the office as a whole; empty: not known
  core::Status keep_fact(std::string_view name, std::string_view value);
  core::Result<std::int64_t> next_number(std::string_view counter);  // 1, 2, 3 ... durable with the transaction

 private:
  core::Status find_leaf(std::string_view of, std::uint64_t index);
  core::Database& database_;
};

}  // namespace qabyl::sync::registry
