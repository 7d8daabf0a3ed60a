// The notice of inspection (paragraph 10): one body PDF, Kazakh first and Russian after, with the
// particulars of the assignment (paragraph 8), its registration with the Committee (7), what to
// prepare (11) and the letter of paragraph 13. Its SHA-256 is D. Copies 1 and 2 are renderings of the
// same content with a margin code; copy 2 can carry the mark of receipt. Knows no record, no clock.
#pragma once

#include "core/civil_time.h"
#include "core/cases/inspection.h"
#include "core/paper/paper.h"

namespace qabyl::core::paper {

inline constexpr std::size_t notice_documents_max = 200, notice_count_lines_max = 400;

struct NoticeContent {
  Id paper_id;                  // of the notice.send record
  std::string number;           // journal number of the office
  Date date{};                  // of the notice
  Instant made_at{};            // the PDF's creation date
  LocalText authority, authority_address;
  // Body of the assignment (core/cases/inspection.h). Its texts may be plain or {kk, ru, en}.
  Json assignment;
  std::string committee_number;
  Date committee_date{};
  LocalText committee_office;
  std::vector<LocalText> documents;  // to be prepared by the start (paragraph 11)
  // Last days by the calendar of the case, each with its whole count, a line each, as it stood when the notice was made:
  // of the letter of paragraph 13; of the return of copy 2 (A09), should receipt be marked on the notice's own day.
  std::optional<Date> letter_last_day, return_last_day;
  std::vector<LocalText> letter_counted, return_counted;
  std::string signer_name;           // who signs the notice for the authority
  LocalText signer_position;
};

// The body. It has no margin code and no copy number; the place for the mark of receipt is empty.
// not_found: a font is missing. too_large: over pages_max, notice_documents_max or notice_count_lines_max.
Result<Paper> notice_pdf(const NoticeContent& content, const Texts& texts);

struct NoticeCopy {
  int number = 1;                      // 1 stays with the bureau, 2 comes back
  Digest body{};                       // D
  std::optional<MarkOfReceipt> mark;   // copy 2 only
};

// A rendering of D, page for page the same text: the margin code holds paper id, first 16 hex digits
// of D, copy, page n of m. A mark fills the place for it on the last page: date, position, full name,
// the strokes as a vector path.
// conflict: `content` does not give D (another version of fonts or program: keep copies that were
// made). invalid_input: no such copy; a mark on copy 1; a mark of another paper.
Result<Paper> copy_rendering(const NoticeContent& content, const NoticeCopy& copy, const Texts& texts);

}  // namespace qabyl::core::paper
