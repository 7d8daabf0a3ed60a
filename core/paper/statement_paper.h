// A written statement of the applicant on an application that was filed: its withdrawal, or the documents that he hands in
// to complete it (RULES.md f1, c6; A20). Made at the kiosk, in the person's language; its SHA-256 is what is signed. Knows no record and no clock.
#pragma once

#include "core/civil_time.h"
#include "core/ids.h"
#include "core/paper/paper.h"
#include "core/texts.h"

namespace qabyl::core::paper {

struct StatementDocument {
  std::string name;             // in the statement's language
  int files = 0, pages = 0;
};

struct StatementContent {
  std::string receipt_number;   // of the filing
  std::string case_number;      // of the office; empty: not registered yet
  std::string organisation, bin;
  std::string name, position;   // who signs
  Date date{};
  Instant made_at{};            // the PDF's creation date
  std::string device;           // AL-03
  std::vector<StatementDocument> documents;  // handed in with it; empty: a withdrawal
};

// not_found: a font is missing. too_large: over pages_max.
Result<Paper> statement_pdf(const StatementContent& content, const Texts& texts, Language language);

}  // namespace qabyl::core::paper
