// See shown_pages.h.
#include "kiosk/shell/shown_pages.h"

#include <algorithm>

namespace qabyl::kiosk {

bool ShownPages::put(const core::Digest& pixels, core::Bytes png) {
  const auto known = std::find_if(pictures_.begin(), pictures_.end(), [&](const auto& one) { return one.first == pixels; });
  if (known != pictures_.end()) return true;
  if (png.size() > shown_bytes_max) return false;
  bytes_ += png.size();
  pictures_.emplace_back(pixels, std::move(png));
  while (bytes_ > shown_bytes_max) {
    bytes_ -= pictures_.front().second.size();
    core::wipe(pictures_.front().second);
    pictures_.pop_front();
  }
  return true;
}

int ShownPages::wipe() {
  const int count = static_cast<int>(pictures_.size());
  for (auto& one : pictures_) core::wipe(one.second);
  pictures_.clear();
  bytes_ = 0;
  return count;
}

core::Result<std::optional<core::Bytes>> ShownPages::file_for(const core::ScreenSignature& signature, int only) const {
  std::map<int, core::Bytes> pages;
  for (const auto& seen : signature.pages) {
    if (only != 0 && seen.page != only) continue;
    const auto found = std::find_if(pictures_.begin(), pictures_.end(), [&](const auto& one) { return one.first == seen.pixels; });
    if (found != pictures_.end()) pages.emplace(seen.page, found->second);
  }
  if (pages.empty()) return std::optional<core::Bytes>();
  QABYL_TRY(file, core::pictures_file(pages));
  return std::optional<core::Bytes>(std::move(file));
}

}  // namespace qabyl::kiosk
