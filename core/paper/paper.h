// A paper as bytes: what every drawing function of this folder gives back. Knows no cairo, no files.
#pragma once

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core::paper {

inline constexpr int pages_max = 60;  // a paper that would be longer is refused: too_large

struct Paper {
  Bytes pdf;      // the same bytes for the same content, in any process and at any time
  int pages = 0;  // sheets when printed single-sided (ARCHITECTURE, section 5: sheet = page)
};

}  // namespace qabyl::core::paper
