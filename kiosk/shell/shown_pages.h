// Pictures of the pages that were on the screen in this session, as PNG: kept with a record when somebody signs on them
// (ARCHITECTURE, section 5), else gone with the session. Lives on the storage thread; knows no screen and no store.
#pragma once

#include <deque>

#include "core/signature.h"

namespace qabyl::kiosk {

inline constexpr std::size_t shown_bytes_max = 40U << 20;  // of all; the longest paper at reading size is about a third

class ShownPages {
 public:
  ~ShownPages() { wipe(); }
  // Beyond shown_bytes_max the oldest go; a record then has no picture of them, and says so by not holding it. False: too large.
  bool put(const core::Digest& pixels, core::Bytes png);
  int wipe();  // how many there were
  // pictures_file() of the signature's pages (of page `only` alone, if that is not 0); nullopt: none is at hand.
  core::Result<std::optional<core::Bytes>> file_for(const core::ScreenSignature& signature, int only) const;

 private:
  std::deque<std::pair<core::Digest, core::Bytes>> pictures_{};  // oldest first
  std::size_t bytes_ = 0;
};

}  // namespace qabyl::kiosk
