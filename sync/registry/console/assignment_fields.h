// An assignment's draft between its JSON (core/cases/inspection.h, check_particulars) and the form of the console:
// eleven numbered particulars, each with its own mark and reason (DESIGN 23, paragraph 8). Knows no store.
#pragma once

#include "core/cases/inspection.h"
#include "sync/registry/console/form.h"
#include "sync/registry/console/page.h"
#include "sync/registry/office_views.h"

namespace qabyl::sync::registry {

struct AssignmentForm {
  const core::Json& body;
  const std::vector<OfficerLine>& officers;               // who may be named (may_inspect)
  std::vector<std::string> kinds;                         // of inspection, codes of the profile
  std::vector<core::ParticularFinding> findings;
  bool judged = true;                                     // false: a new form, nothing is marked wrong yet
  std::string latest_end;                                 // in words; empty while the start is unknown
  std::string authority;
};

bool may_inspect(std::string_view role);
// The body after the form came back: bureau and profile stay as they were in `before`.
core::Json assignment_body(const core::Json& before, const Fields& fields, const std::vector<OfficerLine>& officers);
std::string particular_fields(const Page& page, const AssignmentForm& form);   // HTML of the eleven
std::string progress(const AssignmentForm& form);                              // eleven pills
// The assignment as text, for the head who signs it and beside the form.
std::string assignment_paper(const Page& page, const AssignmentForm& form);

}  // namespace qabyl::sync::registry
