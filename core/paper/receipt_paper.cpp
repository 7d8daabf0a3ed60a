// The receipt as a slip on A4: facts at the left, QR, check code and stamp at the right, then what was
// handed in, what is missing, and what the receipt means (receipt_paper.h).
#include "core/paper/receipt_paper.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

#include "core/paper/layout.h"
#include "core/paper/marks.h"

namespace qabyl::core::paper {
namespace {

constexpr double side_width_pt = mm(48), gap_pt = mm(9);
constexpr double facts_width_pt = text_width_pt - side_width_pt - gap_pt;
constexpr double qr_wanted_pt = mm(51);

constexpr TextStyle label_style{Face::sans, 8.8, colour::ink2, 1.35};
constexpr TextStyle caption_style{Face::sans, 8.2, colour::ink2, 1.35};
constexpr TextStyle value_style{Face::sans_bold, 11.5, colour::ink, 1.3};
constexpr TextStyle number_style{Face::sans_bold, 21, colour::ink, 1.25};
constexpr TextStyle group_style{Face::sans_bold, 11, colour::ink, 1.3};
constexpr TextStyle body_style{Face::sans, 9.2, colour::ink, 1.35};

constexpr std::array<const char*, 4> meaning_of_application{
    "paper.receipt.kept", "paper.receipt.sent", "paper.receipt.look", "paper.receipt.talon"};
constexpr std::array<const char*, 3> meaning_of_own_act{"paper.receipt.act_kept", "paper.receipt.act_sent", "paper.receipt.look"};
constexpr std::array<const char*, 4> meaning_of_mark{
    "paper.receipt.mark_kept", "paper.receipt.mark_sent", "paper.receipt.mark_means", "paper.receipt.mark_copies"};

constexpr std::array<const char*, 3> meaning_of_act{"paper.receipt.kept", "paper.receipt.sent", "paper.receipt.look"};

constexpr double warm_inset_pt = mm(5);

struct WarmLine {
  std::string text;
  TextStyle style;
  bool listed = false;  // with a bullet
};

struct Fact {
  std::string label, value, note;
};

class ReceiptPaper {
 public:
  ReceiptPaper(Canvas& canvas, const ReceiptContent& content, const Texts& texts, Language language, QrMatrix qr)
      : canvas_(canvas), flow_(canvas), content_(content), texts_(texts), language_(language), qr_(std::move(qr)) {}

  Status draw() {
    brand();
    summary();
    if (content_.kind == ReceiptKind::application) {
      missing();
      documents();
    } else {
      documents();
      limits();
    }
    meaning();
    const auto footer = [this](Canvas& canvas, int page, int pages) {
      draw_footer(canvas, say("paper.receipt.footer", {{"number", content_.number}}),
                  say("paper.page", {{"p", std::to_string(page)}, {"n", std::to_string(pages)}}));
    };
    QABYL_TRY(pages, flow_.finish(footer));
    static_cast<void>(pages);
    return Done{};
  }

 private:
  std::string say(std::string_view id, const TextArgs& args = {}) const { return texts_.say(language_, id, args); }
  bool application() const { return content_.kind == ReceiptKind::application; }
  bool of_applicant() const { return application() || content_.kind == ReceiptKind::act_of_applicant; }

  void brand() {
    flow_.box(0, mm(15), [this](Canvas& canvas, const Box& box) {
      draw_horn(canvas, {box.x_pt, box.y_pt}, mm(11));
      const TextStyle name{Face::serif_bold, 19, colour::ink, 1.2};
      canvas.draw(canvas.text(say("paper.brand"), name, mm(80)), box.x_pt + mm(14), box.y_pt + mm(5.5) - 11.4);
      const TextStyle word{Face::sans_bold, 13, colour::pri, 1.2, Align::right, 1.4};
      canvas.draw(canvas.text(say("paper.receipt.word"), word, mm(80)), box.x_pt + box.width_pt - mm(80),
                  box.y_pt + mm(5.5) - 7.8);
      const double y = box.y_pt + mm(14.5);
      canvas.line({box.x_pt, y}, {box.x_pt + box.width_pt, y}, 2.2, colour::gold);
    });
  }

