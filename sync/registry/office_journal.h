// Acts of the office as records of device "registry": its own q chain, signed by the registry's record key
// and, where a person signs, by the officer's own key inside (body.act). Judged before they are stored: an
// office does not send itself what the Rules refuse. Knows no console.
#pragma once

#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// An officer whose key is open, for this one call only (ARCHITECTURE, 5.1).
struct OpenOfficer {
  std::string id, name, position, role;
  core::SigningKey key;
};

struct OfficeAct {
  core::Id id;                        // empty: a new one
  std::string_view kind;
  core::Id case_id;                   // empty: the record opens its case
  core::Json body;                    // without act: it is added
  std::vector<core::DocumentRef> docs;  // already kept (Registry::keep_document)
  std::string lang = "kk";
};

// Bytes that an officer signs: canonical {act: kind, case, officer, body: SHA-256 of the canonical body}.
std::string officer_act_payload(std::string_view kind, const core::Id& case_id, std::string_view officer,
                                const core::Json& body);
// wrong_state: the judge refused, detail = its code; storage. Inside the caller's transaction.
core::Result<core::Id> append_act(Registry& registry, const OfficeAct& act, const OpenOfficer& officer,
                                  core::Instant now);

}  // namespace qabyl::sync::registry
