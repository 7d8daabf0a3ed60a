// Page pictures between the preview worker and the screen: remembers what a drawer asked for, has it
// rendered, uploads at most one texture a frame, drops the oldest beyond a limit and all of them at the
// end of a session. UI thread only.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <tuple>

#include "kiosk/screens/page_source.h"

namespace qabyl::kiosk {

inline constexpr std::size_t textures_max = 48;

struct PageWant {
  core::Digest document{};
  int page = 0, width = 0;       // pixels
  bool wide = false;
  std::uint64_t session = 0;     // answers of a session that has ended are dropped
};
struct PageMade {
  PageWant want;
  bool made = false;
  int width = 0, height = 0, dpi = 0;
  core::Bytes rgba;
  core::Digest pixels{};
  std::string renderer = {};
};

class PageCache final : public PageSource {
 public:
  struct Doors {
    std::function<void(PageWant)> want;                               // to the device thread
    std::function<std::uintptr_t(int width, int height, core::ByteView rgba)> upload;
    std::function<void(std::uintptr_t)> drop;
  };
  explicit PageCache(Doors doors) : doors_(std::move(doors)) {}
  ~PageCache() override { wipe(); }

  std::optional<PagePicture> page(const core::Digest& document, int page, bool wide) override;
  bool failed(const core::Digest& document, int page) override;

  void take(PageMade made);
  bool upload_one();   // true: a texture came, draw again
  bool waiting() const { return !arrived_.empty(); }
  void wipe();
  void set_reading_width(int width) { reading_width_ = width; }

 private:
  using Key = std::tuple<core::Digest, int, bool>;
  struct Entry {
    std::optional<PagePicture> picture;
    bool failed = false;
    std::uint64_t used = 0;
  };
  void make_room();

  Doors doors_;
  std::map<Key, Entry> entries_;
  std::deque<PageMade> arrived_;
  std::uint64_t uses_ = 0, session_ = 1;
  int reading_width_ = 1100;
};

}  // namespace qabyl::kiosk
