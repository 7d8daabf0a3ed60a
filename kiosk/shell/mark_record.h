// What a person of a bureau signs when a paper is received at the counter: a notice by the mark of paragraph 10, a written
// request by an act over the whole record (core/cases/acts.h). Knows no store and no clock.
#pragma once

#include "core/store/kiosk_store.h"

namespace qabyl::kiosk {

// Of the paper, for the receipt and the look-up. Before the mark: a person's act stands over the whole body.
void add_paper_facts(core::Json& body, const core::Paper& paper, const core::StaffMember& staff);
// Precondition: paper.kind is notice.send. `date` ISO, the day of the mark.
void mark_notice(core::Record& record, const core::Paper& paper, const core::StaffMember& staff, const core::ScreenSignature& signature, std::string date);
// Precondition: paper.kind is request.sign; the record has everything else that it will have.
void mark_request(core::Record& record, const core::Paper& paper, const core::StaffMember& staff, const core::ScreenSignature& signature, std::string date);

}  // namespace qabyl::kiosk
