// libqrencode behind one call. Knows nothing of what the text means (qr.h).
#include "core/paper/qr.h"

#include <qrencode.h>

#include <memory>
#include <string>

namespace qabyl::core::paper {

Result<QrMatrix> qr_matrix(std::string_view text) {
  if (text.empty()) return Error{ErrorCode::invalid_input, "qr: empty text"};
  if (text.find('\0') != std::string_view::npos) return Error{ErrorCode::invalid_input, "qr: NUL in text"};
  const Error too_large{ErrorCode::too_large, "qr: text does not fit a symbol"};
  if (text.size() > qr_text_bytes_max * 2) return too_large;

  // libqrencode splits the text into numeric, alphanumeric and byte runs by itself: base45 comes
  // out in 5.5 bits a character.
  const std::string terminated(text);
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(terminated.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  if (!code) return too_large;

  QrMatrix matrix;
  matrix.size = code->width;
  const auto modules = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  matrix.bits.reserve(modules);
  for (std::size_t i = 0; i < modules; ++i) matrix.bits.push_back((code->data[i] & 1) != 0);
  return matrix;
}

}  // namespace qabyl::core::paper
