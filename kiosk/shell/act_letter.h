// What a bureau's letter says, act by act: from the paper that it answers and from what the person gave (PaperAct::said).
// Words come from the texts, in the person's language. Knows no store and no clock.
#pragma once

#include "core/paper/bureau_letter.h"
#include "core/store/kiosk_store.h"
#include "kiosk/screens/effects.h"
#include "kiosk/shell/office_rules.h"

namespace qabyl::kiosk {

struct LetterParts {             // all outlive the call
  const core::Paper& paper;
  const core::StaffMember& staff;
  const PaperAct& act;
  core::Date today;
  const OfficeRules& rules;
  const std::string& device;
};

// Precondition: an act that hands a letter in (not signs_the_paper()).
core::paper::BureauLetter letter_content(const LetterParts& parts, core::Language language);

}  // namespace qabyl::kiosk
