// Page pictures for the draw side. draw asks for a page; the shell has it rendered by qabyl-preview and
// uploads at most one texture a frame. Textures live only in the session: WipeScreen drops them all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"

namespace qabyl::kiosk {

struct PagePicture {
  std::uintptr_t texture = 0;   // ImTextureID
  int width = 0, height = 0;    // pixels as rendered
  int dpi = 0;
  core::Digest pixels{};        // of the RGBA bytes rendered
  std::string renderer = {};    // what drew it, with the versions of its libraries
};

class PageSource {
 public:
  virtual ~PageSource() = default;
  // The picture, or nullopt while it is being made (the want is remembered). page from 1; `wide` asks
  // for reading size (about 1,000 px wide or more), else a thumbnail of about 200 px.
  virtual std::optional<PagePicture> page(const core::Digest& document, int page, bool wide) = 0;
  virtual bool failed(const core::Digest& document, int page) = 0;
};

}  // namespace qabyl::kiosk
