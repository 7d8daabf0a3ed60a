// The form of a licence (paragraphs 2, 4, 6): one framed page in Kazakh, one in Russian. Who holds it and under which number,
// that it has no end date and is not passed on, whether it is the original, re-issued or a duplicate, who signed. What
// each form says stays in its PDF; that a form has become void, only the register says. Knows no record, no clock.
#pragma once

#include "core/civil_time.h"
#include "core/ids.h"
#include "core/paper/paper.h"
#include "core/profile.h"
#include "core/texts.h"

namespace qabyl::core::paper {

struct LicenceContent {
  Id paper_id;                       // of the record that issues the form
  Procedure given = Procedure::issue;  // the form is the original, re-issued or a duplicate
  std::string licence_number;        // for life
  std::string form_number;           // of this form
  Date date{};
  Instant made_at{};                 // the PDF's creation date
  LocalText authority;
  LocalText law;                     // under which Rules
  std::string holder, bin, address;
  std::string replaces;              // number of the form that became void; empty for the original
  std::string signer_name;
  LocalText signer_position;
};

// Two pages. not_found: a font is missing. too_large: a name or an address that leaves no room on its page.
Result<Paper> licence_pdf(const LicenceContent& content, const Texts& texts);

}  // namespace qabyl::core::paper
