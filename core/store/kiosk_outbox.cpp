// What waits for the registry: records and documents not yet confirmed, and the verdicts that come
// back. At least once out, once and for all in (RELIABILITY 7.3, I4). Verifies no signature: the uplink has.
#include <algorithm>

#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

SendState state_after(Outcome outcome) {
  switch (outcome) {
    case Outcome::received: return SendState::sent;
    case Outcome::accepted: return SendState::accepted;
    case Outcome::quarantined: return SendState::quarantined;
    case Outcome::superseded: return SendState::superseded;
  }
  QABYL_CHECK(false);
  return SendState::sent;
}

Json missing_json(const std::vector<int>& missing) {
  Json::Array items;
  for (const int index : missing) items.emplace_back(index);
  return items;
}

}  // namespace

std::string_view to_text(SendState state) {
  switch (state) {
    case SendState::queued: return "queued";
    case SendState::sent: return "sent";
    case SendState::accepted: return "accepted";
    case SendState::quarantined: return "quarantined";
    case SendState::superseded: return "superseded";
  }
  QABYL_CHECK(false);
  return "";
}

Result<SendState> parse_send_state(std::string_view text) {
  for (const auto state : {SendState::queued, SendState::sent, SendState::accepted, SendState::quarantined, SendState::superseded}) {
    if (to_text(state) == text) return state;
  }
  return Error{ErrorCode::corrupt, "state of a record"};
}

Result<std::vector<OutboxDocument>> KioskStore::State::outbox_documents(std::int64_t q) {
  std::vector<OutboxDocument> documents;
  QABYL_TRY(rows, db().prepare("SELECT i, sha256, bytes, upload, sent FROM outbox_docs WHERE q = ? ORDER BY i"));
  rows.bind(1, q);
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return documents;
    QABYL_TRY(sha256, digest_of(rows.blob(1)));
    documents.push_back({static_cast<int>(rows.integer(0)), sha256, static_cast<std::uint64_t>(rows.integer(2)), rows.text(3), rows.integer(4) != 0});
  }
}

Result<std::vector<OutboxItem>> KioskStore::pending(std::size_t records_max, std::size_t bytes_max) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  (void)state.tidy_wal(wal_pages_rest_max);  // nobody at the counter waits here; stays due if it fails
  std::vector<OutboxItem> items;
  std::size_t bytes = 0;
  // Record first: what the registry has not heard of goes before what only waits for its pages, however much that is.
  QABYL_TRY(rows, state.db().prepare(
      "SELECT * FROM (SELECT q, id, digest, state, sealed, bytes FROM records WHERE state IN ('queued', 'sent') AND state = 'queued' ORDER BY q LIMIT ?1) "
      "UNION ALL "
      "SELECT * FROM (SELECT q, id, digest, state, x'', bytes FROM records WHERE state IN ('queued', 'sent') AND state = 'sent' ORDER BY q LIMIT ?1) "
      "LIMIT ?1"));
  rows.bind(1, static_cast<std::int64_t>(records_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return items;
    QABYL_TRY(digest, digest_of(rows.blob(2)));
    QABYL_TRY(send_state, parse_send_state(rows.text(3)));
    bytes += static_cast<std::size_t>(rows.integer(5));
    if (!items.empty() && bytes > bytes_max) return items;
    QABYL_TRY(documents, state.outbox_documents(rows.integer(0)));
    items.push_back({rows.integer(0), rows.text(1), digest, {}, send_state, std::move(documents)});
    if (send_state != SendState::queued) continue;
    QABYL_TRY(jws, state.open_jws(rows.integer(0), rows.blob(4), digest));
    items.back().jws = std::move(jws);
  }
}

Result<std::vector<TakenItem>> KioskStore::taken_after(std::int64_t q, std::size_t records_max, std::size_t bytes_max) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::vector<TakenItem> items;
  std::size_t bytes = 0;
  QABYL_TRY(rows, state.db().prepare("SELECT r.q, r.id, r.digest, r.state, r.sealed, coalesce(v.jws, ''), coalesce(v.outcome, '') FROM records r LEFT JOIN verdicts v ON v.q = r.q WHERE r.q > ? ORDER BY r.q LIMIT ?"));
  rows.bind(1, q).bind(2, static_cast<std::int64_t>(records_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return items;
    QABYL_TRY(send_state, parse_send_state(rows.text(3)));
    if (send_state == SendState::queued) return items;
    QABYL_TRY(digest, digest_of(rows.blob(2)));
    QABYL_TRY(jws, state.open_jws(rows.integer(0), rows.blob(4), digest));
    const bool final_word = send_state != SendState::sent && rows.text(6) != to_text(Outcome::received);
    std::string verdict = final_word ? rows.text(5) : std::string();
    bytes += jws.size() + verdict.size();
    if (!items.empty() && bytes > bytes_max) return items;
    QABYL_TRY(documents, state.outbox_documents(rows.integer(0)));
    items.push_back({{rows.integer(0), rows.text(1), digest, std::move(jws), send_state, std::move(documents)}, std::move(verdict)});
  }
}

