// A paper of the authorised body: head, title, number and date, groups of numbered points and tables, signatures, and a
// place for the mark of receipt. Kazakh first, Russian after. Serves requests (14), reports (16, 18), protocols (23),
// prescriptions (29) and what else is points and signatures; the notice of inspection has a drawing of its own
// (notice_paper.h). A copy is the same body drawn again with its margin code, what was signed and what the bureau put
// on it: visas on every sheet (19), the mark of receipt on the last. What it says is the caller's. Knows no record, no clock.
#pragma once

#include "core/civil_time.h"
#include "core/cases/notice.h"
#include "core/ids.h"
#include "core/paper/paper.h"
#include "core/texts.h"

namespace qabyl::core::paper {

inline constexpr std::size_t office_points_max = 400;   // points, list lines and table rows together
inline constexpr std::size_t table_columns_max = 4;

struct OfficePoint {
  LocalText text;
  std::vector<LocalText> list;   // 1) 2) ... under it
};
struct OfficeTable {             // empty head: none; every row has as many cells as the head
  std::vector<LocalText> head;
  std::vector<std::vector<LocalText>> rows;
};
struct OfficeGroup {
  LocalText heading;             // empty: none
  std::vector<OfficePoint> points;
  OfficeTable table{};           // under the points
};
struct OfficeSignature {
  LocalText position;
  std::string name;
};

struct OfficePaper {
  Id paper_id;                   // of the record that makes it
  std::string number;            // journal number
  Date date{};
  Instant made_at{};             // the PDF's creation date
  LocalText authority;
  LocalText addressee;           // the bureau
  LocalText title, lead;
  std::vector<OfficeGroup> groups;
  std::vector<OfficeSignature> signatures;
  bool place_for_mark = true;
  bool place_for_visas = false;  // on every sheet (paragraph 19)
  LocalText sheet_note{};        // at the head of every sheet (paragraph 26)
};

// The body: no margin code, places for visas and mark empty. Points are numbered through all groups. not_found: a font
// is missing. too_large: over pages_max or office_points_max. invalid_input: a table's row has other cells than its head.
Result<Paper> office_pdf(const OfficePaper& content, const Texts& texts);

struct PageVisa {
  int page = 1;
  ScreenSignature ink;
};
struct OfficeCopy {
  int number = 1;                     // 1 stays with the bureau, 2 comes back
  Digest body{};                      // D
  std::vector<LocalText> signed_notes{};  // beside each signature: when and with which key; may be fewer
  std::vector<PageVisa> visas{};      // copy 2 only
  std::optional<MarkOfReceipt> mark{};  // copy 2 only
};

// A rendering of D, page for page the same text, with the margin code (paper id, first 16 hex digits of D, copy, page n
// of m). conflict: `content` does not give D (another version of fonts or program). invalid_input: no such copy; visas or
// a mark on copy 1; ink that was given for another paper.
Result<Paper> office_copy(const OfficePaper& content, const OfficeCopy& copy, const Texts& texts);

}  // namespace qabyl::core::paper
