// Copy 2, sheet by sheet: the sheet whole at the left, the pad for the visa at the right, k of n counted; on the last
// sheet position, name and date of the mark (paragraph 19; DESIGN.md, section 7). See staff_draw.h.
#include <algorithm>

#include "kiosk/screens/sign_parts.h"
#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;
using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

constexpr int segments_max = 40;
constexpr float pad_share = 0.5F, pad_share_large = 0.4F;  // upright: of the height

std::string count_text(const Pen& pen, const PaperView& paper) { return pen.say("visa.count", {{"k", number_text(paper.visas)}, {"n", number_text(paper.pages)}}); }

// The sheet as a whole; tells the model when it stands on the screen.
Caused draw_sheet(const Pen& pen, Rect room, const ReadScreen& open) {
  auto& canvas = pen.canvas;
  const auto picture = pen.pages.page(open.paper.digest, open.page, true);
  const float ratio = picture && picture->width > 0 ? static_cast<float>(picture->height) / static_cast<float>(picture->width) : ui::size::page_ratio;
  canvas.fill(room, Tone::kb_bed, ui::size::radius_card);
  const Rect inner = room.inset(space::s16);
  const float width = std::min(inner.w, inner.h / ratio);
  const Rect page{inner.mid_x() - width / 2, inner.mid_y() - width * ratio / 2, width, width * ratio};
  canvas.box(page, Tone::pad, Tone::edge, ui::size::border, 0);
  if (picture && picture->texture != 0) canvas.picture(page, picture->texture);
  canvas.note(inner, "visa.sheet." + number_text(open.page), ui::Role::image, {}, picture ? "shown" : "wanted");
  if (!picture) {
    const bool failed = pen.pages.failed(open.paper.digest, open.page);
    ui::note_box(canvas, inner.inset(space::s28), {failed ? Icon::warning : Icon::clock, {}, pen.say(failed ? "read.failed" : "read.opening"), failed ? State::bad : State::info});
    return {};
  }
  return open.shown_since ? Caused{} : Caused{staff::Event{staff::PageDrawn{open.page, picture->dpi, picture->pixels, picture->width, picture->height, picture->renderer}}};
}

void draw_count(const Pen& pen, Rect& room, const PaperView& paper) {
  room.cut_top(pen.canvas.text(room, Type::list, Tone::ink, count_text(pen, paper)), space::s12);
  if (paper.pages > segments_max) return;
  std::vector<State> sheets;
  for (int sheet = 1; sheet <= paper.pages; ++sheet) sheets.push_back(sheet <= paper.visas ? State::ok : State::neutral);
  ui::progress(pen.canvas, room.cut_top(space::s20, space::s16), sheets);
}

const char* title_of(BureauAct part) {
  if (part == BureauAct::visa_page) return "visa.h";
  return part == BureauAct::mark_last_page ? "visa.mark.h" : "visa.return.h";
}
const char* primary_of(BureauAct part) {
  if (part == BureauAct::visa_page) return "visa.put";
  return part == BureauAct::mark_last_page ? "visa.mark.go" : "visa.return.go";
}

const char* pad_of(BureauAct part) {
  if (part == BureauAct::visa_page) return "visa";
  return part == BureauAct::mark_last_page ? "visa.mark" : "visa.return";
}

std::string warning_of(const Pen& pen, const VisaScreen& screen, const ReadScreen& open, BureauAct part) {
  if (screen.ink.stage == AcknowledgeScreen::Stage::filing) return pen.say("saving");
  if (part != BureauAct::return_copy2 && !open.page_seen(open.page)) return pen.say("visa.look");
  return screen.ink.strokes.empty() ? pen.say("ack.unsigned") : std::string();
}

std::string term_text(const Pen& pen, const PaperView& paper) {
  if (paper.deadline.empty()) return {};
  return pen.say("visa.term", {{"d", near_day(pen, paper.deadline)}});
}

// The title, and what the pad is for: the count of the visas, or the words of the mark. With large text sheet and
// pad need the height: the words stand without their boxes.
void draw_words(const Pen& pen, Rect& room, const StaffJourney& journey, BureauAct part) {
  auto& canvas = pen.canvas;
  const auto& paper = journey.reading->paper;
  const bool short_of_height = canvas.large();
  if (short_of_height) room.cut_top(canvas.text(room, Type::list, Tone::ink, pen.say(title_of(part))), space::s8);
  else room.cut_top(ui::heading(canvas, room, pen.say(title_of(part))), space::s16);
  if (part == BureauAct::visa_page) return draw_count(pen, room, paper);
  const auto& staff = *journey.staff;
  const ui::NoteSpec words{Icon::stamp, pen.say(part == BureauAct::mark_last_page ? "ack.last" : "visa.return.last"),
                           pen.say(part == BureauAct::mark_last_page ? "visa.mark.words" : "visa.return.words",
                                   {{"position", staff.position}, {"name", staff.name}, {"d", pen.date(pen.app.now().wall)}}), State::info};
  if (short_of_height) room.cut_top(canvas.text(room, Type::least, Tone::ink2, words.text), space::s8);
  else room.cut_top(ui::note_box(canvas, room, words), space::s16);
}

}  // namespace

Caused draw_visa(const Pen& pen, const StaffJourney& journey) {
  const auto& screen = journey.visa;
  const auto& open = *journey.reading;
  if (screen.ink.stage == AcknowledgeScreen::Stage::checking) return draw_filing_checked(pen, "visa");
  auto& canvas = pen.canvas;
  const auto part = VisaScreen::part(open.paper).value_or(BureauAct::return_copy2);
  auto spec = staff_frame(pen, "visa", 4);
  spec.back = pen.say("back");
  spec.title = paper_name(pen, open.paper) + ", " + pen.say("visa.copy2");
  spec.sub = pen.say("page.of", {{"p", number_text(open.page)}, {"n", number_text(open.paper.pages)}});
  spec.saved = term_text(pen, open.paper);
  spec.saved_icon = Icon::clock;
  spec.warning = warning_of(pen, screen, open, part);
  spec.primary = ui::Primary{pen.say(primary_of(part)), screen.primary_enabled(open), Icon::check};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  if (open.failed) {
    ui::note_box(canvas, room, {Icon::warning, {}, pen.say("read.failed"), State::bad, true});
  } else {
    const float pad_h = pad_height(pen, room, canvas.large() ? pad_share_large : pad_share);
    Rect side = canvas.portrait() ? room.cut_bottom(pad_h, space::s20) : room.cut_right(room.w * (canvas.large() ? 0.6F : 0.5F), space::s36);
    draw_words(pen, canvas.portrait() ? room : side, journey, part);
    caused = draw_sheet(pen, room, open);
    if (auto drawn = draw_sign_pad(pen, side, screen.ink, pad_of(part), journey.staff->name)) caused = drawn;
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