// An upload that begins (again) has sent nothing yet: a registry that lost pages gets them once more.
Status KioskStore::keep_upload(const Id& record, int index, std::string_view upload) {
  return state_->write([&]() -> Status {
    QABYL_TRY_DO(state_->db().run("UPDATE outbox_docs SET upload = ?, sent = 0 WHERE i = ? AND q = (SELECT q FROM records WHERE id = ?)",
                                  upload, std::int64_t{index}, record));
    return state_->db().changes() == 1 ? Status(Done{}) : Status(Error{ErrorCode::not_found, "document of a record"});
  });
}

Status KioskStore::keep_document_sent(const Id& record, int index) {
  return state_->write([&]() -> Status {
    QABYL_TRY_DO(state_->db().run("UPDATE outbox_docs SET sent = 1 WHERE i = ? AND q = (SELECT q FROM records WHERE id = ?)", std::int64_t{index}, record));
    return state_->db().changes() == 1 ? Status(Done{}) : Status(Error{ErrorCode::not_found, "document of a record"});
  });
}

Status KioskStore::State::put_verdict(std::int64_t q, const Verdict& verdict, std::string_view jws) {
  QABYL_TRY_DO(db().run("INSERT INTO verdicts(q, outcome, reason, field, by_id, missing, at_ms, number, jws) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT(q) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, field = excluded.field,"
                        " by_id = excluded.by_id, missing = excluded.missing, at_ms = excluded.at_ms, number = excluded.number, jws = excluded.jws",
                        q, to_text(verdict.outcome), verdict.reason, verdict.field, verdict.by, canonical(missing_json(verdict.missing)),
                        ms_of(verdict.at), verdict.number, jws));
  QABYL_TRY_DO(db().run("UPDATE records SET state = ? WHERE q = ?", to_text(state_after(verdict.outcome)), q));
  if (verdict.log) QABYL_TRY_DO(put_checkpoint(verdict.log->checkpoint));
  if (verdict.outcome != Outcome::received) return Done{};
  QABYL_TRY(documents, outbox_documents(q));
  for (const auto& document : documents) {  // what the registry no longer misses, it has
    const auto& missing = verdict.missing;
    if (std::find(missing.begin(), missing.end(), document.index) != missing.end()) continue;
    QABYL_TRY_DO(db().run("UPDATE outbox_docs SET sent = 1 WHERE q = ? AND i = ?", q, std::int64_t{document.index}));
  }
  return Done{};
}

// Inside the caller's transaction.
Status KioskStore::State::take_verdict(const Verdict& verdict, std::string_view jws) {
  std::int64_t q = 0;
  {
    QABYL_TRY(row, db().prepare("SELECT q, digest, state FROM records WHERE id = ?"));
    QABYL_TRY(there, row.bind(1, verdict.id).step());
    if (!there) return Error{ErrorCode::not_found, "record of the verdict"};
    q = row.integer(0);
    if (row.blob(1) != Bytes(verdict.digest.begin(), verdict.digest.end())) return Error{ErrorCode::conflict, "verdict on other bytes"};
    QABYL_TRY(send_state, parse_send_state(row.text(2)));
    if (send_state != SendState::queued && send_state != SendState::sent) return Done{};  // the first final word stands
  }
  return put_verdict(q, verdict, jws);
}

Status KioskStore::keep_verdict(const Verdict& verdict, std::string_view jws) {
  QABYL_TRY_DO(state_->ready());
  return state_->write([&] { return state_->take_verdict(verdict, jws); });
}

Status KioskStore::keep_verdicts(const std::vector<SignedVerdict>& verdicts) {
  QABYL_TRY_DO(state_->ready());
  return state_->write([&]() -> Status {
    for (const auto& one : verdicts) QABYL_TRY_DO(state_->take_verdict(one.verdict, one.jws));
    return Done{};
  });
}

Status KioskStore::keep_time(const TimeSync& sync) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  ClockMemory memory;
  memory.sync = sync;
  memory.last = sync.at;  // a clock that was once far ahead is forgiven by the registry's word
  QABYL_TRY_DO(state.write([&] { return state.put_setting(setting_clock, canonical(to_json(memory))); }));
  state.clock_memory = memory;
  return Done{};
}

}  // namespace qabyl::core
