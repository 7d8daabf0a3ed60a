// Every icon as strokes: lines, arcs, dots. See icons.h. Each is a short list of figures in 24 units.
#include "kiosk/ui/icons.h"

#include <imgui.h>

#include <array>
#include <cmath>
#include <span>

namespace qabyl::kiosk::ui {
namespace {

// A figure: 'l' open path, 'c' closed path (points follow), 'o' circle (centre, radius),
// 'f' filled circle, 'a' arc (centre, radius, from, to in degrees).
struct Figure {
  char what;
  std::span<const float> numbers;
};

struct Brush {
  ImDrawList* list;
  Rect box;
  ImU32 colour;
  float unit() const { return box.w / 24; }
  ImVec2 at(float x, float y) const { return {box.x + x * unit(), box.y + y * unit()}; }
  float stroke() const { return 2 * unit(); }

  void dot(float x, float y, float radius) const { list->AddCircleFilled(at(x, y), radius * unit(), colour, 16); }
  void path(std::span<const float> xy, bool closed) const {
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) list->PathLineTo(at(xy[i], xy[i + 1]));
    list->PathStroke(colour, closed ? ImDrawFlags_Closed : 0, stroke());
    if (closed || xy.size() < 4) return;
    dot(xy[0], xy[1], 1);
    dot(xy[xy.size() - 2], xy[xy.size() - 1], 1);
  }
  void circle(float x, float y, float radius) const { list->AddCircle(at(x, y), radius * unit(), colour, 32, stroke()); }
  void arc(float x, float y, float radius, float from, float to) const {
    constexpr float degree = 3.14159265F / 180;
    list->PathArcTo(at(x, y), radius * unit(), from * degree, to * degree, 24);
    list->PathStroke(colour, 0, stroke());
    dot(x + radius * std::cos(from * degree), y + radius * std::sin(from * degree), 1);
    dot(x + radius * std::cos(to * degree), y + radius * std::sin(to * degree), 1);
  }
  void draw(const Figure& figure) const {
    const auto n = figure.numbers;
    switch (figure.what) {
      case 'l': return path(n, false);
      case 'c': return path(n, true);
      case 'o': return circle(n[0], n[1], n[2]);
      case 'f': return dot(n[0], n[1], n[2]);
      default: return arc(n[0], n[1], n[2], n[3], n[4]);
    }
  }
};

template <std::size_t N>
using Numbers = std::array<float, N>;

#define QABYL_FIGURE(kind, ...) Figure { kind, [] { static constexpr float n[] = {__VA_ARGS__}; return std::span<const float>(n); }() }

void draw_all(const Brush& brush, std::initializer_list<Figure> figures) {
  for (const auto& figure : figures) brush.draw(figure);
}

void draw_arrow(const Brush& b, Icon icon) {
  switch (icon) {
    case Icon::left: return draw_all(b, {QABYL_FIGURE('l', 20, 12, 4, 12), QABYL_FIGURE('l', 10, 6, 4, 12, 10, 18)});
    case Icon::right: return draw_all(b, {QABYL_FIGURE('l', 4, 12, 20, 12), QABYL_FIGURE('l', 14, 6, 20, 12, 14, 18)});
    case Icon::up: return draw_all(b, {QABYL_FIGURE('l', 12, 20, 12, 4), QABYL_FIGURE('l', 6, 10, 12, 4, 18, 10)});
    default: return draw_all(b, {QABYL_FIGURE('l', 12, 4, 12, 20), QABYL_FIGURE('l', 6, 14, 12, 20, 18, 14)});
  }
}

void draw_sign(const Brush& b, Icon icon) {
  switch (icon) {
    case Icon::check: return draw_all(b, {QABYL_FIGURE('l', 5, 12.5F, 10, 17.5F, 19, 7)});
    case Icon::cross: return draw_all(b, {QABYL_FIGURE('l', 6, 6, 18, 18), QABYL_FIGURE('l', 18, 6, 6, 18)});
    case Icon::plus: return draw_all(b, {QABYL_FIGURE('l', 12, 5, 12, 19), QABYL_FIGURE('l', 5, 12, 19, 12)});
    case Icon::minus: return draw_all(b, {QABYL_FIGURE('l', 5, 12, 19, 12)});
    case Icon::warning:
      return draw_all(b, {QABYL_FIGURE('c', 12, 3.5F, 22, 20, 2, 20), QABYL_FIGURE('l', 12, 9.5F, 12, 13.5F), QABYL_FIGURE('f', 12, 17, 1.2F)});
    case Icon::info: return draw_all(b, {QABYL_FIGURE('o', 12, 12, 9), QABYL_FIGURE('l', 12, 11, 12, 16), QABYL_FIGURE('f', 12, 7.6F, 1.2F)});
    case Icon::clock: return draw_all(b, {QABYL_FIGURE('o', 12, 12, 9), QABYL_FIGURE('l', 12, 7, 12, 12, 15.5F, 14)});
    case Icon::shield:
      return draw_all(b, {QABYL_FIGURE('c', 12, 2.5F, 20, 5.5F, 20, 11.5F, 18, 17, 12, 21.5F, 6, 17, 4, 11.5F, 4, 5.5F), QABYL_FIGURE('l', 8.5F, 12, 11, 14.5F, 15.5F, 9.5F)});
    case Icon::lock: return draw_all(b, {QABYL_FIGURE('c', 5, 11, 19, 11, 19, 21, 5, 21), QABYL_FIGURE('a', 12, 8, 4, 180, 360), QABYL_FIGURE('l', 8, 8, 8, 11), QABYL_FIGURE('l', 16, 8, 16, 11)});
    case Icon::power: return draw_all(b, {QABYL_FIGURE('l', 12, 3, 12, 12), QABYL_FIGURE('a', 12, 13, 8, -50, 230)});
    case Icon::refresh: return draw_all(b, {QABYL_FIGURE('a', 12, 12, 8, -40, 240), QABYL_FIGURE('l', 18.5F, 2.5F, 18.5F, 7, 14, 7)});
    default: return draw_all(b, {QABYL_FIGURE('a', 12, 12, 8, -60, 220), QABYL_FIGURE('l', 4, 3.5F, 4.8F, 8.5F, 10, 8)});  // turn
  }
}

void draw_key(const Brush& b, Icon icon) {
  switch (icon) {
    case Icon::backspace:
      return draw_all(b, {QABYL_FIGURE('c', 8, 5, 22, 5, 22, 19, 8, 19, 2, 12), QABYL_FIGURE('l', 12, 9.5F, 17, 14.5F), QABYL_FIGURE('l', 17, 9.5F, 12, 14.5F)});
    case Icon::shift: return draw_all(b, {QABYL_FIGURE('c', 12, 3, 21, 12, 16, 12, 16, 20, 8, 20, 8, 12, 3, 12)});
    case Icon::globe:
      draw_all(b, {QABYL_FIGURE('o', 12, 12, 9), QABYL_FIGURE('l', 3, 12, 21, 12)});
      b.list->AddBezierCubic(b.at(12, 3), b.at(6.5F, 7), b.at(6.5F, 17), b.at(12, 21), b.colour, b.stroke(), 16);
      return b.list->AddBezierCubic(b.at(12, 3), b.at(17.5F, 7), b.at(17.5F, 17), b.at(12, 21), b.colour, b.stroke(), 16);
    case Icon::undo: return draw_all(b, {QABYL_FIGURE('l', 8, 4, 4, 8, 8, 12), QABYL_FIGURE('l', 4, 8, 14, 8), QABYL_FIGURE('a', 14, 13.5F, 5.5F, -90, 90), QABYL_FIGURE('l', 14, 19, 8, 19)});
    case Icon::trash:
      return draw_all(b, {QABYL_FIGURE('l', 3, 6, 21, 6), QABYL_FIGURE('l', 9, 6, 9, 3, 15, 3, 15, 6), QABYL_FIGURE('l', 5.5F, 6, 6.5F, 21, 17.5F, 21, 18.5F, 6), QABYL_FIGURE('l', 10, 10.5F, 10, 17), QABYL_FIGURE('l', 14, 10.5F, 14, 17)});
    case Icon::leave: return draw_all(b, {QABYL_FIGURE('l', 10, 4, 4, 4, 4, 20, 10, 20), QABYL_FIGURE('l', 9, 12, 21, 12), QABYL_FIGURE('l', 16, 7, 21, 12, 16, 17)});
    case Icon::eye:
      b.list->AddBezierCubic(b.at(2, 12), b.at(7, 4), b.at(17, 4), b.at(22, 12), b.colour, b.stroke(), 20);
      b.list->AddBezierCubic(b.at(2, 12), b.at(7, 20), b.at(17, 20), b.at(22, 12), b.colour, b.stroke(), 20);
      return b.circle(12, 12, 3);
    case Icon::text_size: return draw_all(b, {QABYL_FIGURE('l', 2, 18, 7.5F, 5, 13, 18), QABYL_FIGURE('l', 4.2F, 13.5F, 10.8F, 13.5F), QABYL_FIGURE('l', 14, 18, 18, 9, 22, 18), QABYL_FIGURE('l', 15.5F, 15, 20.5F, 15)});
    default:  // contrast
      b.circle(12, 12, 9);
      b.list->PathArcTo(b.at(12, 12), 9 * b.unit(), -1.5708F, 1.5708F, 24);
      return b.list->PathFillConvex(b.colour);
  }
}

void draw_thing(const Brush& b, Icon icon) {
  switch (icon) {
    case Icon::document: return draw_all(b, {QABYL_FIGURE('c', 5, 2.5F, 14, 2.5F, 19, 7.5F, 19, 21.5F, 5, 21.5F), QABYL_FIGURE('l', 14, 3, 14, 8, 19, 8), QABYL_FIGURE('l', 9, 13, 15, 13), QABYL_FIGURE('l', 9, 17, 15, 17)});
    case Icon::search: return draw_all(b, {QABYL_FIGURE('o', 10.5F, 10.5F, 7), QABYL_FIGURE('l', 15.8F, 15.8F, 21.5F, 21.5F)});
    case Icon::building: return draw_all(b, {QABYL_FIGURE('l', 2, 21, 22, 21), QABYL_FIGURE('l', 4, 21, 4, 9, 12, 3, 20, 9, 20, 21), QABYL_FIGURE('l', 10, 21, 10, 16, 14, 16, 14, 21), QABYL_FIGURE('f', 8, 12, 1.1F), QABYL_FIGURE('f', 12, 12, 1.1F), QABYL_FIGURE('f', 16, 12, 1.1F)});
    case Icon::usb: return draw_all(b, {QABYL_FIGURE('l', 12, 19, 12, 4), QABYL_FIGURE('l', 9.5F, 6, 12, 3, 14.5F, 6), QABYL_FIGURE('l', 12, 16, 6.5F, 13, 6.5F, 9.5F), QABYL_FIGURE('l', 12, 13.5F, 17.5F, 11, 17.5F, 8), QABYL_FIGURE('f', 12, 20.5F, 2), QABYL_FIGURE('f', 6.5F, 9, 1.6F), QABYL_FIGURE('f', 17.5F, 7.5F, 1.6F)});
    case Icon::scanner: return draw_all(b, {QABYL_FIGURE('c', 2.5F, 13, 21.5F, 13, 21.5F, 19.5F, 2.5F, 19.5F), QABYL_FIGURE('l', 4, 13, 7, 4.5F, 17, 4.5F, 20, 13), QABYL_FIGURE('l', 13, 16.3F, 18, 16.3F)});
    case Icon::camera: return draw_all(b, {QABYL_FIGURE('c', 2.5F, 7, 7.5F, 7, 9.5F, 4, 14.5F, 4, 16.5F, 7, 21.5F, 7, 21.5F, 20, 2.5F, 20), QABYL_FIGURE('o', 12, 13, 4)});
    case Icon::printer: return draw_all(b, {QABYL_FIGURE('l', 6, 9, 6, 3, 18, 3, 18, 9), QABYL_FIGURE('l', 6, 17.5F, 3, 17.5F, 3, 9, 21, 9, 21, 17.5F, 18, 17.5F), QABYL_FIGURE('c', 6, 14, 18, 14, 18, 21.5F, 6, 21.5F)});
    case Icon::inbox: return draw_all(b, {QABYL_FIGURE('c', 5.5F, 4.5F, 18.5F, 4.5F, 22, 13, 22, 20, 2, 20, 2, 13), QABYL_FIGURE('l', 2, 13, 8, 13, 9.5F, 16, 14.5F, 16, 16, 13, 22, 13)});
    case Icon::stamp: return draw_all(b, {QABYL_FIGURE('l', 4, 21, 20, 21), QABYL_FIGURE('c', 4, 17, 4, 14, 9.5F, 13, 9.5F, 9, 8.5F, 6, 10, 3.5F, 14, 3.5F, 15.5F, 6, 14.5F, 9, 14.5F, 13, 20, 14, 20, 17)});
    case Icon::home: return draw_all(b, {QABYL_FIGURE('l', 3, 11, 12, 3.5F, 21, 11), QABYL_FIGURE('l', 5.5F, 9.5F, 5.5F, 20.5F, 18.5F, 20.5F, 18.5F, 9.5F)});
    case Icon::person: return draw_all(b, {QABYL_FIGURE('o', 12, 8, 4), QABYL_FIGURE('a', 12, 21, 7.5F, 180, 360)});
    case Icon::fee: return draw_all(b, {QABYL_FIGURE('l', 6, 4.5F, 18, 4.5F), QABYL_FIGURE('l', 6, 9.5F, 18, 9.5F), QABYL_FIGURE('l', 12, 9.5F, 12, 20.5F)});
    default:  // database
      for (const float y : {5.0F, 12.0F, 19.0F}) b.list->AddBezierCubic(b.at(4, y), b.at(4, y + 3.6F), b.at(20, y + 3.6F), b.at(20, y), b.colour, b.stroke(), 20);
      b.list->AddBezierCubic(b.at(4, 5), b.at(4, 1.4F), b.at(20, 1.4F), b.at(20, 5), b.colour, b.stroke(), 20);
      return draw_all(b, {QABYL_FIGURE('l', 4, 5, 4, 19), QABYL_FIGURE('l', 20, 5, 20, 19)});
  }
}

void draw_cloud(const Brush& b, bool struck) {
  b.list->PathArcTo(b.at(7, 14), 5 * b.unit(), 1.57F, 4.4F, 16);
  b.list->PathArcTo(b.at(12.5F, 10.5F), 5.6F * b.unit(), 3.6F, 6.0F, 16);
  b.list->PathArcTo(b.at(18, 14.5F), 4.5F * b.unit(), 4.9F, 7.85F, 16);
  b.list->PathStroke(b.colour, ImDrawFlags_Closed, b.stroke());
  if (struck) b.draw(QABYL_FIGURE('l', 3, 3, 21, 21));
}

}  // namespace

