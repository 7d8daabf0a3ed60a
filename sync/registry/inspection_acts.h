// Acts of the office on an inspection: who may do which (RULES.md f3-f9), and the signer's name and position as the record
// wants them. Core decides whether the moment is right; here is only decided who sits in which seat. The chapters that
// make papers: fieldwork_acts, report_acts, meeting_acts, remedy_acts. Used by the console.
#pragma once

#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

enum class Seat {
  head_or_deputy,
  group_head,
  official,             // any member of the group
  executor,             // a member who does not lead it
  clerk,
  clerk_or_official,
  unit_leader,          // the head of the unit or his deputy
  leader,               // the same, the deputy, the first head
  leader_or_group_head,
  caller,               // who may call a meeting: a clerk, a leader, the head of the group
  reviewer,             // a member of the group or who leads the unit
  keeper,               // of what comes back on paper: a clerk, a member of the group, who leads the unit
};

// The position under which this officer acts in that seat of this inspection (Signer::position); nullopt: may not.
// Members of the group are known by their officer's id in the assignment.
std::optional<std::string> position_in(Seat seat, std::string_view officer, std::string_view role, const core::Inspection& inspection);
// forbidden officer.role.
core::Result<std::string> take_seat(Seat seat, const OpenOfficer& officer, const CaseNow& now);
// Body of an act with its signer, under the name by which the assignment knows the officer: core compares signers with it.
core::Json signed_by(const OpenOfficer& officer, const CaseNow& now, const std::string& position, core::Json body);

struct InspectionAct {
  std::string_view kind;
  Seat seat;
  core::Json body;                          // signer is added; date too when it is absent
  std::vector<core::DocumentRef> docs{};    // already kept
};
// forbidden officer.role; wrong_state: the guard's code.
core::Result<core::Id> do_inspection_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const InspectionAct& act, core::Instant at);

}  // namespace qabyl::sync::registry
