// What a camera and a bad printer make of a page: turned, blurred, specked. Pure functions of the picture, the same each time.
#pragma once

#include "tests/paper/pdf_probe.h"

namespace qabyl::test {

GrayImage turned(const GrayImage& image, double degrees);                          // around its middle; white comes in at the corners
GrayImage blurred(const GrayImage& image, double sigma);                           // as three box filters, in pixels
GrayImage specked(GrayImage image, double share, int side, std::uint32_t seed);    // black and white specks of `side` pixels over that share
GrayImage cut(const GrayImage& image, int left, int top, int width, int height);   // what the camera was pointed at

}  // namespace qabyl::test
