// The application as an office expects one: who to whom, what is asked, what is enclosed, who signs
// (application_paper.h).
#include "core/paper/application_paper.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/paper/layout.h"
#include "core/paper/marks.h"

namespace qabyl::core::paper {
namespace {

constexpr TextStyle title_style{Face::serif_bold, 15, colour::ink, 1.3, Align::centre};
constexpr TextStyle group_style{Face::serif_bold, 12, colour::ink, 1.3};
constexpr TextStyle body_style{Face::serif, 11, colour::ink, 1.4};
constexpr TextStyle small_style{Face::sans, 8.5, colour::ink2, 1.4};
constexpr TextStyle label_style{Face::sans, 9, colour::ink2, 1.65};  // shares lines with values of 11
constexpr TextStyle value_style{Face::serif, 11, colour::ink, 1.35};

const std::vector<Column> fact_columns{{0, mm(54), label_style}, {mm(58), text_width_pt - mm(58), value_style}};

struct Ids { const char *title, *request, *terms; };
Ids ids_of(Procedure procedure) {
  switch (procedure) {
    case Procedure::issue: return {"paper.app.title_issue", "paper.app.request_issue", "paper.app.terms_issue"};
    case Procedure::reissue: return {"paper.app.title_reissue", "paper.app.request_reissue", "paper.app.terms_reissue"};
    case Procedure::duplicate:
      return {"paper.app.title_duplicate", "paper.app.request_duplicate", "paper.app.terms_duplicate"};
  }
  QABYL_CHECK(false);
  return {};
}

class ApplicationPaper {
 public:
  ApplicationPaper(Canvas& canvas, const ApplicationContent& content, const Texts& texts, Language language,
                   const ScreenSignature* signature, int form_pages)
      : flow_(canvas), content_(content), draft_(content.draft), texts_(texts), language_(language),
        signature_(signature), form_pages_(form_pages) {}

  Status draw() {
    addressee();
    title();
    applicant();
    request();
    enclosed();
    statement();
    const auto furniture = [this](Canvas& canvas, int page, int pages) {
      const TextArgs numbers{{"p", std::to_string(page)}, {"n", std::to_string(pages)}};
      draw_footer(canvas, say("paper.app.footer", {{"id", draft_.id}}), say("paper.page", numbers));
      if (signature_) {
        draw_margin_words(canvas, say("paper.app.margin", {{"id", draft_.id}, {"p", std::to_string(page)},
            {"d", to_hex(signature_->paper).substr(0, 16)}, {"n", std::to_string(pages)}}));
      }
    };
    QABYL_TRY(pages, flow_.finish(furniture));
    static_cast<void>(pages);
    return Done{};
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }
  std::string last_day(const std::string& iso) const {
    const auto date = parse_iso_date(iso);
    return say("paper.last_day", {{"d", date ? format_date(texts_, language_, *date) : iso}});
  }

  void addressee() {
    const double x = text_width_pt * 0.46;
    const std::string& authority = content_.authority.in(language_);
    const auto pair = [&](const char* label, const std::string& value, double before) {
      flow_.paragraph(say(label), {small_style, before, x, text_width_pt, true, Tag::paragraph});
      flow_.paragraph(value, {value_style, 0, x, text_width_pt, false, Tag::paragraph});
    };
    pair("paper.to", authority.empty() ? say("paper.authority") : authority, 0);
    pair("paper.from", draft_.organisation, 6);
  }

  void title() {
    flow_.paragraph(say(ids_of(draft_.procedure).title),
                    {title_style, mm(11), mm(12), text_width_pt - mm(12), true, Tag::heading});
    const std::string& article = content_.profile.law_article.in(language_);
    if (article.empty()) return;
    TextStyle ground = small_style;
    ground.align = Align::centre;
    flow_.paragraph(article, {ground, 5, mm(12), text_width_pt - mm(12), false, Tag::paragraph});
  }

  void group(const char* id) {
    flow_.paragraph(say(id), {group_style, mm(7), 0, text_width_pt, true, Tag::heading});
  }
  void fact(const char* label, const std::string& value) {
    if (!value.empty()) flow_.row(fact_columns, {say(label), value});
  }

  void applicant() {
    group("paper.app.applicant");
    fact("paper.app.organisation", draft_.organisation);
    fact("paper.app.bin", format_bin(draft_.bin));
    fact("paper.app.address", draft_.address);
    fact("paper.app.first_head", draft_.first_head);
    if (draft_.procedure != Procedure::issue) fact("paper.app.licence_number", draft_.licence_number);
    fact("paper.app.representative", draft_.representative);
    fact("paper.app.position", draft_.position);
    fact("paper.app.authority_by", draft_.authority_until.empty()
        ? say("paper.app.by_office") : say("paper.app.by_attorney") + ". " + last_day(draft_.authority_until));
    fact("paper.app.phone", draft_.phone);
  }

  void request() {
    group("paper.app.request");
    const Ids ids = ids_of(draft_.procedure);
    flow_.paragraph(say(ids.request), {body_style, 4});
    flow_.paragraph(say(ids.terms), {body_style, 4});
    const auto fee = content_.profile.fee_tenge(draft_.procedure);
    if (fee) {
      const std::string amount = format_money(*fee);
      flow_.paragraph(say(content_.profile.fee.example ? "paper.app.fee_example" : "paper.app.fee", {{"amount", amount}}),
                      {body_style, 4});
    }
    if (draft_.fee == FeeChoice::later) flow_.paragraph(say("paper.app.fee_later"), {body_style, 4});
  }

