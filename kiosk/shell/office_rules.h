// The read-only assets that every part of the kiosk consults: texts, calendar, time zone, profiles.
// Loaded once at start; a broken asset stops the start with a clear message.
#pragma once

#include <vector>

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

}  // namespace qabyl::kiosk
