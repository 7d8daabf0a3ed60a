// Rectangles in design pixels, and how screens cut them up. Plain values.
#pragma once

#include <algorithm>

namespace qabyl::kiosk::ui {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  float mid_x() const { return x + w / 2; }
  float mid_y() const { return y + h / 2; }
  bool contains(float px, float py) const { return px >= x && px < right() && py >= y && py < bottom(); }
  Rect inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
  Rect inset(float by_x, float by_y) const { return {x + by_x, y + by_y, w - 2 * by_x, h - 2 * by_y}; }
  Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  // Cuts a strip off this rectangle and returns it; `gap` is lost between the two.
  Rect cut_top(float height, float gap = 0) {
    const Rect strip{x, y, w, std::min(height, h)};
    y += height + gap;
    h = std::max(0.0F, h - height - gap);
    return strip;
  }
  Rect cut_bottom(float height, float gap = 0) {
    const Rect strip{x, bottom() - height, w, height};
    h = std::max(0.0F, h - height - gap);
    return strip;
  }
  Rect cut_left(float width, float gap = 0) {
    const Rect strip{x, y, std::min(width, w), h};
    x += width + gap;
    w = std::max(0.0F, w - width - gap);
    return strip;
  }
  Rect cut_right(float width, float gap = 0) {
    const Rect strip{right() - width, y, width, h};
    w = std::max(0.0F, w - width - gap);
    return strip;
  }
  // The i-th of n equal columns or rows with gaps between them.
  Rect column(int i, int n, float gap) const {
    const float width = (w - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
    return {x + static_cast<float>(i) * (width + gap), y, width, h};
  }
  Rect row(int i, int n, float gap) const {
    const float height = (h - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
    return {x, y + static_cast<float>(i) * (height + gap), w, height};
  }
};

}  // namespace qabyl::kiosk::ui
