// The receipt of a mark: the slip, where the signed copy is now, a copy on a stick. See staff_draw.h.
#include <algorithm>

#include "kiosk/screens/custody_draw.h"
#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
namespace space = ui::space;
using Copy = ReceiptScreen::Copy;

bool is_mark(const ReceiptView& receipt) { return receipt.kind == core::kind::notice_mark_receipt || receipt.kind.ends_with(".receive") || receipt.kind.ends_with("_receive"); }

// "mark.done", "act.answer.done": what has been done, as the heading.
std::string done_id(const ReceiptView& receipt) {
  if (is_mark(receipt)) return "ack.rcpt.h";
  return "act.rcpt." + receipt.kind.substr(receipt.kind.rfind('.') + 1);
}

std::string time_words(const Pen& pen, const ReceiptView& receipt) {
  const auto words = pen.say(receipt.timeliness == "late" ? "late.mark" : receipt.timeliness == "doubtful" ? "clock.doubt" : "late.intime");
  return words + ". " + pen.say("dl.last", {{"d", near_day(pen, receipt.last_day)}});
}

void draw_slip(const Pen& pen, Rect box, const ReceiptView& receipt) {
  ui::SlipSpec slip;
  slip.word = pen.say("rcpt.word");
  slip.number_label = pen.say(is_mark(receipt) ? "ack.rcpt.no" : "act.rcpt.no");
  slip.number = receipt.number;
  auto at = pen.date(receipt.filed_at) + ", " + pen.clock_seconds(receipt.filed_at);
  if (receipt.trust != core::Trust::trusted) at += ". " + pen.say("clock.doubt");
  slip.lines = {{pen.say("rcpt.time"), at}, {pen.say("ack.rcpt.bureau"), receipt.organisation}, {pen.say("ack.rcpt.paper"), pen.say("inbox.paper", {{"t", receipt.title.in(pen.language())}, {"n", receipt.paper_number}})}};
  if (receipt.files > 0) slip.lines.push_back({pen.say("act.rcpt.files"), number_text(receipt.files)});
  slip.qr = pen.state.qr_of(receipt.qr);
  slip.qr_note = pen.say("rcpt.qr");
  slip.code_label = pen.say("rcpt.code");
  slip.code = receipt.check_code;
  ui::receipt_slip(pen.canvas, box, slip);
}

std::string copy_text(const Pen& pen, const ReceiptScreen& screen) {
  if (screen.copy != Copy::none) return copy_words(pen, screen.copy, screen.copy_problem);
  return pen.say(screen.receipt.kind == core::kind::notice_mark_receipt ? "ack.copies.here" : "act.rcpt.kept");
}

Caused draw_state(const Pen& pen, Rect room, const ReceiptScreen& screen) {
  auto& canvas = pen.canvas;
  room.cut_top(ui::heading(canvas, room, pen.say(done_id(screen.receipt))), space::s20);
  draw_custody(pen, room.cut_top(custody_height_of(pen, screen.receipt, room.w), space::s12), screen.receipt);
  const bool saved = screen.copy == Copy::saved;
  const bool timed = screen.copy == Copy::none && !screen.receipt.last_day.empty();  // in time or late, before anything else
  const ui::NoteSpec time{Icon::clock, {}, timed ? time_words(pen, screen.receipt) : std::string(), screen.receipt.timeliness == "in_time" ? State::ok : State::warn};
  const ui::NoteSpec note{saved ? Icon::check : screen.copy == Copy::failed ? Icon::warning : Icon::info, {}, copy_text(pen, screen), copy_state(screen.copy)};
  const float height = ui::size::target_normal * std::min(canvas.em(), 1.25F);
  if (screen.receipt.proof_qr.empty() || timed || screen.copy != Copy::none) {
    room.cut_top(ui::note_box(canvas, room, timed ? time : note), space::s16);
  }
  const bool proved = !screen.receipt.proof_qr.empty();
  const ui::ButtonSpec proof{.key = "rcpt.proof", .label = pen.say("proof.show"), .icon = Icon::shield};
  if (proved && !canvas.large() && canvas.button(room.cut_top(height, space::s16), proof)) return person::ProofPressed{};
  const Rect row = room.cut_top(height, space::s16);
  const ui::ButtonSpec usb{.key = "rcpt.usb", .label = pen.say("rcpt.usb"), .icon = Icon::usb, .enabled = screen.copy != Copy::saving};
  if (!canvas.large()) return canvas.button(row, usb) ? Caused{person::SaveReceiptPressed{}} : Caused{};
  // In large letters there is room for two: the copy on a stick stands beside the proof then.
  if (proved && canvas.button(row.column(0, 2, space::s16), proof)) return person::ProofPressed{};
  if (!proved && canvas.button(row.column(0, 2, space::s16), usb)) return person::SaveReceiptPressed{};
  const ui::ButtonSpec show{.key = "rcpt.slip", .label = pen.say("rcpt.show"), .icon = Icon::eye};
  return canvas.button(row.column(1, 2, space::s16), show) ? Caused{person::ZoomPressed{}} : Caused{};
}

}  // namespace

Caused draw_mark_receipt(const Pen& pen, const StaffJourney& journey) {
  auto& canvas = pen.canvas;
  const auto& screen = journey.receipt;
  auto spec = staff_frame(pen, "rcpt", 5);
  const auto* same = journey.inbox.find(journey.at_hand());
  const bool goes_on = same != nullptr && awaits(*same);
  if (goes_on) spec.back = pen.say("read.list");
  spec.primary = ui::Primary{pen.say(goes_on ? "todo.go_on" : "ack.rcpt.inbox"), true, goes_on ? Icon::right : Icon::check};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  if (screen.proof_open) {
    caused = draw_proof(pen, room, screen.receipt, screen.copy, screen.copy_problem);
  } else if (canvas.large() && screen.slip_alone) {
    const Rect foot = room.cut_bottom(ui::size::target_normal, space::s16);
    draw_slip(pen, {room.mid_x() - room.w * 0.4F, room.y, room.w * 0.8F, room.h}, screen.receipt);
    if (canvas.button(foot, {.key = "rcpt.slip", .label = pen.say("rcpt.close"), .icon = Icon::cross})) caused = person::ZoomPressed{};
  } else {
    if (!canvas.large()) draw_slip(pen, canvas.portrait() ? room.cut_top(room.h * 0.5F, space::s20) : room.cut_left(room.w * 0.39F, space::s56), screen.receipt);
    caused = draw_state(pen, room, screen);
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
