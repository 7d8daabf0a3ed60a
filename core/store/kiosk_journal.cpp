// The journal: records in order of q, each naming the digest of the one before, sealed at rest, checked
// against their digest whenever they are read (RELIABILITY I1, I2, 1.5). Judges no record.
#include <algorithm>

#include "core/encoding.h"
#include "core/cases/inspection.h"
#include "core/cases/raised_by.h"
#include "core/store/kiosk_store_state.h"
#include "core/verdict.h"

namespace qabyl::core {
namespace {

// "0OI" of somebody's handwriting: Crockford base32 has one digit for each of them.
std::string tidy_check_code(std::string_view text) {
  std::string tidy;
  for (char c : text) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    tidy += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  }
  return tidy;
}

std::string receipt_context(std::int64_t q) { return "receipt:" + std::to_string(q); }

// The paper that this act of a bureau is about: receipt, visa, answer, refusal before witnesses; the form of a licence that
// was signed for; the application that was withdrawn or supplemented.
std::string about(const Record& record) {
  const auto raised = raised_by(record.kind);
  const bool opens = record.kind == kind::application_submit;
  return raised != RaisedBy::office && !opens ? record.base : std::string();
}

Result<std::string> signed_payload(std::string_view jws) {
  auto parsed = parse_jws(jws);
  if (!parsed) return Error{ErrorCode::corrupt, "stored JWS"};
  return std::string(as_text(parsed->payload));
}

// A verdict as kept; its signature was verified before it came in, the JWS stays for the next verifier.
Verdict verdict_from(const Statement& row, const Id& id, const Digest& digest, int column) {
  Verdict verdict;
  verdict.id = id;
  verdict.digest = digest;
  verdict.outcome = parse_outcome(row.text(column)).has_value() ? *parse_outcome(row.text(column)) : Outcome::received;
  verdict.reason = row.text(column + 1);
  verdict.field = row.text(column + 2);
  verdict.by = row.text(column + 3);
  if (const auto missing = parse_json(row.text(column + 4), record_bytes_max); missing && missing->is_array()) {
    for (const auto& index : missing->array()) verdict.missing.push_back(static_cast<int>(index.is_integer() ? index.integer() : 0));
  }
  verdict.at = instant_of(row.integer(column + 5));
  verdict.number = row.text(column + 6);
  return verdict;
}

}  // namespace

Json to_json(const ReceiptEntry& receipt) {
  return Json::Object{{"check_code", receipt.check_code}, {"qr", receipt.qr}, {"pdf", to_hex(receipt.pdf)}};
}

ReceiptEntry receipt_from_json(std::string number, const Json& json) {
  const auto pdf = digest_from_hex(json.text("pdf"));
  return {std::move(number), json.text("check_code"), json.text("qr"), pdf ? *pdf : Digest{}};
}

std::string KioskStore::State::record_context(std::int64_t q) const { return "record:" + options.device + ":" + std::to_string(q); }

Result<std::string> KioskStore::State::open_jws(std::int64_t q, ByteView sealed, const Digest& digest) const {
  auto plain = disclose(sealed, record_context(q));
  const auto payload = plain ? signed_payload(as_text(*plain)) : Result<std::string>(plain.error());
  if (!payload || sha256(as_bytes(*payload)) != digest) return Error{ErrorCode::corrupt, "record q " + std::to_string(q)};
  return std::string(as_text(*plain));
}

// The newest record is opened and its link to the one before compared: a journal that ends otherwise
// than it ought to is not written on (I16).
Result<JournalHead> KioskStore::State::load_head() {
  JournalHead loaded;
  QABYL_TRY(receipts, db().integer("SELECT count(*) FROM receipts"));
  loaded.counter = receipts;
  QABYL_TRY(rows, db().prepare("SELECT q, digest, sealed FROM records ORDER BY q DESC LIMIT 2"));
  QABYL_TRY(any, rows.step());
  if (!any) return loaded;
  loaded.q = rows.integer(0);
  QABYL_TRY(digest, digest_of(rows.blob(1)));
  loaded.digest = digest;
  QABYL_TRY(jws, open_jws(loaded.q, rows.blob(2), digest));
  QABYL_TRY(payload, signed_payload(jws));
  QABYL_TRY(record, decode_record(payload));
  QABYL_TRY(second, rows.step());
  const auto before = second ? digest_of(rows.blob(1)) : Result<Digest>(Digest{});
  QABYL_TRY(count, db().integer("SELECT count(*) FROM records"));
  if (!before || record.q != loaded.q || record.prev != *before || count != loaded.q) {
    return Error{ErrorCode::corrupt, "journal chain at q " + std::to_string(loaded.q)};
  }
  return loaded;
}

