// zxing-cpp, behind the same door as the decoders. See code_reader.h.
#include "kiosk/preview/code_reader.h"

#define ZX_USE_UTF8 1  // text() is UTF-8
#include <ZXing/ReadBarcode.h>

namespace qabyl::preview {

std::vector<std::string> codes_on(const Picture& picture) {
  std::vector<std::string> texts;
  try {  // its exceptions end here: a page that brings it down has no codes
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setTryHarder(true);
    hints.setMaxNumberOfSymbols(codes_max);
    const ZXing::ImageView view(picture.rgba.data(), picture.width, picture.height, ZXing::ImageFormat::RGBX);
    for (const auto& one : ZXing::ReadBarcodes(view, hints)) {
      const auto text = one.text();
      if (text.size() <= code_bytes_max && texts.size() < codes_max) texts.push_back(text);
    }
  } catch (...) {
    texts.clear();
  }
  return texts;
}

}  // namespace qabyl::preview
