// Tables of the kiosk. Personal texts stand only in columns called `sealed`; BINs only as keyed tags;
// digests, states, kinds, times and numbers stand in clear beside them (ARCHITECTURE, 5.1).
#include "core/store/kiosk_schema.h"

namespace qabyl::core {
namespace {

constexpr std::string_view version_1 = R"sql(
CREATE TABLE settings(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal. `sealed` is the JWS, verbatim, under the storage key. `about`: the record it answers.
CREATE TABLE records(
  q INTEGER PRIMARY KEY CHECK(q >= 1),
  id TEXT NOT NULL UNIQUE CHECK(length(id) = 32),
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  digest BLOB NOT NULL CHECK(length(digest) = 32),
  filed_ms INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('queued', 'sent', 'accepted', 'quarantined', 'superseded')),
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX records_waiting ON records(q) WHERE state IN ('queued', 'sent');
CREATE INDEX records_held ON records(q) WHERE state = 'quarantined';
CREATE INDEX records_about ON records(about, q) WHERE about <> '';

CREATE TABLE receipts(
  q INTEGER PRIMARY KEY REFERENCES records(q),
  number TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE outbox_docs(
  q INTEGER NOT NULL REFERENCES records(q),
  i INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  bytes INTEGER NOT NULL,
  upload TEXT NOT NULL DEFAULT '',
  sent INTEGER NOT NULL DEFAULT 0 CHECK(sent IN (0, 1)),
  PRIMARY KEY(q, i)
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts(
  q INTEGER PRIMARY KEY REFERENCES records(q),
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  field TEXT NOT NULL,
  by_id TEXT NOT NULL,
  missing TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  number TEXT NOT NULL,
  jws TEXT NOT NULL
) STRICT;

-- One sealed file each. `draft`: under whose key sealed_key is; empty: under the storage key.
CREATE TABLE blobs(
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL CHECK(length(sha256) = 32),
  bytes INTEGER NOT NULL,
  file TEXT NOT NULL UNIQUE,
  draft TEXT NOT NULL,
  sealed_key BLOB NOT NULL
) STRICT;
CREATE INDEX blobs_sha256 ON blobs(sha256);

-- owner: "draft:<id>" or "record:<id>".
CREATE TABLE blob_uses(
  owner TEXT NOT NULL,
  blob INTEGER NOT NULL REFERENCES blobs(id),
  PRIMARY KEY(owner, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_uses_blob ON blob_uses(blob);

-- Files that no row names, and when that was first seen.
CREATE TABLE strays(
  file TEXT PRIMARY KEY,
  seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts(
  id TEXT PRIMARY KEY,
  bin_tag BLOB NOT NULL UNIQUE,
  procedure TEXT NOT NULL,
  step INTEGER NOT NULL,
  saved_ms INTEGER NOT NULL,
  salt BLOB NOT NULL CHECK(length(salt) = 16),
  passes INTEGER NOT NULL,
  memory_kib INTEGER NOT NULL,
  sealed_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE bureaus(bin_tag BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE staff(id TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- Apart from staff: news of a person does not open the lock.
CREATE TABLE staff_tries(
  id TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE papers(
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  bin_tag BLOB NOT NULL,
  sealed_sha256 BLOB NOT NULL CHECK(length(sealed_sha256) = 32),
  sealed_bytes INTEGER NOT NULL,
  envelopes TEXT NOT NULL,
  meta TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  here INTEGER NOT NULL DEFAULT 0 CHECK(here IN (0, 1))
) STRICT;
CREATE INDEX papers_awaited ON papers(received_ms) WHERE here = 0;
CREATE INDEX papers_bin ON papers(bin_tag);
CREATE TABLE paper_states(
  paper TEXT PRIMARY KEY,
  closed INTEGER NOT NULL,
  by_record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE case_states(record TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- Feed items that this version does not understand: a later one may.
CREATE TABLE feed_unread(
  position TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// A lock that no set clock opens or prolongs: within the boot in which it began the steady clock counts.
constexpr std::string_view version_2 = R"sql(
ALTER TABLE drafts ADD COLUMN locked_boot TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN locked_until_steady_ms INTEGER NOT NULL DEFAULT 0;
)sql";

// Documents that the background check found damaged or missing, and when.
constexpr std::string_view version_3 = R"sql(
CREATE TABLE damaged_blobs(blob INTEGER PRIMARY KEY, seen_ms INTEGER NOT NULL) STRICT;
)sql";

// Whether something of the bureau is still awaited on a paper, as its last reader saw it: such a paper stays.
constexpr std::string_view version_4 = R"sql(
ALTER TABLE papers ADD COLUMN awaits INTEGER NOT NULL DEFAULT 0 CHECK(awaits IN (0, 1));
)sql";

// What a bureau did with a paper, at whatever kiosk: the office tells all of them (feed: paper_state).
constexpr std::string_view version_5 = R"sql(
CREATE TABLE paper_acts(
  paper TEXT NOT NULL,
  record TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY(paper, record)
) STRICT, WITHOUT ROWID;
)sql";

// Replies that somebody of a bureau has half written. `sealed`: to the person's own key, under the storage key; `docs`: the
// digests of what was added, kept under the id of the record to be.
constexpr std::string_view version_6 = R"sql(
CREATE TABLE replies(
  paper TEXT NOT NULL,
  staff TEXT NOT NULL,
  act TEXT NOT NULL,
  filing TEXT NOT NULL UNIQUE CHECK(length(filing) = 32),
  saved_ms INTEGER NOT NULL,
  docs TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY(paper, staff, act)
) STRICT, WITHOUT ROWID;
)sql";

// Since when the office says that nothing more is awaited on a paper, wherever its bureau did the rest; 0: it does not.
constexpr std::string_view version_7 = R"sql(
ALTER TABLE paper_states ADD COLUMN over_ms INTEGER NOT NULL DEFAULT 0;
)sql";

// Checkpoints of the evidence log that were seen, in a verdict or asked for, and what contradicted them (witness).
constexpr std::string_view version_8 = R"sql(
CREATE TABLE log_checkpoints(
  n INTEGER PRIMARY KEY,
  note TEXT NOT NULL UNIQUE,
  word TEXT NOT NULL CHECK(word IN ('unchecked', 'sound', 'foreign', 'fork')),
  seen_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX log_checkpoints_unchecked ON log_checkpoints(n) WHERE word = 'unchecked';
CREATE TABLE log_forks(
  n INTEGER PRIMARY KEY,
  why TEXT NOT NULL,
  held_size INTEGER NOT NULL,
  shown_size INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
)sql";

// Which forks the registry has been told of.
constexpr std::string_view version_9 = R"sql(
ALTER TABLE log_forks ADD COLUMN reported INTEGER NOT NULL DEFAULT 0 CHECK(reported IN (0, 1));
)sql";

// The newest leaves of the evidence log (mirror): of each the digest and the time, and nothing else.
constexpr std::string_view version_10 = R"sql(
CREATE TABLE log_mirror(idx INTEGER PRIMARY KEY, digest BLOB NOT NULL CHECK(length(digest) = 32), at_ms INTEGER NOT NULL) STRICT;
)sql";

}  // namespace

std::vector<Migration> kiosk_migrations() {
  return {{1, version_1}, {2, version_2}, {3, version_3}, {4, version_4}, {5, version_5}, {6, version_6}, {7, version_7}, {8, version_8}, {9, version_9}, {10, version_10}};
}

}  // namespace qabyl::core