  std::string moment(const CivilTime& local) const {
    return say("paper.receipt.moment", {{"date", format_date(texts_, language_, local.date)}, {"time", format_time_seconds(local)}});
  }
  std::string trust_note() const {
    if (content_.trust == Trust::trusted) return say("paper.receipt.zone");
    return say(content_.trust == Trust::unconfirmed ? "paper.receipt.time_unconfirmed" : "paper.receipt.time_untrusted");
  }
  std::string kiosk() const {
    const std::string& place = content_.place.in(language_);
    return place.empty() ? content_.device : content_.device + ", " + place;
  }

  std::string paper_note() const {
    if (!content_.paper_date.ok()) return "";
    return say("paper.receipt.paper_note", {{"date", format_date(texts_, language_, content_.paper_date)},
                                            {"pages", std::to_string(content_.paper_pages)}});
  }

  std::vector<Fact> facts() const {
    std::vector<Fact> facts;
    facts.push_back({say("paper.receipt.time"), moment(content_.filed_local), trust_note()});
    facts.push_back({say(of_applicant() ? "paper.receipt.applicant" : "paper.receipt.bureau"), content_.organisation,
                     content_.bin.empty() ? "" : say("paper.receipt.bin", {{"bin", format_bin(content_.bin)}})});
    if (application()) {
      facts.push_back({say("paper.receipt.request"),
                       say(procedure_id(content_.procedure)), ""});
      int files = 0, pages = 0;
      for (const HandedIn& line : content_.documents) files += line.files, pages += line.pages;
      facts.push_back({say("paper.receipt.handed"), say("paper.receipt.handed_value",
          {{"files", std::to_string(files)}, {"pages", std::to_string(pages)}}), ""});
    } else {
      if (!content_.act.empty()) facts.push_back({say("paper.receipt.act"), content_.act, content_.time_note});
      const bool notice = content_.paper_name.empty();
      facts.push_back({say("paper.receipt.paper"), notice ? say("paper.notice.name", {{"number", content_.paper_number}}) : content_.paper_name,
                       paper_note()});
      facts.push_back({say("paper.receipt.person"), content_.full_name, content_.position});
    }
    facts.push_back({say("paper.receipt.kiosk"), kiosk(), ""});
    if (content_.logged_local) facts.push_back({say("paper.receipt.logged"), moment(*content_.logged_local), say("paper.receipt.logged_note")});
    return facts;
  }

  // Two columns as one part that is never split; its height is that of the taller one.
  void summary() {
    const double left = facts_column(nullptr, {}), right = side_column(nullptr, {});
    flow_.box(mm(3), std::max(left, right), [this](Canvas& canvas, const Box& box) {
      facts_column(&canvas, {box.x_pt, box.y_pt});
      side_column(&canvas, {box.x_pt + box.width_pt - side_width_pt, box.y_pt});
    });
  }

  // Draws `text` when there is a canvas to draw on, and says how far down it reaches in any case.
  double put(Canvas* canvas, std::string_view text, const TextStyle& style, double width_pt, Point at) {
    const Text lines = canvas_.text(text, style, width_pt);
    if (canvas) canvas->tagged(Tag::paragraph, [&] { canvas->draw(lines, at.x_pt, at.y_pt); });
    return at.y_pt + lines.height_pt();
  }

  double facts_column(Canvas* canvas, Point at) {
    double y = put(canvas, say(content_.kind == ReceiptKind::mark_of_receipt ? "paper.receipt.mark_number" : "paper.receipt.number"), label_style,
                   facts_width_pt, at);
    y = put(canvas, content_.number, number_style, facts_width_pt, {at.x_pt, y});
    for (const Fact& fact : facts()) {
      y = put(canvas, fact.label, label_style, facts_width_pt, {at.x_pt, y + mm(3)});
      y = put(canvas, fact.value, value_style, facts_width_pt, {at.x_pt, y});
      if (!fact.note.empty()) y = put(canvas, fact.note, label_style, facts_width_pt, {at.x_pt, y + 1});
    }
    return y - at.y_pt;
  }

