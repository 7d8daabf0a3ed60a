// The command `log`: a folder of plain files in, words or JSON and an exit code out.
#pragma once

#include "sync/verify/answer.h"
#include "sync/verify/log_check.h"

namespace qabyl::sync::verify {

// An Error is no verdict: no such folder, a root or a list of keys that is none.
core::Result<Answer> answer_log(const Arguments& arguments, const Speech& speech, const Hands& hands);

}  // namespace qabyl::sync::verify
