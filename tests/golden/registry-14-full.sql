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
ALTER TABLE manifest ADD COLUMN type_differs INTEGER NOT NULL DEFAULT 0;
CREATE TABLE paper_copies(
  record TEXT NOT NULL, copy INTEGER NOT NULL CHECK(copy IN (1, 2)), marked INTEGER NOT NULL CHECK(marked IN (0, 1)),
  sha256 BLOB NOT NULL, pages INTEGER NOT NULL, made_at INTEGER NOT NULL, PRIMARY KEY(record, marked, copy)) STRICT, WITHOUT ROWID;
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
CREATE TABLE case_terms(
  n INTEGER PRIMARY KEY, case_id TEXT NOT NULL, term TEXT NOT NULL, due TEXT NOT NULL, base TEXT NOT NULL,
  stated TEXT NOT NULL, side TEXT NOT NULL) STRICT;
CREATE INDEX case_terms_by_due ON case_terms(due, n);
CREATE INDEX case_terms_by_case ON case_terms(case_id);
ALTER TABLE staff ADD COLUMN capacity TEXT NOT NULL DEFAULT '';
ALTER TABLE papers ADD COLUMN kind TEXT NOT NULL DEFAULT 'notice.send';
CREATE TABLE search_entries(
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, about TEXT NOT NULL) STRICT;
CREATE INDEX search_entries_by_ref ON search_entries(kind, ref);
CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'ascii');
CREATE TABLE calendar_keys(key BLOB PRIMARY KEY, officer TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_bureau ON cases(bureau_bin, opened_at, id);
CREATE TABLE licences(
  case_id TEXT PRIMARY KEY, n INTEGER NOT NULL UNIQUE, number TEXT NOT NULL, holder_bin TEXT NOT NULL, holder TEXT NOT NULL,
  state TEXT NOT NULL, in_life INTEGER NOT NULL CHECK(in_life IN (0, 1)), issued_on TEXT NOT NULL, change TEXT NOT NULL,
  changed_on TEXT NOT NULL, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX licences_by_holder ON licences(holder_bin, in_life);
CREATE TABLE licence_forms(application TEXT PRIMARY KEY, case_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX licence_forms_by_case ON licence_forms(case_id);
ALTER TABLE bureaus ADD COLUMN small_business INTEGER NOT NULL DEFAULT 0;
CREATE INDEX records_quarantined ON records(device) WHERE outcome = 'quarantined';
CREATE TABLE log_leaves(
  idx INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE log_tiles(
  n INTEGER PRIMARY KEY, level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL, UNIQUE(level, idx)) STRICT;
CREATE TABLE log_seen(
  device TEXT PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO log_leaves(idx, record, digest, at)
  SELECT row_number() OVER (ORDER BY taken_at, device, q) - 1, id, digest, taken_at FROM records;
CREATE INDEX records_unsealed ON records(id) WHERE verdict = '' AND outcome <> 'received';
ALTER TABLE device_bureaus ADD COLUMN gone_at INTEGER;
CREATE INDEX papers_by_case ON papers(case_id, record);
CREATE INDEX papers_by_bureau ON papers(bureau_bin, record);
ALTER TABLE log_seen ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log_seen ADD COLUMN agrees INTEGER NOT NULL DEFAULT 1 CHECK(agrees IN (0, 1));
ALTER TABLE log_seen ADD COLUMN cosigned INTEGER NOT NULL DEFAULT 0 CHECK(cosigned IN (0, 1));
CREATE TABLE log_forks(
  n INTEGER PRIMARY KEY, device TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, at INTEGER NOT NULL, evidence TEXT NOT NULL) STRICT;
CREATE INDEX log_forks_by_device ON log_forks(device, n);
CREATE TABLE log_witnesses(
  vkey TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, added_at INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0, cosigned_s INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
ALTER TABLE audit ADD COLUMN nonce BLOB;
CREATE INDEX audit_unlogged ON audit(n) WHERE nonce IS NULL;
CREATE TABLE receipts(number TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE case_terms ADD COLUMN profile TEXT NOT NULL DEFAULT '';
DELETE FROM facts;
INSERT INTO facts(name, value) VALUES('epoch', '1');
INSERT INTO facts(name, value) VALUES('name «Ә» 1', 'value «Ә» 1');
INSERT INTO facts(name, value) VALUES('name «Ә» 2', 'value «Ә» 2');
INSERT INTO facts(name, value) VALUES('name «Ә» 3', 'value «Ә» 3');
DELETE FROM devices;
INSERT INTO devices(device, place_kk, place_ru, place_en, profile, state, record_key, key_from, key_to, q, head, told_q, last_contact, revoked_at) VALUES('device «Ә» 1', 'place_kk «Ә» 1', 'place_ru «Ә» 1', 'place_en «Ә» 1', 'profile «Ә» 1', 'waiting', x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 1763888328000, 1, x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 1763888328000, 1763888328000);
INSERT INTO devices(device, place_kk, place_ru, place_en, profile, state, record_key, key_from, key_to, q, head, told_q, last_contact, revoked_at) VALUES('device «Ә» 2', 'place_kk «Ә» 2', 'place_ru «Ә» 2', 'place_en «Ә» 2', 'profile «Ә» 2', 'enrolled', x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 1763888328001, 2, x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 1763888328001, 1763888328001);
INSERT INTO devices(device, place_kk, place_ru, place_en, profile, state, record_key, key_from, key_to, q, head, told_q, last_contact, revoked_at) VALUES('device «Ә» 3', 'place_kk «Ә» 3', 'place_ru «Ә» 3', 'place_en «Ә» 3', 'profile «Ә» 3', 'revoked', x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 1763888328002, 3, x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 1763888328002, 1763888328002);
INSERT INTO devices(device, place_kk, place_ru, place_en, profile, state, record_key, key_from, key_to, q, head, told_q, last_contact, revoked_at) VALUES('registry', '', '', '', '', 'enrolled', NULL, NULL, NULL, 0, x'0000000000000000000000000000000000000000000000000000000000000000', 0, NULL, NULL);
DELETE FROM certificates;
INSERT INTO certificates(serial, device, valid_from, valid_to, revoked_at) VALUES('serial «Ә» 1', 'device «Ә» 1', 1763888328000, 1763888328000, 1763888328000);
INSERT INTO certificates(serial, device, valid_from, valid_to, revoked_at) VALUES('serial «Ә» 2', 'device «Ә» 2', 1763888328001, 1763888328001, 1763888328001);
INSERT INTO certificates(serial, device, valid_from, valid_to, revoked_at) VALUES('serial «Ә» 3', 'device «Ә» 3', 1763888328002, 1763888328002, 1763888328002);
DELETE FROM tokens;
INSERT INTO tokens(token, device, expires, used_at) VALUES(x'0101010101010101010101010101010101010101010101010101010101010101', 'device «Ә» 1', 1763888328000, 1763888328000);
INSERT INTO tokens(token, device, expires, used_at) VALUES(x'0202020202020202020202020202020202020202020202020202020202020202', 'device «Ә» 2', 1763888328001, 1763888328001);
INSERT INTO tokens(token, device, expires, used_at) VALUES(x'0303030303030303030303030303030303030303030303030303030303030303', 'device «Ә» 3', 1763888328002, 1763888328002);
DELETE FROM cases;
INSERT INTO cases(id, kind, device, bureau_bin, title, state, number, opened_at, records) VALUES('00000000000000000000000000000001', 'kind «Ә» 1', 'device «Ә» 1', 'bureau_bin «Ә» 1', 'title «Ә» 1', 'state «Ә» 1', 'number «Ә» 1', 1763888328000, 1763888328000);
INSERT INTO cases(id, kind, device, bureau_bin, title, state, number, opened_at, records) VALUES('00000000000000000000000000000002', 'kind «Ә» 2', 'device «Ә» 2', 'bureau_bin «Ә» 2', 'title «Ә» 2', 'state «Ә» 2', 'number «Ә» 2', 1763888328001, 1763888328001);
INSERT INTO cases(id, kind, device, bureau_bin, title, state, number, opened_at, records) VALUES('00000000000000000000000000000003', 'kind «Ә» 3', 'device «Ә» 3', 'bureau_bin «Ә» 3', 'title «Ә» 3', 'state «Ә» 3', 'number «Ә» 3', 1763888328002, 1763888328002);
DELETE FROM records;
INSERT INTO records(id, device, q, digest, kind, case_id, jws, taken_at, missing, outcome, reason, field, by_record, verdict, case_seq) VALUES('00000000000000000000000000000001', 'device «Ә» 1', 1, x'0101010101010101010101010101010101010101010101010101010101010101', 'kind «Ә» 1', 'case_id «Ә» 1', 'jws «Ә» 1', 1763888328000, 1763888328000, 'accepted', 'reason «Ә» 1', 'field «Ә» 1', 'by_record «Ә» 1', 'verdict «Ә» 1', 1763888328000);
INSERT INTO records(id, device, q, digest, kind, case_id, jws, taken_at, missing, outcome, reason, field, by_record, verdict, case_seq) VALUES('00000000000000000000000000000002', 'device «Ә» 2', 2, x'0202020202020202020202020202020202020202020202020202020202020202', 'kind «Ә» 2', 'case_id «Ә» 2', 'jws «Ә» 2', 1763888328001, 1763888328001, 'quarantined', 'reason «Ә» 2', 'field «Ә» 2', 'by_record «Ә» 2', 'verdict «Ә» 2', 1763888328001);
INSERT INTO records(id, device, q, digest, kind, case_id, jws, taken_at, missing, outcome, reason, field, by_record, verdict, case_seq) VALUES('00000000000000000000000000000003', 'device «Ә» 3', 3, x'0303030303030303030303030303030303030303030303030303030303030303', 'kind «Ә» 3', 'case_id «Ә» 3', 'jws «Ә» 3', 1763888328002, 1763888328002, 'superseded', 'reason «Ә» 3', 'field «Ә» 3', 'by_record «Ә» 3', 'verdict «Ә» 3', 1763888328002);
DELETE FROM manifest;
INSERT INTO manifest(record, idx, sha256, bytes, type, name, here, type_differs) VALUES('record «Ә» 1', 1763888328000, x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 'type «Ә» 1', 'name «Ә» 1', 1763888328000, 1763888328000);
INSERT INTO manifest(record, idx, sha256, bytes, type, name, here, type_differs) VALUES('record «Ә» 2', 1763888328001, x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 'type «Ә» 2', 'name «Ә» 2', 1763888328001, 1763888328001);
INSERT INTO manifest(record, idx, sha256, bytes, type, name, here, type_differs) VALUES('record «Ә» 3', 1763888328002, x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 'type «Ә» 3', 'name «Ә» 3', 1763888328002, 1763888328002);
DELETE FROM documents;
INSERT INTO documents(sha256, bytes, folder, kept_at) VALUES(x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 'folder «Ә» 1', 1763888328000);
INSERT INTO documents(sha256, bytes, folder, kept_at) VALUES(x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 'folder «Ә» 2', 1763888328001);
INSERT INTO documents(sha256, bytes, folder, kept_at) VALUES(x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 'folder «Ә» 3', 1763888328002);
DELETE FROM uploads;
INSERT INTO uploads(id, device, record, idx, length, have, state, touched_at) VALUES('00000000000000000000000000000001', 'device «Ә» 1', 'record «Ә» 1', 1763888328000, 1763888328000, 1763888328000, 'complete', 1763888328000);
INSERT INTO uploads(id, device, record, idx, length, have, state, touched_at) VALUES('00000000000000000000000000000002', 'device «Ә» 2', 'record «Ә» 2', 1763888328001, 1763888328001, 1763888328001, 'cancelled', 1763888328001);
INSERT INTO uploads(id, device, record, idx, length, have, state, touched_at) VALUES('00000000000000000000000000000003', 'device «Ә» 3', 'record «Ә» 3', 1763888328002, 1763888328002, 1763888328002, 'expired', 1763888328002);
DELETE FROM feed;
INSERT INTO feed(device, idx, kind, jws) VALUES('device «Ә» 1', 1763888328000, 'kind «Ә» 1', 'jws «Ә» 1');
INSERT INTO feed(device, idx, kind, jws) VALUES('device «Ә» 2', 1763888328001, 'kind «Ә» 2', 'jws «Ә» 2');
INSERT INTO feed(device, idx, kind, jws) VALUES('device «Ә» 3', 1763888328002, 'kind «Ә» 3', 'jws «Ә» 3');
DELETE FROM feed_documents;
INSERT INTO feed_documents(device, sha256) VALUES('device «Ә» 1', x'0101010101010101010101010101010101010101010101010101010101010101');
INSERT INTO feed_documents(device, sha256) VALUES('device «Ә» 2', x'0202020202020202020202020202020202020202020202020202020202020202');
INSERT INTO feed_documents(device, sha256) VALUES('device «Ә» 3', x'0303030303030303030303030303030303030303030303030303030303030303');
DELETE FROM bureaus;
INSERT INTO bureaus(bin, name, address, head, licensed, as_of, small_business) VALUES('bin «Ә» 1', 'name «Ә» 1', 'address «Ә» 1', 'head «Ә» 1', 1763888328000, 1763888328000, 1763888328000);
INSERT INTO bureaus(bin, name, address, head, licensed, as_of, small_business) VALUES('bin «Ә» 2', 'name «Ә» 2', 'address «Ә» 2', 'head «Ә» 2', 1763888328001, 1763888328001, 1763888328001);
INSERT INTO bureaus(bin, name, address, head, licensed, as_of, small_business) VALUES('bin «Ә» 3', 'name «Ә» 3', 'address «Ә» 3', 'head «Ә» 3', 1763888328002, 1763888328002, 1763888328002);
DELETE FROM device_bureaus;
INSERT INTO device_bureaus(device, bin, gone_at) VALUES('device «Ә» 1', 'bin «Ә» 1', 1763888328000);
INSERT INTO device_bureaus(device, bin, gone_at) VALUES('device «Ә» 2', 'bin «Ә» 2', 1763888328001);
INSERT INTO device_bureaus(device, bin, gone_at) VALUES('device «Ә» 3', 'bin «Ә» 3', 1763888328002);
DELETE FROM staff;
INSERT INTO staff(id, name, position, bureau_bin, role, powers_from, powers_to, verify_key, salt, sealed_key, argon_passes, argon_memory_kib, capacity) VALUES('00000000000000000000000000000001', 'name «Ә» 1', 'position «Ә» 1', 'bureau_bin «Ә» 1', 'role «Ә» 1', 1763888328000, 1763888328000, x'0101010101010101010101010101010101010101010101010101010101010101', x'01010101010101010101010101010101', x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 1763888328000, 'capacity «Ә» 1');
INSERT INTO staff(id, name, position, bureau_bin, role, powers_from, powers_to, verify_key, salt, sealed_key, argon_passes, argon_memory_kib, capacity) VALUES('00000000000000000000000000000002', 'name «Ә» 2', 'position «Ә» 2', 'bureau_bin «Ә» 2', 'role «Ә» 2', 1763888328001, 1763888328001, x'0202020202020202020202020202020202020202020202020202020202020202', x'02020202020202020202020202020202', x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 1763888328001, 'capacity «Ә» 2');
INSERT INTO staff(id, name, position, bureau_bin, role, powers_from, powers_to, verify_key, salt, sealed_key, argon_passes, argon_memory_kib, capacity) VALUES('00000000000000000000000000000003', 'name «Ә» 3', 'position «Ә» 3', 'bureau_bin «Ә» 3', 'role «Ә» 3', 1763888328002, 1763888328002, x'0303030303030303030303030303030303030303030303030303030303030303', x'03030303030303030303030303030303', x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 1763888328002, 'capacity «Ә» 3');
DELETE FROM officers;
INSERT INTO officers(id, login, name, position, role, verify_key, salt, sealed_key, argon_passes, argon_memory_kib, failures, locked_until) VALUES('00000000000000000000000000000001', 'login «Ә» 1', 'name «Ә» 1', 'position «Ә» 1', 'role «Ә» 1', x'0101010101010101010101010101010101010101010101010101010101010101', x'01010101010101010101010101010101', x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 1763888328000, 1763888328000, 1763888328000);
INSERT INTO officers(id, login, name, position, role, verify_key, salt, sealed_key, argon_passes, argon_memory_kib, failures, locked_until) VALUES('00000000000000000000000000000002', 'login «Ә» 2', 'name «Ә» 2', 'position «Ә» 2', 'role «Ә» 2', x'0202020202020202020202020202020202020202020202020202020202020202', x'02020202020202020202020202020202', x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 1763888328001, 1763888328001, 1763888328001);
INSERT INTO officers(id, login, name, position, role, verify_key, salt, sealed_key, argon_passes, argon_memory_kib, failures, locked_until) VALUES('00000000000000000000000000000003', 'login «Ә» 3', 'name «Ә» 3', 'position «Ә» 3', 'role «Ә» 3', x'0303030303030303030303030303030303030303030303030303030303030303', x'03030303030303030303030303030303', x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 1763888328002, 1763888328002, 1763888328002);
DELETE FROM sessions;
INSERT INTO sessions(token, officer, csrf, opened_at, touched_at) VALUES(x'0101010101010101010101010101010101010101010101010101010101010101', 'officer «Ә» 1', 'csrf «Ә» 1', 1763888328000, 1763888328000);
INSERT INTO sessions(token, officer, csrf, opened_at, touched_at) VALUES(x'0202020202020202020202020202020202020202020202020202020202020202', 'officer «Ә» 2', 'csrf «Ә» 2', 1763888328001, 1763888328001);
INSERT INTO sessions(token, officer, csrf, opened_at, touched_at) VALUES(x'0303030303030303030303030303030303030303030303030303030303030303', 'officer «Ә» 3', 'csrf «Ә» 3', 1763888328002, 1763888328002);
DELETE FROM papers;
INSERT INTO papers(record, case_id, bureau_bin, body, sealed, sealed_bytes, content_key, meta, closed_by, kind) VALUES('record «Ә» 1', 'case_id «Ә» 1', 'bureau_bin «Ә» 1', x'0101010101010101010101010101010101010101010101010101010101010101', x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, x'0101010101010101010101010101010101010101010101010101010101010101', 'meta «Ә» 1', 'closed_by «Ә» 1', 'kind «Ә» 1');
INSERT INTO papers(record, case_id, bureau_bin, body, sealed, sealed_bytes, content_key, meta, closed_by, kind) VALUES('record «Ә» 2', 'case_id «Ә» 2', 'bureau_bin «Ә» 2', x'0202020202020202020202020202020202020202020202020202020202020202', x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, x'0202020202020202020202020202020202020202020202020202020202020202', 'meta «Ә» 2', 'closed_by «Ә» 2', 'kind «Ә» 2');
INSERT INTO papers(record, case_id, bureau_bin, body, sealed, sealed_bytes, content_key, meta, closed_by, kind) VALUES('record «Ә» 3', 'case_id «Ә» 3', 'bureau_bin «Ә» 3', x'0303030303030303030303030303030303030303030303030303030303030303', x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, x'0303030303030303030303030303030303030303030303030303030303030303', 'meta «Ә» 3', 'closed_by «Ә» 3', 'kind «Ә» 3');
DELETE FROM strays;
INSERT INTO strays(n, device, at, digest, body) VALUES(1, 'device «Ә» 1', 1763888328000, x'0101010101010101010101010101010101010101010101010101010101010101', x'0101010101010101010101010101010101010101010101010101010101010101');
INSERT INTO strays(n, device, at, digest, body) VALUES(2, 'device «Ә» 2', 1763888328001, x'0202020202020202020202020202020202020202020202020202020202020202', x'0202020202020202020202020202020202020202020202020202020202020202');
INSERT INTO strays(n, device, at, digest, body) VALUES(3, 'device «Ә» 3', 1763888328002, x'0303030303030303030303030303030303030303030303030303030303030303', x'0303030303030303030303030303030303030303030303030303030303030303');
DELETE FROM audit;
INSERT INTO audit(n, at, actor, action, object, outcome, nonce) VALUES(1, 1763888328000, 'actor «Ә» 1', 'action «Ә» 1', 'object «Ә» 1', 'outcome «Ә» 1', x'0101010101010101010101010101010101010101010101010101010101010101');
INSERT INTO audit(n, at, actor, action, object, outcome, nonce) VALUES(2, 1763888328001, 'actor «Ә» 2', 'action «Ә» 2', 'object «Ә» 2', 'outcome «Ә» 2', x'0202020202020202020202020202020202020202020202020202020202020202');
INSERT INTO audit(n, at, actor, action, object, outcome, nonce) VALUES(3, 1763888328002, 'actor «Ә» 3', 'action «Ә» 3', 'object «Ә» 3', 'outcome «Ә» 3', x'0303030303030303030303030303030303030303030303030303030303030303');
DELETE FROM paper_copies;
INSERT INTO paper_copies(record, copy, marked, sha256, pages, made_at) VALUES('record «Ә» 1', 1, 0, x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 1763888328000);
INSERT INTO paper_copies(record, copy, marked, sha256, pages, made_at) VALUES('record «Ә» 2', 2, 1, x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 1763888328001);
INSERT INTO paper_copies(record, copy, marked, sha256, pages, made_at) VALUES('record «Ә» 3', 1, 0, x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 1763888328002);
DELETE FROM assignment_drafts;
INSERT INTO assignment_drafts(id, author, body, version, for_signing, remark, changed_at) VALUES('00000000000000000000000000000001', 'author «Ә» 1', 'body «Ә» 1', 1763888328000, 0, 'remark «Ә» 1', 1763888328000);
INSERT INTO assignment_drafts(id, author, body, version, for_signing, remark, changed_at) VALUES('00000000000000000000000000000002', 'author «Ә» 2', 'body «Ә» 2', 1763888328001, 1, 'remark «Ә» 2', 1763888328001);
INSERT INTO assignment_drafts(id, author, body, version, for_signing, remark, changed_at) VALUES('00000000000000000000000000000003', 'author «Ә» 3', 'body «Ә» 3', 1763888328002, 0, 'remark «Ә» 3', 1763888328002);
DELETE FROM case_people;
INSERT INTO case_people(case_id, officer) VALUES('case_id «Ә» 1', 'officer «Ә» 1');
INSERT INTO case_people(case_id, officer) VALUES('case_id «Ә» 2', 'officer «Ә» 2');
INSERT INTO case_people(case_id, officer) VALUES('case_id «Ә» 3', 'officer «Ә» 3');
DELETE FROM case_terms;
INSERT INTO case_terms(n, case_id, term, due, base, stated, side, profile) VALUES(1, 'case_id «Ә» 1', 'term «Ә» 1', 'due «Ә» 1', 'base «Ә» 1', 'stated «Ә» 1', 'side «Ә» 1', 'profile «Ә» 1');
INSERT INTO case_terms(n, case_id, term, due, base, stated, side, profile) VALUES(2, 'case_id «Ә» 2', 'term «Ә» 2', 'due «Ә» 2', 'base «Ә» 2', 'stated «Ә» 2', 'side «Ә» 2', 'profile «Ә» 2');
INSERT INTO case_terms(n, case_id, term, due, base, stated, side, profile) VALUES(3, 'case_id «Ә» 3', 'term «Ә» 3', 'due «Ә» 3', 'base «Ә» 3', 'stated «Ә» 3', 'side «Ә» 3', 'profile «Ә» 3');
DELETE FROM search_entries;
INSERT INTO search_entries(n, kind, ref, title, about) VALUES(1, 'kind «Ә» 1', 'ref «Ә» 1', 'title «Ә» 1', 'about «Ә» 1');
INSERT INTO search_entries(n, kind, ref, title, about) VALUES(2, 'kind «Ә» 2', 'ref «Ә» 2', 'title «Ә» 2', 'about «Ә» 2');
INSERT INTO search_entries(n, kind, ref, title, about) VALUES(3, 'kind «Ә» 3', 'ref «Ә» 3', 'title «Ә» 3', 'about «Ә» 3');
DELETE FROM search_words;
INSERT INTO search_words(words) VALUES('words «Ә» 1');
INSERT INTO search_words(words) VALUES('words «Ә» 2');
INSERT INTO search_words(words) VALUES('words «Ә» 3');
DELETE FROM calendar_keys;
INSERT INTO calendar_keys(key, officer, made_at) VALUES(x'0101010101010101010101010101010101010101010101010101010101010101', 'officer «Ә» 1', 1763888328000);
INSERT INTO calendar_keys(key, officer, made_at) VALUES(x'0202020202020202020202020202020202020202020202020202020202020202', 'officer «Ә» 2', 1763888328001);
INSERT INTO calendar_keys(key, officer, made_at) VALUES(x'0303030303030303030303030303030303030303030303030303030303030303', 'officer «Ә» 3', 1763888328002);
DELETE FROM licences;
INSERT INTO licences(case_id, n, number, holder_bin, holder, state, in_life, issued_on, change, changed_on, words) VALUES('case_id «Ә» 1', 1, 'number «Ә» 1', 'holder_bin «Ә» 1', 'holder «Ә» 1', 'state «Ә» 1', 0, 'issued_on «Ә» 1', 'change «Ә» 1', 'changed_on «Ә» 1', 'words «Ә» 1');
INSERT INTO licences(case_id, n, number, holder_bin, holder, state, in_life, issued_on, change, changed_on, words) VALUES('case_id «Ә» 2', 2, 'number «Ә» 2', 'holder_bin «Ә» 2', 'holder «Ә» 2', 'state «Ә» 2', 1, 'issued_on «Ә» 2', 'change «Ә» 2', 'changed_on «Ә» 2', 'words «Ә» 2');
INSERT INTO licences(case_id, n, number, holder_bin, holder, state, in_life, issued_on, change, changed_on, words) VALUES('case_id «Ә» 3', 3, 'number «Ә» 3', 'holder_bin «Ә» 3', 'holder «Ә» 3', 'state «Ә» 3', 0, 'issued_on «Ә» 3', 'change «Ә» 3', 'changed_on «Ә» 3', 'words «Ә» 3');
DELETE FROM licence_forms;
INSERT INTO licence_forms(application, case_id) VALUES('application «Ә» 1', 'case_id «Ә» 1');
INSERT INTO licence_forms(application, case_id) VALUES('application «Ә» 2', 'case_id «Ә» 2');
INSERT INTO licence_forms(application, case_id) VALUES('application «Ә» 3', 'case_id «Ә» 3');
DELETE FROM log_leaves;
INSERT INTO log_leaves(idx, record, digest, at) VALUES(1763888328000, 'record «Ә» 1', x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000);
INSERT INTO log_leaves(idx, record, digest, at) VALUES(1763888328001, 'record «Ә» 2', x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001);
INSERT INTO log_leaves(idx, record, digest, at) VALUES(1763888328002, 'record «Ә» 3', x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002);
DELETE FROM log_tiles;
INSERT INTO log_tiles(n, level, idx, hashes) VALUES(1, 1763888328000, 1763888328000, x'0101010101010101010101010101010101010101010101010101010101010101');
INSERT INTO log_tiles(n, level, idx, hashes) VALUES(2, 1763888328001, 1763888328001, x'0202020202020202020202020202020202020202020202020202020202020202');
INSERT INTO log_tiles(n, level, idx, hashes) VALUES(3, 1763888328002, 1763888328002, x'0303030303030303030303030303030303030303030303030303030303030303');
DELETE FROM log_seen;
INSERT INTO log_seen(device, note, at, size, agrees, cosigned) VALUES('device «Ә» 1', 'note «Ә» 1', 1763888328000, 1763888328000, 0, 0);
INSERT INTO log_seen(device, note, at, size, agrees, cosigned) VALUES('device «Ә» 2', 'note «Ә» 2', 1763888328001, 1763888328001, 1, 1);
INSERT INTO log_seen(device, note, at, size, agrees, cosigned) VALUES('device «Ә» 3', 'note «Ә» 3', 1763888328002, 1763888328002, 0, 0);
DELETE FROM log_forks;
INSERT INTO log_forks(n, device, digest, at, evidence) VALUES(1, 'device «Ә» 1', x'0101010101010101010101010101010101010101010101010101010101010101', 1763888328000, 'evidence «Ә» 1');
INSERT INTO log_forks(n, device, digest, at, evidence) VALUES(2, 'device «Ә» 2', x'0202020202020202020202020202020202020202020202020202020202020202', 1763888328001, 'evidence «Ә» 2');
INSERT INTO log_forks(n, device, digest, at, evidence) VALUES(3, 'device «Ә» 3', x'0303030303030303030303030303030303030303030303030303030303030303', 1763888328002, 'evidence «Ә» 3');
DELETE FROM log_witnesses;
INSERT INTO log_witnesses(vkey, name, added_at, note, size, cosigned_s) VALUES('vkey «Ә» 1', 'name «Ә» 1', 1763888328000, 'note «Ә» 1', 1763888328000, 1763888328000);
INSERT INTO log_witnesses(vkey, name, added_at, note, size, cosigned_s) VALUES('vkey «Ә» 2', 'name «Ә» 2', 1763888328001, 'note «Ә» 2', 1763888328001, 1763888328001);
INSERT INTO log_witnesses(vkey, name, added_at, note, size, cosigned_s) VALUES('vkey «Ә» 3', 'name «Ә» 3', 1763888328002, 'note «Ә» 3', 1763888328002, 1763888328002);
DELETE FROM receipts;
INSERT INTO receipts(number, record) VALUES('number «Ә» 1', 'record «Ә» 1');
INSERT INTO receipts(number, record) VALUES('number «Ә» 2', 'record «Ә» 2');
INSERT INTO receipts(number, record) VALUES('number «Ә» 3', 'record «Ә» 3');
PRAGMA application_id=1363309105;
PRAGMA user_version=14;
