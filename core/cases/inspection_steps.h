// The steps of an inspection, a file a chapter: order (7-10), fieldwork (9-18), obstruction (28), outcome (18-29). Internal to
// inspection.cpp, which holds the table. Each function is the step of one record kind.
#pragma once

#include "core/cases/inspection.h"
#include "core/cases/steps.h"

namespace qabyl::core::inspection_steps {

using Taken = Result<Inspection>;

// --- order: inspection_order.cpp; no rule book needed ---
Taken sign_assignment(const Inspection& before, const Record& record, const Rules* rules);
Taken register_assignment(const Inspection& before, const Record& record);
Taken cancel(const Inspection& before, const Record& record);
Taken give_undertaking(const Inspection& before, const Record& record);
Taken take_notice(const Inspection& before, const Record& record, const Rules* rules);  // every notice.*
Taken keep_scan(const Inspection& before, const Record& record);  // of any paper of which copies went out
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

// --- outcome: inspection_outcome.cpp ---
Taken settle(const Inspection& before, const Record& record, const Rules& rules);
Taken close(const Inspection& before, const Record& record, const Rules& rules);
// Whether a record may open a new value inside; in_fieldwork() answers for requests and interim reports.
Status may_open_summary(const Inspection& inspection, const Record& record);
Status may_open_meeting(const Inspection& inspection, const Record& record);
Status may_open_plan(const Inspection& inspection, const Record& record);
Status may_open_prescription(const Inspection& inspection, const Record& record);
Status may_open_sanction(const Inspection& inspection, const Record& record);
Status may_open_disclosure(const Inspection& inspection, const Record& record);
// The inspection after a step inside it: a report that was sent, a copy that came back, a meeting that ended move it.
Inspection follow(Inspection next, const Record& record);
// The summary report that was not withdrawn.
std::optional<Id> live_summary(const Inspection& inspection);
bool is_settled(const Inspection& inspection);

// What the values inside may know; it refers to `inspection`.
CaseFacts facts_of(const Inspection& inspection, const Rules& rules);
// New entries of the body need running fieldwork: fieldwork.not_running, and paragraph 9: fieldwork.term_over.
Status in_fieldwork(const Inspection& inspection, const Record& record);

}  // namespace qabyl::core::inspection_steps
