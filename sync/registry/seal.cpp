// See seal.h.
#include "sync/registry/seal.h"

#include "sync/log/registry_receipt.h"
#include "sync/registry/audit_leaves.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

struct Judged {
  core::Verdict verdict;
  std::string jws;  // the record
};

// Judged, but without a signed verdict: of this group, or of a command that ran while nobody served.
core::Result<std::vector<Judged>> unsealed(Registry& registry) {
  QABYL_TRY(query, registry.database.prepare("SELECT id, digest, outcome, reason, field, by_record, jws FROM records WHERE verdict = '' AND outcome <> 'received'"));
  return rows::all<Judged>(query, [](const core::Statement& row) {
    Judged judged;
    core::Verdict& verdict = judged.verdict;
    verdict.id = row.text(0);
    verdict.digest = rows::digest(row, 1);
    const auto outcome = core::parse_outcome(row.text(2));
    QABYL_CHECK(outcome);
    verdict.outcome = *outcome;
    verdict.reason = row.text(3);
    verdict.field = row.text(4);
    verdict.by = row.text(5);
    judged.jws = row.text(6);
    return judged;
  });
}

// Under the receipt of stage 2, for who was given one of stage 1 at the counter: acts of the office bear no number.
core::Result<std::optional<core::Signature>> receipt_signature(Registry& registry, const Judged& judged) {
  const core::Verdict& verdict = judged.verdict;
  if (verdict.outcome != core::Outcome::accepted) return std::optional<core::Signature>();
  QABYL_TRY(record, registry.known_records.read(verdict.id, judged.jws, verdict.digest));
  const auto facts = core::receipt_facts(record, verdict.digest);
  if (!facts) return std::optional<core::Signature>();
  QABYL_TRY_DO(keep_receipt_number(registry, facts->number, verdict.id));
  const auto receipt = log::registry_receipt(*facts, *verdict.log, registry.keys.acceptance.verify_key, registry.keys.keyring);
  return receipt ? std::optional(core::sign_registry_receipt(*receipt, registry.keys.acceptance)) : std::nullopt;
}

}  // namespace

core::Status seal(Registry& registry, core::Instant now) {
  QABYL_TRY_DO(enter_audit(registry, now));
  QABYL_TRY_DO(registry.documents.flush_folders());
  QABYL_TRY_DO(registry.log.grow());
  QABYL_TRY(verdicts, unsealed(registry));
  QABYL_TRY(at, registry.store.log_time(now));
  if ((registry.log.grew() || !verdicts.empty()) && !registry.keys.may_sign(at)) return core::Error{core::ErrorCode::wrong_state, "clock"};
  for (Judged& judged : verdicts) {
    core::Verdict& verdict = judged.verdict;
    QABYL_TRY(place, registry.log.place_of(verdict.id));
    verdict.at = at;
    verdict.log = std::move(place);
    QABYL_TRY(receipt, receipt_signature(registry, judged));
    verdict.receipt = receipt;
    const std::string jws = core::sign_verdict(verdict, registry.keys.acceptance);
    QABYL_TRY_DO(registry.database.run("UPDATE records SET verdict = ? WHERE id = ?", jws, verdict.id));
  }
  return core::Done{};
}

}  // namespace qabyl::sync::registry
