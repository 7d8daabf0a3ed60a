// Rows to pages. Measured first, drawn after: "page 1 of 3" needs the 3 (layout.h).
#include "core/paper/layout.h"

#include <algorithm>

namespace qabyl::core::paper {
namespace {

constexpr int lines_together_min = 2;  // neither an orphan nor a widow
constexpr double row_padding_pt = 3.0;
constexpr double page_height_usable_pt = bottom_pt - top_pt;

}  // namespace

int Flow::Row::lines() const {
  int most = 0;
  for (const Cell& cell : cells) most = std::max(most, cell.text.lines());
  return most;
}

double Flow::Row::line_pt() const {
  double most = 0;
  for (const Cell& cell : cells) most = std::max(most, cell.text.line_height_pt());
  return most;
}

double Flow::Row::height_pt(int lines) const {
  return cells.empty() ? fixed_pt : lines * line_pt() + 2 * padding_pt;
}

int Flow::Row::lines_least() const {
  const int all = lines();
  // Two lines first and two after: shorter ones stay whole.
  return splits && all >= 2 * lines_together_min ? lines_together_min : all;
}

void Flow::add(Row row) {
  row.starts_page = std::exchange(page_wanted_, false);
  if (row.head == nullptr && row.ruled) row.head = head_;
  rows_.push_back(std::move(row));
}

void Flow::paragraph(std::string_view text, const ParagraphStyle& style) {
  Row row;
  row.cells.push_back({canvas_.text(text, style.text, style.width_pt - style.indent_pt), style.indent_pt});
  row.before_pt = style.before_pt;
  row.splits = true;
  row.keeps_next = style.keep_with_next;
  row.tag = style.tag;
  add(std::move(row));
}

void Flow::item(std::string_view mark, std::string_view text, const ParagraphStyle& style, double hang_pt) {
  Row row;
  row.cells.push_back({canvas_.text(mark, style.text, hang_pt), style.indent_pt});
  const double x = style.indent_pt + hang_pt;
  row.cells.push_back({canvas_.text(text, style.text, style.width_pt - x), x});
  row.before_pt = style.before_pt;
  row.splits = true;
  row.keeps_next = style.keep_with_next;
  add(std::move(row));
}

void Flow::row(const std::vector<Column>& columns, const std::vector<std::string>& cells) {
  QABYL_CHECK(columns.size() == cells.size());
  Row row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    row.cells.push_back({canvas_.text(cells[i], columns[i].text, columns[i].width_pt), columns[i].x_pt});
  }
  row.padding_pt = row_padding_pt;
  row.ruled = true;
  row.splits = row.height_pt() > page_height_usable_pt / 2;
  add(std::move(row));
}

void Flow::head(const std::vector<Column>& columns, const std::vector<std::string>& cells) {
  head_ = nullptr;
  row(columns, cells);
  rows_.back().keeps_next = true;
  head_ = std::make_shared<const Row>(rows_.back());
}

void Flow::box(double before_pt, double height_pt, std::function<void(Canvas&, const Box&)> draw) {
  Row row;
  row.before_pt = before_pt;
  row.fixed_pt = height_pt;
  row.draw = std::move(draw);
  row.tag = Tag::none;
  add(std::move(row));
}

void Flow::keep_with_next() { rows_.back().keeps_next = true; }
void Flow::new_page() { page_wanted_ = true; }

// Height that must be free for row `index` to begin on a page: the row with all it is kept with.
double Flow::least_from(std::size_t index) const {
  double sum = 0;
  for (std::size_t i = index; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    sum += i == index ? 0 : row.before_pt;
    if (!row.keeps_next) return sum + row.height_pt(row.lines_least());
    sum += row.height_pt();
  }
  return sum;
}

Status Flow::break_pages(std::vector<Page>& pages) const {
  pages.assign(1, {});
  double y = top_pt;
  const auto turn = [&] {
    pages.emplace_back();
    y = top_pt;
  };
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    const bool fresh = pages.back().empty();
    const double before = fresh ? 0 : row.before_pt;
    // A chain of kept rows that is taller than a page breaks where it must.
    const double least = std::min(least_from(i), page_height_usable_pt);
    if (!fresh && (row.starts_page || y + before + least > bottom_pt)) turn();
    if (pages.back().empty() && i > 0 && row.head != nullptr) {
      pages.back().push_back({row.head.get(), 0, row.head->lines(), y});
      y += row.head->height_pt();
    } else {
      y += pages.back().empty() ? 0 : row.before_pt;
    }
    const int all = row.lines();
    int first = 0;
    do {
      const double room = bottom_pt - y - 2 * row.padding_pt;
      int lines = all - first;
      if (row.splits && lines * row.line_pt() > room) {
        lines = std::max(1, static_cast<int>(room / row.line_pt()));
        if (all - first - lines < lines_together_min) lines = std::max(1, all - first - lines_together_min);
      }
      pages.back().push_back({&row, first, lines, y});
      y += row.height_pt(lines);
      first += lines;
      if (first < all) turn();
      if (pages.size() > pages_max) return Error{ErrorCode::too_large, "paper: too many pages"};
    } while (first < all);
  }
  return Done{};
}

void Flow::draw_part(const Part& part) {
  const Row& row = *part.row;
  if (row.draw) {
    row.draw(canvas_, Box{left_pt, part.y_pt, text_width_pt, row.fixed_pt});
    return;
  }
  canvas_.tagged(row.tag, [&] {
    for (const Cell& cell : row.cells) {
      const int lines = std::clamp(cell.text.lines() - part.first, 0, part.lines);
      canvas_.draw_lines(cell.text, part.first, lines, left_pt + cell.x_pt, part.y_pt + row.padding_pt);
    }
  });
  const double end = part.y_pt + row.height_pt(part.lines);
  if (row.ruled) canvas_.line({left_pt, end}, {right_pt, end}, 0.5, colour::line);
}

Result<int> Flow::finish(const Furniture& furniture) {
  std::vector<Page> pages;
  QABYL_TRY_DO(break_pages(pages));
  const int count = static_cast<int>(pages.size());
  for (int page = 1; page <= count; ++page) {
    if (page > 1) canvas_.next_page();
    for (const Part& part : pages[static_cast<std::size_t>(page - 1)]) draw_part(part);
    furniture(canvas_, page, count);
  }
  return count;
}

}  // namespace qabyl::core::paper
