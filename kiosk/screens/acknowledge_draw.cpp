// A signature under a paper (picture 13): position, name and date locked, the words of the mark or of the letter, the pad.
// A mark means receipt, not consent, and says so; a letter says whether it is in time. See staff_draw.h.
#include "kiosk/screens/sign_parts.h"
#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;
using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Type;
namespace space = ui::space;
using Stage = AcknowledgeScreen::Stage;

constexpr float pad_share = 0.6F, pad_share_portrait = 0.58F;

std::string paper_key(const PaperView& paper) { return paper.kind.substr(0, paper.kind.find('.')); }

// What the person puts the name to, in one line: by the paper's kind for a receipt, by the act for a letter.
std::string words_id(const AcknowledgeScreen& ink, const PaperView& paper) {
  if (ink.making.act == BureauAct::receive) return "ack.words." + paper_key(paper);
  return ink.making.act == BureauAct::no_remarks ? "ack.words.no_remarks" : "ack.words.filing";
}

ui::NoteSpec mark_words(const Pen& pen, const StaffJourney& journey) {
  const auto& staff = *journey.staff;
  const bool mark = core::signs_the_paper(journey.acknowledge.making.act);
  const auto text = pen.say(words_id(journey.acknowledge, journey.reading->paper), {{"position", staff.position}, {"name", staff.name}, {"d", pen.date(pen.app.now().wall)}});
  return {Icon::stamp, pen.say(mark ? "ack.last" : "ack.letter"), text, State::info};
}

std::string title_text(const Pen& pen, const StaffJourney& journey) {
  const auto act = journey.acknowledge.making.act;
  if (act == BureauAct::receive) return pen.say("ack.h." + paper_key(journey.reading->paper));
  return pen.say("act." + std::string(core::to_text(act)));
}

std::string primary_text(const Pen& pen, const StaffJourney& journey) {
  const auto act = journey.acknowledge.making.act;
  if (act == BureauAct::no_remarks) return pen.say("obj.none");
  if (act != BureauAct::receive) return pen.say("sign.go");
  return pen.say(journey.reading->paper.kind == core::kind::notice_send ? "ack.return" : "ack.go");
}

}  // namespace

std::string time_text(const Pen& pen, const PaperView& paper, core::BureauAct act) {
  const auto* offer = offer_of(paper, act);
  const auto today = pen.local(pen.app.now().wall).date;
  const auto timeliness = offer != nullptr ? timeliness_on(*offer, today) : std::nullopt;
  if (!timeliness) return {};
  const auto day = near_day(pen, core::iso_date(offer->term->due));
  return pen.say(*timeliness == core::Timeliness::late ? "act.late" : "act.in_time", {{"d", day}});
}

Caused draw_acknowledge(const Pen& pen, const StaffJourney& journey) {
  const auto& ink = journey.acknowledge;
  if (ink.stage == Stage::checking) return draw_filing_checked(pen, "ack");
  auto& canvas = pen.canvas;
  const auto time = time_text(pen, journey.reading->paper, ink.making.act);
  auto spec = staff_frame(pen, "ack", 4);
  spec.title = paper_name(pen, journey.reading->paper);
  spec.sub = pen.say("ack.seen", {{"n", number_text(journey.reading->pages)}});
  if (ink.stage == Stage::signing) spec.back = pen.say("back");
  spec.saved = ink.making.act == BureauAct::receive ? pen.say("ack.mean") : time;
  spec.saved_icon = time.empty() ? Icon::info : Icon::clock;
  if (ink.stage == Stage::filing) spec.warning = pen.say("saving");
  else if (ink.strokes.empty()) spec.warning = pen.say("ack.unsigned");
  spec.primary = ui::Primary{primary_text(pen, journey), ink.primary_enabled()};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, title_text(pen, journey)), space::s16);
  Caused caused;
  if (canvas.portrait()) {
    const Rect pad = room.cut_bottom(pad_height(pen, room, pad_share_portrait), space::s20);
    draw_locked(pen, room, *journey.staff);
    caused = draw_sign_pad(pen, pad, ink, "ack", journey.staff->name);
  } else {
    const Rect pad = room.cut_right(room.w * pad_share, space::s36);
    const auto words = mark_words(pen, journey);
    room.cut_top(draw_locked(pen, room, *journey.staff), space::s4);
    if (ui::note_height(canvas, words, room.w) <= room.h) ui::note_box(canvas, room, words);
    caused = draw_sign_pad(pen, pad, ink, "ack", journey.staff->name);
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
