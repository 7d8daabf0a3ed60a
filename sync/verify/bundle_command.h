// The command `bundle`: the evidence of a case in, words or JSON and an exit code out.
#pragma once

#include "sync/verify/answer.h"
#include "sync/verify/bundle_check.h"

namespace qabyl::sync::verify {

// One line, as with --json.
std::string bundle_json(const BundleCheck& check);
// An Error is no verdict: no such file, a root or a list of keys that is none.
core::Result<Answer> answer_bundle(const Arguments& arguments, const Speech& speech);

}  // namespace qabyl::sync::verify
