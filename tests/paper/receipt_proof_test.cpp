// A receipt's PDF with its proof, as poppler meets it, and its QR as a bad camera does (ARCHITECTURE 5, row receipt).
#include "core/receipt_proof.h"

#define ZX_USE_UTF8 1  // text() is UTF-8
#include <ZXing/ReadBarcode.h>

#include "core/encoding.h"
#include "core/paper/qr.h"
#include "tests/paper/degraded.h"
#include "tests/paper/samples.h"
#include "tests/support/catch.h"
#include "tests/support/receipt_scene.h"

namespace qabyl::test {
namespace {

using namespace core;
using namespace core::paper;

Bytes drawn(const ReceiptContent& content) {
  const auto paper = receipt_pdf(content, texts(), Language::kk);
  REQUIRE(paper);
  return paper->pdf;
}

ReceiptContent with_qr(std::string qr) {
  ReceiptContent content = plain_receipt();
  content.qr = std::move(qr);
  return content;
}

std::string read_code(const GrayImage& image) {
  const ZXing::ImageView view(image.pixels.data(), image.width, image.height, ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  const ZXing::Result result = ZXing::ReadBarcode(view, hints);
  return result.isValid() ? result.text() : std::string();
}

// The upper right quarter of the page, where the code stands, as a camera sees it that resolves the print by `dpi`.
GrayImage pointed_at(const Bytes& pdf, int dpi) {
  const GrayImage page = PdfProbe(pdf).page_image(1, dpi);
  return cut(page, page.width / 2, page.height / 20, page.width / 2, page.height / 2);
}

// All three faults at once, leaning to either side, with three different clouds of specks.
void check_degraded(const ReceiptContent& content, int dpi, double specks) {
  const std::string& qr = content.qr;
  const GrayImage seen = pointed_at(drawn(content), dpi);
  CHECK(read_code(seen) == qr);
  for (const double degrees : {5.0, -5.0}) {
    const GrayImage soft = blurred(turned(seen, degrees), dpi / 300.0);
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
      INFO("turned by " << degrees << ", specks " << seed);
      CHECK(read_code(specked(soft, specks, 2, seed)) == qr);
    }
  }
}

// As long as a receipt of stage 2 may be: 1,150 bytes of COSE in base45.
std::string longest_stage2() {
  SeededRandom random(3);
  Bytes bytes(1'150);
  random.fill(bytes);
  return std::string(receipt_qr_prefix) + to_base45(bytes);
}

TEST_CASE("a receipt's PDF with its proof shows the same page, text and fonts as without", "[paper][proof]") {
  const ReceiptScene scene;
  const Bytes base = drawn(with_qr(scene.qr()));
  const PdfProbe plain(base), proved(scene.pdf(base));
  CHECK(proved.pages() == plain.pages());
  CHECK(proved.text() == plain.text());
  CHECK(proved.fonts() == plain.fonts());
  CHECK(proved.page_image(1, 100).pixels == plain.page_image(1, 100).pixels);
}

TEST_CASE("poppler lists the attached proof and takes it out as it was signed", "[paper][proof]") {
  const ReceiptScene scene;
  const Bytes file = scene.pdf(drawn(with_qr(scene.qr())));
  const PdfProbe probe(file);
  const auto list = output_of("pdfdetach -list " + probe.path() + " 2>&1");
  INFO(list);
  CHECK(list.find("1 embedded files") != list.npos);
  CHECK(list.find("1: qabyl-proof.jws") != list.npos);
  const auto taken = output_of("pdfdetach -save 1 -o /dev/stdout " + probe.path() + " 2>/dev/null");
  CHECK(taken == split_pdf_proof(file)->proof);
  CHECK(open_receipt_proof(taken)->qr == scene.qr());
  CHECK(output_of("pdfinfo " + probe.path() + " 2>&1").find("Error") == std::string::npos);
}

TEST_CASE("a real receipt with any bit of its update changed, or of every 31st of its base, is refused", "[paper][proof]") {
  const ReceiptScene scene;
  const Bytes base = drawn(with_qr(scene.qr()));
  Bytes file = scene.pdf(base);
  REQUIRE(open_receipt_pdf(file));
  std::size_t accepted = 0, tried = 0;
  for (std::size_t bit = 0; bit < file.size() * 8; bit += bit < base.size() * 8 ? 31 : 1, ++tried) {
    const auto flip = static_cast<std::uint8_t>(1U << (bit % 8));
    file[bit / 8] ^= flip;
    accepted += open_receipt_pdf(file) ? 1 : 0;
    file[bit / 8] ^= flip;
  }
  CHECK(tried > 20'000);
  CHECK(accepted == 0);
}

TEST_CASE("a receipt's file is at most 4 KB larger for its proof", "[paper][proof]") {
  const ReceiptScene scene;
  const Bytes base = drawn(with_qr(scene.qr()));
  CHECK(scene.pdf(base).size() - base.size() <= 4096);
}

TEST_CASE("a reader gets the stage 1 code back from a picture that is turned, blurred and specked", "[paper][proof]") {
  const ReceiptScene scene;
  check_degraded(with_qr(scene.qr()), 300, 0.002);
}

TEST_CASE("a reader gets the largest stage 2 code back from a picture that is turned, blurred and specked", "[paper][proof]") {
  auto content = with_qr(longest_stage2());
  content.logged_local = content.filed_local;  // the page of stage 2
  check_degraded(content, 400, 0.001);
}

TEST_CASE("the largest stage 2 code has at least 4 dots of a 300 dpi printer a module in its place on the page", "[paper][proof]") {
  const auto matrix = qr_matrix(longest_stage2());
  REQUIRE(matrix);
  CHECK((matrix->size + 2 * qr_quiet_modules) * qr_dots_per_module_min <= 51.0 / 25.4 * 300);
}

}  // namespace
}  // namespace qabyl::test
