// See audit_check.h.
#include "sync/verify/audit_check.h"

namespace qabyl::sync::verify {
namespace {

JournalCheck refused(std::string why, std::int64_t line) {
  JournalCheck check;
  check.why = std::move(why);
  check.line = line;
  return check;
}

// Why `line` is not the n-th act; empty: it is.
std::string fault_of(const core::Result<std::string>& line, std::int64_t n) {
  const auto entry = line ? log::parse_audit_line(*line) : core::Result<log::AuditEntry>(line.error());
  if (!entry) return "journal_record";
  return entry->n == n ? "" : "journal_gap";
}

JournalCheck judged(const core::Jws& jws, core::Instant made, const Trust& trust) {
  JournalCheck check;
  check.standing = trust.keys ? Standing::proved : Standing::unknown_key;
  check.why = trust.why;
  const auto signed_by = trust.keys ? trust.keys->verify(jws, log::audit_typ, core::KeyUse::acceptance, made) : core::Status(core::Done{});
  if (signed_by) return check;
  if (signed_by.error().code != core::ErrorCode::forbidden) return refused("journal_signature", 1);
  check.standing = Standing::unknown_key;
  check.why = "key_not_listed";
  return check;
}

}  // namespace

bool is_audit_head(const std::string& line) {
  const auto jws = core::parse_jws(line);
  return jws && jws->typ == log::audit_typ;
}

JournalCheck check_audit(const Lines& lines, const Trust& trust, const std::function<void(const core::Digest&)>& each) {
  const auto first = lines();
  const auto jws = first ? core::parse_jws(*first) : core::Result<core::Jws>(first.error());
  const auto head = jws ? log::parse_audit_head(core::as_text(jws->payload)) : core::Result<log::AuditHead>(jws.error());
  if (!head) return refused("not_a_journal", 1);
  core::Sha256 all;
  std::int64_t n = 0;
  for (auto line = lines(); line || line.error().code != core::ErrorCode::not_found; line = lines()) {
    const auto why = fault_of(line, ++n);
    if (!why.empty()) return refused(why, n + 1);  // behind the head
    all.update(core::as_bytes(*line + "\n"));
    each(core::sha256(core::as_bytes(*line)));
  }
  if (n != head->entries || all.finish() != head->sha256) return refused("journal_end", n + 1);
  return judged(*jws, head->made, trust);
}

}  // namespace qabyl::sync::verify
