// A letter of the bureau to the authorised body, made at the kiosk: an answer, objections, the letter of paragraph 13, a
// plan of measures. Head, title, what it is about, groups of label and value or plain text, enclosures with their digests,
// and a place for the signature. Its SHA-256 is what the person signs. What it says is the caller's. Knows no record, no clock.
#pragma once

#include "core/civil_time.h"
#include "core/ids.h"
#include "core/paper/paper.h"
#include "core/texts.h"

namespace qabyl::core::paper {

inline constexpr std::size_t letter_lines_max = 400, letter_enclosures_max = 200;

struct LetterLine {
  std::string label, value;      // empty label: `value` is a paragraph
};
struct LetterGroup {
  std::string heading;           // empty: none
  std::vector<LetterLine> lines;
};
struct Enclosure {
  std::string name;              // as the person's file was called
  int pages = 0;                 // 0: could not be counted
  Digest sha256{};
};

struct BureauLetter {
  Id paper_id;                   // of the record to be
  std::string authority;         // addressee
  std::string bureau, bin;
  std::string title, lead;       // lead: the paper that it answers
  Date date{};
  Instant made_at{};             // the PDF's creation date
  std::vector<LetterGroup> groups;
  std::vector<Enclosure> enclosures;
  std::string position, name;    // who signs
  std::string device;            // AL-03
};

// A4, in the language of the person. not_found: a font is missing. too_large: over pages_max or the limits above.
Result<Paper> bureau_letter_pdf(const BureauLetter& content, const Texts& texts, Language language);

}  // namespace qabyl::core::paper
