// See office_paper.h.
#include "core/paper/office_paper.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/paper/layout.h"
#include "core/paper/mark_place.h"
#include "core/paper/marks.h"
#include "core/paper/office_styles.h"

namespace qabyl::core::paper {
namespace {

constexpr double edge_pt = page_height_pt - mm(8.3);  // nothing is printed nearer to the edge of the sheet
constexpr Box visa_box{right_pt - mm(26), edge_pt - mm(7), mm(26), mm(7)};

class Drawing {
 public:
  Drawing(Canvas& canvas, const OfficePaper& content, const Texts& texts, const OfficeCopy* copy)
      : canvas_(canvas), flow_(canvas), content_(content), texts_(texts), copy_(copy) {}

  Status draw() {
    part(Language::kk);
    flow_.new_page();
    part(Language::ru);
    if (content_.place_for_mark) {
      flow_.keep_with_next();  // the place for the mark is never alone on a sheet
      flow_.box(mm(8), mark_height_pt, [this](Canvas& canvas, const Box& box) { draw_mark_place(canvas, box, texts_, copy_ && copy_->mark ? &*copy_->mark : nullptr); });
    }
    QABYL_TRY(pages, flow_.finish([this](Canvas& canvas, int page, int of) { furniture(canvas, page, of); }));
    static_cast<void>(pages);
    return Done{};
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }

  void part(Language language) {
    language_ = language;
    point_ = 0;
    head();
    for (const OfficeGroup& group : content_.groups) {
      const std::string& heading = group.heading.in(language_);
      if (!heading.empty()) flow_.paragraph(heading, {group_style, mm(6), 0, text_width_pt, true, Tag::heading});
      for (const OfficePoint& one : group.points) point(one);
      if (!group.table.head.empty()) table(group.table);
    }
    flow_.keep_with_next();
    signatures();
  }

  void signatures() {
    for (std::size_t i = 0; i < content_.signatures.size(); ++i) {
      const OfficeSignature& one = content_.signatures[i];
      const bool noted = copy_ != nullptr && i < copy_->signed_notes.size();
      if (i > 0) flow_.keep_with_next();  // who signs a paper signs it on one sheet
      add_signature_row(flow_, canvas_, one.position.in(language_), one.name, noted ? copy_->signed_notes[i].in(language_) : std::string());
    }
  }

  void table(const OfficeTable& table) {
    const double width = text_width_pt / static_cast<double>(table.head.size());
    std::vector<Column> heads, columns;
    for (std::size_t i = 0; i < table.head.size(); ++i) {
      const double x = width * static_cast<double>(i);
      heads.push_back({x, width - mm(4), {Face::sans_bold, 8.5, colour::ink2, 1.3}});
      columns.push_back({x, width - mm(4), {Face::serif, 10, colour::ink, 1.35}});
    }
    const auto cells = [this](const std::vector<LocalText>& texts) {
      std::vector<std::string> said;
      for (const LocalText& one : texts) said.push_back(one.in(language_));
      return said;
    };
    flow_.head(heads, cells(table.head));
    for (const auto& row : table.rows) flow_.row(columns, cells(row));
    flow_.end_table();
  }

