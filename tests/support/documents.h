// Papers that a visitor might bring, made on the spot: PDF (cairo), JPEG (libjpeg), PNG (libpng).
#pragma once

#include <cstdint>
#include <string>

namespace qabyl::rig {

void make_pdf(const std::string& path, const std::string& title, int pages);
void make_jpeg(const std::string& path, int width, int height);
void make_png(const std::string& path, int width, int height);
// A white sheet with one flat area of that colour, which stays that colour however the sheet is scaled.
void make_flat_png(const std::string& path, int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue);

}  // namespace qabyl::rig
