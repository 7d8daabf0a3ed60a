// The journal of a device (sync/log/format-journal.md): nothing taken out, put in, moved or changed from its first record to the
// last. A verdict as a value. Pure; lines come through a port, memory does not grow with their number.
#pragma once

#include <functional>

#include "sync/log/journal_file.h"
#include "sync/verify/standing.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

// The next line without its end; not_found: there is none. too_large: longer than journal_line_bytes_max.
using Lines = std::function<core::Result<std::string>()>;

struct JournalCheck {
  Standing standing = Standing::refused;
  std::string why;                 // stable code; empty when proved
  std::int64_t line = 0;           // refused: the first line that is wrong, from 1
  log::JournalHead head;           // empty when refused
  core::Instant first{}, last{};   // by the device's clock; records without a trusted clock included
  std::int64_t doubtful = 0;       // records whose clock was not trusted
  std::string root, claimed;       // as Trust
};

// `each`, if there is one, is told the digest of every record that follows rightly.
JournalCheck check_journal(const Lines& lines, const Trust& trust, const std::function<void(const core::Digest&)>& each = {});

}  // namespace qabyl::sync::verify
