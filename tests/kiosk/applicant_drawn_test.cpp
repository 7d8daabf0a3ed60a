// Every state of the applicant's screens, drawn in three languages, three text sizes, two palettes and
// both ways up, with usual and with the longest answers, online and offline: nothing is cut, covered or
// overlaps, targets are large enough and apart, letters are dark enough (design/DESIGN.md, section 16,
// items 1 to 5). QABYL_PICTURES names a folder for pictures of them; QABYL_STAGES chooses by name.
#include <cstdlib>

#include "tests/kiosk/applicant_sights.h"
#include "tests/kiosk/drawn_checks.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;

namespace {

std::string said(const Findings& found) {
  std::string text;
  for (const auto& one : found) text += one + "\n";
  return text;
}

void check_all(Answers answers, core::Language language) {
  UiRig rig;
  std::size_t drawn = 0;
  for (const auto& shape : shapes_of(language)) {
    for (const auto& stage : applicant_stages()) {
      SightSeeing sight(rig, stage, answers, shape);
      sight.draw();
      ++drawn;
      const auto found = everything_wrong(rig);
      if (!found.empty()) FAIL_CHECK(stage.name << " " << shape.name() << ":\n" << said(found));
    }
  }
  CHECK(drawn == shapes_of(language).size() * applicant_stages().size());
}

}  // namespace

TEST_CASE("nothing is cut, covered, too small, too near or too pale in Kazakh", "[kiosk][drawn]") { check_all(Answers::usual, core::Language::kk); }
TEST_CASE("nothing is cut, covered, too small, too near or too pale in Russian", "[kiosk][drawn]") { check_all(Answers::usual, core::Language::ru); }
TEST_CASE("nothing is cut, covered, too small, too near or too pale in English", "[kiosk][drawn]") { check_all(Answers::usual, core::Language::en); }
TEST_CASE("the longest answers are never cut in Kazakh", "[kiosk][drawn]") { check_all(Answers::longest, core::Language::kk); }
TEST_CASE("the longest answers are never cut in Russian", "[kiosk][drawn]") { check_all(Answers::longest, core::Language::ru); }
TEST_CASE("the longest answers are never cut in English", "[kiosk][drawn]") { check_all(Answers::longest, core::Language::en); }

TEST_CASE("the code of a proof as long as in a log of ten million leaves has four pixels a module at every size", "[kiosk][drawn][stage2]") {
  UiRig rig;
  for (const auto language : core::languages) {
    for (const auto& shape : shapes_of(language)) {
      for (const char* name : {"look.proof", "receipt.proof"}) {
        INFO(name << " " << shape.name());
        SightSeeing sight(rig, stage(name), Answers::usual, shape);
        sight.draw();
        const auto* code = rig.registry.find("qr");
        REQUIRE(code != nullptr);
        CHECK(std::stoi(code->value) >= 4);
      }
    }
  }
}

TEST_CASE("one touch opens the proof of a receipt, another closes it", "[kiosk][drawn][stage2]") {
  UiRig rig;
  SightSeeing sight(rig, stage("look.proved"), Answers::usual, Shape{});
  sight.draw();
  sight.tap("look.proof");
  CHECK(sight.visit().at<LookUpScreen>().proof_open);
  sight.tap("proof.close");
  CHECK_FALSE(sight.visit().at<LookUpScreen>().proof_open);
}

TEST_CASE("pictures of every applicant's screen, when a folder is named for them", "[kiosk][drawn][.pictures]") {
  const auto folder = pictures_folder();
  if (folder.empty()) return;
  const char* chosen = std::getenv("QABYL_STAGES");
  UiRig rig(true);
  REQUIRE(rig.has_pictures());
  for (const auto language : core::languages) {
    for (const auto& shape : shapes_of(language)) {
      for (const auto& stage : applicant_stages()) {
        if (chosen != nullptr && (stage.name + " " + shape.name()).find(chosen) == std::string::npos) continue;
        for (const auto answers : {Answers::usual, Answers::longest}) {
          SightSeeing sight(rig, stage, answers, shape);
          sight.draw();
          rig.save(folder, stage.name + "-" + shape.name() + (answers == Answers::usual ? "" : "-long"));
        }
      }
    }
  }
}
