// The bureau's letter of paragraph 13: who answers for the inspection, who stands in for him, which specialists
// prepare the documents, hand them over and receive interim reports. Its names are the only ones besides the first
// head and his deputy who may receive what the letter entitles them to (A18).
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view letter_of_responsibles = "inspection.letter_of_responsibles";  // R13.1, R13.2, kiosk
}  // namespace kind

// Body: manager{staff,name,position}, stand_in{...}, specialists[{staff,name,position,duties[]}], a filing of the
// bureau's first head or deputy. duties in {prepare, hand_over, receive_interim}. `term`: D13. invalid_input:
// letter.manager_missing, letter.stand_in_missing, letter.specialist_absurd, letter.duty_unfilled, letter.signer.
Result<Responsibles> responsibles_from(const Record& record, const RunningTerm& term, const Rules& rules);

}  // namespace qabyl::core
