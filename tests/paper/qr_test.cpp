// QR matrices: size, level and what a reader gets back. Papers are read back in receipt_test.cpp.
#include "core/paper/qr.h"

#define ZX_USE_UTF8 1  // text() is UTF-8
#include <ZXing/ReadBarcode.h>

#include "tests/support/catch.h"

namespace qabyl::core::paper {
namespace {

// The matrix as pixels, 4 a module with the quiet border: the least that a screen may show.
std::string read_back(const QrMatrix& matrix) {
  const int side = (matrix.size + 2 * qr_quiet_modules) * qr_dots_per_module_min;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int column = x / qr_dots_per_module_min - qr_quiet_modules, row = y / qr_dots_per_module_min - qr_quiet_modules;
      const bool inside = column >= 0 && row >= 0 && column < matrix.size && row < matrix.size;
      if (inside && matrix.dark(column, row)) pixels[static_cast<std::size_t>(y * side + x)] = 0;
    }
  }
  const ZXing::ImageView image(pixels.data(), side, side, ZXing::ImageFormat::Lum);
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode);
  const ZXing::Result result = ZXing::ReadBarcode(image, hints);
  return result.isValid() ? result.text() : std::string();
}

TEST_CASE("a reader gets back every letter of the text in its case", "[paper]") {
  for (const std::string& text : {std::string("QBL1:ABC $%*+-./:09"), std::string("QBB1:S-0007:0123456789abcdef"),
                                  std::string("https://example.kz/?a=b&c=D")}) {
    const auto matrix = qr_matrix(text);
    REQUIRE(matrix.has_value());
    CHECK(matrix->bits.size() == static_cast<std::size_t>(matrix->size * matrix->size));
    CHECK(read_back(*matrix) == text);
  }
}

TEST_CASE("the longest stage 1 receipt stays within 73 modules", "[paper]") {
  const auto matrix = qr_matrix("QBL1:" + std::string(450, 'A'));
  REQUIRE(matrix.has_value());
  CHECK(matrix->size <= 73);
  CHECK(matrix->size >= 57);
}

TEST_CASE("the same text always gives the same symbol", "[paper]") {
  CHECK(qr_matrix("QBL1:SAME")->bits == qr_matrix("QBL1:SAME")->bits);
}

TEST_CASE("an empty text, a text with NUL and a text that is too long are refused", "[paper]") {
  CHECK(qr_matrix("").error().code == ErrorCode::invalid_input);
  CHECK(qr_matrix(std::string("A\0B", 3)).error().code == ErrorCode::invalid_input);
  CHECK(qr_matrix(std::string(5'000, 'a')).error().code == ErrorCode::too_large);
}

}  // namespace
}  // namespace qabyl::core::paper
