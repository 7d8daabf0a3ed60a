// An application as it is handed in at a kiosk: the parts of its record, and what keeps one from being a filing
// (RULES.md f1; paragraphs 1 and 6; A20). Knows no state of a case: see licence_application.h.
#pragma once

#include "core/answers.h"
#include "core/cases/draft.h"
#include "core/signature.h"

namespace qabyl::core {

// What makes an application a filing: the form is signed (R01.1); everything else may be missing (A20).
struct Submission {
  ApplicationDraft draft;
  ScreenSignature signature;     // over the application form (LD1)
  DraftFile form;                // the application form itself, already in the blob store
  std::string number, check_code;
  std::optional<DocumentRef> pictures{};  // of the form's pages as they were shown; signature.pictures names them
};
// Body and document list of the submit record, documents in the order of the profile's list, form first, pictures last.
// Body: procedure, profile, bin, organisation, address, first_head, licence_number?, representative{name,
// position,phone,authority_until?}, items[{code,docs:[indexes],pages}], missing[codes], fee{choice},
// signature{...}, number, check_code. Body of `register`: number, date, officer.
// invalid_input when a field fails its check (detail = field) or the ink is not a signature.
struct SubmissionParts { Json body; std::vector<DocumentRef> docs; };
Result<SubmissionParts> submission_parts(const Profile& profile, const Submission& submission);

// Checks the body of a submit record on its own (registry side): empty, or {reason, field}.
std::optional<Finding> examine_submission(const Json& body, const std::vector<DocumentRef>& docs);

}  // namespace qabyl::core
