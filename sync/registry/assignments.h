// Drafts of inspection assignments: prepared by one, signed by another (paragraphs 7 and 8). A draft is no record:
// it may change and go; with the signature it becomes the first record of a case. Each call runs inside the
// caller's transaction. Two people on one draft: the second gets `conflict` and loses nothing of the first.
// Knows no HTML.
#pragma once

#include "core/cases/inspection.h"
#include "sync/registry/office.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t draft_bytes_max = 64 * 1024;
inline constexpr std::size_t drafts_shown_max = 200;

struct AssignmentDraft {
  core::Id id;
  std::string author, author_name;   // officer who began it
  core::Json body;                   // particulars 3-11 as far as they are known; 1 and 2 come with the signature
  std::int64_t version = 0;          // grows with every change
  bool for_signing = false;          // handed in: only signed or sent back now
  std::string remark;                // why it was sent back
  core::Instant changed{};
};

// A draft about a bureau, its name and place filled in, the inspections of the past calendar year listed (A04).
// not_found: no such bureau. forbidden.
core::Result<core::Id> begin_assignment(Registry& registry, std::string_view officer, std::string_view role,
                                        std::string_view bin, core::Instant now);
core::Result<std::optional<AssignmentDraft>> assignment_draft(Registry& registry, const core::Id& id);
// Newest first. `author` empty: of everybody.
core::Result<std::vector<AssignmentDraft>> assignment_drafts(Registry& registry, std::string_view author);

core::Result<std::int64_t> assignments_for_signing(Registry& registry);

// Planned inspections of the bureau that are to start in that calendar year (R07.3).
core::Result<std::int64_t> planned_inspections(Registry& registry, std::string_view bin, int year);

// What is still missing or absurd, 3 ... 11 (check_particulars with 1 and 2 taken as given).
std::vector<core::ParticularFinding> draft_findings(Registry& registry, const core::Json& body, core::Instant now);

// conflict: `draft.version` is not the newest, or it was handed in. too_large: over draft_bytes_max.
core::Status save_assignment(Registry& registry, const AssignmentDraft& draft, core::Instant now);
core::Status discard_assignment(Registry& registry, const core::Id& id, std::int64_t version);
// invalid_input: a finding is left, detail = its code.
core::Status hand_in_assignment(Registry& registry, const core::Id& id, std::int64_t version, core::Instant now);
core::Status send_back_assignment(Registry& registry, const core::Id& id, std::int64_t version, std::string_view remark, core::Instant now);
// By the head or a deputy, who saw this version (R07.1); the draft becomes the case whose id is returned. The
// author never signs his own draft. forbidden, conflict, and what sign_assignment() says.
core::Result<core::Id> sign_draft(Registry& registry, const OpenOfficer& officer, const core::Id& id, std::int64_t version, core::Instant now);

}  // namespace qabyl::sync::registry
