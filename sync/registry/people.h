// How a person's Ed25519 key rests: its seed sealed under Argon2id of a secret that only the person has
// (ARCHITECTURE, 5.1). Officers: own password; bureau staff and operators: badge secret and PIN.
#pragma once

#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

struct RestingKey {
  core::VerifyKey verify_key{};
  core::Salt salt{};
  core::Bytes sealed;
  core::Argon2Cost cost = core::argon2_interactive;
};

// `context` binds the seal to its owner: "officer:O-0001", "staff:S-0001".
RestingKey new_resting_key(std::string_view secret, std::string_view context, core::Argon2Cost cost, core::Random& random);
// forbidden: another secret.
core::Result<core::SigningKey> wake_key(const RestingKey& key, std::string_view secret, std::string_view context);

std::string numbered(std::string_view prefix, std::int64_t number);  // "S", 7 -> S-0007
// Everything that a kiosk must know of one bureau now: the bureau, its staff, its open papers (paper_news.h) again, with an
// envelope for each present member of its staff, and what was done with each.
core::Status feed_whole_bureau(Registry& registry, std::string_view device, std::string_view bin, core::Instant now);
// A list of keys that the kiosks were not told yet goes to each of them; does nothing otherwise.
core::Status tell_keys(Registry& registry, core::Instant now);
core::Status feed_operators(Registry& registry, std::string_view device, core::Instant now);
// One paper for an applicant, to the kiosk where he filed: without envelopes, its key goes another way (protocol.md 10).
core::Status feed_paper(Registry& registry, std::string_view device, const core::Id& record, core::Instant now);
// A paper that has just been sent, to the kiosks of its bureau, with an envelope for each present member of its staff.
core::Status feed_new_paper(Registry& registry, const core::Id& record, core::Instant now);

}  // namespace qabyl::sync::registry
