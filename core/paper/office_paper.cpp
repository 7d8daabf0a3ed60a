// See office_paper.h.
#include "core/paper/office_paper.h"

#include "core/paper/layout.h"
#include "core/paper/mark_place.h"
#include "core/paper/marks.h"
#include "core/paper/office_styles.h"

namespace qabyl::core::paper {
namespace {

class Drawing {
 public:
  Drawing(Canvas& canvas, const OfficePaper& content, const Texts& texts) : canvas_(canvas), flow_(canvas), content_(content), texts_(texts) {}

  Status draw() {
    part(Language::kk);
    flow_.new_page();
    part(Language::ru);
    if (content_.place_for_mark) {
      flow_.keep_with_next();  // the place for the mark is never alone on a sheet
      flow_.box(mm(8), mark_height_pt, [this](Canvas& canvas, const Box& box) { draw_mark_place(canvas, box, texts_, nullptr); });
    }
    QABYL_TRY(pages, flow_.finish([this](Canvas& canvas, int page, int of) { footer(canvas, page, of); }));
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
    }
    flow_.keep_with_next();
    for (const OfficeSignature& one : content_.signatures) add_signature_row(flow_, canvas_, one.position.in(language_), one.name);
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

  void footer(Canvas& canvas, int page, int pages) const {
    const TextArgs numbers{{"p", std::to_string(page)}, {"n", std::to_string(pages)}};
    const std::string left = content_.title.kk + " / " + content_.title.ru + " № " + content_.number + " · " + content_.paper_id;
    draw_footer(canvas, left, texts_.say(Language::kk, "paper.page", numbers) + " / " + texts_.say(Language::ru, "paper.page", numbers));
  }

  Canvas& canvas_;
  Flow flow_;
  const OfficePaper& content_;
  const Texts& texts_;
  Language language_ = Language::kk;
  int point_ = 0;
};

std::size_t points_of(const OfficePaper& content) {
  std::size_t points = 0;
  for (const OfficeGroup& group : content.groups) {
    for (const OfficePoint& one : group.points) points += 1 + one.list.size();
  }
  return points;
}

}  // namespace

Result<Paper> office_pdf(const OfficePaper& content, const Texts& texts) {
  if (points_of(content) > office_points_max) return Error{ErrorCode::too_large, "office paper: too many points"};
  QABYL_TRY(canvas, Canvas::create({content.title.kk + " № " + content.number, Language::kk, content.made_at}));
  QABYL_TRY_DO(Drawing(canvas, content, texts).draw());
  return canvas.finish();
}

}  // namespace qabyl::core::paper
