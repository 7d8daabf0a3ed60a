// The versioned text assets that an office works with: texts, time zone, calendar, rule profiles. Read once
// at start from the assets folder. Knows no store.
#pragma once

#include "core/calendar.h"
#include "core/profile.h"

namespace qabyl::sync::registry {

struct TextAsset {
  std::string name, text;  // as on the disk: travels to kiosks signed
};

struct OfficeAssets {
  core::Texts texts;
  core::TimeZone zone;
  core::Calendar calendar;               // that of this build; which one is in force: office_calendars.h
  std::vector<core::Profile> profiles;
  std::vector<TextAsset> profile_texts;  // same order as profiles
  TextAsset calendar_text;

  const core::Profile* profile(std::string_view id) const;  // null: unknown
};

core::Result<OfficeAssets> load_office_assets(const std::string& folder);
// Where the assets of this build lie: ../assets beside the program's folder.
std::string default_assets_folder();

}  // namespace qabyl::sync::registry
