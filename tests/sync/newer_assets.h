// The assets of a newer program: the same, but a calendar of the next version with some lines more, or a profile of another
// version in which the letter of paragraph 13 has more days. For tests only.
#pragma once

#include <fstream>

#include "tests/support/places.h"
#include "tests/sync/registry_rig.h"

namespace qabyl::test {

inline constexpr const char* newer_calendar_version = "kz-2026-2";

inline std::string newer_assets(const TestOffice& office, const std::string& lines) {
  namespace fs = std::filesystem;
  const fs::path folder = office.folder() + "/newer-assets";
  fs::remove_all(folder);
  fs::copy(qabyl::test::in_build("/assets"), folder, fs::copy_options::recursive);
  auto csv = file_text((folder / "calendar/kz.csv").string());
  const std::string version = "version;kz-2026-1";
  REQUIRE(csv.find(version) != std::string::npos);
  csv.replace(csv.find(version), version.size(), std::string("version;") + newer_calendar_version);
  std::ofstream(folder / "calendar/kz.csv", std::ios::binary) << csv << lines << "\n";
  return folder.string();
}

// kz-2004-249 under this version, D13 so many working days.
inline std::string newer_profile(const TestOffice& office, const std::string& version, int letter_days) {
  const std::string folder = newer_assets(office, "");
  std::filesystem::copy(in_build("/assets/calendar/kz.csv"), folder + "/calendar/kz.csv", std::filesystem::copy_options::overwrite_existing);
  const auto file = folder + "/rules/kz-2004-249.toml";
  auto toml = file_text(file);
  const auto put = [&](const std::string& from, const std::string& old, const std::string& text) {
    const auto at = toml.find(old, toml.find(from));
    REQUIRE(at != std::string::npos);
    toml.replace(at, old.size(), text);
  };
  put("id = ", "version = \"2026-1\"", "version = \"" + version + "\"");
  put("id = \"D13\"", "length = 1\n", "length = " + std::to_string(letter_days) + "\n");
  std::ofstream(file, std::ios::binary) << toml;
  return folder;
}

}  // namespace qabyl::test
