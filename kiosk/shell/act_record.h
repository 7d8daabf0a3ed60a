// The record of what a person of a bureau does with a paper at the counter: what the paper says, what the person said
// and drew, and over all of it the person's own signature (core/cases/acts.h). Knows no store, no clock, no rule of when.
#pragma once

#include "core/store/kiosk_store.h"

namespace qabyl::kiosk {

struct ActMaking {
  const core::Paper& paper;
  const core::StaffMember& staff;
  core::BureauAct act;
  const core::Json& said;                   // members of the body; see PaperAct
  const core::ScreenSignature& signature;   // unused before witnesses (A10)
  core::Date today;                         // of the act, never typed by hand
};

// Kind, case, base, actor and body. Precondition: everything else of the record stands already, its documents and
// what the body is to say besides (receipt number): the person's act is over all of it.
void make_act(core::Record& record, const ActMaking& making);

}  // namespace qabyl::kiosk
