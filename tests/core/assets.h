// Assets as the tests of core read them: from the source tree (texts of rules and calendars) and from
// the build (compiled catalogues). A missing file fails the test that asked. For tests only.
#pragma once

#include "tests/support/catch.h"

#include "core/calendar.h"
#include "core/profile.h"
#include "core/sys/files.h"
#include "tests/support/places.h"

namespace qabyl::test {

inline std::string file_text(const std::string& path) {
  const auto bytes = core::sys::read_file(path, 16 * 1024 * 1024);
  INFO(path);
  REQUIRE(bytes);
  return std::string(core::as_text(*bytes));
}
inline std::string asset(const std::string& name) { return file_text(qabyl::test::in_source("/assets/") + name); }
inline std::string built_asset(const std::string& name) { return file_text(qabyl::test::in_build("/assets/") + name); }

inline core::Calendar calendar() { return *core::Calendar::parse(asset("calendar/kz.csv")); }
inline core::TimeZone almaty() { return *core::TimeZone::parse(asset("calendar/almaty.csv")); }
inline core::Profile profile(const std::string& id = "kz-2004-249") {
  auto parsed = core::Profile::parse(asset("rules/" + id + ".toml"));
  if (!parsed) FAIL(parsed.error().detail);
  return *std::move(parsed);
}
inline core::Texts texts() {
  return *core::Texts::parse(built_asset("i18n/kk.mo"), built_asset("i18n/ru.mo"), built_asset("i18n/en.mo"));
}
inline core::Date date(std::string_view iso) { return *core::parse_iso_date(iso); }

}  // namespace qabyl::test
