// What the kiosk that filed an application is told of it (feed item case_state, protocol.md 9): its state after every record
// that changes it, what is missing and until when, the last day to decide, grounds and reason of a refusal; and, once a form
// of the licence was issued, the form itself, sealed for whoever has the receipt's number and check code (protocol.md 10).
#pragma once

#include "core/paper/paper.h"
#include "sync/registry/case_now.h"

namespace qabyl::sync::registry {

// After a record that counts; nothing is told of a case that is no application. Inside the caller's transaction.
core::Status tell_filer(Registry& registry, const core::Record& record, core::Instant at);

}  // namespace qabyl::sync::registry
