// Integer averaging and quarter turns over RGBA rows.
#include "kiosk/preview/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace qabyl::preview {

Extent fit(double page_width, double page_height, int wanted) {
  double scale = wanted / page_width;
  scale = std::min(scale, page_side_max / std::max(page_width, page_height));
  scale = std::min(scale, std::sqrt(page_pixels_max / page_width / page_height));
  const auto side = [&](double length) {
    return static_cast<int>(std::clamp(std::floor(length * scale + 0.001), 1.0, static_cast<double>(page_side_max)));
  };
  return {side(page_width), side(page_height)};
}

Shrinker::Shrinker(Extent source, Extent target)
    : source_(source), target_(target), sums_(static_cast<std::size_t>(target.width) * 4) {
  picture_.width = target.width;
  picture_.height = target.height;
  picture_.rgba.assign(static_cast<std::size_t>(target.width) * static_cast<std::size_t>(target.height) * 4, 255);
}

void Shrinker::add_row(const std::uint8_t* rgba) {
  if (y_ >= source_.height) return;
  const int row = static_cast<int>(std::int64_t{y_++} * target_.height / source_.height);
  if (row != row_) flush_row();
  row_ = row;
  for (int x = 0; x < source_.width; ++x, rgba += 4) {
    std::uint64_t* sum = &sums_[static_cast<std::size_t>(std::int64_t{x} * target_.width / source_.width) * 4];
    const unsigned alpha = rgba[3];
    for (int i = 0; i < 3; ++i) sum[i] += (rgba[i] * alpha + 255U * (255U - alpha) + 127U) / 255U;
    ++sum[3];
  }
}

void Shrinker::flush_row() {
  std::uint8_t* out = &picture_.rgba[static_cast<std::size_t>(row_) * static_cast<std::size_t>(target_.width) * 4];
  for (std::size_t x = 0; x < static_cast<std::size_t>(target_.width); ++x) {
    std::uint64_t* sum = &sums_[x * 4];
    if (sum[3] == 0) continue;
    for (std::size_t i = 0; i < 3; ++i) out[x * 4 + i] = static_cast<std::uint8_t>((sum[i] + sum[3] / 2) / sum[3]);
  }
  std::fill(sums_.begin(), sums_.end(), 0);
}

Picture Shrinker::take() {
  flush_row();
  return std::move(picture_);
}

Picture turned(Picture picture, int orientation) {
  if (orientation < 2 || orientation > 8) return picture;
  const bool lies = orientation >= 5;
  Picture out;
  out.width = lies ? picture.height : picture.width;
  out.height = lies ? picture.width : picture.height;
  out.dpi = picture.dpi;
  out.rgba.resize(picture.rgba.size());
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int from_x = lies ? y : x, from_y = lies ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) from_x = picture.width - 1 - from_x;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) from_y = picture.height - 1 - from_y;
      const auto from = (static_cast<std::size_t>(from_y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(from_x)) * 4;
      const auto to = (static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width) + static_cast<std::size_t>(x)) * 4;
      std::memcpy(&out.rgba[to], &picture.rgba[from], 4);
    }
  }
  return out;
}

}  // namespace qabyl::preview
