// A stage of a visit, seen: the App, what the drawers keep, pages that are still being made, one shape of
// the window. Draws through draw_app as the shell does. For tests only.
#pragma once

#include <map>

#include "kiosk/screens/draw.h"
#include "tests/kiosk/applicant_stages.h"
#include "tests/kiosk/ui_rig.h"

namespace qabyl::kiosk::test {

struct Shape {
  core::Language language = core::Language::kk;
  TextSize text = TextSize::normal;
  bool contrast = false, portrait = false, online = true;
  std::string name() const;  // "kk-150-contrast-portrait"
  Sight sight() const { return {language, text, contrast, online}; }
};
// Three sizes, two palettes, both ways up; the line is down in the contrast palette.
std::vector<Shape> shapes_of(core::Language language);

// Pictures that never come: every page is still being made, or cannot be.
class NoPages : public PageSource {
 public:
  std::optional<PagePicture> page(const core::Digest&, int, bool) override { return std::nullopt; }
  bool failed(const core::Digest&, int) override { return false; }
};

class SightSeeing {
 public:
  SightSeeing(UiRig& rig, const Stage& stage, Answers answers, const Shape& shape);
  void draw();                       // one frame
  void settle();                     // until the queue is empty; feeds the App what the drawing says
  void tap(const std::string& key);  // press and lift in the middle of a widget, then settle
  Visit& visit() { return visit_; }
  const Effects& effects() const { return effects_; }  // of everything that the drawing has caused

 private:
  UiRig& rig_;
  Visit visit_;
  NoPages pages_;
  DrawState state_;
  Shape shape_;
  Effects effects_;
};

}  // namespace qabyl::kiosk::test
