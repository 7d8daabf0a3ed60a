// The two copies of a notice (paragraph 10; RULES A25): one body PDF whose digest is D, copies 1 and 2 made from the
// same content at issue and kept, and copy 2 with the bureau's mark when it has come back. What a copy is made of is
// rebuilt from the records of the case alone. Each call runs inside the caller's transaction, on the storage thread.
#pragma once

#include "core/paper/notice_paper.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// What the notice says, into the body of its record, so that it can be rendered again; and back.
core::Json notice_body(const core::paper::NoticeContent& content);
core::Result<core::paper::NoticeContent> notice_content_of(const core::Record& sent, const core::Inspection& inspection);

// Copies 1 and 2 as they are sent. Errors as copy_rendering() and keep_document().
core::Status keep_copies(Registry& registry, const core::paper::NoticeContent& content, const core::Digest& body, core::Instant now);
// Copy 2 with the mark that has just been accepted. A body that this program no longer renders to D is left as it was
// and noted in the audit: a mark is never refused for that.
core::Status keep_marked_copy(Registry& registry, const core::Id& case_id, const core::Id& notice, core::Instant now);

// One rendering of the paper that the record `made` made. A copy that is kept already stays as it is.
core::Status keep_copy(Registry& registry, const core::Id& made, const core::paper::Paper& paper, int copy, bool marked, core::Instant now);

struct CopyLine {
  int copy = 1;
  bool marked = false;
  core::Digest sha256{};
  int pages = 0;
};
core::Result<std::vector<CopyLine>> copies_of(Registry& registry, const core::Id& notice);  // copy 1, 2, marked 2
// The PDF, digest checked; the read is audited (O3). not_found: no such copy.
core::Result<core::Bytes> read_copy(Registry& registry, const core::Id& notice, int copy, bool marked,
                                    std::string_view officer, core::Instant now);

}  // namespace qabyl::sync::registry
