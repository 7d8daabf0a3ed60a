// QR codes as a matrix of modules, for papers and for the screen alike: whoever draws one needs no
// qrencode. Error level M (ARCHITECTURE, section 5). Knows nothing of what the text means.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"

namespace qabyl::core::paper {

inline constexpr int qr_quiet_modules = 4;       // free border on each side, ISO 18004
inline constexpr int qr_dots_per_module_min = 4;  // of a 300 dpi printer, or pixels of a screen
inline constexpr std::size_t qr_text_bytes_max = 2'300;  // level M, byte mode, version 40

struct QrMatrix {
  int size = 0;             // modules a side, without the quiet border
  std::vector<bool> bits;   // row by row, true = dark
  bool dark(int x, int y) const { return bits[static_cast<std::size_t>(y * size + x)]; }
};

// The smallest symbol that holds `text` as it stands (letters keep their case).
// invalid_input: empty, or a NUL inside. too_large: more than a symbol of level M holds.
Result<QrMatrix> qr_matrix(std::string_view text);

}  // namespace qabyl::core::paper
