// Papers of the fieldwork of an inspection: written requests (14), the additional assignment and its notice (9), the memo
// before the inspection is stopped and the decisions to stop and to resume it (28). Used by the console.
#pragma once

#include "sync/registry/inspection_acts.h"

namespace qabyl::sync::registry {

struct RequestSpec { std::vector<std::string> items; std::string due; };  // due: ISO
// A written request, sealed to the bureau's staff.
core::Result<core::Id> sign_request(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const RequestSpec& spec, core::Instant at);

struct ExtensionSpec { std::string new_end, reason; };  // new_end: ISO
// The additional assignment (R09.2): the first one's particulars again, its number and date, the new end, the reason.
core::Result<core::Id> sign_extension(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ExtensionSpec& spec, core::Instant at);
// Its notice in two copies (R09.3).
core::Result<core::Id> send_extension_notice(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at);

struct MemoSpec { core::Id of; std::string text; };  // of: the refused access or the request that hinders the inspection
// To the Head or deputy (R28.1): a paper that stays in the office.
core::Result<core::Id> sign_memo(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const MemoSpec& spec, core::Instant at);
// Letters to the bureau: the decision to stop (R28.2), and to resume (A03).
core::Result<core::Id> send_halt(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& memo, core::Instant at);
core::Result<core::Id> send_resume(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at);

}  // namespace qabyl::sync::registry
