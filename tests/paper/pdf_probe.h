// Looks at a PDF from outside, by poppler's programs: text, fonts, page count, word boxes, pixels.
// Knows nothing of how the PDF was made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace qabyl::test {

struct Word { std::string text; double left, top, right, bottom; int page; };  // points
struct GrayImage { int width = 0, height = 0; std::vector<std::uint8_t> pixels; };

std::string output_of(const std::string& command);  // standard output of a shell command

class PdfProbe {  // keeps the PDF in a temporary file as long as it lives
 public:
  explicit PdfProbe(const core::Bytes& pdf);
  ~PdfProbe();
  PdfProbe(const PdfProbe&) = delete;
  PdfProbe& operator=(const PdfProbe&) = delete;

  std::string text() const;                // with line ends as blanks
  std::vector<std::string> fonts() const;  // names without subset tag
  bool all_fonts_embedded() const;
  int pages() const;
  std::vector<Word> words() const;
  GrayImage page_image(int page, int dpi) const;
  std::string page_colours(int page, int dpi) const;  // three bytes a pixel, row by row
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace qabyl::test
