// See journal_file.h. What is read is compared with what would be written.
#include "sync/log/journal_file.h"

#include "core/encoding.h"
#include "core/schema.h"

namespace qabyl::sync::log {
namespace {

std::int64_t ms(core::Instant at) { return at.time_since_epoch().count(); }

std::string payload_of(const JournalHead& head) {
  return core::canonical(core::Json::Object{{"v", 1}, {"device", head.device}, {"key", core::to_hex(head.key)}, {"from_ms", ms(head.from)}, {"to_ms", ms(head.to)},
                                            {"records", head.records}, {"last", core::to_hex(head.last)}, {"made_ms", ms(head.made)}});
}

}  // namespace

std::string sign_journal_head(const JournalHead& head, const core::SigningKey& acceptance) {
  return core::sign_jws(acceptance, journal_typ, core::as_bytes(payload_of(head)));
}

core::Result<JournalHead> parse_journal_head(std::string_view payload) {
  QABYL_TRY(json, core::parse_json(payload, journal_line_bytes_max));
  core::Reader reader(json);
  reader.integer("v", 1, 1);
  const auto instant = [&reader](std::string_view name) { return core::Instant(core::Millis(reader.integer(name, 0, core::json_integer_max))); };
  JournalHead head;
  head.device = reader.text("device", core::device_name_bytes_max, 1);
  head.key = reader.digest("key");  // 32 bytes in 64 hex digits, as a digest
  head.from = instant("from_ms");
  head.to = instant("to_ms");
  head.records = reader.integer("records", 0, core::json_integer_max);
  head.last = reader.digest("last");
  head.made = instant("made_ms");
  QABYL_TRY_DO(reader.status());
  if (payload_of(head) != payload) return core::Error{core::ErrorCode::invalid_input, "another form of a journal's head"};
  return head;
}

}  // namespace qabyl::sync::log
