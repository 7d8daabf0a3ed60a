// See audit_file.h. What is read is compared with what would be written.
#include "sync/log/audit_file.h"

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync::log {
namespace {

std::int64_t ms(core::Instant at) { return at.time_since_epoch().count(); }

core::Instant instant(core::Reader& reader, std::string_view name) { return core::Instant(core::Millis(reader.integer(name, 0, core::json_integer_max))); }

std::string payload_of(const AuditHead& head) {
  return core::canonical(core::Json::Object{{"v", 1}, {"entries", head.entries}, {"sha256", core::to_hex(head.sha256)}, {"made_ms", ms(head.made)}});
}

core::Error another_form() { return {core::ErrorCode::invalid_input, "another form of the audit"}; }

}  // namespace

std::string audit_line(const AuditEntry& entry) {
  return core::canonical(core::Json::Object{{"v", 1}, {"n", entry.n}, {"at_ms", ms(entry.at)}, {"actor", entry.actor}, {"action", entry.action},
                                            {"object", entry.object}, {"outcome", entry.outcome}, {"nonce", core::to_hex(entry.nonce)}});
}

core::Result<AuditEntry> parse_audit_line(std::string_view line) {
  QABYL_TRY(json, core::parse_json(line, audit_line_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  AuditEntry entry;
  entry.n = reader.integer("n", 1, core::json_integer_max);
  entry.at = instant(reader, "at_ms");
  entry.actor = reader.text("actor", audit_line_bytes_max);
  entry.action = reader.text("action", audit_line_bytes_max);
  entry.object = reader.text("object", audit_line_bytes_max);
  entry.outcome = reader.text("outcome", audit_line_bytes_max);
  const auto nonce = core::from_hex(reader.hex("nonce", 2 * audit_nonce_bytes));
  QABYL_TRY_DO(reader.status());
  if (!nonce || nonce->size() != audit_nonce_bytes) return another_form();
  std::copy(nonce->begin(), nonce->end(), entry.nonce.begin());
  if (audit_line(entry) != line) return another_form();
  return entry;
}

std::string sign_audit_head(const AuditHead& head, const core::SigningKey& acceptance) {
  return core::sign_jws(acceptance, audit_typ, core::as_bytes(payload_of(head)));
}

core::Result<AuditHead> parse_audit_head(std::string_view payload) {
  QABYL_TRY(json, core::parse_json(payload, audit_line_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  AuditHead head;
  head.entries = reader.integer("entries", 0, core::json_integer_max);
  head.sha256 = reader.digest("sha256");
  head.made = instant(reader, "made_ms");
  QABYL_TRY_DO(reader.status());
  if (payload_of(head) != payload) return another_form();
  return head;
}

}  // namespace qabyl::sync::log
