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
ALTER TABLE drafts ADD COLUMN locked_boot TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN locked_until_steady_ms INTEGER NOT NULL DEFAULT 0;
CREATE TABLE damaged_blobs(blob INTEGER PRIMARY KEY, seen_ms INTEGER NOT NULL) STRICT;
PRAGMA application_id=1363299121;
PRAGMA user_version=3;
