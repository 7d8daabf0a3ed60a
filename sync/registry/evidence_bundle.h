// The evidence bundle of a case (sync/log/format-bundle.md): records, verdicts, proofs against one checkpoint, documents,
// keys and a page for people, in one ZIP that qabyl-verify and verify.html check. Makes no page itself and knows no HTML.
// Thread rule: the storage thread, inside the caller's transaction.
#pragma once

#include "core/zip.h"
#include "sync/log/evidence_bundle.h"
#include "sync/registry/office_views.h"

namespace qabyl::sync::registry {

struct BundleContent {               // what a page about it may say
  CaseLine line;
  std::vector<CaseRecord> records;   // in the order of the case: records/0001.jws is the first
  std::vector<core::LogPlace> places;  // of each record, all in the tree of one checkpoint
  core::Instant made{};
};
// not_found: no such case. wrong_state: a record of it is not yet in a signed tree (it will be within the second).
core::Result<BundleContent> bundle_content(Registry& registry, const core::Id& case_id, core::Instant now);

// The ZIP into `sink`, part by part. too_large; corrupt: a document is not what its name says; the sink's errors.
core::Status write_bundle(Registry& registry, const BundleContent& content, const std::string& page_html, const core::ZipWriter::Sink& sink);

// By which key the records of a device are signed: our own ("registry"), or a kiosk's as it was enrolled. not_found: no such
// device, or one that is not enrolled yet.
core::Result<log::EvidenceDevice> evidence_device(Registry& registry, const std::string& name);

}  // namespace qabyl::sync::registry
