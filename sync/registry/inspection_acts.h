// Acts of the office on an inspection after its notice: who may do which (RULES.md f3, f4), the signer's name and position
// as the record wants them, and the papers that go to the bureau. Core decides whether the moment is right; here is only
// decided who sits in which seat. Used by the console.
#pragma once

#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

enum class Seat { head_or_deputy, group_head, official, clerk, clerk_or_official };

// The position under which this officer acts in that seat of this inspection (Signer::position); nullopt: may not.
// Members of the group are known by their officer's id in the assignment.
std::optional<std::string> position_in(Seat seat, std::string_view officer, std::string_view role, const core::Inspection& inspection);

struct InspectionAct {
  std::string_view kind;
  Seat seat;
  core::Json body;                          // signer is added; date too when it is absent
};
// forbidden officer.role; wrong_state: the guard's code.
core::Result<core::Id> do_inspection_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const InspectionAct& act, core::Instant at);

struct RequestSpec { std::vector<std::string> items; std::string due; };  // due: ISO
// A written request (paragraph 14): journal number, PDF sealed to the bureau's staff, record, feed.
core::Result<core::Id> sign_request(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const RequestSpec& spec, core::Instant at);

struct ExtensionSpec { std::string new_end, reason; };  // new_end: ISO
// The additional assignment (R09.2): the first one's particulars again, its number and date, the new end, the reason.
core::Result<core::Id> sign_extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ExtensionSpec& spec, core::Instant at);
// Its notice in two copies (R09.3).
core::Result<core::Id> send_extension_notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at);

}  // namespace qabyl::sync::registry
