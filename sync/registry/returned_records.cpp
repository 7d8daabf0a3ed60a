// See returned_records.h.
#include "sync/registry/returned_records.h"

#include "sync/log/place.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;

Error not_ours(std::string why) { return {ErrorCode::invalid_input, std::move(why)}; }

constexpr std::string_view nowhere = "FROM records r JOIN returned_verdicts v ON v.record = r.id WHERE r.outcome = 'accepted' AND r.case_seq IS NULL";

}  // namespace

core::Result<std::optional<LostLeaf>> lost_leaf(Registry& registry, const core::Digest& digest) {
  if (!registry.log.wants_again()) return std::optional<LostLeaf>();
  QABYL_TRY(query, registry.database.prepare("SELECT l.idx, l.at FROM log_lost o JOIN log_leaves l ON l.idx = o.idx WHERE o.digest = ? ORDER BY l.idx LIMIT 1"));
  query.bind(1, digest);
  return rows::one<LostLeaf>(query, [](const core::Statement& row) { return LostLeaf{static_cast<std::uint64_t>(row.integer(0)), rows::instant(row.integer(1))}; });
}

core::Result<ReturnedVerdict> check_returned(Registry& registry, const std::string& jws, const core::SignedRecord& record, const LostLeaf& leaf) {
  const core::Keyring& keys = registry.keys.keyring;
  auto verdict = core::open_verdict(jws, keys, record.record.id, record.digest);
  if (!verdict) return not_ours(verdict.error().detail);
  if (verdict->outcome == core::Outcome::received || !verdict->log) return not_ours("not a final verdict with its place");
  if (verdict->log->index != leaf.index || verdict->log->at != leaf.at) return not_ours("of another leaf");
  const auto placed = log::check_place(*verdict->log, record.digest, keys);
  if (!placed) return not_ours(placed.error().detail);
  QABYL_TRY(known, registry.log.knows(*placed));
  if (!known) return Error{ErrorCode::wrong_state, "of a tree that did not come back"};
  return ReturnedVerdict{*std::move(verdict), jws};
}

core::Status keep_returned(Registry& registry, const ReturnedVerdict& returned) {
  const core::Verdict& verdict = returned.verdict;
  return registry.database.run("INSERT INTO returned_verdicts(record, verdict, at, idx) VALUES(?, ?, ?, ?)", verdict.id, returned.jws, rows::ms(verdict.at),
                               static_cast<std::int64_t>(verdict.log->index));
}

core::Result<std::optional<ReturnedVerdict>> returned_verdict(Registry& registry, const RecordRow& row) {
  if (!registry.log.wants_again()) return std::optional<ReturnedVerdict>();
  QABYL_TRY(query, registry.database.prepare("SELECT verdict FROM returned_verdicts WHERE record = ?"));
  query.bind(1, row.id);
  QABYL_TRY(found, query.step());
  if (!found) return std::optional<ReturnedVerdict>();
  const std::string jws = query.text(0);
  QABYL_TRY(verdict, core::open_verdict(jws, registry.keys.keyring, row.id, row.digest));
  return std::optional<ReturnedVerdict>({std::move(verdict), jws});
}

core::Result<bool> place_in_case(Registry& registry, const RecordRow& row, const core::Record& record, const ReturnedVerdict& returned) {
  QABYL_TRY(there, registry.database.prepare("SELECT 1 FROM cases WHERE id = ?1 AND (?2 = '' OR EXISTS(SELECT 1 FROM records WHERE id = ?2 AND case_seq IS NOT NULL))"));
  there.bind(1, row.case_id).bind(2, record.base);
  QABYL_TRY(found, there.step());
  there.reset();
  if (!found) return false;
  QABYL_TRY(last, registry.store.append_to_case(row.id, row.case_id));
  if (!registry.log.restoring()) return true;
  QABYL_TRY(later, registry.database.prepare("SELECT count(*) FROM records r JOIN returned_verdicts v ON v.record = r.id WHERE r.case_id = ?1 AND r.case_seq IS NOT NULL AND (v.at, v.idx) > (?2, ?3)"));
  later.bind(1, row.case_id).bind(2, rows::ms(returned.verdict.at)).bind(3, static_cast<std::int64_t>(returned.verdict.log->index));
  QABYL_TRY(counted, later.step());
  const std::int64_t place = last - (counted ? later.integer(0) : 0);
  later.reset();
  if (place == last) return true;
  QABYL_TRY_DO(registry.database.run("UPDATE records SET case_seq = case_seq + 1 WHERE case_id = ? AND case_seq >= ?", row.case_id, place));
  QABYL_TRY_DO(registry.database.run("UPDATE records SET case_seq = ? WHERE id = ?", place, row.id));
  return true;
}

core::Result<std::vector<core::Id>> without_case(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(query, registry.database.prepare("SELECT r.id " + std::string(nowhere) + " AND r.case_id = ? ORDER BY v.at, v.idx"));
  query.bind(1, case_id);
  return rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); });
}

core::Result<std::int64_t> without_case(Registry& registry) { return registry.database.integer("SELECT count(*) " + std::string(nowhere), 0); }

core::Result<std::vector<RecordRow>> adrift_records(Registry& registry, std::size_t rows_max) {
  QABYL_TRY(query, registry.database.prepare("SELECT r.id " + std::string(nowhere) + " ORDER BY v.at, v.idx LIMIT ?"));
  query.bind(1, static_cast<std::int64_t>(rows_max));
  QABYL_TRY(ids, rows::all<core::Id>(query, [](const core::Statement& row) { return row.text(0); }));
  std::vector<RecordRow> found;
  for (const core::Id& id : ids) {
    QABYL_TRY(row, registry.store.record(id));
    QABYL_CHECK(row);
    found.push_back(*std::move(row));
  }
  return found;
}

core::Result<RestoreMark> restore_mark(Registry& registry, const std::string& device) {
  QABYL_TRY(query, registry.database.prepare("SELECT coalesce((SELECT min(r.q) - 1 FROM records r JOIN returned_verdicts v ON v.record = r.id WHERE r.device = ?1 AND r.outcome = 'received'), q) "
                                             "FROM devices WHERE device = ?1"));
  query.bind(1, device);
  QABYL_TRY(found, query.step());
  return RestoreMark{registry.log.newest_size(), found ? query.integer(0) : 0};
}

}  // namespace qabyl::sync::registry
