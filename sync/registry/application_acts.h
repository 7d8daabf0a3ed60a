// Acts of the office on a licence application after its registration: who may do which (RULES.md f1, paragraphs 1-5), and the
// letters that three of them send: what is missing, the return, the refusal with its grounds (R03.1, c6). Core decides
// whether the moment is right and the act complete. Used by the console.
#pragma once

#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

// clerk: checks and the fee. assigner: head of the unit, Head or deputy. examiner: whom the case names. decider: Head or deputy.
enum class ApplicationSeat { clerk, assigner, examiner, decider };
bool sits(ApplicationSeat seat, std::string_view officer, std::string_view role, const CaseNow& now);

struct ApplicationAct {
  std::string_view kind;
  ApplicationSeat seat;
  core::Json body;              // signer is added; date too when it is absent
};
// A letter is a document of the record, with a number from the journal. forbidden officer.role; wrong_state: the guard's code.
core::Result<core::Id> do_application_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ApplicationAct& act, core::Instant at);

}  // namespace qabyl::sync::registry
