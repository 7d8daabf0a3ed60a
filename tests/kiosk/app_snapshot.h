// What a visitor would notice if it changed, as one text: the answers, where on which screen, what is
// chosen, open, signed. Language, text size and contrast are not in it. For tests only.
#pragma once

#include <string>

#include "kiosk/screens/app.h"

namespace qabyl::kiosk::test {

std::string snapshot(const App& app);

}  // namespace qabyl::kiosk::test
