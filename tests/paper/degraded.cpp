// See degraded.h.
#include "tests/paper/degraded.h"

#include <algorithm>
#include <cmath>

namespace qabyl::test {
namespace {

constexpr std::uint8_t white = 255;

std::size_t at(const GrayImage& image, int x, int y) { return static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x); }

double pixel(const GrayImage& image, int x, int y) {
  const bool inside = x >= 0 && y >= 0 && x < image.width && y < image.height;
  return inside ? image.pixels[at(image, x, y)] : white;
}

// One box filter along rows (dx = 1) or columns (dy = 1).
GrayImage boxed(const GrayImage& image, int radius, int dx, int dy) {
  GrayImage out = image;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      double sum = 0;
      for (int i = -radius; i <= radius; ++i) sum += pixel(image, x + i * dx, y + i * dy);
      out.pixels[at(out, x, y)] = static_cast<std::uint8_t>(std::lround(sum / (2 * radius + 1)));
    }
  }
  return out;
}

}  // namespace

GrayImage turned(const GrayImage& image, double degrees) {
  GrayImage out = image;
  const double angle = degrees * M_PI / 180, c = std::cos(angle), s = std::sin(angle), mx = image.width / 2.0, my = image.height / 2.0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const double u = c * (x - mx) + s * (y - my) + mx, v = c * (y - my) - s * (x - mx) + my;
      const int left = static_cast<int>(std::floor(u)), top = static_cast<int>(std::floor(v));
      const double fx = u - left, fy = v - top;
      const double upper = pixel(image, left, top) * (1 - fx) + pixel(image, left + 1, top) * fx;
      const double lower = pixel(image, left, top + 1) * (1 - fx) + pixel(image, left + 1, top + 1) * fx;
      out.pixels[at(out, x, y)] = static_cast<std::uint8_t>(std::lround(upper * (1 - fy) + lower * fy));
    }
  }
  return out;
}

GrayImage blurred(const GrayImage& image, double sigma) {
  // Three boxes of variance (w^2 - 1) / 12 each; the width nearest to the sigma asked for.
  const int radius = std::max(1, static_cast<int>(std::lround((std::sqrt(4 * sigma * sigma + 1) - 1) / 2)));
  GrayImage out = image;
  for (int i = 0; i < 3; ++i) out = boxed(boxed(out, radius, 1, 0), radius, 0, 1);
  return out;
}

GrayImage specked(GrayImage image, double share, int side, std::uint32_t seed) {
  const double specks = share * image.width * image.height / (side * side);
  const auto next = [&seed](int below) { return static_cast<int>((seed = seed * 1664525U + 1013904223U) >> 8) % below; };
  for (int i = 0; i < static_cast<int>(specks); ++i) {
    const int left = next(image.width - side), top = next(image.height - side);
    const std::uint8_t ink = next(2) == 0 ? 0 : white;
    for (int y = top; y < top + side; ++y) {
      for (int x = left; x < left + side; ++x) image.pixels[at(image, x, y)] = ink;
    }
  }
  return image;
}

GrayImage cut(const GrayImage& image, int left, int top, int width, int height) {
  GrayImage out{width, height, {}};
  out.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = top; y < top + height; ++y) {
    for (int x = left; x < left + width; ++x) out.pixels.push_back(static_cast<std::uint8_t>(pixel(image, x, y)));
  }
  return out;
}

}  // namespace qabyl::test
