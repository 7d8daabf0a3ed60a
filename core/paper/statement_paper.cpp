// To whom, from whom, what is withdrawn or handed in, by whom (statement_paper.h).
#include "core/paper/statement_paper.h"

#include "core/paper/layout.h"
#include "core/paper/marks.h"
#include "core/paper/office_styles.h"

namespace qabyl::core::paper {
namespace {

constexpr TextStyle value_style{Face::serif, 11, colour::ink, 1.35};
constexpr TextStyle heading_style{Face::serif_bold, 15, colour::ink, 1.3, Align::centre};

const char* title_id(const StatementContent& content) { return content.documents.empty() ? "paper.withdrawal.title" : "paper.supplement.title"; }

class Drawing {
 public:
  Drawing(Canvas& canvas, const StatementContent& content, const Texts& texts, Language language) : flow_(canvas), content_(content), texts_(texts), language_(language) {}

  Status draw() {
    const double x = text_width_pt * 0.46;
    pair("paper.to", say("paper.authority"), 0, x);
    pair("paper.from", content_.organisation, 6, x);
    flow_.paragraph(say("paper.receipt.bin", {{"bin", format_bin(content_.bin)}}), {small_style, 0, x, text_width_pt, false, Tag::paragraph});
    flow_.paragraph(say(title_id(content_)), {heading_style, mm(14), mm(12), text_width_pt - mm(12), true, Tag::heading});
    const bool withdrawal = content_.documents.empty();
    flow_.paragraph(say(withdrawal ? "paper.withdrawal.request" : "paper.supplement.request", {{"number", content_.receipt_number}}), {body_style, mm(7)});
    if (!content_.case_number.empty()) flow_.paragraph(say("paper.withdrawal.case", {{"number", content_.case_number}}), {body_style, 4});
    int line = 0;
    for (const auto& one : content_.documents) {
      const auto count = say("paper.supplement.count", {{"files", std::to_string(one.files)}, {"pages", std::to_string(one.pages)}});
      flow_.item(std::to_string(++line) + ".", one.name + " (" + count + ")", {body_style, 3}, number_hang_pt);
    }
    if (withdrawal) flow_.paragraph(say("paper.withdrawal.end"), {body_style, 4, 0, text_width_pt, true, Tag::paragraph});
    else flow_.keep_with_next();
    flow_.box(mm(8), mm(30), [this](Canvas& canvas, const Box& box) { signature_place(canvas, box); });
    flow_.keep_with_next();
    flow_.paragraph(say("paper.app.screen_note", {{"device", content_.device}}), {small_style, 4});
    QABYL_TRY(pages, flow_.finish([this](Canvas& canvas, int page, int of) {
      draw_footer(canvas, say(title_id(content_)) + " · " + content_.receipt_number, say("paper.page", {{"p", std::to_string(page)}, {"n", std::to_string(of)}}));
    }));
    static_cast<void>(pages);
    return Done{};
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }
  void pair(const char* label, const std::string& value, double before, double x) {
    flow_.paragraph(say(label), {small_style, before, x, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(value, {value_style, 0, x, text_width_pt, false, Tag::paragraph});
  }
  void signature_place(Canvas& canvas, const Box& box) const {
    const double line_x = box.x_pt + mm(70), line_y = box.y_pt + mm(20), end = box.x_pt + box.width_pt;
    canvas.draw(canvas.text(format_date(texts_, language_, content_.date), value_style, mm(60)), box.x_pt, line_y - 16);
    canvas.line({box.x_pt, line_y}, {box.x_pt + mm(60), line_y}, 0.7, colour::edge);
    canvas.draw(canvas.text(say("paper.app.date"), small_style, mm(60)), box.x_pt, line_y + 3);
    canvas.line({line_x, line_y}, {end, line_y}, 0.7, colour::edge);
    canvas.draw(canvas.text(content_.position + ", " + content_.name, small_style, end - line_x), line_x, line_y + 3);
  }

  Flow flow_;
  const StatementContent& content_;
  const Texts& texts_;
  Language language_;
};

}  // namespace

Result<Paper> statement_pdf(const StatementContent& content, const Texts& texts, Language language) {
  QABYL_TRY(canvas, Canvas::create({texts.say(language, title_id(content)), language, content.made_at}));
  QABYL_TRY_DO(Drawing(canvas, content, texts, language).draw());
  return canvas.finish();
}

}  // namespace qabyl::core::paper
