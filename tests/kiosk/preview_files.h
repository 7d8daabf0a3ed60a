// Small documents made by the tests: PDFs by an own writer, JPEG and PNG by the libraries' encoders.
// And what the tests of the preview share. Knows no sandbox.
#pragma once

#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/preview/preview_worker.h"

namespace qabyl::tests {

// A PDF of `pages` pages of `box` (four numbers), each with `content` as its stream and `resources`.
struct PdfPlan {
  int pages = 1;
  std::string box = "0 0 595 842";
  std::string content = "BT /F1 24 Tf 72 700 Td (Qabyl) Tj ET";
  std::string resources = "/Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
  std::vector<std::string> more = {};  // bodies of further objects, numbered from 100
};
core::Bytes make_pdf(const PdfPlan& plan);

// Left half red, right half blue.
core::Bytes make_jpeg(int width, int height, int exif_orientation = 1);
core::Bytes make_png(int width, int height, bool interlaced = false);
core::Bytes png_header(std::uint32_t width, std::uint32_t height);  // signature, IHDR, no more

std::string preview_program();  // the built qabyl-preview
// Paths of all files of a folder of ../shared/samples/pdf, sorted; empty, with a loud word, without it.
std::vector<std::string> sample_pdfs(const std::string& folder);
core::Bytes file_bytes(const std::string& path);

struct Rgb { int red = 0, green = 0, blue = 0; };
Rgb pixel(const preview::PageImage& image, int x, int y);
int dark_pixels(const preview::PageImage& image);

}  // namespace qabyl::tests
