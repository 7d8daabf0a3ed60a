// See bureau_letter.h.
#include "core/paper/bureau_letter.h"

#include "core/encoding.h"
#include "core/paper/layout.h"
#include "core/paper/marks.h"
#include "core/paper/office_styles.h"
#include "core/profile.h"

namespace qabyl::core::paper {
namespace {

constexpr TextStyle label_style{Face::sans, 9, colour::ink2, 1.65};  // shares lines with values of 11
constexpr TextStyle value_style{Face::serif, 11, colour::ink, 1.35};
constexpr TextStyle mono_style{Face::mono, 7.5, colour::ink2, 1.35};
constexpr double addressee_x_pt = text_width_pt * 0.46, signature_x_pt = mm(70);

class Drawing {
 public:
  Drawing(Canvas& canvas, const BureauLetter& content, const Texts& texts, Language language)
      : flow_(canvas), content_(content), texts_(texts), language_(language) {}

  Status draw() {
    head();
    for (const auto& group : content_.groups) draw_group(group);
    enclosures();
    flow_.box(mm(8), mm(34), [this](Canvas& canvas, const Box& box) { signature_place(canvas, box); });
    flow_.keep_with_next();
    flow_.paragraph(say("paper.app.screen_note", {{"device", content_.device}}), {small_style, 4});
    QABYL_TRY(pages, flow_.finish([this](Canvas& canvas, int page, int of) {
      draw_footer(canvas, say("paper.letter.footer", {{"bureau", content_.bureau}, {"id", content_.paper_id}}),
                  say("paper.page", {{"p", std::to_string(page)}, {"n", std::to_string(of)}}));
    }));
    static_cast<void>(pages);
    return Done{};
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }

  void head() {
    const auto pair = [&](const char* label, const std::string& value, double before) {
      flow_.paragraph(say(label), {small_style, before, addressee_x_pt, text_width_pt, true, Tag::paragraph});
      flow_.paragraph(value, {value_style, 0, addressee_x_pt, text_width_pt, true, Tag::paragraph});
    };
    pair("paper.to", content_.authority.empty() ? say("paper.authority") : content_.authority, 0);
    pair("paper.from", content_.bureau, 6);
    flow_.paragraph(say("paper.receipt.bin", {{"bin", format_bin(content_.bin)}}), {small_style, 0, addressee_x_pt, text_width_pt, false, Tag::paragraph});
    flow_.paragraph(content_.title, {title_style, mm(10), 0, text_width_pt, true, Tag::heading});
    flow_.paragraph(content_.lead, {body_style, mm(2), 0, text_width_pt, false, Tag::paragraph});
  }

  void draw_group(const LetterGroup& group) {
    if (!group.heading.empty()) flow_.paragraph(group.heading, {group_style, mm(6), 0, text_width_pt, true, Tag::heading});
    const std::vector<Column> columns{{0, mm(54), label_style}, {mm(58), text_width_pt - mm(58), value_style}};
    for (const auto& line : group.lines) {
      if (line.label.empty()) flow_.paragraph(line.value, {body_style, 4});
      else flow_.row(columns, {line.label, line.value});
    }
  }

  void enclosures() {
    if (content_.enclosures.empty()) return;
    flow_.paragraph(say("paper.letter.enclosed", {{"n", std::to_string(content_.enclosures.size())}}),
                    {group_style, mm(6), 0, text_width_pt, true, Tag::heading});
    TextStyle right = value_style;
    right.align = Align::right;
    const double pages_x = text_width_pt - mm(18);
    const std::vector<Column> columns{{0, mm(8), value_style}, {mm(9), pages_x - mm(12), value_style}, {pages_x, mm(18), right}};
    int number = 0;
    for (const auto& one : content_.enclosures) {
      flow_.row(columns, {std::to_string(++number), one.name, one.pages > 0 ? say("paper.letter.pages", {{"n", std::to_string(one.pages)}}) : "–"});
      flow_.paragraph("SHA-256 " + to_hex(one.sha256), {mono_style, 0, mm(9), text_width_pt - mm(9), false, Tag::paragraph});
    }
    flow_.end_table();
  }

  void signature_place(Canvas& canvas, const Box& box) const {
    const double line_x = box.x_pt + signature_x_pt, line_y = box.y_pt + mm(22), end = box.x_pt + box.width_pt;
    canvas.draw(canvas.text(format_date(texts_, language_, content_.date), value_style, mm(60)), box.x_pt, line_y - 16);
    canvas.line({box.x_pt, line_y}, {box.x_pt + mm(60), line_y}, 0.7, colour::edge);
    canvas.draw(canvas.text(say("paper.app.date"), small_style, mm(60)), box.x_pt, line_y + 3);
    canvas.line({line_x, line_y}, {end, line_y}, 0.7, colour::edge);
    canvas.draw(canvas.text(content_.position + ", " + content_.name, small_style, end - line_x), line_x, line_y + 3);
  }

  Flow flow_;
  const BureauLetter& content_;
  const Texts& texts_;
  Language language_;
};

std::size_t line_count(const BureauLetter& content) {
  std::size_t lines = 0;
  for (const auto& group : content.groups) lines += group.lines.size();
  return lines;
}

}  // namespace

Result<Paper> bureau_letter_pdf(const BureauLetter& content, const Texts& texts, Language language) {
  if (line_count(content) > letter_lines_max || content.enclosures.size() > letter_enclosures_max) return Error{ErrorCode::too_large, "bureau letter"};
  QABYL_TRY(canvas, Canvas::create({content.title, language, content.made_at}));
  QABYL_TRY_DO(Drawing(canvas, content, texts, language).draw());
  return canvas.finish();
}

}  // namespace qabyl::core::paper