JournalHead KioskStore::head() const { return state_->head; }

Status KioskStore::State::insert_record(const SignedRecord& signed_record, const ReceiptEntry& receipt) {
  const auto& record = signed_record.record;
  QABYL_TRY_DO(db().run("INSERT INTO records(q, id, kind, about, digest, filed_ms, bytes, state, sealed) VALUES(?, ?, ?, ?, ?, ?, ?, 'queued', ?)",
                        record.q, record.id, record.kind, about(record), ByteView(signed_record.digest), ms_of(record.at.utc),
                        static_cast<std::int64_t>(signed_record.jws.size()),
                        ByteView(close(as_bytes(signed_record.jws), record_context(record.q)))));
  for (std::size_t i = 0; i < record.docs.size(); ++i) {
    QABYL_TRY_DO(db().run("INSERT INTO outbox_docs(q, i, sha256, bytes) VALUES(?, ?, ?, ?)", record.q, static_cast<std::int64_t>(i),
                          ByteView(record.docs[i].sha256), static_cast<std::int64_t>(record.docs[i].bytes)));
  }
  if (receipt.number.empty()) return Done{};
  return db().run("INSERT INTO receipts(q, number, sealed) VALUES(?, ?, ?)", record.q, receipt.number,
                  ByteView(close_json(to_json(receipt), receipt_context(record.q))));
}

// I2: what the disk gives back on this connection is what was signed; else stop rather than guess.
Status KioskStore::State::read_back(const SignedRecord& record) {
  QABYL_TRY(row, db().prepare("SELECT q, digest, sealed FROM records WHERE id = ?"));
  QABYL_TRY(there, row.bind(1, record.record.id).step());
  if (!there || row.integer(0) != record.record.q || row.blob(1) != Bytes(record.digest.begin(), record.digest.end())) {
    return Error{ErrorCode::corrupt, "record was not read back"};
  }
  QABYL_TRY(jws, open_jws(record.record.q, row.blob(2), record.digest));
  return jws == record.jws ? Status(Done{}) : Status(Error{ErrorCode::corrupt, "record was read back otherwise"});
}

Status KioskStore::append(const SignedRecord& signed_record, const ReceiptEntry& receipt, const Id& draft) {
  auto& state = *state_;
  const auto& record = signed_record.record;
  QABYL_TRY_DO(state.ready());
  QABYL_TRY(payload, signed_payload(signed_record.jws));
  if (sha256(as_bytes(payload)) != signed_record.digest) return Error{ErrorCode::corrupt, "digest of the new record"};
  if (record.device != state.options.device) return Error{ErrorCode::invalid_input, "record of another device"};
  QABYL_TRY(known, find_record(record.id));
  if (known && known->record.digest != signed_record.digest) return Error{ErrorCode::conflict, "id is there with another digest"};
  if (known) return Done{};  // filed already: said once more
  if (record.q != state.head.q + 1 || record.prev != state.head.digest) return Error{ErrorCode::conflict, "q or prev does not follow the head"};
  auto memory = state.clock_memory;
  if (!memory.last || record.at.utc > memory.last->wall) memory.last = ClockReading{record.at.utc, Millis(record.at.mono_ms), record.at.boot};
  std::vector<std::string> files;
  const auto written = state.write([&]() -> Status {
    for (const auto& document : record.docs) QABYL_TRY_DO(state.adopt(document.sha256, document.bytes, record.id, draft));
    std::vector<Digest> named;
    for (const auto& document : record.docs) named.push_back(document.sha256);
    QABYL_TRY(others, state.release_others(record.id, named));
    files.insert(files.end(), others.begin(), others.end());
    QABYL_TRY_DO(state.end_replies("filing = ?", record.id, true));
    QABYL_TRY_DO(state.insert_record(signed_record, receipt));
    QABYL_TRY_DO(state.put_setting(setting_clock, canonical(to_json(memory))));
    if (draft.empty()) return Done{};
    QABYL_TRY(freed, state.erase_draft(draft));
    files.insert(files.end(), freed.begin(), freed.end());
    return Done{};
  });
  if (!written) return written;
  state.head = {record.q, signed_record.digest, state.head.counter + (receipt.number.empty() ? 0 : 1)};
  state.clock_memory = memory;
  state.forget_draft(draft);
  state.remove_files(files);
  if (const auto read = state.read_back(signed_record); !read) return Error{ErrorCode::unknown_outcome, read.error().detail};
  return Done{};
}

