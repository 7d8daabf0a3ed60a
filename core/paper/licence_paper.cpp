// Framed like the forms that states print, and plain enough to be read aloud: who, what, since when, for how long
// (licence_paper.h).
#include "core/paper/licence_paper.h"

#include "core/paper/layout.h"
#include "core/paper/mark_place.h"
#include "core/paper/marks.h"

namespace qabyl::core::paper {
namespace {

constexpr TextStyle authority_style{Face::serif_bold, 12.5, colour::ink, 1.3, Align::centre};
constexpr TextStyle title_style{Face::serif_bold, 34, colour::pri, 1.2, Align::centre, 5};
constexpr TextStyle activity_style{Face::serif, 13, colour::ink, 1.35, Align::centre};
constexpr TextStyle number_style{Face::serif_bold, 16, colour::ink, 1.3, Align::centre};
constexpr TextStyle form_style{Face::sans, 9, colour::ink2, 1.4, Align::centre};
constexpr TextStyle holder_style{Face::serif_bold, 14, colour::ink, 1.35};
constexpr TextStyle label_style{Face::sans, 9, colour::ink2, 1.9};  // shares lines with values of 12
constexpr TextStyle value_style{Face::serif, 12, colour::ink, 1.4};
constexpr TextStyle law_style{Face::sans, 9, colour::ink2, 1.45};
constexpr double horn_pt = mm(18), horn_margin_pt = mm(3);
constexpr int languages_on_paper = 2;

// A licence stays on its page: with long names it is set smaller, never cut.
constexpr double scales[] = {1.0, 0.86, 0.74};

// A heavy and a fine line, and a curl of the horn's colour in each corner.
void draw_frame(Canvas& canvas) {
  const Box outer{mm(16), mm(7), page_width_pt - mm(16) - mm(9), page_height_pt - mm(12)};
  canvas.frame(outer, 0, 2.6, colour::pri);
  const double gap = 4.2;
  canvas.frame({outer.x_pt + gap, outer.y_pt + gap, outer.width_pt - 2 * gap, outer.height_pt - 2 * gap}, 0, 0.8, colour::gold);
  const double arm = mm(9);
  for (const bool right : {false, true}) {
    for (const bool low : {false, true}) {
      const Point corner{right ? outer.x_pt + outer.width_pt - 2.2 * gap : outer.x_pt + 2.2 * gap, low ? outer.y_pt + outer.height_pt - 2.2 * gap : outer.y_pt + 2.2 * gap};
      const double x = right ? -arm : arm, y = low ? -arm : arm;
      canvas.straight({{corner.x_pt + x, corner.y_pt}, corner, {corner.x_pt, corner.y_pt + y}}, 1.6, colour::gold);
      canvas.dot({corner.x_pt + x / 3, corner.y_pt + y / 3}, 2, colour::gold);
    }
  }
}

const char* sort_id(Procedure given) {
  switch (given) {
    case Procedure::issue: return "paper.licence.original";
    case Procedure::reissue: return "paper.licence.reissued";
    case Procedure::duplicate: return "paper.licence.duplicate";
  }
  QABYL_CHECK(false);
  return "";
}

class Drawing {
 public:
  Drawing(Canvas& canvas, const LicenceContent& content, const Texts& texts, double scale) : canvas_(canvas), flow_(canvas), content_(content), texts_(texts), scale_(scale) {}

  Status draw() {
    side(Language::kk);
    flow_.new_page();
    side(Language::ru);
    QABYL_TRY(pages, flow_.finish([this](Canvas& canvas, int page, int of) { furniture(canvas, page, of); }));
    return pages == languages_on_paper ? Status(Done{}) : Status(Error{ErrorCode::too_large, "licence"});
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }
  std::string both(std::string_view id) const { return texts_.say(Language::kk, id) + " / " + texts_.say(Language::ru, id); }
  TextStyle sized(TextStyle style) const {
    style.size_pt *= scale_;
    return style;
  }
  void centred(const std::string& text, const TextStyle& style, double before_pt, Tag tag = Tag::paragraph) {
    flow_.paragraph(text, {sized(style), before_pt * scale_, 0, text_width_pt, true, tag});
  }

