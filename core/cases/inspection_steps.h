// The steps of an inspection, a file a chapter: its order (7-11), fieldwork (9-15), obstruction (28). Internal to
// inspection.cpp, which holds the table. Each function is the step of one record kind.
#pragma once

#include "core/cases/inspection.h"
#include "core/cases/steps.h"

namespace qabyl::core::inspection_steps {

using Taken = Result<Inspection>;

// --- order: inspection_order.cpp; no rule book needed ---
Taken sign_assignment(const Inspection& before, const Record& record);
Taken register_assignment(const Inspection& before, const Record& record);
Taken cancel(const Inspection& before, const Record& record);
Taken give_undertaking(const Inspection& before, const Record& record);
Taken take_notice(const Inspection& before, const Record& record, const Rules* rules);  // every notice.*
bool committee_entry_absent(const Json& body);

// --- fieldwork: inspection_fieldwork.cpp ---
Taken start(const Inspection& before, const Record& record, const Rules& rules);
Taken take_letter(const Inspection& before, const Record& record, const Rules& rules);
Taken take_documents(const Inspection& before, const Record& record, const Rules& rules);
Taken accept_room(const Inspection& before, const Record& record, const Rules& rules);
Taken sign_extension(const Inspection& before, const Record& record, const Rules& rules);
Taken register_extension(const Inspection& before, const Record& record, const Rules& rules);
Taken end(const Inspection& before, const Record& record, const Rules& rules);

// --- obstruction: inspection_halt.cpp ---
Taken refuse_access(const Inspection& before, const Record& record, const Rules& rules);
Taken restore_access(const Inspection& before, const Record& record, const Rules& rules);
Taken sign_memo(const Inspection& before, const Record& record, const Rules& rules);
Taken receive_memo(const Inspection& before, const Record& record, const Rules& rules);
Taken halt(const Inspection& before, const Record& record, const Rules& rules);
Taken resume(const Inspection& before, const Record& record, const Rules& rules);
Taken close_unfinished(const Inspection& before, const Record& record, const Rules& rules);

// What the values inside may know; it refers to `inspection`.
CaseFacts facts_of(const Inspection& inspection, const Rules& rules);
// New entries of the body need running fieldwork: fieldwork.not_running, and paragraph 9: fieldwork.term_over.
Status in_fieldwork(const Inspection& inspection, const Record& record);

}  // namespace qabyl::core::inspection_steps
