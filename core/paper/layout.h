// A small text flow: headings, paragraphs, numbered items, facts (label and value), tables and boxes
// become rows, rows become pages. A heading stays with what follows; a split paragraph leaves two
// lines on either side; a table repeats its head. Knows no words and no paper.
#pragma once

#include <optional>

#include "core/paper/canvas.h"

namespace qabyl::core::paper {

// A4 with the left margin that a file holder needs; the margin code of a copy stands in it.
inline constexpr double left_pt = mm(25), right_pt = page_width_pt - mm(18);
inline constexpr double top_pt = mm(18), bottom_pt = page_height_pt - mm(20);
inline constexpr double text_width_pt = right_pt - left_pt;

struct ParagraphStyle {
  TextStyle text;
  double before_pt = 0;
  double indent_pt = 0, width_pt = text_width_pt;
  bool keep_with_next = false;
  Tag tag = Tag::paragraph;
};

struct Column { double x_pt, width_pt; TextStyle text; };  // x from the left margin

class Flow {
 public:
  explicit Flow(Canvas& canvas) : canvas_(canvas) {}

  void paragraph(std::string_view text, const ParagraphStyle& style);
  // `mark` ("1.", "2)") stands at the indent, the text hangs `hang_pt` further in.
  void item(std::string_view mark, std::string_view text, const ParagraphStyle& style, double hang_pt);
  // One row of cells under a hair line. Rows are not split unless a cell is taller than half a page.
  void row(const std::vector<Column>& columns, const std::vector<std::string>& cells);
  // The row that follows is a table's head: it is drawn again where the table goes over a page.
  void head(const std::vector<Column>& columns, const std::vector<std::string>& cells);
  void end_table() { head_ = nullptr; }
  // A part of fixed height that draws itself into the box that it is given; never split.
  void box(double before_pt, double height_pt, std::function<void(Canvas&, const Box&)> draw);
  // Marks the last added part as belonging to the next one: they stay on one page.
  void keep_with_next();
  void new_page();

  // Breaks into pages and draws them; `furniture` draws what stands outside the text (footer, margin
  // code). too_large: more than pages_max. One use. Returns the number of pages.
  using Furniture = std::function<void(Canvas&, int page, int pages)>;
  Result<int> finish(const Furniture& furniture);

 private:
  struct Cell { Text text; double x_pt = 0; };
  struct Row {
    std::vector<Cell> cells;
    double before_pt = 0, padding_pt = 0, fixed_pt = 0;
    bool splits = false, keeps_next = false, ruled = false, starts_page = false;
    Tag tag = Tag::paragraph;
    std::shared_ptr<const Row> head;  // of its table
    std::function<void(Canvas&, const Box&)> draw;
    int lines() const;
    double line_pt() const;
    double height_pt(int lines) const;
    double height_pt() const { return height_pt(lines()); }
    int lines_least() const;  // of a first part
  };
  struct Part { const Row* row; int first, lines; double y_pt; };
  using Page = std::vector<Part>;

  double least_from(std::size_t index) const;
  Status break_pages(std::vector<Page>& pages) const;
  void draw_part(const Part& part);

  Canvas& canvas_;
  std::vector<Row> rows_;
  std::shared_ptr<const Row> head_;
  bool page_wanted_ = false;
  void add(Row row);
};

}  // namespace qabyl::core::paper
