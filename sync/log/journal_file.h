// The journal of a device as a file (format-journal.md): one line by which the registry says whose it is and how far it goes,
// then the device's records as they were signed, one a line, each naming the digest of the one before. Here: the first line.
// Knows no file and no database.
#pragma once

#include "core/kiosk_key.h"

namespace qabyl::sync::log {

inline constexpr std::string_view journal_typ = "qabyl-journal+jws";
inline constexpr std::size_t journal_line_bytes_max = core::jws_bytes_max;

struct JournalHead {
  std::string device;           // "registry" or a kiosk
  core::VerifyKey key{};        // that signs its records
  core::Instant from{}, to{};   // of that key
  std::int64_t records = 0;     // how many follow: q = 1 ... records
  core::Digest last{};          // digest of the last one; zeros for none
  core::Instant made{};         // by the registry's clock
  bool operator==(const JournalHead&) const = default;
};

std::string sign_journal_head(const JournalHead& head, const core::SigningKey& acceptance);
// From the payload of that JWS. invalid_input: not this form.
core::Result<JournalHead> parse_journal_head(std::string_view payload);

}  // namespace qabyl::sync::log
