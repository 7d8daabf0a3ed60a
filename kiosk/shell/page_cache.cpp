// See page_cache.h.
#include "kiosk/shell/page_cache.h"

#include <algorithm>

#include "core/crypto.h"

namespace qabyl::kiosk {
namespace {

constexpr int thumbnail_width = 220;

}  // namespace

std::optional<PagePicture> PageCache::page(const core::Digest& document, int page, bool wide) {
  const auto [entry, fresh] = entries_.try_emplace({document, page, wide});
  entry->second.used = ++uses_;
  if (fresh) doors_.want({document, page, wide ? reading_width_ : thumbnail_width, wide, session_});
  return entry->second.picture;
}

bool PageCache::failed(const core::Digest& document, int page) {
  for (const bool wide : {false, true}) {
    const auto entry = entries_.find({document, page, wide});
    if (entry != entries_.end() && entry->second.failed) return true;
  }
  return false;
}

void PageCache::take(PageMade made) {
  if (made.want.session == session_) arrived_.push_back(std::move(made));
  else core::wipe(made.rgba);
}

bool PageCache::upload_one() {
  if (arrived_.empty()) return false;
  auto made = std::move(arrived_.front());
  arrived_.pop_front();
  const auto entry = entries_.find({made.want.document, made.want.page, made.want.wide});
  if (entry != entries_.end()) {
    entry->second.failed = !made.made;
    if (made.made) {
      make_room();
      const auto texture = doors_.upload(made.width, made.height, made.rgba);
      entry->second.picture = PagePicture{texture, made.width, made.height, made.dpi, made.pixels, std::move(made.renderer)};
    }
  }
  core::wipe(made.rgba);
  return true;
}

void PageCache::make_room() {
  const auto drawn = [](const auto& entry) { return entry.second.picture.has_value(); };
  while (static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), drawn)) >= textures_max) {
    auto oldest = entries_.end();
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
      if (drawn(*entry) && (oldest == entries_.end() || entry->second.used < oldest->second.used)) oldest = entry;
    }
    doors_.drop(oldest->second.picture->texture);
    entries_.erase(oldest);
  }
}

void PageCache::wipe() {
  for (auto& [key, entry] : entries_) {
    if (entry.picture) doors_.drop(entry.picture->texture);
  }
  entries_.clear();
  for (auto& made : arrived_) core::wipe(made.rgba);
  arrived_.clear();
  ++session_;
}

}  // namespace qabyl::kiosk
