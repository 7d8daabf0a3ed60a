// What a machine can see on a drawn screen (design/DESIGN.md, section 16, items 2 to 5, 7): text that is
// cut, covered, overlaps or crosses an edge; targets too small or too near; pale text; letters without a
// glyph. Reads the widget registry only; every finding is a sentence. For tests only.
#pragma once

#include <string>
#include <vector>

#include "tests/kiosk/ui_rig.h"

namespace qabyl::kiosk::test {

using Findings = std::vector<std::string>;

Findings texts_that_do_not_fit(const UiRig& rig);       // cut, off the screen, over each other, covered
Findings texts_across_an_edge(const UiRig& rig);        // half on a target, half beside it
Findings targets_too_small(const UiRig& rig);           // 68, 84 outside rows, keys 80 in portrait
Findings targets_too_near(const UiRig& rig);            // 10, keys in portrait 6
Findings texts_too_small(const UiRig& rig);             // 33 px at 150 %
Findings texts_too_pale(const UiRig& rig);              // 7:1 on the ground that they stand on
Findings letters_without_a_glyph(UiRig& rig);
Findings everything_wrong(UiRig& rig);

}  // namespace qabyl::kiosk::test
