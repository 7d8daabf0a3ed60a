// A log against the journals of all devices and the audit of the office: every line of theirs is an entry, and every entry such
// a line. So a record or act that was taken out of the books after it had been logged is missed, and so is one that never was
// logged or was altered since. Keeps 40 bytes a record in memory.
#pragma once

#include "sync/verify/journal_check.h"
#include "sync/verify/log_check.h"

namespace qabyl::sync::verify {

inline constexpr std::size_t journal_files_max = 10'000;

struct JournalSource {
  std::string where;
  Lines lines;
};
// As check_log(); what is wrong in a journal or between both is named in it (where, line or index). `journals` are those of
// every device, the registry's own included, and the audit: what is missing among them is missing in the answer.
LogCheck check_log_with_journals(LogFiles& files, std::vector<JournalSource>& journals, const Trust& trust, const LogQuestions& questions,
                                const Hands& hands);

}  // namespace qabyl::sync::verify
