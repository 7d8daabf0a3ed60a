// Numbered paragraphs as acts have them, once in Kazakh and once in Russian, then one bilingual place
// for the mark of receipt at the end of the last page (notice_paper.h).
#include "core/paper/notice_paper.h"

#include <algorithm>

#include "core/crypto.h"
#include "core/encoding.h"
#include "core/paper/layout.h"
#include "core/paper/mark_place.h"
#include "core/paper/marks.h"
#include "core/paper/office_styles.h"

namespace qabyl::core::paper {
namespace {

// The words of an assignment's text: plain, in three languages, or an object's texts in a row.
std::string words(const Json& value, Language language) {
  if (value.is_string()) return value.string();
  if (value.is_integer()) return std::to_string(value.integer());
  if (!value.is_object()) return {};
  const std::string local = value.text(to_text(language));
  if (!local.empty()) return local;
  std::string joined;
  for (const char* key : {"name", "position", "number", "date", "start", "end", "subject", "articles", "article", "text"}) {
    const Json* part = value.find(key);
    const std::string text = part ? words(*part, language) : std::string();
    if (!text.empty()) joined += (joined.empty() ? "" : ", ") + text;
  }
  return joined;
}

std::string words(const Json& object, std::string_view key, Language language) {
  const Json* value = object.find(key);
  return value ? words(*value, language) : std::string();
}

const char* kind_id(std::string_view kind) {
  if (kind == "planned") return "paper.kind.planned";
  if (kind == "unplanned") return "paper.kind.unplanned";
  if (kind == "complex") return "paper.kind.complex";
  if (kind == "thematic") return "paper.kind.thematic";
  return nullptr;
}

class NoticePaper {
 public:
  NoticePaper(Canvas& canvas, const NoticeContent& content, const Texts& texts, const NoticeCopy* copy)
      : canvas_(canvas), flow_(canvas), content_(content), texts_(texts), copy_(copy) {}

  Status draw() {
    part(Language::kk);
    flow_.new_page();
    part(Language::ru);
    flow_.keep_with_next();  // the place for the mark is never alone on a sheet
    flow_.box(mm(8), mark_height_pt, [this](Canvas& canvas, const Box& box) { draw_mark_place(canvas, box, texts_, copy_ && copy_->mark ? &*copy_->mark : nullptr); });
    const auto furniture = [this](Canvas& canvas, int page, int pages) { frame_page(canvas, page, pages); };
    QABYL_TRY(pages, flow_.finish(furniture));
    static_cast<void>(pages);
    return Done{};
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }
  std::string both(std::string_view id, const TextArgs& args = {}) const {
    return texts_.say(Language::kk, id, args) + " / " + texts_.say(Language::ru, id, args);
  }
  std::string day(Date date) const { return format_date(texts_, language_, date); }
  std::string day(const std::string& iso) const {
    const auto date = parse_iso_date(iso);
    return date ? day(*date) : iso;
  }
  const Json& assignment() const { return content_.assignment; }

  void part(Language language) {
    language_ = language;
    point_ = 0;
    head();
    particulars();
    duties();
    signature();
  }