void draw_icon(ImDrawList* list, Icon icon, Rect box, std::uint32_t colour) {
  const Brush brush{list, box, colour};
  switch (icon) {
    case Icon::none: return;
    case Icon::left: case Icon::right: case Icon::up: case Icon::down: return draw_arrow(brush, icon);
    case Icon::check: case Icon::cross: case Icon::plus: case Icon::minus: case Icon::warning: case Icon::info: case Icon::clock:
    case Icon::shield: case Icon::lock: case Icon::power: case Icon::refresh: case Icon::turn: return draw_sign(brush, icon);
    case Icon::backspace: case Icon::shift: case Icon::globe: case Icon::undo: case Icon::trash: case Icon::leave: case Icon::eye:
    case Icon::text_size: case Icon::contrast: return draw_key(brush, icon);
    case Icon::cloud: return draw_cloud(brush, false);
    case Icon::cloud_off: return draw_cloud(brush, true);
    default: return draw_thing(brush, icon);
  }
}

void draw_horn(ImDrawList* list, Rect box, std::uint32_t colour, float thickness) {
  const float cx = box.mid_x();
  const auto at = [&](float x, float y) { return ImVec2{box.x + x * box.w, box.y + y * box.h}; };
  for (const float side : {-1.0F, 1.0F}) {
    const auto mirror = [&](float x, float y) { return ImVec2{cx + side * x * box.w, box.y + y * box.h}; };
    // From the stem up and outwards, then curling in on itself.
    list->AddBezierCubic(mirror(0, 0.42F), mirror(0.04F, 0.10F), mirror(0.22F, 0.08F), mirror(0.33F, 0.13F), colour, thickness, 24);
    list->AddBezierCubic(mirror(0.33F, 0.13F), mirror(0.48F, 0.20F), mirror(0.48F, 0.46F), mirror(0.32F, 0.50F), colour, thickness, 24);
    list->AddBezierCubic(mirror(0.32F, 0.50F), mirror(0.20F, 0.52F), mirror(0.15F, 0.36F), mirror(0.26F, 0.31F), colour, thickness, 24);
    list->AddCircleFilled(mirror(0.26F, 0.31F), thickness / 2, colour, 12);
  }
  list->AddLine(at(0.5F, 0.40F), at(0.5F, 0.92F), colour, thickness);
  list->AddCircleFilled(at(0.5F, 0.92F), thickness / 2, colour, 12);
}

void draw_ornament(ImDrawList* list, Rect box, std::uint32_t colour, float pitch) {
  const int count = std::max(1, static_cast<int>(box.w / pitch));
  const float step = box.w / static_cast<float>(count);
  const float line = std::max(1.0F, box.h / 14);
  for (int i = 0; i < count; ++i) {
    const float side = std::min(step * 0.86F, box.h * 1.15F);
    draw_horn(list, {box.x + (static_cast<float>(i) + 0.5F) * step - side / 2, box.y, side, box.h * 1.08F}, colour, line);
  }
  list->AddLine({box.x, box.bottom()}, {box.right(), box.bottom()}, colour, line);
}

}  // namespace qabyl::kiosk::ui
