// Page pixels, and the small geometry between a document's size and a picture of a wanted width.
// Knows no decoder.
#pragma once

#include <cstdint>
#include <vector>

#include "core/preview/protocol.h"

namespace qabyl::preview {

struct Picture {
  int width = 0, height = 0;
  int dpi = 0;
  std::vector<std::uint8_t> rgba;  // width * height * 4, opaque
};

struct Extent { int width = 0, height = 0; };
// The picture of a page of that shape at `wanted` pixels wide; smaller where page_pixels_max or
// page_side_max would be passed. Never less than one pixel either way.
Extent fit(double page_width, double page_height, int wanted);

// Area average of rows that come from the top, one at a time: a photograph of 100 Mpx needs no more
// memory than its preview. Precondition: target not larger than source in either direction.
class Shrinker {
 public:
  Shrinker(Extent source, Extent target);
  void add_row(const std::uint8_t* rgba);  // transparent pixels are laid on white
  Picture take();                          // rows that never came stay white

 private:
  void flush_row();

  Extent source_, target_;
  int y_ = 0, row_ = 0;
  std::vector<std::uint64_t> sums_;        // red, green, blue, count of each target pixel of a row
  Picture picture_;
};

// Exif orientation 1 ... 8: how the camera was held. Others leave the picture as it is.
Picture turned(Picture picture, int orientation);

}  // namespace qabyl::preview
