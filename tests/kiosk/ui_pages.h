// Made-up screens that between them use every component of the kit, for the gallery and for the tests
// of fit and size. For tests only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::test {

struct UiPage {
  std::string name;
  std::function<void(ui::Canvas&)> draw;
};
const std::vector<UiPage>& ui_pages();

}  // namespace qabyl::kiosk::test
