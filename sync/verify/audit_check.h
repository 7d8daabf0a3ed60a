// The audit of an office as a file (sync/log/format-journal.md): every act in its order, as many as the registry signed. Pure; lines
// come through a port, memory does not grow with their number.
#pragma once

#include "sync/log/audit_file.h"
#include "sync/verify/journal_check.h"

namespace qabyl::sync::verify {

bool is_audit_head(const std::string& line);

// `lines` from the first one on. Only standing, why and line of the answer: the codes are those of a journal. `each` is told
// the digest of every act.
JournalCheck check_audit(const Lines& lines, const Trust& trust, const std::function<void(const core::Digest&)>& each);

}  // namespace qabyl::sync::verify