  void head() {
    flow_.paragraph(content_.authority.in(language_), {authority_style, 0, 0, text_width_pt, true, Tag::paragraph});
    flow_.box(4, 3, [](Canvas& canvas, const Box& box) {
      canvas.line({box.x_pt, box.y_pt + 1}, {box.x_pt + box.width_pt, box.y_pt + 1}, 1.2, colour::pri);
    });
    flow_.keep_with_next();
    flow_.paragraph(say("paper.to"), {small_style, mm(6), text_width_pt * 0.46, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(content_.addressee.in(language_), {body_style, 0, text_width_pt * 0.46, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(content_.title.in(language_), {title_style, mm(9), 0, text_width_pt, true, Tag::heading});
    const std::string date = format_date(texts_, language_, content_.date);
    flow_.paragraph(say("paper.notice.number_date", {{"number", content_.number}, {"date", date}}), {body_style, 2, 0, text_width_pt, true, Tag::paragraph});
    if (!content_.lead.in(language_).empty()) flow_.paragraph(content_.lead.in(language_), {body_style, mm(5)});
  }

  void point(const OfficePoint& one) {
    flow_.item(std::to_string(++point_) + ".", one.text.in(language_), {body_style, 5}, number_hang_pt);
    if (one.list.empty()) return;
    flow_.keep_with_next();  // a point that announces a list stays with the list's first line
    int line = 0;
    for (const LocalText& text : one.list) {
      flow_.item(std::to_string(++line) + ")", text.in(language_), {body_style, 2.5, number_hang_pt}, list_hang_pt);
    }
  }

  std::string both(std::string_view id, const TextArgs& args = {}) const {
    return texts_.say(Language::kk, id, args) + " / " + texts_.say(Language::ru, id, args);
  }

  // What stands outside the text: never part of the flow, so that a copy has the body's pages.
  void furniture(Canvas& canvas, int page, int pages) const {
    footer(canvas, page, pages);
    if (!content_.sheet_note.kk.empty()) sheet_note(canvas);
    if (content_.place_for_visas) visa(canvas, page);
    if (copy_ != nullptr) margin(canvas, page, pages);
  }

  void sheet_note(Canvas& canvas) const {
    const TextStyle style{Face::sans, 6.5, colour::ink2, 1.25};
    const Text note = canvas.text(content_.sheet_note.kk + " " + content_.sheet_note.ru, style, text_width_pt);
    canvas.draw(note, left_pt, top_pt - mm(0.8) - note.height_pt());
  }

  void visa(Canvas& canvas, int page) const {
    const TextStyle style{Face::sans, 7.5, colour::ink2, 1.3, Align::right};
    const Text label = canvas.text(both("paper.visa"), style, mm(40));
    canvas.draw(label, visa_box.x_pt - mm(42), visa_box.y_pt + visa_box.height_pt - label.height_pt());
    canvas.line({visa_box.x_pt, visa_box.y_pt + visa_box.height_pt}, {visa_box.x_pt + visa_box.width_pt, visa_box.y_pt + visa_box.height_pt}, 0.6, colour::edge);
    if (copy_ == nullptr) return;
    for (const PageVisa& one : copy_->visas) {
      if (one.page == page) draw_ink(canvas, one.ink, visa_box);
    }
  }

  void margin(Canvas& canvas, int page, int pages) const {
    const std::string number = std::to_string(copy_->number);
    const MarginCode code = margin_code(content_.paper_id, copy_->body, copy_->number, page, pages);
    draw_margin_code(canvas, code, texts_.say(Language::kk, "paper.notice.margin", {{"id", content_.paper_id}, {"d", to_hex(code.body)},
        {"copy", number}, {"p", std::to_string(page)}, {"n", std::to_string(pages)}}));
    const Text label = canvas.text(both("paper.notice.copy", {{"copy", number}}), {Face::sans_bold, 7, colour::pri, 1.05}, mm(60));
    canvas.draw(label, left_pt, edge_pt - label.height_pt());
  }

  void footer(Canvas& canvas, int page, int pages) const {
    const TextArgs numbers{{"p", std::to_string(page)}, {"n", std::to_string(pages)}};
    const std::string pages_text = both("paper.page", numbers), name = "№ " + content_.number + " · " + content_.paper_id;
    if (content_.place_for_visas) return draw_footer(canvas, pages_text + " · " + name, "");  // the right end is the visa's
    draw_footer(canvas, content_.title.kk + " / " + content_.title.ru + " " + name, pages_text);
  }

  Canvas& canvas_;
  Flow flow_;
  const OfficePaper& content_;
  const Texts& texts_;
  const OfficeCopy* copy_;  // null: the body
  Language language_ = Language::kk;
  int point_ = 0;
};

std::size_t points_of(const OfficePaper& content) {
  std::size_t points = 0;
  for (const OfficeGroup& group : content.groups) {
    for (const OfficePoint& one : group.points) points += 1 + one.list.size();
    points += group.table.rows.size();
  }
  return points;
}

bool is_whole(const OfficeTable& table) {
  const auto fits = [&](const auto& row) { return row.size() == table.head.size(); };
  return table.head.size() <= table_columns_max && std::all_of(table.rows.begin(), table.rows.end(), fits);
}

Result<Paper> render(const OfficePaper& content, const Texts& texts, const OfficeCopy* copy) {
  if (points_of(content) > office_points_max) return Error{ErrorCode::too_large, "office paper: too many points"};
  const bool whole = std::all_of(content.groups.begin(), content.groups.end(), [](const OfficeGroup& one) { return is_whole(one.table); });
  if (!whole) return Error{ErrorCode::invalid_input, "office paper: a table's row has other cells than its head"};
  QABYL_TRY(canvas, Canvas::create({content.title.kk + " № " + content.number, Language::kk, content.made_at}));
  QABYL_TRY_DO(Drawing(canvas, content, texts, copy).draw());
  return canvas.finish();
}

bool is_ink_of(const OfficeCopy& copy) {
  const bool marked = !copy.mark || copy.mark->signature.paper == copy.body;
  return marked && std::all_of(copy.visas.begin(), copy.visas.end(), [&](const PageVisa& one) { return one.ink.paper == copy.body; });
}

}  // namespace

Result<Paper> office_pdf(const OfficePaper& content, const Texts& texts) { return render(content, texts, nullptr); }

Result<Paper> office_copy(const OfficePaper& content, const OfficeCopy& copy, const Texts& texts) {
  if (copy.number != 1 && copy.number != 2) return Error{ErrorCode::invalid_input, "office paper: there are two copies"};
  if (copy.number == 1 && (copy.mark || !copy.visas.empty())) return Error{ErrorCode::invalid_input, "office paper: visas and mark stand on copy 2"};
  if (!is_ink_of(copy)) return Error{ErrorCode::invalid_input, "office paper: ink of another paper"};
  QABYL_TRY(body, render(content, texts, nullptr));
  if (sha256(body.pdf) != copy.body) return Error{ErrorCode::conflict, "office paper: the content does not give D"};
  return render(content, texts, &copy);
}

}  // namespace qabyl::core::paper
