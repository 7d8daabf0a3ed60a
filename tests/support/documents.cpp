// See documents.h.
#include "tests/support/documents.h"

#include <cairo-pdf.h>
#include <jpeglib.h>
#include <png.h>

#include <cstdio>
#include <vector>

#include "core/result.h"

namespace qabyl::rig {
namespace {

// A page of a form: a dark frame on paper, lines as if written.
std::vector<unsigned char> drawn_page(int width, int height) {
  std::vector<unsigned char> rgb(static_cast<std::size_t>(width * height * 3), 250);
  const auto dot = [&](int x, int y, unsigned char shade) {
    for (int c = 0; c < 3; ++c) rgb[static_cast<std::size_t>((y * width + x) * 3 + c)] = shade;
  };
  for (int y = height / 8; y < height * 7 / 8; y += 40) {
    const int end = width - width / 8 - (y * 37) % (width / 4);
    for (int x = width / 8; x < end; ++x) {
      for (int thick = 0; thick < 6; ++thick) dot(x, y + thick, 60);
    }
  }
  return rgb;
}

}  // namespace

void make_pdf(const std::string& path, const std::string& title, int pages) {
  cairo_surface_t* surface = cairo_pdf_surface_create(path.c_str(), 595, 842);
  cairo_t* cairo = cairo_create(surface);
  for (int page = 1; page <= pages; ++page) {
    cairo_select_font_face(cairo, "PT Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(cairo, 20);
    cairo_move_to(cairo, 60, 90);
    cairo_show_text(cairo, title.c_str());
    cairo_set_font_size(cairo, 12);
    for (int line = 0; line < 30; ++line) {
      cairo_move_to(cairo, 60, 130 + line * 22);
      const auto text = std::to_string(page) + "." + std::to_string(line + 1) + " Құжаттың осы тармағы үлгі ретінде жазылған.";
      cairo_show_text(cairo, text.c_str());
    }
    cairo_show_page(cairo);
  }
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  QABYL_CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy(surface);
}

void make_jpeg(const std::string& path, int width, int height) {
  auto rgb = drawn_page(width, height);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  QABYL_CHECK(file != nullptr);
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = static_cast<JDIMENSION>(width);
  jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 85, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    JSAMPROW row = rgb.data() + static_cast<std::size_t>(jpeg.next_scanline) * static_cast<std::size_t>(width) * 3;
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::fclose(file);
}

namespace {

void write_png(const std::string& path, int width, int height, const std::vector<unsigned char>& rgb) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGB;
  QABYL_CHECK(png_image_write_to_file(&image, path.c_str(), 0, rgb.data(), 0, nullptr) != 0);
}

}  // namespace

void make_png(const std::string& path, int width, int height) { write_png(path, width, height, drawn_page(width, height)); }

void make_flat_png(const std::string& path, int width, int height, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  std::vector<unsigned char> rgb(static_cast<std::size_t>(width * height) * 3, 255);
  for (int y = height / 8; y < height * 7 / 8; ++y) {
    for (int x = width / 8; x < width * 7 / 8; ++x) {
      unsigned char* pixel = rgb.data() + static_cast<std::size_t>(y * width + x) * 3;
      pixel[0] = red;
      pixel[1] = green;
      pixel[2] = blue;
    }
  }
  write_png(path, width, height, rgb);
}

}  // namespace qabyl::rig
