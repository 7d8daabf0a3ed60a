// See refill.h.
#include "sync/registry/refill.h"

#include "sync/log/place.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;

std::size_t kept_leaves(const RefillDrafts& drafts) {
  std::size_t leaves = 0;
  for (const auto& [device, draft] : drafts.of) leaves += draft.leaves.size();
  return leaves;
}

// What is whole enters the log; what does not hold is thrown away and told.
core::Result<std::uint64_t> enter(Registry& registry, const DeviceRow& device, const RefillDrafts::Draft& draft, core::Instant now) {
  const core::Status entered = registry.log.refill(draft.note, draft.leaves);
  const std::uint64_t next = draft.from + draft.leaves.size();
  registry.refill_drafts.of.erase(device.device);
  if (!entered && entered.error().code == ErrorCode::storage) return entered.error();
  QABYL_TRY_DO(registry.store.audit(device.device, "log.refill", std::to_string(next), entered ? "done" : "refused", now));
  if (!entered) return entered.error();
  return next;
}

}  // namespace

core::Result<std::uint64_t> take_leaves(Registry& registry, const DeviceRow& device, const log::LogPiece& piece, core::Instant now) {
  if (!registry.log.restoring()) return Error{ErrorCode::wrong_state, "this log lacks nothing"};
  const auto checkpoint = log::open_checkpoint(piece.note, registry.origin, log::log_keys(registry.keys.keyring));
  if (!checkpoint) return Error{ErrorCode::forbidden, checkpoint.error().detail};
  const std::uint64_t size = registry.log.newest_size();
  RefillDrafts::Draft& draft = registry.refill_drafts.of[device.device];
  if (draft.from != size || draft.note != piece.note) draft = {size, piece.note, {}};  // another kiosk was quicker, or it begins anew
  const std::uint64_t next = draft.from + draft.leaves.size();
  if (checkpoint->size <= size) return size;
  if (piece.from != next) return next;
  if (piece.leaves.empty() || piece.leaves.size() > checkpoint->size - next) return Error{ErrorCode::invalid_input, "leaves beyond the checkpoint"};
  if (kept_leaves(registry.refill_drafts) + piece.leaves.size() > refill_leaves_max) {
    registry.refill_drafts.of.clear();
    return Error{ErrorCode::too_large, "too many leaves at once"};
  }
  draft.leaves.insert(draft.leaves.end(), piece.leaves.begin(), piece.leaves.end());
  if (next + piece.leaves.size() < checkpoint->size) return next + piece.leaves.size();
  const RefillDrafts::Draft whole = std::move(draft);
  return enter(registry, device, whole, now);
}

core::Result<std::vector<LostRun>> lost_runs(Registry& registry) {
  QABYL_TRY(query, registry.database.prepare("SELECT min(l.idx), max(l.idx), min(l.at), max(l.at) FROM (SELECT idx, idx - row_number() OVER (ORDER BY idx) AS run FROM log_lost) g "
                                             "JOIN log_leaves l ON l.idx = g.idx GROUP BY g.run ORDER BY 1"));
  return rows::all<LostRun>(query, [](const core::Statement& row) { return LostRun{row.integer(0), row.integer(1), rows::instant(row.integer(2)), rows::instant(row.integer(3))}; });
}

core::Result<std::int64_t> lost_count(Registry& registry) { return registry.database.integer("SELECT count(*) FROM log_lost", 0); }

}  // namespace qabyl::sync::registry