  double side_column(Canvas* canvas, Point at) {
    const double side = qr_side_pt(qr_, qr_wanted_pt);
    // The quiet border hangs out to the right, so that the dark modules end at the text's edge.
    const double quiet = side * qr_quiet_modules / (qr_.size + 2 * qr_quiet_modules);
    const Point corner{at.x_pt + side_width_pt + quiet - side, at.y_pt - quiet + 3};
    const double x = corner.x_pt + quiet, width = side - 2 * quiet;
    if (canvas) draw_qr(*canvas, qr_, corner, qr_wanted_pt);
    double y = put(canvas, say("paper.receipt.qr"), caption_style, width, {x, corner.y_pt + side - quiet + mm(2)});
    y = put(canvas, say("paper.receipt.check"), label_style, width, {x, y + mm(3)});
    std::string groups = content_.check_code;
    std::replace(groups.begin(), groups.end(), '-', ' ');
    const TextStyle mono{Face::mono, 11, colour::ink, 1.35};
    y = put(canvas, groups, mono, width + 8, {x, y});
    const double stamp_top = y + mm(5), end = stamp_top + mm(15) - at.y_pt;
    if (!canvas) return end;
    char date[16];
    std::snprintf(date, sizeof date, "%02u.%02u.%04d", static_cast<unsigned>(content_.filed_local.date.day()),
                  static_cast<unsigned>(content_.filed_local.date.month()),
                  static_cast<int>(content_.filed_local.date.year()));
    draw_stamp(*canvas, {at.x_pt + side_width_pt, stamp_top}, say(content_.kind == ReceiptKind::mark_of_receipt ? "paper.stamp.received" : "paper.stamp.accepted"),
               std::string(date) + " · " + content_.device);
    return end;
  }

  void group(std::string_view title, double before_pt) {
    flow_.paragraph(title, {group_style, before_pt, 0, text_width_pt, true, Tag::heading});
  }

  // What is still owed stands on a warm ground, above the list of what is there.
  void missing() {
    if (content_.missing.empty() && !content_.fee_open) return;
    std::vector<WarmLine> lines;
    TextStyle title = group_style, text = body_style;
    title.colour = text.colour = colour::warn_ink;
    if (!content_.missing.empty()) {
      lines.push_back({say("paper.receipt.missing", {{"n", std::to_string(content_.missing.size())}}), title});
      for (const std::string& name : content_.missing) lines.push_back({name, text, true});
      lines.push_back({say("paper.receipt.missing_note"), text});
    }
    if (content_.fee_open) {
      lines.push_back({say("paper.receipt.fee_open"), title});
      lines.push_back({say("paper.receipt.fee_note"), text});
    }
    warm_lines(lines);
  }

  // Each line is a part of its own on the ground, so that a long list may go over a page.
  void warm_lines(const std::vector<WarmLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const WarmLine& line = lines[i];
      const bool first = i == 0, last = i + 1 == lines.size(), title = line.style.face == Face::sans_bold;
      const double x = warm_inset_pt + (line.listed ? mm(4) : 0);
      const Text text = canvas_.text(line.text, line.style, text_width_pt - warm_inset_pt - x);
      const Text mark = canvas_.text(line.listed ? "•" : "", line.style, mm(4));
      const double above = first || title ? mm(2.5) : 1.5, height = text.height_pt() + above + (last ? mm(2.5) : 1.5);
      flow_.box(first ? mm(5) : 0, height, [=](Canvas& canvas, const Box& box) {
        const double top = box.y_pt - (first ? 0 : 0.3), filled = box.y_pt + box.height_pt - top;
        canvas.fill({box.x_pt, top, box.width_pt, filled}, 0, colour::warn_bg);
        canvas.fill({box.x_pt, top, mm(1.2), filled}, 0, colour::gold);
        canvas.tagged(Tag::paragraph, [&] {
          canvas.draw(mark, box.x_pt + warm_inset_pt, box.y_pt + above);
          canvas.draw(text, box.x_pt + x, box.y_pt + above);
        });
      });
      if (title || i + 2 == lines.size()) flow_.keep_with_next();
    }
  }

