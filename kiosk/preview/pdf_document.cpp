// PDF by poppler and cairo: shown as it would look on a screen, annotations included, scripts, links and
// attachments never acted on. The size of a page is its crop box after rotation, in points.
#include <glib.h>
#include <poppler.h>

#include <cmath>
#include <cstdio>
#include <string>

#include "kiosk/preview/document.h"

namespace qabyl::preview {
namespace {

constexpr double points_per_inch = 72, page_points_max = 200'000;

PopplerDocument* load(const Bytes& bytes) {
  GBytes* data = g_bytes_new_static(bytes.data(), bytes.size());
  GError* error = nullptr;
  PopplerDocument* document = poppler_document_new_from_bytes(data, nullptr, &error);
  g_bytes_unref(data);
  if (document != nullptr) return document;
  const bool locked = error != nullptr && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED;
  give_up(locked ? Failure::encrypted : Failure::unreadable);
}

// Pages without a sane size are shown as an empty A4 sheet would be: 0 says so.
PageSize size_of(PopplerDocument* document, int index) {
  PopplerPage* page = poppler_document_get_page(document, index);
  if (page == nullptr) return {};
  double width = 0, height = 0;
  poppler_page_get_size(page, &width, &height);
  g_object_unref(page);
  const auto sane = [](double side) { return std::isfinite(side) && side >= 1 && side <= page_points_max; };
  if (!sane(width) || !sane(height)) return {};
  return {static_cast<std::uint32_t>(width * 100), static_cast<std::uint32_t>(height * 100)};
}

// cairo's native-endian ARGB words become RGBA bytes, opaque because the paper is.
Picture take_pixels(cairo_surface_t* surface, Extent extent) {
  Picture picture{extent.width, extent.height, 0, {}};
  picture.rgba.resize(static_cast<std::size_t>(extent.width) * static_cast<std::size_t>(extent.height) * 4);
  cairo_surface_flush(surface);
  const std::uint8_t* from = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  std::uint8_t* to = picture.rgba.data();
  for (int y = 0; y < extent.height; ++y) {
    const std::uint8_t* row = from + static_cast<std::ptrdiff_t>(y) * stride;
    for (int x = 0; x < extent.width; ++x, row += 4, to += 4) {
      to[0] = row[2];
      to[1] = row[1];
      to[2] = row[0];
      to[3] = 255;
    }
  }
  return picture;
}

class PdfDocument final : public Document {
 public:
  explicit PdfDocument(const Bytes& bytes) : document_(load(bytes)) {
    const int count = poppler_document_get_n_pages(document_);
    if (count < 1) give_up(Failure::unreadable);
    if (count > static_cast<int>(pages_max)) give_up(Failure::too_many_pages);
    for (int i = 0; i < count; ++i) pages_.push_back(size_of(document_, i));
  }
  ~PdfDocument() override { g_object_unref(document_); }

  const std::vector<PageSize>& pages() const override { return pages_; }

  Picture render(int number, int width) override {
    const PageSize size = pages_[static_cast<std::size_t>(number - 1)];
    PopplerPage* page = poppler_document_get_page(document_, number - 1);
    if (page == nullptr || size.width == 0) give_up(Failure::unreadable);
    const double points_wide = size.width / 100.0, points_high = size.height / 100.0;
    const Extent extent = fit(points_wide, points_high, width);
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, extent.width, extent.height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) give_up(Failure::too_large);
    cairo_t* cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, extent.width / points_wide, extent.height / points_high);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    Picture picture = take_pixels(surface, extent);
    picture.dpi = static_cast<int>(std::lround(extent.width * points_per_inch / points_wide));
    cairo_surface_destroy(surface);
    g_object_unref(page);
    return picture;
  }

 private:
  PopplerDocument* document_;
  std::vector<PageSize> pages_;
};

// One page that sets a word in each of `fonts`; written with its cross-reference table left to repair,
// as poppler does that too.
Bytes small_pdf() {
  std::string fonts, words;
  int name = 0;
  for (const char* font : {"Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-Italic",
                           "Courier", "Courier-Bold", "Symbol", "ZapfDingbats", "ArialMT"}) {
    const std::string label = "/F" + std::to_string(++name);
    fonts += label + " <</Type/Font/Subtype/Type1/BaseFont/" + font + ">> ";
    words += label + " 9 Tf 10 12 Td (abc) Tj ";
  }
  const std::string content = "BT " + words + "ET";
  const std::string text = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
      "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
      "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<<" + fonts + ">>>>>> endobj\n"
      "4 0 obj <</Length " + std::to_string(content.size()) + ">> stream\n" + content + "\nendstream endobj\n"
      "trailer <</Root 1 0 R/Size 5>>\n%%EOF\n";
  return {text.begin(), text.end()};
}

}  // namespace

std::unique_ptr<Document> open_pdf(const Bytes& bytes) { return std::make_unique<PdfDocument>(bytes); }

PdfVersions pdf_versions() {
  unsigned major = 0, minor = 0, micro = 0;
  (void)std::sscanf(poppler_get_version(), "%2u.%2u.%2u", &major, &minor, &micro);
  return {version_code(major, minor, micro), static_cast<std::uint32_t>(cairo_version())};
}

void warm_up_pdf() {
  static const Bytes bytes = small_pdf();
  // Kept: what poppler has found out about fonts lives as long as any document does.
  static const std::unique_ptr<Document> first = open_pdf(bytes);
  (void)first->render(1, 200);
}

}  // namespace qabyl::preview
