// Tables of the registry's database, as numbered migrations (RELIABILITY, 4.10). Times are UTC milliseconds,
// digests 32-byte blobs. A migration that was released is never edited: a new one follows it.
#pragma once

#include <cstdint>
#include <string_view>

namespace qabyl::sync::registry {

inline constexpr std::int32_t application_id = 0x51427231;  // "QBr1"

inline constexpr std::string_view migration_1 = R"(
CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE devices(
  device TEXT PRIMARY KEY, place_kk TEXT NOT NULL, place_ru TEXT NOT NULL, place_en TEXT NOT NULL,
  profile TEXT NOT NULL, state TEXT NOT NULL CHECK(state IN ('waiting','enrolled','revoked')),
  record_key BLOB, key_from INTEGER, key_to INTEGER,
  q INTEGER NOT NULL DEFAULT 0, head BLOB NOT NULL, told_q INTEGER NOT NULL DEFAULT 0,
  last_contact INTEGER, revoked_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE certificates(
  serial TEXT PRIMARY KEY, device TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL,
  revoked_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE tokens(
  token BLOB PRIMARY KEY, device TEXT NOT NULL, expires INTEGER NOT NULL, used_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE cases(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, device TEXT NOT NULL, bureau_bin TEXT NOT NULL, title TEXT NOT NULL,
  state TEXT NOT NULL, number TEXT NOT NULL DEFAULT '', opened_at INTEGER NOT NULL,
  records INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_time ON cases(opened_at);
CREATE TABLE records(
  id TEXT PRIMARY KEY, device TEXT NOT NULL, q INTEGER NOT NULL, digest BLOB NOT NULL, kind TEXT NOT NULL,
  case_id TEXT NOT NULL, jws TEXT NOT NULL, taken_at INTEGER NOT NULL, missing INTEGER NOT NULL,
  outcome TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', field TEXT NOT NULL DEFAULT '',
  by_record TEXT NOT NULL DEFAULT '', verdict TEXT NOT NULL DEFAULT '', case_seq INTEGER,
  UNIQUE(device, q)) STRICT, WITHOUT ROWID;
CREATE INDEX records_by_case ON records(case_id, case_seq);
CREATE INDEX records_by_time ON records(taken_at);
CREATE TABLE manifest(
  record TEXT NOT NULL, idx INTEGER NOT NULL, sha256 BLOB NOT NULL, bytes INTEGER NOT NULL, type TEXT NOT NULL,
  name TEXT NOT NULL, here INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(record, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE documents(
  sha256 BLOB PRIMARY KEY, bytes INTEGER NOT NULL, folder TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE uploads(
  id TEXT PRIMARY KEY, device TEXT NOT NULL, record TEXT NOT NULL, idx INTEGER NOT NULL, length INTEGER NOT NULL,
  have INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL CHECK(state IN ('open','complete','cancelled','expired')),
  touched_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_open ON uploads(state, device, touched_at);
CREATE INDEX uploads_of ON uploads(record, idx);
CREATE TABLE feed(
  device TEXT NOT NULL, idx INTEGER NOT NULL, kind TEXT NOT NULL, jws TEXT NOT NULL,
  PRIMARY KEY(device, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE feed_documents(
  device TEXT NOT NULL, sha256 BLOB NOT NULL, PRIMARY KEY(device, sha256)) STRICT, WITHOUT ROWID;
CREATE TABLE bureaus(
  bin TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, head TEXT NOT NULL,
  licensed INTEGER NOT NULL, as_of INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE device_bureaus(device TEXT NOT NULL, bin TEXT NOT NULL, PRIMARY KEY(device, bin)) STRICT, WITHOUT ROWID;
CREATE TABLE staff(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, position TEXT NOT NULL, bureau_bin TEXT NOT NULL, role TEXT NOT NULL,
  powers_from INTEGER NOT NULL, powers_to INTEGER NOT NULL, verify_key BLOB NOT NULL, salt BLOB NOT NULL,
  sealed_key BLOB NOT NULL, argon_passes INTEGER NOT NULL, argon_memory_kib INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE officers(
  id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, position TEXT NOT NULL, role TEXT NOT NULL,
  verify_key BLOB NOT NULL, salt BLOB NOT NULL, sealed_key BLOB NOT NULL, argon_passes INTEGER NOT NULL,
  argon_memory_kib INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE sessions(
  token BLOB PRIMARY KEY, officer TEXT NOT NULL, csrf TEXT NOT NULL, language TEXT NOT NULL,
  opened_at INTEGER NOT NULL, touched_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE papers(
  record TEXT PRIMARY KEY, case_id TEXT NOT NULL, bureau_bin TEXT NOT NULL, body BLOB NOT NULL, sealed BLOB NOT NULL,
  sealed_bytes INTEGER NOT NULL, content_key BLOB NOT NULL, meta TEXT NOT NULL, closed_by TEXT NOT NULL DEFAULT '')
  STRICT, WITHOUT ROWID;
CREATE TABLE strays(
  n INTEGER PRIMARY KEY, device TEXT NOT NULL, at INTEGER NOT NULL, digest BLOB NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE audit(
  n INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
  outcome TEXT NOT NULL) STRICT;
INSERT INTO facts VALUES('epoch', '1');
INSERT INTO devices(device, place_kk, place_ru, place_en, profile, state, head)
  VALUES('registry', '', '', '', '', 'enrolled', zeroblob(32));
)";

// Row 43 of RELIABILITY 4.7: a document that does not look like the type that its record names.
inline constexpr std::string_view migration_2 = R"(
ALTER TABLE manifest ADD COLUMN type_differs INTEGER NOT NULL DEFAULT 0;
)";

// Copies of papers (paragraph 10): 1 and 2 as sent, 2 with the mark as it came back.
inline constexpr std::string_view migration_3 = R"(
CREATE TABLE paper_copies(
  record TEXT NOT NULL, copy INTEGER NOT NULL CHECK(copy IN (1, 2)), marked INTEGER NOT NULL CHECK(marked IN (0, 1)),
  sha256 BLOB NOT NULL, pages INTEGER NOT NULL, made_at INTEGER NOT NULL, PRIMARY KEY(record, marked, copy)) STRICT, WITHOUT ROWID;
)";

// Assignments before their signature (paragraph 8); whom an inspection names (O3); lists by state and page.
inline constexpr std::string_view migration_4 = R"(
CREATE TABLE assignment_drafts(
  id TEXT PRIMARY KEY, author TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL,
  for_signing INTEGER NOT NULL DEFAULT 0 CHECK(for_signing IN (0, 1)), remark TEXT NOT NULL DEFAULT '',
  changed_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE case_people(case_id TEXT NOT NULL, officer TEXT NOT NULL, PRIMARY KEY(officer, case_id)) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_object ON audit(object, action);
DROP INDEX cases_by_time;
CREATE INDEX cases_by_time ON cases(opened_at, id);
CREATE INDEX cases_by_state ON cases(state, opened_at, id);
ALTER TABLE sessions DROP COLUMN language;
)";

// Terms that run in a case, counted anew after every record that counts (RULES.md d): the queue by nearness.
inline constexpr std::string_view migration_5 = R"(
CREATE TABLE case_terms(
  n INTEGER PRIMARY KEY, case_id TEXT NOT NULL, term TEXT NOT NULL, due TEXT NOT NULL, base TEXT NOT NULL,
  stated TEXT NOT NULL, side TEXT NOT NULL) STRICT;
CREATE INDEX case_terms_by_due ON case_terms(due, n);
CREATE INDEX case_terms_by_case ON case_terms(case_id);
ALTER TABLE staff ADD COLUMN capacity TEXT NOT NULL DEFAULT '';
ALTER TABLE papers ADD COLUMN kind TEXT NOT NULL DEFAULT 'notice.send';
)";

// Search (search.h): folded words and what they lead to. Keys of calendar feeds, as digests.
inline constexpr std::string_view migration_6 = R"(
CREATE TABLE search_entries(
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, about TEXT NOT NULL) STRICT;
CREATE INDEX search_entries_by_ref ON search_entries(kind, ref);
CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'ascii');
CREATE TABLE calendar_keys(key BLOB PRIMARY KEY, officer TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_bureau ON cases(bureau_bin, opened_at, id);
)";

// The register of licences, and on which application each form was given (paragraphs 2, 4, 6).
inline constexpr std::string_view migration_7 = R"(
CREATE TABLE licences(
  case_id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, number TEXT NOT NULL, holder_bin TEXT NOT NULL, holder TEXT NOT NULL,
  state TEXT NOT NULL, in_life INTEGER NOT NULL CHECK(in_life IN (0, 1)), issued_on TEXT NOT NULL, change TEXT NOT NULL,
  changed_on TEXT NOT NULL, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX licences_by_holder ON licences(holder_bin, in_life);
CREATE TABLE licence_forms(application TEXT PRIMARY KEY, case_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX licence_forms_by_case ON licence_forms(case_id);
ALTER TABLE bureaus ADD COLUMN small_business INTEGER NOT NULL DEFAULT 0;
CREATE INDEX records_quarantined ON records(device) WHERE outcome = 'quarantined';
)";

// The evidence log (evidence_log.h): one leaf a record, full tiles of hashes, and the newest checkpoint that each device
// said to hold. Records from before the log get their leaves in the order in which they were taken.
inline constexpr std::string_view migration_8 = R"(
CREATE TABLE log_leaves(
  idx INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE log_tiles(
  n INTEGER PRIMARY KEY, level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL, UNIQUE(level, idx)) STRICT;
CREATE TABLE log_seen(
  device TEXT PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO log_leaves(idx, record, digest, at)
  SELECT row_number() OVER (ORDER BY taken_at, device, q) - 1, id, digest, taken_at FROM records;
CREATE INDEX records_unsealed ON records(id) WHERE verdict = '' AND outcome <> 'received';
)";

// A bureau that a kiosk serves no longer keeps its row: what was filed there before may still come. Papers by case and bureau.
inline constexpr std::string_view migration_9 = R"(
ALTER TABLE device_bureaus ADD COLUMN gone_at INTEGER;
CREATE INDEX papers_by_case ON papers(case_id, record);
CREATE INDEX papers_by_bureau ON papers(bureau_bin, record);
)";

// What devices say of the evidence log as its witnesses: whether they agree, and their evidence that it contradicts itself.
inline constexpr std::string_view migration_10 = R"(
ALTER TABLE log_seen ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log_seen ADD COLUMN agrees INTEGER NOT NULL DEFAULT 1 CHECK(agrees IN (0, 1));
ALTER TABLE log_seen ADD COLUMN cosigned INTEGER NOT NULL DEFAULT 0 CHECK(cosigned IN (0, 1));
CREATE TABLE log_forks(
  n INTEGER PRIMARY KEY, device TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, at INTEGER NOT NULL, evidence TEXT NOT NULL) STRICT;
CREATE INDEX log_forks_by_device ON log_forks(device, n);
)";

// Witnesses outside the office whose cosignatures are taken and served, and the newest of each.
inline constexpr std::string_view migration_11 = R"(
CREATE TABLE log_witnesses(
  vkey TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, added_at INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0, cosigned_s INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
)";

// Each act that the audit notes is a leaf of the evidence log (audit_leaves.h). It has no nonce until it has its leaf: acts from
// before get theirs with the first group that is sealed.
inline constexpr std::string_view migration_12 = R"(
ALTER TABLE audit ADD COLUMN nonce BLOB;
CREATE INDEX audit_unlogged ON audit(n) WHERE nonce IS NULL;
)";

// Numbers of receipts, by which any kiosk finds one (receipts_out.h).
inline constexpr std::string_view migration_13 = R"(
CREATE TABLE receipts(number TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
)";

// A list names a term in the words of the profile of its case: "<id> <version>"; "": from before versions were kept.
inline constexpr std::string_view migration_14 = R"(
ALTER TABLE case_terms ADD COLUMN profile TEXT NOT NULL DEFAULT '';
)";

// Scans of copies that came back on paper, between their upload and an officer's word (returned_scans.h). `look` is what was seen
// on the sheets; "": nobody has looked yet.
inline constexpr std::string_view migration_15 = R"(
CREATE TABLE returned_scans(
  id TEXT PRIMARY KEY, paper TEXT NOT NULL, case_id TEXT NOT NULL, officer TEXT NOT NULL, sha256 BLOB NOT NULL, bytes INTEGER NOT NULL,
  type TEXT NOT NULL, at INTEGER NOT NULL, look TEXT NOT NULL DEFAULT '', UNIQUE(paper, sha256)) STRICT, WITHOUT ROWID;
CREATE INDEX returned_scans_waiting ON returned_scans(at) WHERE look = '';
)";

// After a restore (refill.h, returned_records.h): leaves of the log that came back from a kiosk's mirror and whose record or act did not
// yet, and verdicts that came back with their records.
inline constexpr std::string_view migration_16 = R"(
CREATE TABLE log_lost(idx INTEGER PRIMARY KEY, digest BLOB NOT NULL) STRICT;
CREATE INDEX log_lost_by_digest ON log_lost(digest);
CREATE TABLE returned_verdicts(
  record TEXT PRIMARY KEY, verdict TEXT NOT NULL, at INTEGER NOT NULL, idx INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)";

}  // namespace qabyl::sync::registry
