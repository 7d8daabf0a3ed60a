// Meetings on the results of an inspection and their protocols (21-24): the invitation, the protocol that its chair signs,
// its way to the bureau, what is decided on objections to it. Errors as in inspection_acts.h. Used by the console.
#pragma once

#include "sync/registry/inspection_acts.h"
#include "sync/registry/paper_parts.h"

namespace qabyl::sync::registry {

struct CallSpec {
  std::string level;          // unit (21) | head (22)
  std::string chair;          // officer's id
  std::string on;             // ISO
  std::string place;
  std::vector<std::string> invited;
};
// The invitation goes to the bureau. invalid_input meeting.chair: nobody who may take that chair.
core::Result<core::Id> call_meeting(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const CallSpec& spec, core::Instant at);

struct ProtocolSpec { core::Id meeting; std::vector<core::LocalText> heard, decided; };
core::Result<core::Id> sign_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolSpec& spec, core::Instant at);
core::Result<core::Id> send_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& meeting, const std::string& addressee, core::Instant at);

struct ProtocolAnswer { core::Id meeting; std::vector<Treatment> treatments; std::string text; };
// Objections accepted: the chair signs a changed protocol, which goes to the bureau.
core::Result<core::Id> amend_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolAnswer& spec, core::Instant at);
// The Head's or deputy's decision, after the body has disagreed (24).
core::Result<core::Id> decide_on_protocol(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const ProtocolAnswer& spec, core::Instant at);

// Whether this officer has its chair.
bool chairs(const core::Meeting& meeting, std::string_view officer);

}  // namespace qabyl::sync::registry
