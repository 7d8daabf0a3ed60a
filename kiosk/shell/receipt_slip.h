// What the receipt on paper says of a record in the journal: folds the fact into plain values for
// core/paper. Pure; the same record gives the same slip for ever.
#pragma once

#include "core/paper/receipt_paper.h"
#include "core/store/kiosk_store.h"
#include "kiosk/shell/office_rules.h"
#include "kiosk/shell/station.h"

namespace qabyl::kiosk {

// `profile`: under which an application was filed; nullptr: its documents are named by their codes.
core::paper::ReceiptContent receipt_content(const core::StoredRecord& stored, const OfficeRules& rules, const core::Profile* profile,
                                            const Station& station, core::Language language);

}  // namespace qabyl::kiosk
