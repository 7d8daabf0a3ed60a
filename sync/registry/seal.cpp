// See seal.h.
#include "sync/registry/seal.h"

#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

// Judged, but without a signed verdict: of this group, or of a command that ran while nobody served.
core::Result<std::vector<core::Verdict>> unsealed(Registry& registry) {
  QABYL_TRY(query, registry.database.prepare("SELECT id, digest, outcome, reason, field, by_record FROM records WHERE verdict = '' AND outcome <> 'received'"));
  return rows::all<core::Verdict>(query, [](const core::Statement& row) {
    core::Verdict verdict;
    verdict.id = row.text(0);
    verdict.digest = rows::digest(row, 1);
    const auto outcome = core::parse_outcome(row.text(2));
    QABYL_CHECK(outcome);
    verdict.outcome = *outcome;
    verdict.reason = row.text(3);
    verdict.field = row.text(4);
    verdict.by = row.text(5);
    return verdict;
  });
}

}  // namespace

core::Status seal(Registry& registry, core::Instant now) {
  QABYL_TRY_DO(registry.log.grow());
  QABYL_TRY(verdicts, unsealed(registry));
  for (core::Verdict& verdict : verdicts) {
    QABYL_TRY(place, registry.log.place_of(verdict.id));
    verdict.at = now;
    verdict.log = std::move(place);
    const std::string jws = core::sign_verdict(verdict, registry.keys.acceptance);
    QABYL_TRY_DO(registry.database.run("UPDATE records SET verdict = ? WHERE id = ?", jws, verdict.id));
  }
  return core::Done{};
}

}  // namespace qabyl::sync::registry
