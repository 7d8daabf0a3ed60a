// Every component of the kit, drawn: pictures for people in <build>/gallery, and what a machine can check
// on them: text fits, targets are large enough and apart, type at 150 % (design/DESIGN.md, section 16).
#include <map>

#include "tests/kiosk/ui_pages.h"
#include "tests/kiosk/ui_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using kiosk::test::UiRig;

namespace {

struct Shape { std::string name; float width, height; int percent; bool contrast; core::Language language; };

std::vector<Shape> shapes() {
  std::vector<Shape> all;
  for (const auto language : core::languages) {
    for (const int percent : {100, 125, 150}) {
      for (const bool portrait : {false, true}) {
        const std::string name = std::string(core::to_text(language)) + "-" + std::to_string(percent) + (portrait ? "-portrait" : "");
        all.push_back({name, portrait ? 1080.0F : 1920.0F, portrait ? 1920.0F : 1080.0F, percent, false, language});
      }
    }
  }
  all.push_back({"kk-100-contrast", 1920, 1080, 100, true, core::Language::kk});
  return all;
}

void dress(UiRig& rig, const Shape& shape) {
  rig.view.width = shape.width;
  rig.view.height = shape.height;
  rig.view.percent = shape.percent;
  rig.view.contrast = shape.contrast;
  rig.view.language = shape.language;
}

bool pictured(const Shape& shape) {  // a picture of each would take minutes
  return shape.language == core::Language::kk ? shape.percent != 125 : shape.percent == 100 && shape.width > shape.height;
}

}  // namespace

// Only when QABYL_PICTURES names a folder: a picture of each takes minutes.
TEST_CASE("pictures of every component, when a folder is named for them", "[kiosk][ui][gallery][.]") {
  const auto folder = test::pictures_folder();
  if (folder.empty()) return;
  UiRig rig(true);
  REQUIRE(rig.has_pictures());
  for (const auto& shape : shapes()) {
    if (!pictured(shape)) continue;
    dress(rig, shape);
    for (const auto& page : test::ui_pages()) {
      rig.pass(page.draw);
      rig.save(folder, page.name + "-" + shape.name);
    }
  }
}
