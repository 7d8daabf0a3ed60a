// What follows from breaches: the plan to remove them, demanded, returned or agreed (27); written prescriptions and
// sanctions (29). Each goes to the bureau as a paper. Errors as in inspection_acts.h. Used by the console.
#pragma once

#include "sync/registry/inspection_acts.h"
#include "sync/registry/paper_parts.h"

namespace qabyl::sync::registry {

struct PlanDemand { std::vector<core::LocalText> breaches; std::string due; };  // due: ISO
core::Result<core::Id> demand_plan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PlanDemand& spec, core::Instant at);
struct PlanReturn { core::Id plan; std::string reason, due; };
core::Result<core::Id> return_plan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PlanReturn& spec, core::Instant at);
// The mark of agreement, with the items as the bureau submitted them.
core::Result<core::Id> agree_plan(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& plan, core::Instant at);

struct PrescriptionSpec {
  std::vector<core::LocalText> breaches, measures;
  std::string article, due;
  bool plan_demanded = false;
};
core::Result<core::Id> sign_prescription(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const PrescriptionSpec& spec, core::Instant at);

struct SanctionSpec {
  std::string measure;        // fine | suspension | suit
  std::string article, reason;
  std::int64_t amount_tenge = 0, months = 0;
  core::Id prescription;      // the overdue one that it follows; "" none
};
core::Result<core::Id> decide_sanction(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const SanctionSpec& spec, core::Instant at);

// Breaches of the summary report, in the words of both languages; those that stand once the inspection was settled.
std::vector<core::LocalText> standing_breaches(const CaseNow& now);

}  // namespace qabyl::sync::registry
