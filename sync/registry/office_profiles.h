// The rule profiles that an office has worked under. Every version is kept as the office signed it: a case is judged, counted
// and shown for ever by the version under which it was opened (RULES.md, "Product consequence"; nothing there moves an open
// case to another, so nothing here does). A newer version in the assets changes nothing until a person takes it: then cases
// that are opened from there on have it, and every kiosk gets it beside those that it holds. Knows no page.
#pragma once

#include "core/asset.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

// At start: every version so far, in `registry.profiles`, then those of the assets that are newer. The first start enters the
// ones of the assets. A version once entered is never read from the assets again. corrupt: a kept one is not as it was signed.
core::Status load_profiles(Registry& registry);

// By id and version; version "": the oldest of that id, under which everything was opened before versions were named.
// nullptr: unknown.
const core::Profile* profile_of(const Registry& registry, std::string_view id, std::string_view version);
// As a column of case_terms names it: "<id> <version>"; the office's oldest where it names none.
const core::Profile& profile_named(const Registry& registry, std::string_view both);
// The newest that was taken. Of the office itself: that of the first id of the assets.
core::Result<const core::Profile*> profile_in_force(Registry& registry, std::string_view id);
core::Result<const core::Profile*> office_profile(Registry& registry);

struct ProfileLine {
  std::string id, version;
  std::optional<core::Instant> since;  // taken; nullopt: it lies in the assets and waits
  bool in_force = false;
};
core::Result<std::vector<ProfileLine>> profile_lines(Registry& registry);  // by id, oldest first
// Whether cases may be opened under it: it was taken once.
core::Result<bool> profile_taken(Registry& registry, std::string_view id, std::string_view version);
// As it was signed when it was taken. not_found.
core::Result<std::string> profile_jws(Registry& registry, std::string_view id, std::string_view version);
// Signs the version of the assets and sends it to every kiosk. forbidden officer.role; wrong_state profile.none_waits.
core::Status take_profile(Registry& registry, const OpenOfficer& officer, std::string_view id, core::Instant now);

}  // namespace qabyl::sync::registry
