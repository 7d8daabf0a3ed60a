// Every screen of the kiosk as a model in the middle of a visit, with as much on it as fits, for
// measuring how long its building takes. Uses the visitor of tests/kiosk. Knows no ImGui.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/kiosk/applicant_rig.h"

namespace qabyl::bench {

struct FullScreen {
  std::string name;
  std::function<void(kiosk::test::Visit&)> reach;
};
const std::vector<FullScreen>& full_screens();

}  // namespace qabyl::bench
