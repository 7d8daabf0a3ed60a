// The faces of the token table in one ImGui atlas, built by FreeType for one text size and one scale.
// Found through fontconfig, never copied. Rebuilt when the size or the scale changes.
#pragma once

#include <array>
#include <string>

#include "core/result.h"
#include "kiosk/ui/tokens.h"

struct ImFont;

namespace qabyl::kiosk::ui {

class Fonts {
 public:
  // Loads the font files. not_found names the family that the machine lacks.
  static core::Result<Fonts> find();
  // Builds the atlas of the current ImGui context; true if it changed (the texture must be made anew).
  bool build(int percent, float scale);
  ImFont* font(Type type) const { return fonts_[static_cast<std::size_t>(type)]; }
  // Pixels of a type in design units at the present text size.
  float px(Type type) const;
  int percent() const { return percent_; }

 private:
  std::array<std::string, static_cast<std::size_t>(Face::faces_count)> files_;
  std::array<ImFont*, static_cast<std::size_t>(Type::types_count)> fonts_{};
  int percent_ = 0;
  float scale_ = 0;
};

}  // namespace qabyl::kiosk::ui
