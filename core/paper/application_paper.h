// The application form itself (LD1 of the profile's list; paragraph 1): addressee, applicant, request,
// list of enclosed and missing documents, statement, place for the signature. Made at the kiosk from
// the draft; its digest is what the applicant signs on the screen. Knows no record and no clock.
#pragma once

#include "core/civil_time.h"
#include "core/cases/draft.h"
#include "core/paper/paper.h"
#include "core/signature.h"

namespace qabyl::core::paper {

struct ApplicationContent {
  ApplicationDraft draft;
  Profile profile;
  LocalText authority;   // the body that is addressed; empty: "authorised body"
  Date date{};           // civil date in Almaty
  Instant made_at{};     // the same moment: the PDF's creation date
  std::string device;    // AL-03
};

// A4, usually 1 or 2 pages, in the language of the person who files.
// not_found: a font is missing. too_large: more than pages_max pages.
Result<Paper> application_pdf(const ApplicationContent& content, const Texts& texts, Language language);

// A rendering of that form with its margin code (form digest) and the drawn signature over the line,
// for reading and printing. The form itself stays unchanged.
// conflict: `content` does not give the bytes that were signed (another version of fonts or program).
Result<Paper> application_copy(const ApplicationContent& content, const ScreenSignature& signature,
                               const Texts& texts, Language language);

}  // namespace qabyl::core::paper
