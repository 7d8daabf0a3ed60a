// Calendar and profiles that the office has sent take the place of older ones (A30), and of nothing else.
#include "kiosk/shell/office_rules.h"
#include "tests/support/catch.h"
#include "tests/core/cases.h"
#include "tests/support/places.h"

using namespace qabyl;

namespace {

kiosk::OfficeRules ours() {
  auto loaded = kiosk::load_office_rules(qabyl::test::in_build("/assets"));
  REQUIRE(loaded);
  return *std::move(loaded);
}

core::Asset calendar(const std::string& version) {
  auto csv = test::file_text(qabyl::test::in_build("/assets/calendar/kz.csv"));
  const std::string line = "version;kz-2026-1";
  REQUIRE(csv.find(line) != std::string::npos);
  csv.replace(csv.find(line), line.size(), "version;" + version);
  return {"kz", version, csv + "moved;2026-12-01;2026-12-05\n"};
}

const core::Date first_of_december{std::chrono::year{2026}, std::chrono::month{12}, std::chrono::day{1}};

}  // namespace

TEST_CASE("a newer calendar of the office is counted by; an older one and one that does not read change nothing", "[kiosk][rules][A30]") {
  auto rules = ours();
  REQUIRE(rules.calendar.is_working(first_of_december));
  const auto older = kiosk::adopt(rules, calendar("kz-2025-9"));
  REQUIRE(older);
  CHECK_FALSE(*older);
  CHECK_FALSE(kiosk::adopt(rules, {"kz", "kz-2026-2", "no calendar"}));
  CHECK(rules.calendar.is_working(first_of_december));
  const auto newer = kiosk::adopt(rules, calendar("kz-2026-2"));
  REQUIRE(newer);
  CHECK(*newer);
  CHECK(rules.calendar.version() == "kz-2026-2");
  CHECK_FALSE(rules.calendar.is_working(first_of_december));
}

TEST_CASE("the profile that the office works under takes the place of its own name only, be ours older or newer", "[kiosk][rules]") {
  auto rules = ours();
  const auto toml = test::file_text(qabyl::test::in_build("/assets/rules/kz-current.toml"));
  const auto unknown = kiosk::adopt(rules, {"kz-2030", "9999-1", toml});
  REQUIRE(unknown);
  CHECK_FALSE(*unknown);
  const auto under_another_name = kiosk::adopt(rules, {"kz-2004-249", "9999-1", toml});
  REQUIRE_FALSE(under_another_name);
  CHECK(under_another_name.error().code == core::ErrorCode::invalid_input);
  CHECK(rules.profile("kz-2004-249") != nullptr);
  for (const char* version : {"9999-1", "2001-1"}) {
    const auto other = kiosk::adopt(rules, {"kz-current", version, toml});
    REQUIRE(other);
    CHECK(*other);
  }
  const auto same = kiosk::adopt(rules, {"kz-current", rules.profile("kz-current")->version, toml});
  REQUIRE(same);
  CHECK_FALSE(*same);
}
