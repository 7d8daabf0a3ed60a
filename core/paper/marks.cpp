// Drawn by path, so that they are sharp at any size (marks.h).
#include "core/paper/marks.h"

#include <algorithm>
#include <array>

#include "core/paper/layout.h"

namespace qabyl::core::paper {
namespace {

constexpr double dot_pt = 72.0 / 300;
constexpr double stamp_padding_pt = 9, stamp_line_pt = 1.8, stamp_turn_degrees = 4;
constexpr double ink_line_pt = 1.3;
constexpr double margin_code_side_pt = mm(15.7);  // 5 dots a module: the 37 modules of a code with its border
constexpr Point margin_code_centre{mm(15), mm(228.5)};  // holes: 108.5 and 188.5 mm, of four holes 268.5 too

// Left curl of the horn in tile units, from the stem outwards; the right one is its mirror.
constexpr std::array<Point, 10> curl{{{.500, .462}, {.487, .400}, {.440, .337}, {.317, .296}, {.228, .338},
                                      {.196, .412}, {.222, .480}, {.283, .507}, {.335, .484}, {.350, .440}}};

int dots_per_module(const QrMatrix& matrix, double side_pt) {
  const double modules = matrix.size + 2 * qr_quiet_modules;
  return std::max(qr_dots_per_module_min, static_cast<int>(side_pt / modules / dot_pt));
}

Box ink_bounds(const Strokes& strokes) {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  for (const Stroke& stroke : strokes) {
    for (const InkPoint& point : stroke) {
      left = std::min<double>(left, point.x);
      right = std::max<double>(right, point.x);
      top = std::min<double>(top, point.y);
      bottom = std::max<double>(bottom, point.y);
    }
  }
  return {left, top, std::max(1.0, right - left), std::max(1.0, bottom - top)};
}

}  // namespace

void draw_horn(Canvas& canvas, Point corner, double side_pt) {
  const auto at = [&](double x, double y) { return Point{corner.x_pt + x * side_pt, corner.y_pt + y * side_pt}; };
  const double pen = 0.08 * side_pt;
  canvas.fill({corner.x_pt, corner.y_pt, side_pt, side_pt}, 0.22 * side_pt, colour::rail);
  std::vector<Point> left, right;
  for (const Point& point : curl) {
    left.push_back(at(point.x_pt, point.y_pt));
    right.push_back(at(1 - point.x_pt, point.y_pt));
  }
  canvas.curve(left, pen, colour::gold);
  canvas.curve(right, pen, colour::gold);
  canvas.straight({at(.5, .46), at(.5, .82)}, pen, colour::gold);
  canvas.straight({at(.352, .708), at(.5, .823), at(.648, .708)}, pen, colour::gold);
}

void draw_stamp(Canvas& canvas, Point corner, std::string_view word, std::string_view line) {
  const TextStyle big{Face::sans_bold, 13, colour::pri, 1.25, Align::centre, 0.8};
  const TextStyle small{Face::sans_bold, 9, colour::pri, 1.35, Align::centre, 0.2};
  const double inner = 4 + std::max(canvas.text(word, big, mm(100)).width_pt(), canvas.text(line, small, mm(100)).width_pt());
  const Text upper = canvas.text(word, big, inner), lower = canvas.text(line, small, inner);
  const double width = inner + 2 * stamp_padding_pt;
  const Box box{corner.x_pt - width, corner.y_pt, width, upper.height_pt() + lower.height_pt() + 2 * stamp_padding_pt - 4};
  canvas.turned({box.x_pt + width / 2, box.y_pt + box.height_pt / 2}, stamp_turn_degrees, [&] {
    canvas.frame(box, 6, stamp_line_pt, colour::pri);
    const double x = box.x_pt + stamp_padding_pt, y = box.y_pt + stamp_padding_pt - 2;
    canvas.draw(upper, x, y);
    canvas.draw(lower, x, y + upper.height_pt());
  });
}

double qr_side_pt(const QrMatrix& matrix, double side_pt) {
  return (matrix.size + 2 * qr_quiet_modules) * dots_per_module(matrix, side_pt) * dot_pt;
}

void draw_qr(Canvas& canvas, const QrMatrix& matrix, Point corner, double side_pt) {
  const double module = dots_per_module(matrix, side_pt) * dot_pt;
  const double quiet = qr_quiet_modules * module;
  canvas.modules(matrix, {corner.x_pt + quiet, corner.y_pt + quiet}, module);
}

void draw_ink(Canvas& canvas, const ScreenSignature& signature, const Box& box) {
  const Box ink = ink_bounds(signature.strokes);
  const double real = signature.pad_width_tenth_mm > 0 ? mm(signature.pad_width_tenth_mm / 10.0) / 10'000 : 0.05;
  const double scale = std::min({real, box.width_pt / ink.width_pt, box.height_pt / ink.height_pt});
  const double x0 = box.x_pt + (box.width_pt - ink.width_pt * scale) / 2;
  const double y0 = box.y_pt + box.height_pt - ink.height_pt * scale;  // stands on the line below
  for (const Stroke& stroke : signature.strokes) {
    std::vector<Point> points;
    for (const InkPoint& point : stroke) {
      points.push_back({x0 + (point.x - ink.x_pt) * scale, y0 + (point.y - ink.y_pt) * scale});
    }
    if (points.size() == 1) canvas.dot(points[0], ink_line_pt / 2, colour::pen);
    else canvas.curve(points, ink_line_pt, colour::pen);
  }
}

void draw_margin_code(Canvas& canvas, const MarginCode& code, std::string_view words) {
  const auto matrix = qr_matrix(to_text(code));
  QABYL_CHECK(matrix);  // 46 characters always fit
  const double side = qr_side_pt(*matrix, margin_code_side_pt);
  draw_qr(canvas, *matrix, {margin_code_centre.x_pt - side / 2, margin_code_centre.y_pt - side / 2}, side);
  draw_margin_words(canvas, words);
}

void draw_margin_words(Canvas& canvas, std::string_view words) {
  const TextStyle style{Face::mono, 7.5, colour::ink2, 1.2, Align::centre};
  const double length = bottom_pt - top_pt;
  const Text text = canvas.text(words, style, length);
  const Point centre{mm(11), (top_pt + bottom_pt) / 2};
  canvas.turned(centre, 90, [&] {
    canvas.draw(text, centre.x_pt - length / 2, centre.y_pt - text.height_pt() / 2);
  });
}

const char* procedure_id(Procedure procedure) {
  switch (procedure) {
    case Procedure::issue: return "paper.procedure.issue";
    case Procedure::reissue: return "paper.procedure.reissue";
    case Procedure::duplicate: return "paper.procedure.duplicate";
  }
  QABYL_CHECK(false);
  return "";
}

void draw_footer(Canvas& canvas, std::string_view left, std::string_view right) {
  const double y = bottom_pt + mm(4);
  canvas.line({left_pt, y}, {right_pt, y}, 0.5, colour::line);
  const TextStyle style{Face::sans, 8, colour::ink2, 1.3, Align::left};
  TextStyle ending = style;
  ending.align = Align::right;
  const Text page = canvas.text(right, ending, text_width_pt);
  canvas.draw(canvas.text(left, style, text_width_pt - page.width_pt() - mm(6)), left_pt, y + 4);
  canvas.draw(page, left_pt, y + 4);
}

}  // namespace qabyl::core::paper
