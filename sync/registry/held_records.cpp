// A line of the audit, and so a leaf of the evidence log. See held_records.h.
#include "sync/registry/held_records.h"

#include <algorithm>

#include "sync/registry/feed_out.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view action = "record.word";

}  // namespace

core::Result<std::optional<HeldWord>> held_word(Registry& registry, const core::Id& record) {
  QABYL_TRY(query, registry.database.prepare("SELECT a.outcome, coalesce(o.name, a.actor), a.at FROM audit a LEFT JOIN officers o ON o.id = a.actor"
                                             " WHERE a.object = ? AND a.action = ? ORDER BY a.n DESC LIMIT 1"));
  query.bind(1, record).bind(2, action);
  QABYL_TRY(found, query.step());
  if (!found) return std::optional<HeldWord>();
  return std::optional(HeldWord{query.text(0), query.text(1), rows::instant(query.integer(2))});
}

core::Status note_held(Registry& registry, std::string_view officer, const core::Id& record, std::string_view word, core::Instant now) {
  QABYL_TRY(row, registry.store.record(record));
  if (!row || row->outcome != core::Outcome::quarantined) return core::Error{core::ErrorCode::not_found, "held.unknown"};
  if (std::find(held_words.begin(), held_words.end(), word) == held_words.end()) return core::Error{core::ErrorCode::invalid_input, "held.word"};
  QABYL_TRY_DO(registry.store.audit(officer, action, record, word, now));
  const core::Json body = core::Json::Object{{"record", record}, {"word", std::string(word)}, {"word_ms", rows::ms(now)}};
  return feed_device(registry, row->device, feed_kind::case_state, body, now);
}

}  // namespace qabyl::sync::registry
