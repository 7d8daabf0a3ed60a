// Reports of an inspection: interim reports with the signatures of executor and head of the group (16, 17), the summary
// report with those of the head of inspection and of his direct superior, in two copies (18-20), answers to objections,
// consent to give the report away (26). Errors as in inspection_acts.h. Used by the console.
#pragma once

#include "sync/registry/inspection_acts.h"
#include "sync/registry/paper_parts.h"

namespace qabyl::sync::registry {

struct InterimSpec { std::vector<core::LocalText> findings, conclusions; };  // conclusions: preliminary (17)
core::Result<core::Id> sign_interim(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const InterimSpec& spec, core::Instant at);
// The head of the group signs second; the report goes to the bureau.
core::Result<core::Id> countersign_interim(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& report, core::Instant at);

struct SummarySpec {
  std::vector<core::LocalText> findings, breaches, conclusions;
  std::string superior;      // officer's id: who is to sign second
};
// The table "objection -> how treated" of the interim reports is added here. invalid_input summary.not_superior.
core::Result<core::Id> sign_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const SummarySpec& spec, core::Instant at);
// wrong_state summary.not_superior: the paper names another.
core::Result<core::Id> countersign_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& report, core::Instant at);
// Copies 1 and 2 are made and kept; the body goes to the kiosks. `addressee`: the bureau's first head.
core::Result<core::Id> send_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& report, const std::string& addressee, core::Instant at);

struct AnswerSpec { core::Id of; std::vector<Treatment> treatments; std::string text; };  // of: the report
core::Result<core::Id> answer_objections(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const AnswerSpec& spec, core::Instant at);
// The Head's or deputy's, without a meeting (A16).
core::Result<core::Id> decide_on_summary(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const AnswerSpec& spec, core::Instant at);

struct ConsentSpec { core::Id disclosure; bool consent = false; std::string reason; };
core::Result<core::Id> answer_disclosure(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ConsentSpec& spec, core::Instant at);

// Officers who may be the superior of the head of the group: heads of units, deputies, the first head.
bool may_be_superior(std::string_view role);

}  // namespace qabyl::sync::registry
