// The command `proof`: the proof of one record in, perhaps the record too, words or JSON and an exit code out.
#pragma once

#include "sync/verify/answer.h"
#include "sync/verify/proof_check.h"

namespace qabyl::sync::verify {

// One line, as with --json.
std::string proof_json(const ProofCheck& check, bool with_record);
// An Error is no verdict: no such file, a root or a list of keys that is none.
core::Result<Answer> answer_proof(const Arguments& arguments, const Speech& speech);

}  // namespace qabyl::sync::verify
