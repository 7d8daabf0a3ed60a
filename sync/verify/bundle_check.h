// What an evidence bundle of a case proves (sync/log/format-bundle.md): nothing in it altered, every record signed by the
// device that made it and standing in the office's log, its documents and the registry's word beside it. A verdict as a
// value. Pure; time and memory in proportion to the file.
#pragma once

#include <map>

#include "sync/log/evidence_bundle.h"
#include "sync/log/checkpoint.h"
#include "sync/verify/standing.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

struct BundleCheck {
  Standing standing = Standing::refused;
  std::string why;                          // stable code of what stopped the check; empty when proved
  std::string where;                        // refused: the first file that is wrong
  core::Id case_id;                         // from here on: empty when refused
  core::Instant made{};
  std::size_t records = 0, documents = 0;
  std::vector<core::Digest> missing;        // documents that records name and that are not in it
  std::map<std::string, std::size_t> outcomes;  // the registry's word: accepted, quarantined ...; "none": not yet judged
  core::Instant first{}, last{};            // registry times of the first and last record
  log::Checkpoint checkpoint;
  std::string root, claimed;                // as Trust
};

// keys.json of a bundle, for who was given a root and no list of keys; empty: there is none.
std::string keys_in_bundle(core::ByteView file);
// Whether it is intact is checked by the keys inside; whether those keys count, by `trust`.
BundleCheck check_bundle(core::ByteView file, const Trust& trust);

}  // namespace qabyl::sync::verify