  void enclosed() {
    group("paper.app.enclosed");
    TextStyle head = small_style, right = value_style, head_right = small_style;
    right.align = head_right.align = Align::right;
    const double name_x = mm(9), pages_x = text_width_pt - mm(18), files_x = pages_x - mm(18);
    const auto columns = [&](const TextStyle& left, const TextStyle& ending) {
      return std::vector<Column>{{0, mm(8), left}, {name_x, files_x - name_x - mm(4), left},
                                 {files_x, mm(18), ending}, {pages_x, mm(18), ending}};
    };
    flow_.head(columns(head, head_right), {"№", say("paper.col.document"), say("paper.col.files"), say("paper.col.pages")});
    int line = 0;
    for (const RequiredDocument& document : content_.profile.list(draft_.procedure)) {
      const std::vector<DraftFile>* files = draft_.files_of(document.code);
      if (document.made_here) {
        flow_.row(columns(value_style, right),
                  {std::to_string(++line), document.name.in(language_), "1", std::to_string(form_pages_)});
      } else if (files && !files->empty()) {
        int pages = 0;
        for (const DraftFile& file : *files) pages += file.pages;
        flow_.row(columns(value_style, right), {std::to_string(++line), document.name.in(language_),
                                                std::to_string(files->size()), pages > 0 ? std::to_string(pages) : "–"});
      }
    }
    flow_.end_table();
    missing();
  }

  void missing() {
    const std::vector<std::string> codes = missing_documents(content_.profile, draft_);
    if (codes.empty()) return;
    flow_.paragraph(say("paper.app.missing", {{"n", std::to_string(codes.size())}}),
                    {group_style, mm(6), 0, text_width_pt, true, Tag::heading});
    int line = 0;
    for (const RequiredDocument& document : content_.profile.list(draft_.procedure)) {
      if (std::find(codes.begin(), codes.end(), document.code) == codes.end()) continue;
      flow_.item(std::to_string(++line) + ")", document.name.in(language_), {body_style, 3}, mm(8));
    }
    flow_.paragraph(say("paper.app.missing_note"), {body_style, 5, 0, text_width_pt, true, Tag::paragraph});
  }

  // Statement, date and signature stand together, with the note on missing documents before them:
  // nobody signs a page that holds only a line.
  void statement() {
    flow_.paragraph(say("paper.app.statement"), {body_style, mm(7), 0, text_width_pt, true, Tag::paragraph});
    flow_.box(mm(5), mm(34), [this](Canvas& canvas, const Box& box) { signature_place(canvas, box); });
    flow_.keep_with_next();
    flow_.paragraph(say("paper.app.screen_note", {{"device", content_.device}}), {small_style, 4});
  }

  void signature_place(Canvas& canvas, const Box& box) const {
    const double line_x = box.x_pt + mm(70), line_y = box.y_pt + mm(22), end = box.x_pt + box.width_pt;
    canvas.draw(canvas.text(say("paper.app.date"), small_style, mm(60)), box.x_pt, line_y + 3);
    canvas.draw(canvas.text(format_date(texts_, language_, content_.date), value_style, mm(66)), box.x_pt, line_y - 16);
    canvas.line({box.x_pt, line_y}, {box.x_pt + mm(60), line_y}, 0.7, colour::edge);
    canvas.line({line_x, line_y}, {end, line_y}, 0.7, colour::edge);
    const std::string who = say("paper.app.signature", {{"name", draft_.representative}});
    canvas.draw(canvas.text(who, small_style, end - line_x), line_x, line_y + 3);
    if (signature_) draw_ink(canvas, *signature_, {line_x + mm(4), box.y_pt, end - line_x - mm(8), mm(21)});
  }

  Flow flow_;
  const ApplicationContent& content_;
  const ApplicationDraft& draft_;
  const Texts& texts_;
  Language language_;
  const ScreenSignature* signature_;
  int form_pages_;
};

Result<Paper> render_once(const ApplicationContent& content, const Texts& texts, Language language,
                          const ScreenSignature* signature, int form_pages) {
  const std::string title = texts.say(language, ids_of(content.draft.procedure).title);
  QABYL_TRY(canvas, Canvas::create({title, language, content.made_at}));
  QABYL_TRY_DO(ApplicationPaper(canvas, content, texts, language, signature, form_pages).draw());
  return canvas.finish();
}

constexpr int pages_usual = 2;

// The form lists itself with its pages: drawn for as many as it usually has, and again if they came out as others.
Result<Paper> render(const ApplicationContent& content, const Texts& texts, Language language,
                     const ScreenSignature* signature) {
  QABYL_TRY(first, render_once(content, texts, language, signature, pages_usual));
  if (first.pages == pages_usual) return first;
  return render_once(content, texts, language, signature, first.pages);
}

}  // namespace

Result<Paper> application_pdf(const ApplicationContent& content, const Texts& texts, Language language) {
  return render(content, texts, language, nullptr);
}

Result<Paper> application_copy(const ApplicationContent& content, const ScreenSignature& signature,
                               const Texts& texts, Language language) {
  QABYL_TRY(form, render(content, texts, language, nullptr));
  if (sha256(form.pdf) != signature.paper) return Error{ErrorCode::conflict, "application: the form has other bytes now"};
  return render(content, texts, language, &signature);
}

}  // namespace qabyl::core::paper
