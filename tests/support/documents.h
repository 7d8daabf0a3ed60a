// Papers that a visitor might bring, made on the spot: PDF (cairo), JPEG (libjpeg), PNG (libpng).
#pragma once

#include <string>

namespace qabyl::rig {

void make_pdf(const std::string& path, const std::string& title, int pages);
void make_jpeg(const std::string& path, int width, int height);
void make_png(const std::string& path, int width, int height);

}  // namespace qabyl::rig
