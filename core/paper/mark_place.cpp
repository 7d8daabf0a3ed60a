// See mark_place.h.
#include "core/paper/mark_place.h"

#include <algorithm>

#include "core/paper/marks.h"
#include "core/paper/office_styles.h"

namespace qabyl::core::paper {
namespace {

std::string both(const Texts& texts, std::string_view id) { return texts.say(Language::kk, id) + " / " + texts.say(Language::ru, id); }

// The text in the largest of a few sizes that stays within `box`.
void fit(Canvas& canvas, const std::string& text, const Box& box) {
  for (const double size : {11.0, 10.0, 9.0, 8.0, 7.0, 6.0}) {
    const Text lines = canvas.text(text, {Face::serif, size, colour::ink, 1.25}, box.width_pt);
    if (lines.height_pt() > box.height_pt && size > 6.0) continue;
    canvas.draw(lines, box.x_pt, box.y_pt + std::max(0.0, box.height_pt - lines.height_pt()));
    return;
  }
}

std::string date_of(const Texts& texts, const MarkOfReceipt& mark) {
  const auto date = parse_iso_date(mark.date);
  if (!date) return mark.date;
  return format_date(texts, Language::kk, *date) + " / " + format_date(texts, Language::ru, *date);
}

}  // namespace

void draw_mark_place(Canvas& canvas, const Box& box, const Texts& texts, const MarkOfReceipt* mark) {
  canvas.frame(box, 6, 1.2, colour::pri);
  const double x = box.x_pt + mm(5), left = mm(88), right_x = x + left + mm(6);
  const double right = box.x_pt + box.width_pt - mm(5) - right_x;
  const TextStyle title{Face::sans_bold, 10, colour::pri, 1.3};
  canvas.draw(canvas.text(both(texts, "paper.mark.title"), title, box.width_pt - mm(10)), x, box.y_pt + mm(3));
  const auto field = [&](const char* id, const std::string& value, double line_y, double value_height) {
    canvas.line({x, line_y}, {x + left, line_y}, 0.7, colour::edge);
    canvas.draw(canvas.text(both(texts, id), small_style, left), x, line_y + 1.5);
    if (mark) fit(canvas, value, {x, line_y - value_height - 1, left, value_height});
  };
  field("paper.mark.date", mark ? date_of(texts, *mark) : "", box.y_pt + mm(16), mm(6));
  field("paper.mark.position", mark ? mark->position : "", box.y_pt + mm(35.5), mm(13.5));
  field("paper.mark.name", mark ? mark->full_name : "", box.y_pt + mm(55), mm(13.5));
  const double sign_y = box.y_pt + mm(55);
  canvas.line({right_x, sign_y}, {right_x + right, sign_y}, 0.7, colour::edge);
  canvas.draw(canvas.text(both(texts, "paper.mark.signature"), small_style, right), right_x, sign_y + 1.5);
  if (mark) draw_ink(canvas, mark->signature, {right_x + 4, box.y_pt + mm(12), right - 8, mm(41)});
}

void add_signature_row(Flow& flow, Canvas& canvas, std::string_view position, std::string_view name, std::string_view note) {
  const Text where = canvas.text(position, body_style, mm(62)), who = canvas.text(name, body_style, text_width_pt - mm(108));
  const bool noted = !note.empty();
  const Text how = canvas.text(noted ? note : std::string_view(" "), {Face::sans, 7, colour::pen, 1.2, Align::centre}, mm(38));
  const double first_line = mm(12) - 12, height = first_line + std::max(where.height_pt(), who.height_pt());
  flow.box(mm(5), std::max(mm(18), height), [=](Canvas& on, const Box& box) {
    const double line_y = box.y_pt + mm(12);
    on.draw(where, box.x_pt, box.y_pt + first_line);
    on.line({box.x_pt + mm(66), line_y}, {box.x_pt + mm(104), line_y}, 0.7, colour::edge);
    if (noted) on.draw(how, box.x_pt + mm(66), line_y - 2 - how.height_pt());
    on.draw(who, box.x_pt + mm(108), box.y_pt + first_line);
  });
}

}  // namespace qabyl::core::paper
