// One document that can be shown page by page. Each decoder stands in the file of its type; whatever it
// cannot show ends the worker through give_up() with the reason.
#pragma once

#include <memory>
#include <vector>

#include "kiosk/preview/channel.h"
#include "kiosk/preview/picture.h"

namespace qabyl::preview {

class Document {
 public:
  virtual ~Document() = default;
  virtual const std::vector<PageSize>& pages() const = 0;  // 1 ... pages_max
  // Precondition: 1 <= page <= pages().size(), 1 <= width <= page_side_max.
  virtual Picture render(int page, int width) = 0;
};

// `bytes` outlive the document.
std::unique_ptr<Document> open_pdf(const Bytes& bytes);
std::unique_ptr<Document> open_jpeg(const Bytes& bytes);
std::unique_ptr<Document> open_png(const Bytes& bytes);

// Renders a small built-in PDF, so that everything poppler makes at first use is made.
void warm_up_pdf();
struct PdfVersions { std::uint32_t poppler = 0, cairo = 0; };  // version_code() of the libraries that run here
PdfVersions pdf_versions();

inline constexpr std::uint64_t source_pixels_max = 250'000'000;  // of a photograph, before it is shrunk
inline constexpr double unnamed_dpi = 150;                        // of a picture that does not say

}  // namespace qabyl::preview
