// Remembers the picture that is on the screen as the lists it was drawn from, so that a pass which
// changes nothing costs no drawing. Knows no screen and no OpenGL. UI thread.
#pragma once

#include <cstdint>

struct ImDrawData;

namespace qabyl::kiosk::ui {

class PictureMemory {
 public:
  // True when `picture` is, to the last vertex, what the last call was given; it is remembered then.
  // Precondition: textures named in it still hold the same pixels, else forget() came first.
  bool same_as_last(const ImDrawData& picture);
  // The next picture counts as new: pixels were lost, or a texture or the font atlas is another.
  void forget() { known_ = false; }

 private:
  std::uint64_t last_ = 0;
  bool known_ = false;
};

}  // namespace qabyl::kiosk::ui
