// Every state of the bureau's and the operator's screens, drawn in three languages, three text sizes, two palettes and
// both ways up: the same machine's eye as for the applicant (design/DESIGN.md, section 16, items 1 to 5).
#include <cstdlib>

#include "tests/kiosk/applicant_sights.h"
#include "tests/kiosk/drawn_checks.h"
#include "tests/kiosk/staff_stages.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;

namespace {

void check_all(core::Language language) {
  UiRig rig;
  std::size_t drawn = 0;
  for (const auto& shape : shapes_of(language)) {
    for (const auto& stage : staff_stages()) {
      SightSeeing sight(rig, stage, Answers::usual, shape);
      sight.draw();
      ++drawn;
      std::string found;
      for (const auto& one : everything_wrong(rig)) found += one + "\n";
      if (!found.empty()) FAIL_CHECK(stage.name << " " << shape.name() << ":\n" << found);
    }
  }
  CHECK(drawn == shapes_of(language).size() * staff_stages().size());
}

}  // namespace

TEST_CASE("the bureau's screens: nothing cut, covered, too small, too near or too pale in Kazakh", "[kiosk][drawn][staff]") { check_all(core::Language::kk); }
TEST_CASE("the bureau's screens: nothing cut, covered, too small, too near or too pale in Russian", "[kiosk][drawn][staff]") { check_all(core::Language::ru); }
TEST_CASE("the bureau's screens: nothing cut, covered, too small, too near or too pale in English", "[kiosk][drawn][staff]") { check_all(core::Language::en); }

TEST_CASE("pictures of every bureau's screen, when a folder is named for them", "[kiosk][drawn][.pictures]") {
  const auto folder = pictures_folder();
  if (folder.empty()) return;
  const char* chosen = std::getenv("QABYL_STAGES");
  UiRig rig(true);
  REQUIRE(rig.has_pictures());
  for (const auto language : core::languages) {
    for (const auto& shape : shapes_of(language)) {
      for (const auto& stage : staff_stages()) {
        if (chosen != nullptr && (stage.name + " " + shape.name()).find(chosen) == std::string::npos) continue;
        SightSeeing sight(rig, stage, Answers::usual, shape);
        sight.draw();
        rig.save(folder, stage.name + "-" + shape.name());
      }
    }
  }
}
