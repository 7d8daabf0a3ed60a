// What the operator's panel is told: numbers, kinds, states and times, never a person. And whether
// there is room to let a visitor begin (RELIABILITY, I15).
#include <algorithm>

#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::uint64_t reserve_bytes_min = 2ULL * 1024 * 1024 * 1024;
constexpr std::uint64_t reserve_share = 10;  // a tenth of the disk

constexpr std::int64_t superseded_looked_at = 2'000;

constexpr std::string_view line_columns =
    "SELECT r.q, r.id, coalesce(t.number, ''), r.kind, r.filed_ms, r.state, coalesce(v.reason, ''), coalesce(v.field, ''),"
    " r.bytes + (SELECT coalesce(sum(bytes), 0) FROM outbox_docs o WHERE o.q = r.q),"
    " CASE WHEN r.state IN ('accepted', 'quarantined', 'superseded') THEN v.at_ms END,"
    " coalesce((SELECT bt.number FROM records b JOIN receipts bt ON bt.q = b.q WHERE b.id = v.by_id AND v.by_id <> ''), '')"
    " FROM records r LEFT JOIN receipts t ON t.q = r.q LEFT JOIN verdicts v ON v.q = r.q";

}  // namespace

Result<std::vector<QueueLine>> KioskStore::State::queue_lines(std::string_view condition, std::size_t lines_max) {
  QABYL_TRY_DO(ready());
  std::vector<QueueLine> lines;
  QABYL_TRY(rows, db().prepare(std::string(line_columns) + std::string(condition) + " ORDER BY r.q DESC LIMIT ?"));
  rows.bind(1, static_cast<std::int64_t>(lines_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return lines;
    QABYL_TRY(send_state, parse_send_state(rows.text(5)));
    lines.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), instant_of(rows.integer(4)), send_state,
                     rows.text(6), rows.text(7), static_cast<std::uint64_t>(rows.integer(8)), {}, {}, {}, rows.text(10)});
    if (!rows.is_null(9)) lines.back().decided_at = instant_of(rows.integer(9));
  }
}

Result<std::vector<QueueLine>> KioskStore::queue(std::size_t lines_max) { return state_->queue_lines("", lines_max); }

Result<std::vector<QueueLine>> KioskStore::quarantined(std::size_t lines_max) {
  QABYL_TRY(lines, state_->queue_lines(" WHERE r.state = 'quarantined'", lines_max));
  for (auto& line : lines) {
    QABYL_TRY(told, state_->case_state(line.id));
    line.office_word = told.text("word");
    if (!line.office_word.empty()) line.office_at = instant_of(told.number("word_ms"));
  }
  return lines;
}

// No index is kept for these: nothing needs to be done about them, so that only what is new is worth a look.
Result<std::vector<QueueLine>> KioskStore::superseded(std::size_t lines_max) {
  return state_->queue_lines(" WHERE r.state = 'superseded' AND r.q > (SELECT coalesce(max(q), 0) FROM records) - " + std::to_string(superseded_looked_at), lines_max);
}

Result<std::optional<QueueLine>> KioskStore::next_queued() {
  QABYL_TRY(lines, state_->queue_lines(" WHERE r.q = (SELECT min(q) FROM records WHERE state IN ('queued', 'sent') AND state = 'queued')", 1));
  return lines.empty() ? std::optional<QueueLine>() : std::optional(std::move(lines.front()));
}

Result<StoreCounts> KioskStore::counts() {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  StoreCounts counts;
  {
    QABYL_TRY(row, state.db().prepare("SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'sent'),"
                                      " min(filed_ms), coalesce(sum(bytes), 0) FROM records WHERE state IN ('queued', 'sent')"));
    QABYL_TRY(there, row.step());
    QABYL_CHECK(there);
    counts.queued = row.integer(0);
    counts.sent = row.integer(1);
    if (!row.is_null(2)) counts.oldest_waiting = instant_of(row.integer(2));
    counts.waiting_bytes = static_cast<std::uint64_t>(row.integer(3));
  }
  QABYL_TRY(documents, state.db().integer("SELECT coalesce(sum(o.bytes), 0) FROM outbox_docs o JOIN records r ON r.q = o.q"
                                          " WHERE r.state IN ('queued', 'sent') AND o.sent = 0"));
  QABYL_TRY(held, state.db().integer("SELECT count(*) FROM records WHERE state = 'quarantined'"));
  counts.waiting_bytes += static_cast<std::uint64_t>(documents);
  counts.quarantined = held;
  counts.free_bytes = sys::free_bytes(state.options.folder).value_or(0);
  counts.total_bytes = sys::total_bytes(state.options.folder);
  return counts;
}

bool KioskStore::below_reserve() {
  const auto asked = state_->options.reserve_bytes;
  const auto reserve = asked != 0 ? asked : std::max(sys::total_bytes(state_->options.folder) / reserve_share, reserve_bytes_min);
  const auto free = sys::free_bytes(state_->options.folder);
  return !free || *free < reserve;  // a disk that does not say has no room
}

}  // namespace qabyl::core