  void documents() {
    if (content_.documents.empty()) return;
    group(say("paper.receipt.list"), mm(5));
    TextStyle right = body_style, head = label_style, head_right = label_style;
    right.align = head_right.align = Align::right;
    const double name_x = mm(9), pages_x = text_width_pt - mm(18), files_x = pages_x - mm(18);
    const double name_width = files_x - name_x - mm(4);
    const std::vector<Column> heads{{0, mm(8), head}, {name_x, name_width, head}, {files_x, mm(18), head_right}, {pages_x, mm(18), head_right}};
    const std::vector<Column> cells{{0, mm(8), body_style}, {name_x, name_width, body_style}, {files_x, mm(18), right}, {pages_x, mm(18), right}};
    flow_.head(heads, {"№", say("paper.col.document"), say("paper.col.files"), say("paper.col.pages")});
    int line = 0;
    for (const HandedIn& document : content_.documents) {
      flow_.row(cells, {std::to_string(++line), document.name, std::to_string(document.files),
                        document.pages > 0 ? std::to_string(document.pages) : "–"});
    }
    flow_.end_table();
  }

  void limits() {
    if (content_.limits.empty()) return;
    group(say("paper.receipt.limits"), mm(5));
    for (const RunningLimit& limit : content_.limits) {
      flow_.item("•", limit.what + ". " + say("paper.last_day", {{"d", format_date(texts_, language_, limit.last_day)}}),
                 {body_style, 3}, mm(5));
    }
  }

  void meaning() {
    group(say("paper.receipt.meaning"), mm(5));
    switch (content_.kind) {
      case ReceiptKind::application: return sentences(meaning_of_application);
      case ReceiptKind::act_of_bureau: return sentences(meaning_of_act);
      case ReceiptKind::act_of_applicant: return sentences(meaning_of_own_act);
      case ReceiptKind::mark_of_receipt: break;
    }
    const std::span<const char* const> all(meaning_of_mark);
    sentences(content_.copy2_returned ? all : all.subspan(2, 1));  // without copy 2 only what the mark means
  }

  // At stage 2 what was to come has come: the registry has confirmed, and this is the confirmation.
  void sentences(std::span<const char* const> ids) {
    int line = 0;
    for (const std::string_view id : ids) {
      if (content_.logged_local && id.ends_with(".look")) continue;
      const bool sent = content_.logged_local && id.ends_with("sent");
      flow_.item(std::to_string(++line) + ".", say(sent ? "paper.receipt.confirmed" : id), {body_style, 2}, mm(6));
    }
  }

  Canvas& canvas_;
  Flow flow_;
  const ReceiptContent& content_;
  const Texts& texts_;
  Language language_;
  QrMatrix qr_;
};

}  // namespace

Result<Paper> receipt_pdf(const ReceiptContent& content, const Texts& texts, Language language) {
  if (content.documents.size() + content.missing.size() > receipt_lines_max) {
    return Error{ErrorCode::too_large, "receipt: too many documents"};
  }
  QABYL_TRY(qr, qr_matrix(content.qr));
  const std::string title = texts.say(language, "paper.receipt.title", {{"number", content.number}});
  QABYL_TRY(canvas, Canvas::create({title, language, content.filed_at}));
  QABYL_TRY_DO(ReceiptPaper(canvas, content, texts, language, std::move(qr)).draw());
  return canvas.finish();
}

}  // namespace qabyl::core::paper
