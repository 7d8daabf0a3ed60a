// The assets of a newer program: the same, but a calendar of the next version with some lines more. For tests only.
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

}  // namespace qabyl::test
