// The read-only assets that every part of the kiosk consults: texts, calendar, time zone, profiles.
// Loaded once at start; a broken asset stops the start with a clear message. What the office has sent since (signed, checked
// when it came) takes the place of an older one at the next start.
#pragma once

#include <functional>
#include <vector>

#include "core/asset.h"
#include "core/calendar.h"
#include "core/profile.h"
#include "core/texts.h"

namespace qabyl::kiosk {

struct OfficeRules {
  core::Texts texts;
  core::TimeZone zone;
  core::Calendar calendar;
  std::vector<core::Profile> profiles;

  const core::Profile* profile(std::string_view id) const;
  core::Date today(core::Instant now) const { return zone.local(now).date; }
};

// From <folder>/i18n/*.mo, <folder>/calendar/*.csv, <folder>/rules/*.toml.
core::Result<OfficeRules> load_office_rules(const std::string& folder);
// Names under which calendar and profiles travel.
inline constexpr const char* calendar_asset_name = "kz";
inline constexpr const char* travelling_assets[] = {calendar_asset_name, "kz-2004-249", "kz-current"};
// A calendar that is newer than ours; the profile that the office works under, whichever ours is: the newest that it signed.
// False: ours is as new, or the name is not one of ours. invalid_input: it cannot be read; ours stays.
core::Result<bool> adopt(OfficeRules& rules, const core::Asset& asset);
// Calendar and profiles that the feed has brought, by core::Inbox::kept_asset(). What cannot be read changes nothing.
void adopt_kept(OfficeRules& rules, const std::function<core::Result<std::string>(std::string_view)>& kept_asset);

}  // namespace qabyl::kiosk