  void head() {
    flow_.paragraph(content_.authority.in(language_), {authority_style, 0, 0, text_width_pt, true, Tag::paragraph});
    const std::string& address = content_.authority_address.in(language_);
    if (!address.empty()) flow_.paragraph(address, {small_style, 1, 0, text_width_pt, true, Tag::paragraph});
    flow_.box(4, 3, [](Canvas& canvas, const Box& box) {
      canvas.line({box.x_pt, box.y_pt + 1}, {box.x_pt + box.width_pt, box.y_pt + 1}, 1.2, colour::pri);
    });
    flow_.keep_with_next();
    flow_.paragraph(say("paper.to"), {small_style, mm(6), text_width_pt * 0.46, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(words(assignment().member("bureau"), "name", language_),
                    {body_style, 0, text_width_pt * 0.46, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(say("paper.notice.head_of"), {small_style, 1, text_width_pt * 0.46, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(say("paper.notice.title"), {title_style, mm(9), 0, text_width_pt, true, Tag::heading});
    flow_.paragraph(say("paper.notice.number_date", {{"number", content_.number}, {"date", day(content_.date)}}),
                    {body_style, 2, 0, text_width_pt, true, Tag::paragraph});
    flow_.paragraph(say("paper.notice.lead"), {body_style, mm(5)});
  }

  void group(const char* id) {
    flow_.paragraph(say(id), {group_style, mm(6), 0, text_width_pt, true, Tag::heading});
  }
  void point(const std::string& text) {
    flow_.item(std::to_string(++point_) + ".", text, {body_style, 5}, number_hang_pt);
  }
  void list(const std::vector<std::string>& lines) {
    int line = 0;
    for (const std::string& text : lines) {
      flow_.item(std::to_string(++line) + ")", text, {body_style, 2.5, number_hang_pt}, list_hang_pt);
    }
  }
  // A point that announces a list stays with the list's first line.
  void point_with(const std::string& text, const std::vector<std::string>& lines) {
    point(text);
    if (lines.empty()) return;
    flow_.keep_with_next();
    list(lines);
  }

  std::string kind_of_inspection() const {
    const std::string kind = words(assignment(), "inspection_kind", language_);
    const char* id = kind_id(kind);
    return id ? say(id) : kind;
  }
  std::string signer_of_assignment() const {
    const Json& signer = assignment().member("signer");
    const std::string position = signer.text("position");
    if (position == "first_head") return say("paper.position.first_head") + ", " + signer.text("name");
    if (position == "deputy") return say("paper.position.deputy") + ", " + signer.text("name");
    return position.empty() ? signer.text("name") : position + ", " + signer.text("name");
  }
  std::vector<std::string> officials() const {
    std::vector<std::string> names;
    for (const Json& official : assignment().items("officials")) {
      const std::string name = words(official, "name", language_);
      names.push_back(official.flag("head") ? say("paper.notice.group_head", {{"name", name}}) : name);
    }
    return names;
  }
  std::vector<std::string> lines_of(std::string_view key) const {
    std::vector<std::string> lines;
    for (const Json& value : assignment().items(key)) lines.push_back(words(value, language_));
    return lines;
  }

  // The 11 particulars of paragraph 8, and the registration of paragraph 7 beside the second.
  void particulars() {
    group("paper.notice.particulars");
    const Json& bureau = assignment().member("bureau");
    point(say("paper.notice.assignment", {{"number", assignment().text("journal_number")},
        {"date", day(assignment().text("date"))}, {"signer", signer_of_assignment()}}));
    point(say("paper.notice.committee", {{"number", content_.committee_number}, {"date", day(content_.committee_date)},
        {"office", content_.committee_office.in(language_)}}));
    point(say("paper.notice.bureau", {{"name", words(bureau, "name", language_)}, {"bin", format_bin(bureau.text("bin"))},
        {"location", words(bureau, "location", language_)}}));
    point(say("paper.notice.kind", {{"kind", kind_of_inspection()}}));
    point(say("paper.notice.subject", {{"subject", words(assignment(), "subject", language_)}}));
    const Json& term = assignment().member("term");
    point(say("paper.notice.term", {{"start", day(term.text("start"))}, {"end", day(term.text("end"))}}));
    const Json* period = assignment().find("period");
    point(period ? say("paper.notice.period", {{"from", day(period->text("from"))}, {"to", day(period->text("to"))}})
                 : say("paper.notice.period_waived"));
    point(say("paper.notice.basis", {{"ground", words(assignment(), "ground", language_)}}));
    point_with(say("paper.notice.officials"), officials());
    optional_list("past_inspections", "paper.notice.past", "paper.notice.past_none");
    optional_list("protocol_powers", "paper.notice.powers", "paper.notice.powers_none");
  }
  void optional_list(std::string_view key, const char* some, const char* none) {
    const std::vector<std::string> lines = lines_of(key);
    if (lines.empty()) point(say(none));
    else point_with(say(some), lines);
  }

  // A day that the notice names under its last point, and below it how the day was counted.
  void last_day(const char* id, const std::optional<Date>& date, const std::vector<LocalText>& counted) {
    if (!date) return;
    flow_.keep_with_next();
    flow_.paragraph(say(id, {{"d", day(*date)}}), {body_style, 3, number_hang_pt});
    if (!counted.empty()) flow_.keep_with_next();
    int line = 0;
    for (const LocalText& text : counted) flow_.item(std::to_string(++line) + ")", text.in(language_), {small_style, 0.5, number_hang_pt}, list_hang_pt);
  }

  void duties() {
    group("paper.notice.duties");
    std::vector<std::string> documents;
    for (const LocalText& document : content_.documents) documents.push_back(document.in(language_));
    if (!documents.empty()) point_with(say("paper.notice.documents"), documents);
    point(say("paper.notice.access"));
    point_with(say("paper.notice.letter"), {say("paper.notice.letter_manager"), say("paper.notice.letter_specialists")});
    last_day("paper.last_day", content_.letter_last_day, content_.letter_counted);
    point(say("paper.notice.copies"));
    last_day("paper.notice.return_by", content_.return_last_day, content_.return_counted);
    point(say("paper.notice.mark_means"));
    flow_.keep_with_next();
  }

  void signature() { add_signature_row(flow_, canvas_, content_.signer_position.in(language_), content_.signer_name); }

  void frame_page(Canvas& canvas, int page, int pages) const {
    const TextArgs numbers{{"p", std::to_string(page)}, {"n", std::to_string(pages)}};
    const TextArgs names{{"number", content_.number}, {"id", content_.paper_id}};
    draw_footer(canvas, texts_.say(Language::kk, "paper.notice.footer", names), both("paper.page", numbers));
    if (!copy_) return;
    const std::string copy = std::to_string(copy_->number);
    const MarginCode code = margin_code(content_.paper_id, copy_->body, copy_->number, page, pages);
    draw_margin_code(canvas, code, texts_.say(Language::kk, "paper.notice.margin", {{"id", content_.paper_id},
        {"d", to_hex(code.body)}, {"copy", copy}, {"p", std::to_string(page)}, {"n", std::to_string(pages)}}));
    const TextStyle style{Face::sans_bold, 9, colour::pri, 1.3, Align::right};
    canvas.draw(canvas.text(both("paper.notice.copy", {{"copy", copy}}), style, text_width_pt), left_pt, mm(10));
  }

  Canvas& canvas_;
  Flow flow_;
  const NoticeContent& content_;
  const Texts& texts_;
  const NoticeCopy* copy_;
  Language language_ = Language::kk;
  int point_ = 0;
};

Result<Paper> render(const NoticeContent& content, const Texts& texts, const NoticeCopy* copy) {
  if (content.documents.size() > notice_documents_max) return Error{ErrorCode::too_large, "notice: too many documents"};
  if (content.letter_counted.size() + content.return_counted.size() > notice_count_lines_max) return Error{ErrorCode::too_large, "notice: too long a count"};
  const std::string title = texts.say(Language::kk, "paper.notice.name", {{"number", content.number}});
  QABYL_TRY(canvas, Canvas::create({title, Language::kk, content.made_at}));
  QABYL_TRY_DO(NoticePaper(canvas, content, texts, copy).draw());
  return canvas.finish();
}

}  // namespace

Result<Paper> notice_pdf(const NoticeContent& content, const Texts& texts) { return render(content, texts, nullptr); }

Result<Paper> copy_rendering(const NoticeContent& content, const NoticeCopy& copy, const Texts& texts) {
  if (copy.number != 1 && copy.number != 2) return Error{ErrorCode::invalid_input, "notice: there are two copies"};
  if (copy.mark && copy.number != 2) return Error{ErrorCode::invalid_input, "notice: the mark stands on copy 2"};
  if (copy.mark && copy.mark->signature.paper != copy.body) return Error{ErrorCode::invalid_input, "notice: mark of another paper"};
  QABYL_TRY(body, render(content, texts, nullptr));
  if (sha256(body.pdf) != copy.body) return Error{ErrorCode::conflict, "notice: the content does not give D"};
  return render(content, texts, &copy);
}

}  // namespace qabyl::core::paper
