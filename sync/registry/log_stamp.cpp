// See log_stamp.h.
#include "sync/registry/log_stamp.h"

#include "core/encoding.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view asked_fact = "log_stamp_asked";

}  // namespace

core::Result<core::Bytes> ask_for_stamp(Registry& registry, core::Instant now) {
  const std::string& note = registry.log.checkpoint();
  if (note.empty()) return core::Error{core::ErrorCode::wrong_state, "the evidence log is empty"};
  QABYL_TRY(query, stamp_query(core::as_bytes(note)));
  QABYL_TRY_DO(registry.store.keep_fact(asked_fact, note));
  QABYL_TRY_DO(registry.store.audit("command", "log.stamp", "", "asked", now));
  return query;
}

core::Result<TimeStamp> keep_stamp(Registry& registry, core::ByteView response, std::string_view trusted_pem, core::Instant now) {
  QABYL_TRY(stamp, open_stamp(response, trusted_pem));
  QABYL_TRY(note, registry.store.fact(asked_fact));
  if (note.empty() || core::sha256(core::as_bytes(note)) != stamp.imprint) return core::Error{core::ErrorCode::conflict, "a time stamp over something else than was asked for"};
  QABYL_TRY_DO(registry.store.keep_fact(stamped_note_fact, note));
  QABYL_TRY_DO(registry.store.keep_fact(stamp_fact, core::to_base64(response)));
  QABYL_TRY_DO(registry.store.audit("command", "log.stamp", "", "done", now));
  registry.log_files.beside_changed();
  return stamp;
}

}  // namespace qabyl::sync::registry
