// The command `journal`: a device's journal in, words or JSON and an exit code out.
#pragma once

#include "sync/verify/answer.h"
#include "sync/verify/journal_check.h"

namespace qabyl::sync::verify {

// An Error is no verdict: no such file, a root or a list of keys that is none.
core::Result<Answer> answer_journal(const Arguments& arguments, const Speech& speech);

}  // namespace qabyl::sync::verify
