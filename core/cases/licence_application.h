// Licence application (RULES.md f1), as a value: folded from the records of its case.
// Knows no store, screen or clock. Paragraphs 1-6.
#pragma once

#include "core/answers.h"
#include "core/cases/draft.h"
#include "core/signature.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view application_submit = "licence_application.submit";      // kiosk
inline constexpr std::string_view application_register = "licence_application.register";  // office
}  // namespace kind

enum class ApplicationState { none, submitted, registered };  // the next issue adds the rest of f1
std::string_view to_text(ApplicationState state);

struct LicenceApplication {
  ApplicationState state = ApplicationState::none;
  Json body;                 // of the submit record
  std::string number;        // case number, given by `register`
  std::string registered_on;  // ISO date
  std::string registered_by;

  // The state after `record`. wrong_state / invalid_input say which guard refused (detail = code).
  Result<LicenceApplication> apply(const Record& record) const;
};

// What makes an application a filing: the form is signed (R01.1); everything else may be missing (A20).
struct Submission {
  ApplicationDraft draft;
  ScreenSignature signature;     // over the application form (LD1)
  DraftFile form;                // the application form itself, already in the blob store
  std::string number, check_code;
};
// Body and document list of the submit record, documents in the order of the profile's list, form first.
// Body: procedure, profile, bin, organisation, address, first_head, licence_number?, representative{name,
// position,phone,authority_until?}, items[{code,docs:[indexes],pages}], missing[codes], fee{choice},
// signature{...}, number, check_code. Body of `register`: number, date, officer.
// invalid_input when a field fails its check (detail = field) or the ink is not a signature.
struct SubmissionParts { Json body; std::vector<DocumentRef> docs; };
Result<SubmissionParts> submission_parts(const Profile& profile, const Submission& submission);

// Checks the body of a submit record on its own (registry side): empty, or {reason, field}.
std::optional<Finding> examine_submission(const Json& body, const std::vector<DocumentRef>& docs);

// The case as its records left it; a record that a guard refuses changes nothing.
LicenceApplication fold_application(const std::vector<Record>& history);

}  // namespace qabyl::core
