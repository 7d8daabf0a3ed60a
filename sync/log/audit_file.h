// The audit of an office as a file (format-journal.md): one line by which the registry says how far it goes, then every act that it
// noted, one a line. Each of them is a leaf of the evidence log: the digest of its line. Knows no file and no database.
#pragma once

#include "core/keyring.h"

namespace qabyl::sync::log {

inline constexpr std::string_view audit_typ = "qabyl-audit+jws";
inline constexpr std::size_t audit_nonce_bytes = 16, audit_line_bytes_max = 64 * 1024;

// Who did what to what, and how it ended (RELIABILITY I17).
struct AuditEntry {
  std::int64_t n = 0;               // 1, 2, 3 ... without gap
  core::Instant at{};               // by the registry's clock
  std::string actor, action, object, outcome;
  std::array<std::uint8_t, audit_nonce_bytes> nonce{};  // so that nobody guesses an act from its digest
  bool operator==(const AuditEntry&) const = default;
};

std::string audit_line(const AuditEntry& entry);  // RFC 8785, without a line break
core::Result<AuditEntry> parse_audit_line(std::string_view line);  // invalid_input: not these bytes exactly

struct AuditHead {
  std::int64_t entries = 0;         // how many follow
  core::Digest sha256{};            // of all that follows, line breaks included
  core::Instant made{};
  bool operator==(const AuditHead&) const = default;
};

std::string sign_audit_head(const AuditHead& head, const core::SigningKey& acceptance);
core::Result<AuditHead> parse_audit_head(std::string_view payload);  // of that JWS; invalid_input: not this form

}  // namespace qabyl::sync::log
