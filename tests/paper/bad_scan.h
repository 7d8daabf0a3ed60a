// What a scanner does to a sheet: turned, blurred, grey, specked. For the tests of codes on paper.
#pragma once

#include <cmath>

#include "tests/paper/pdf_probe.h"

namespace qabyl::test {

// Turned by `degrees` around the middle, what comes in is white.
inline GrayImage turned(const GrayImage& in, double degrees) {
  GrayImage out{in.width, in.height, std::vector<std::uint8_t>(in.pixels.size(), 255)};
  const double radians = degrees * 3.14159265358979 / 180, cosine = std::cos(radians), sine = std::sin(radians);
  const double cx = in.width / 2.0, cy = in.height / 2.0;
  for (int y = 0; y < in.height; ++y) {
    for (int x = 0; x < in.width; ++x) {
      const int from_x = static_cast<int>(std::lround(cx + (x - cx) * cosine + (y - cy) * sine));
      const int from_y = static_cast<int>(std::lround(cy - (x - cx) * sine + (y - cy) * cosine));
      if (from_x < 0 || from_y < 0 || from_x >= in.width || from_y >= in.height) continue;
      out.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(in.width) + static_cast<std::size_t>(x)] =
          in.pixels[static_cast<std::size_t>(from_y) * static_cast<std::size_t>(in.width) + static_cast<std::size_t>(from_x)];
    }
  }
  return out;
}

// Three by three, every pixel the mean of its neighbours; then grey paper and pale ink, with specks.
inline GrayImage blurred_grey_and_specked(const GrayImage& in) {
  GrayImage out = in;
  const auto at = [&](int x, int y) { return in.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(in.width) + static_cast<std::size_t>(x)]; };
  unsigned speck = 1;
  for (int y = 1; y + 1 < in.height; ++y) {
    for (int x = 1; x + 1 < in.width; ++x) {
      int sum = 0;
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) sum += at(x + dx, y + dy);
      }
      int grey = 70 + sum / 9 * 140 / 255;
      speck = speck * 1664525U + 1013904223U;
      if (speck >> 24 == 0) grey = (speck & 0x10000U) != 0 ? 30 : 240;  // one pixel in 256
      out.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(in.width) + static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(grey);
    }
  }
  return out;
}

inline GrayImage bad_scan(const GrayImage& sheet, double degrees) { return blurred_grey_and_specked(turned(sheet, degrees)); }

}  // namespace qabyl::test
