// The writers behind preview_files.h.
#include "tests/kiosk/preview_files.h"

#include <cstdio>
#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/catch.h"
#include "tests/support/places.h"

namespace qabyl::tests {
namespace {

core::Bytes half_and_half(int width) {
  core::Bytes row;
  for (int x = 0; x < width; ++x) {
    const bool left = x < width / 2;
    row.insert(row.end(), {static_cast<std::uint8_t>(left ? 255 : 0), std::uint8_t{0}, static_cast<std::uint8_t>(left ? 0 : 255)});
  }
  return row;
}

void write_exif(jpeg_compress_struct& jpeg, int orientation) {
  const std::uint8_t block[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1,
                                0, static_cast<std::uint8_t>(orientation), 0, 0, 0, 0, 0, 0};
  jpeg_write_marker(&jpeg, JPEG_APP0 + 1, block, sizeof block);
}

}  // namespace

core::Bytes make_pdf(const PdfPlan& plan) {
  std::string out = "%PDF-1.4\n";
  const auto object = [&](int number, const std::string& body) { out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n"; };
  std::string kids;
  for (int i = 0; i < plan.pages; ++i) kids += std::to_string(1000 + i) + " 0 R ";
  object(1, "<</Type/Catalog/Pages 2 0 R>>");
  object(2, "<</Type/Pages/Count " + std::to_string(plan.pages) + "/Kids[" + kids + "]>>");
  object(3, "<</Length " + std::to_string(plan.content.size()) + ">>\nstream\n" + plan.content + "\nendstream");
  for (std::size_t i = 0; i < plan.more.size(); ++i) object(100 + static_cast<int>(i), plan.more[i]);
  for (int i = 0; i < plan.pages; ++i) {
    object(1000 + i, "<</Type/Page/Parent 2 0 R/MediaBox[" + plan.box + "]/Contents 3 0 R/Resources<<" + plan.resources + ">>>>");
  }
  out += "trailer\n<</Root 1 0 R/Size 2000>>\n%%EOF\n";  // no table: readers rebuild it
  return core::to_bytes(out);
}

core::Bytes make_jpeg(int width, int height, int exif_orientation) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* data = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &data, &size);
  jpeg.image_width = static_cast<JDIMENSION>(width);
  jpeg.image_height = static_cast<JDIMENSION>(height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  if (exif_orientation != 1) write_exif(jpeg, exif_orientation);
  core::Bytes row = half_and_half(width);
  for (int y = 0; y < height; ++y) {
    JSAMPROW line = row.data();
    jpeg_write_scanlines(&jpeg, &line, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  core::Bytes out(data, data + size);
  std::free(data);
  return out;
}

core::Bytes make_png(int width, int height, bool interlaced) {
  core::Bytes out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &out, [](png_structp writer, png_bytep data, png_size_t size) {
    auto* into = static_cast<core::Bytes*>(png_get_io_ptr(writer));
    into->insert(into->end(), data, data + size);
  }, [](png_structp) {});
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), 8, PNG_COLOR_TYPE_RGB,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  core::Bytes row = half_and_half(width);
  std::vector<png_bytep> rows(static_cast<std::size_t>(height), row.data());
  png_write_image(png, rows.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

core::Bytes png_header(std::uint32_t width, std::uint32_t height) {
  core::Bytes out = core::to_bytes(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
  for (const std::uint32_t side : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(side >> shift));
  }
  out.insert(out.end(), {1, 0, 0, 0, 0});
  out.resize(out.size() + 64);  // a checksum that is wrong, and nothing after it
  return out;
}

std::string preview_program() { return qabyl::test::in_build("/bin/qabyl-preview"); }

std::vector<std::string> sample_pdfs(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(qabyl::test::in_source()) / "../shared/samples/pdf" / folder;
  std::vector<std::string> found;
  if (!std::filesystem::is_directory(path)) {
    WARN("no samples at " << path << ": nothing is tested here");
    return found;
  }
  for (const auto& entry : std::filesystem::directory_iterator(path)) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

core::Bytes file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Rgb pixel(const preview::PageImage& image, int x, int y) {
  const auto at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 4;
  return {image.rgba.at(at), image.rgba.at(at + 1), image.rgba.at(at + 2)};
}

int dark_pixels(const preview::PageImage& image) {
  int dark = 0;
  for (std::size_t at = 0; at + 3 < image.rgba.size(); at += 4) dark += image.rgba[at] < 128 && image.rgba[at + 1] < 128 ? 1 : 0;
  return dark;
}

}  // namespace qabyl::tests
