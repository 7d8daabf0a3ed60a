// What the proof of one record shows (format.md, 6): that a record of this digest was taken at that time and stands in the
// office's log. With the record's JWS at hand, also that it is the one. A verdict as a value. Pure.
#pragma once

#include "sync/log/checkpoint.h"
#include "sync/log/proof_file.h"
#include "sync/verify/standing.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

struct ProofCheck {
  Standing standing = Standing::refused;
  std::string why;              // stable code; empty when proved
  log::ProofFile file;          // empty when refused
  log::Checkpoint checkpoint;
  std::string root, claimed;    // as Trust
};

// `record_jws` empty: none was given. It may also be the record's digest in hex.
ProofCheck check_proof(std::string_view text, std::string_view record_jws, const Trust& trust);

}  // namespace qabyl::sync::verify
