// The command `receipt`: files and options in, words or JSON and an exit code out.
#pragma once

#include "sync/verify/answer.h"
#include "sync/verify/receipt_check.h"

namespace qabyl::sync::verify {

core::Result<ReceiptCheck> check_receipt_file(const std::string& path, const Trust& trust);  // not_found: cannot be read

// An Error is no verdict: a file that cannot be read, a root or a list of keys that is none.
core::Result<Answer> answer_receipt(const Arguments& arguments, const Speech& speech);

}  // namespace qabyl::sync::verify