  void side(Language language) {
    language_ = language;
    head();
    facts();
    flow_.paragraph(say("paper.licence.not_passed_on"), {sized(value_style), mm(7) * scale_});
    flow_.paragraph(say("paper.licence.law", {{"law", content_.law.in(language_)}}), {sized(law_style), 4});
    flow_.paragraph(say("paper.licence.register"), {sized(law_style), 2, 0, text_width_pt, true, Tag::paragraph});
    add_signature_row(flow_, canvas_, content_.signer_position.in(language_), content_.signer_name);
  }

  void head() {
    const double side = horn_pt * scale_;
    flow_.box(0, side + horn_margin_pt, [side](Canvas& canvas, const Box& box) { draw_horn(canvas, {box.x_pt + (box.width_pt - side) / 2, box.y_pt + horn_margin_pt}, side); });
    flow_.keep_with_next();
    centred(content_.authority.in(language_), authority_style, 8);
    centred(say("paper.licence.title"), title_style, mm(8), Tag::heading);
    centred(say("paper.licence.activity"), activity_style, 2);
    centred("№ " + content_.licence_number, number_style, mm(5));
    centred(say("paper.licence.form", {{"number", content_.form_number}}), form_style, 1);
    // A form that is not the first one says so in both languages on either side.
    if (content_.given != Procedure::issue) {
      flow_.box(mm(4), mm(15), [this, word = both(sort_id(content_.given))](Canvas& canvas, const Box& box) { draw_sort(canvas, box, word); });
      flow_.keep_with_next();
    }
  }

  void draw_sort(Canvas& canvas, const Box& box, const std::string& word) const {
    const TextStyle style{Face::sans_bold, 15, colour::warn_ink, 1.2, Align::centre, 1.2};
    const Text text = canvas.text(word, style, box.width_pt);
    const double width = text.width_pt() + mm(14), height = text.height_pt() + mm(5);
    const Box around{box.x_pt + (box.width_pt - width) / 2, box.y_pt, width, height};
    canvas.fill(around, 5, colour::warn_bg);
    canvas.frame(around, 5, 1.4, colour::warn_ink);
    canvas.draw(text, box.x_pt, box.y_pt + mm(2.5));
  }

  void fact(std::string_view label_id, const std::string& value, const TextStyle& style = value_style) {
    flow_.row({{0, mm(52), sized(label_style)}, {mm(56), text_width_pt - mm(56), sized(style)}}, {say(label_id), value});
  }
  void facts() {
    flow_.box(mm(5), 1, [](Canvas&, const Box&) {});
    flow_.keep_with_next();
    fact("paper.licence.holder", content_.holder, holder_style);
    fact("paper.licence.bin", format_bin(content_.bin));
    fact("paper.licence.address", content_.address);
    fact("paper.licence.date", format_date(texts_, language_, content_.date));
    fact("paper.licence.term", say("paper.licence.no_end"));
    fact("paper.licence.sort", say(sort_id(content_.given)));
    if (!content_.replaces.empty()) fact("paper.licence.replaces", say("paper.licence.void_form", {{"number", content_.replaces}}));
    flow_.end_table();
  }

  void furniture(Canvas& canvas, int page, int pages) const {
    draw_frame(canvas);
    const TextArgs numbers{{"p", std::to_string(page)}, {"n", std::to_string(pages)}};
    draw_footer(canvas, "№ " + content_.licence_number + " · " + content_.form_number + " · " + content_.paper_id,
                texts_.say(Language::kk, "paper.page", numbers) + " / " + texts_.say(Language::ru, "paper.page", numbers));
  }

  Canvas& canvas_;
  Flow flow_;
  const LicenceContent& content_;
  const Texts& texts_;
  double scale_;
  Language language_ = Language::kk;
};

}  // namespace

Result<Paper> licence_pdf(const LicenceContent& content, const Texts& texts) {
  Status fitted = Error{ErrorCode::too_large, "licence"};
  for (const double scale : scales) {
    QABYL_TRY(canvas, Canvas::create({"№ " + content.licence_number + " · " + content.form_number, Language::kk, content.made_at}));
    fitted = Drawing(canvas, content, texts, scale).draw();
    if (fitted) return canvas.finish();
    if (fitted.error().code != ErrorCode::too_large) break;
  }
  return fitted.error();
}

}  // namespace qabyl::core::paper
