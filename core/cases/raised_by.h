// Who may raise a record kind (RULES.md f: events marked for kiosks): the office, a person of the bureau at a kiosk,
// an applicant at a kiosk, or a clerk wherever the bureau refused to sign (A10). Knows no device and no role.
#pragma once

#include <string_view>

namespace qabyl::core {

enum class RaisedBy {
  office,     // a record of the registry's journal
  bureau,     // at a kiosk, under the person's own signature
  applicant,  // at a kiosk, by somebody whose name stands in the record
  anywhere,   // receipt refused: noted at the counter or in the office
};
// Kinds that nobody knows are the office's: the machine refuses them as unknown.
RaisedBy raised_by(std::string_view kind);
// Whether a second record of this kind about the same paper only repeats the first (two kiosks, both offline).
bool is_receipt(std::string_view kind);

}  // namespace qabyl::core
