// One A4 PDF in the making: text that is measured and drawn, lines, boxes, ink. Lengths are points
// (1/72 inch) from the upper left corner of the page. Knows no words, no papers, no page breaks:
// layout.h flows text over pages. cairo and pango stay inside canvas.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/paper/fonts.h"
#include "core/paper/paper.h"
#include "core/paper/qr.h"
#include "core/ports.h"
#include "core/texts.h"

namespace qabyl::core::paper {

constexpr double mm(double millimetres) { return millimetres * 72.0 / 25.4; }
inline constexpr double page_width_pt = mm(210), page_height_pt = mm(297);

struct Colour { double red, green, blue; };
namespace colour {  // DESIGN.md 3.1, light palette
inline constexpr Colour ink{0x0F / 255.0, 0x27 / 255.0, 0x2C / 255.0};
inline constexpr Colour ink2{0x37 / 255.0, 0x4A / 255.0, 0x4F / 255.0};
inline constexpr Colour line{0xD8 / 255.0, 0xD0 / 255.0, 0xBD / 255.0};
inline constexpr Colour edge{0x66 / 255.0, 0x77 / 255.0, 0x7B / 255.0};
inline constexpr Colour rail{0x06 / 255.0, 0x31 / 255.0, 0x3A / 255.0};
inline constexpr Colour pri{0x0A / 255.0, 0x54 / 255.0, 0x60 / 255.0};
inline constexpr Colour gold{0xF0 / 255.0, 0xB9 / 255.0, 0x3A / 255.0};
inline constexpr Colour warn_bg{0xFF / 255.0, 0xF1 / 255.0, 0xCC / 255.0};
inline constexpr Colour warn_ink{0x57 / 255.0, 0x38 / 255.0, 0x00 / 255.0};
inline constexpr Colour pen{0x10 / 255.0, 0x20 / 255.0, 0x6B / 255.0};
inline constexpr Colour black{0, 0, 0};
}  // namespace colour

struct Point { double x_pt = 0, y_pt = 0; };
struct Box { double x_pt = 0, y_pt = 0, width_pt = 0, height_pt = 0; };

enum class Align { left, centre, right };
struct TextStyle {
  Face face = Face::serif;
  double size_pt = 11;
  Colour colour = colour::ink;
  double leading = 1.35;     // line height / size
  Align align = Align::left;
  double spacing_pt = 0;     // between letters
};

// Text that is broken into lines at a width. A value that shares its layout; belongs to its canvas.
class Text {
 public:
  int lines() const;
  double line_height_pt() const;
  double height_pt() const { return lines() * line_height_pt(); }
  double width_pt() const;  // of the widest line
 private:
  friend class Canvas;
  struct State;
  std::shared_ptr<const State> state_;
};

// Structure elements of the PDF, in reading order.
enum class Tag { none, heading, paragraph };

struct PaperInfo {
  std::string title;  // no names of persons: it is shown in window titles
  Language language = Language::kk;
  Instant made_at{};  // becomes the creation date; seconds
};

class Canvas {
 public:
  // not_found: a face is missing (fonts.h).
  static Result<Canvas> create(const PaperInfo& info);
  Canvas(Canvas&&) noexcept;
  Canvas& operator=(Canvas&&) noexcept;
  ~Canvas();

  // Breaks `utf8` at `width_pt`, inside a word where a word is longer. Controls, bidi overrides and
  // broken UTF-8 are left out. Blank text has one line.
  Text text(std::string_view utf8, const TextStyle& style, double width_pt) const;
  void draw(const Text& text, double x_pt, double y_pt);
  void draw_lines(const Text& text, int first, int count, double x_pt, double y_pt);

  void fill(const Box& box, double radius_pt, Colour colour);
  void frame(const Box& box, double radius_pt, double line_pt, Colour colour);
  void line(Point from, Point to, double line_pt, Colour colour);
  // A round-ended pen through all points: straight, or as a Catmull-Rom curve.
  void straight(const std::vector<Point>& points, double line_pt, Colour colour);
  void curve(const std::vector<Point>& points, double line_pt, Colour colour);
  void dot(Point at, double radius_pt, Colour colour);
  void modules(const QrMatrix& matrix, Point corner, double module_pt);
  // Runs `body` with the page turned around `centre`; positive turns to the left.
  void turned(Point centre, double degrees_left, const std::function<void()>& body);
  // Runs `body` inside a structure element.
  void tagged(Tag tag, const std::function<void()>& body);

  void next_page();
  Result<Paper> finish();  // one use; storage: cairo refused

 private:
  friend class Text;
  struct State;
  explicit Canvas(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::core::paper
