// A paper of the authorised body to a bureau: head, title, number and date, groups of numbered points, signatures, and a
// place for the mark of receipt. Kazakh first, Russian after. Serves written requests (14), notices of extension (9) and
// what else is points and signatures; the notice of inspection has a drawing of its own (notice_paper.h). What it says
// is the caller's. Knows no record, no clock.
#pragma once

#include "core/civil_time.h"
#include "core/ids.h"
#include "core/paper/paper.h"
#include "core/texts.h"

namespace qabyl::core::paper {

inline constexpr std::size_t office_points_max = 400;

struct OfficePoint {
  LocalText text;
  std::vector<LocalText> list;   // 1) 2) ... under it
};
struct OfficeGroup {
  LocalText heading;             // empty: none
  std::vector<OfficePoint> points;
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
};

// Points are numbered through all groups. not_found: a font is missing. too_large: over pages_max or office_points_max.
Result<Paper> office_pdf(const OfficePaper& content, const Texts& texts);

}  // namespace qabyl::core::paper