Result<std::optional<StoredRecord>> KioskStore::find_record(const Id& id) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  QABYL_TRY(row, state.db().prepare(
      "SELECT r.q, r.digest, r.sealed, r.state, t.number, t.sealed, v.q, v.outcome, v.reason, v.field, v.by_id, v.missing, v.at_ms, v.number, v.jws"
      " FROM records r LEFT JOIN receipts t ON t.q = r.q LEFT JOIN verdicts v ON v.q = r.q WHERE r.id = ?"));
  QABYL_TRY(there, row.bind(1, id).step());
  if (!there) return std::optional<StoredRecord>();
  StoredRecord stored;
  const auto q = row.integer(0);
  QABYL_TRY(digest, digest_of(row.blob(1)));
  QABYL_TRY(jws, state.open_jws(q, row.blob(2), digest));
  QABYL_TRY(payload, signed_payload(jws));
  QABYL_TRY(record, decode_record(payload));
  if (record.id != id || record.q != q) return Error{ErrorCode::corrupt, "record q " + std::to_string(q)};
  stored.record = {std::move(record), digest, std::move(jws)};
  QABYL_TRY(send_state, parse_send_state(row.text(3)));
  stored.state = send_state;
  if (!row.is_null(4)) {
    QABYL_TRY(receipt, state.disclose_json(row.blob(5), receipt_context(q)));
    stored.receipt = receipt_from_json(row.text(4), receipt);
  }
  if (!row.is_null(6)) {
    stored.verdict = verdict_from(row, id, digest, 7);
    stored.verdict_jws = row.text(14);
    QABYL_TRY(news, state.case_state(id));
    if (stored.verdict->number.empty()) stored.verdict->number = news.text("number");
  }
  return std::optional<StoredRecord>(std::move(stored));
}

Result<std::optional<StoredRecord>> KioskStore::find_receipt(std::string_view number, std::string_view check_code) {
  QABYL_TRY_DO(state_->ready());
  Id id;
  {
    QABYL_TRY(row, state_->db().prepare("SELECT r.id FROM receipts t JOIN records r ON r.q = t.q WHERE t.number = ?"));
    QABYL_TRY(there, row.bind(1, number).step());
    if (!there) return std::optional<StoredRecord>();
    id = row.text(0);
  }
  QABYL_TRY(stored, find_record(id));
  const auto given = tidy_check_code(check_code), kept = stored ? tidy_check_code(stored->receipt.check_code) : std::string();
  if (kept.empty() || !equal_constant_time(as_bytes(given), as_bytes(kept))) return std::optional<StoredRecord>();
  return stored;
}

Status KioskStore::verify_chain() {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  QABYL_TRY(rows, state.db().prepare("SELECT q, digest, sealed, id FROM records ORDER BY q"));
  std::int64_t expected = 1;
  Digest before{};
  for (;; ++expected) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) break;
    const auto q = rows.integer(0);
    const Error broken{ErrorCode::corrupt, "journal chain at q " + std::to_string(expected)};
    const auto digest = digest_of(rows.blob(1));
    const auto jws = digest ? state.open_jws(q, rows.blob(2), *digest) : Result<std::string>(digest.error());
    const auto payload = jws ? signed_payload(*jws) : Result<std::string>(jws.error());
    const auto record = payload ? decode_record(*payload) : Result<Record>(payload.error());
    if (q != expected || !record || record->q != q || record->id != rows.text(3) || record->prev != before) return broken;
    before = *digest;
  }
  if (expected - 1 != state.head.q || before != state.head.digest) return Error{ErrorCode::corrupt, "journal ends before q " + std::to_string(state.head.q)};
  return Done{};
}

}  // namespace qabyl::core
