// Step 7: the slip, where the application is now, the copy on a stick. See draw.h; pictures 08, 08b.
#include <algorithm>

#include "kiosk/screens/custody_draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

// What a person reads of the receipt at hand: a filing, or an act on one from the look-up.
struct Words { const char *head, *where, *number, *day; };
Words words_of(const ReceiptView& receipt) {
  const auto act = follow_act_of(receipt);
  if (!act) return {"rcpt.h", "rcpt.where", "rcpt.no", "rcpt.day"};
  const char* head = *act == FollowAct::deliver ? "follow.deliver.rcpt" : *act == FollowAct::supplement ? "follow.supplement.rcpt" : "follow.withdraw.rcpt";
  return {head, "follow.rcpt.where", "follow.rcpt.no", "follow.rcpt.day"};
}

std::string moment(const Pen& pen, core::Instant at) { return pen.date(at) + ", " + pen.clock_seconds(at); }

std::string short_date(const Pen& pen, core::Instant at) {
  const auto iso = core::iso_date(pen.local(at).date);
  return digits_as_date(digits_from_iso(iso));
}

ui::CustodyLine sent_line(const Pen& pen, const ReceiptView& receipt) {
  switch (receipt.custody) {
    case SendView::queued: return {State::warn, Icon::clock, pen.say("cust.queue"), pen.say("cust.auto")};
    case SendView::sent: {
      const auto at = receipt.sent_at ? moment(pen, *receipt.sent_at) : std::string{};
      return {State::info, Icon::cloud, pen.say("cust.sent"), at};
    }
    case SendView::quarantined: return {State::warn, Icon::info, pen.say("cust.done"), pen.say("reg.question")};
    case SendView::accepted:
    case SendView::superseded: break;
  }
  return {State::ok, Icon::check, pen.say("cust.done"), receipt.sent_at ? moment(pen, *receipt.sent_at) : std::string{}};
}

std::string missing_text(const Pen& pen, const ReceiptView& receipt) {
  std::string text;
  for (const auto& name : names_of(pen, receipt.missing)) text += (text.empty() ? "" : "; ") + name;
  return text;
}

void draw_slip(const Pen& pen, Rect box, const ReceiptView& receipt) {
  ui::SlipSpec slip;
  slip.word = pen.say("rcpt.word");
  slip.number_label = pen.say(words_of(receipt).number);
  slip.number = receipt.number;
  auto at = moment(pen, receipt.filed_at);
  if (receipt.trust != core::Trust::trusted) at += ". " + pen.say("clock.doubt");
  const auto count = pen.say("rcpt.count", {{"k", number_text(receipt.files)}, {"n", number_text(receipt.pages)}});
  const auto& title = receipt.title.in(pen.language());
  slip.lines = {{pen.say("rcpt.time"), at}, {pen.say("rcpt.applicant"), receipt.organisation}, {pen.say(title.empty() ? "rcpt.filed" : "ack.rcpt.paper"), title.empty() ? count : title}};
  if (!receipt.missing.empty()) slip.lines.push_back({pen.say("rcpt.missing", {{"n", number_text(static_cast<std::int64_t>(receipt.missing.size()))}}), {}});
  slip.qr = pen.state.qr_of(receipt.qr);
  slip.qr_note = pen.say("rcpt.qr");
  slip.code_label = pen.say("rcpt.code");
  slip.code = receipt.check_code;
  slip.stamp = pen.say("rcpt.stamp");
  slip.stamp_line = short_date(pen, receipt.filed_at) + " · " + pen.app.set_up().device;
  ui::receipt_slip(pen.canvas, box, slip);
}

std::string copy_text(const Pen& pen, const ReceiptScreen& screen) {
  return screen.copy == ReceiptScreen::Copy::none ? pen.say("rcpt.keep") : copy_words(pen, screen.copy, screen.copy_problem);
}

// A copy on a stick; printing as it is: the printer that is missing stays visible with the reason.
Caused draw_copies(const Pen& pen, Rect row, const ReceiptScreen& screen) {
  auto& canvas = pen.canvas;
  const bool saving = screen.copy == ReceiptScreen::Copy::saving;
  const ui::ButtonSpec usb{.key = "rcpt.usb", .label = pen.say("rcpt.usb"), .icon = Icon::usb, .enabled = !saving};
  const bool pressed = canvas.button(row.column(0, 2, space::s16), usb);
  const ui::ButtonSpec print{.key = "rcpt.print", .label = pen.say("rcpt.noprinter"), .icon = Icon::printer, .enabled = false};
  canvas.button(row.column(1, 2, space::s16), print);
  return pressed ? Caused{person::SaveReceiptPressed{}} : Caused{};
}

// What the applicant has to know of the day, of what is missing, of the clock.
ui::NoteSpec day_note(const Pen& pen, const ReceiptView& receipt) {
  const auto day = pen.say(words_of(receipt).day, {{"d", pen.date(receipt.filed_at)}, {"t", pen.clock_seconds(receipt.filed_at)}});
  const auto doubt = receipt.trust == core::Trust::trusted ? std::string{} : ". " + pen.say("clock.note");
  if (receipt.missing.empty()) return {Icon::clock, {}, day + doubt, State::info};
  return {Icon::warning, pen.say("rcpt.missing", {{"n", number_text(static_cast<std::int64_t>(receipt.missing.size()))}}),
          missing_text(pen, receipt) + ". " + pen.say("docs.missing.later") + doubt, State::warn};
}

// Where the application is, line by line; the day; what is missing; the copy. In pages where it is long.
void draw_facts(const Pen& pen, Rect room, const ReceiptScreen& screen) {
  auto& canvas = pen.canvas;
  const float width = room.w;
  std::vector<ui::Block> blocks;
  const auto title = canvas.large() ? std::string{} : pen.say(words_of(screen.receipt).where);
  const float title_h = title.empty() ? 0 : canvas.text_height(Type::h3, title, width) + space::s12;
  const auto custody = [&pen, &screen, title, title_h](Rect place) {
    if (!title.empty()) pen.canvas.text(place.cut_top(title_h), Type::h3, Tone::ink, title);
    draw_custody(pen, place, screen.receipt);
  };
  const auto lines = [&](const std::vector<ui::CustodyLine>& some) {
    blocks.push_back({ui::custody_height(canvas, some, width), [&canvas, some](Rect place) { ui::custody_list(canvas, place, some); }});
  };
  const float whole_h = title_h + custody_height_of(pen, screen.receipt, width);
  const bool whole = whole_h <= room.h - ui::size::target_normal - space::s12;  // of one page
  if (whole) blocks.push_back({whole_h, custody});
  else for (const auto& line : custody_lines(pen, screen.receipt)) lines({line});
  if (const auto logged = logged_lines(pen, screen.receipt); !logged.empty()) lines(logged);
  const auto note = [&](ui::NoteSpec spec) { blocks.push_back({ui::note_height(canvas, spec, width), [&canvas, spec](Rect place) { ui::note_box(canvas, place, spec); }}); };
  note(day_note(pen, screen.receipt));
  note({screen.copy == ReceiptScreen::Copy::saved ? Icon::check : Icon::info, {}, copy_text(pen, screen), copy_state(screen.copy)});
  if (screen.copy != ReceiptScreen::Copy::none) std::rotate(blocks.begin(), blocks.end() - 1, blocks.end());  // what was just asked for
  ui::paged(canvas, room, blocks, space::s12, "rcpt.facts", pen.state.pages["rcpt"]);
}

Caused draw_state(const Pen& pen, Rect room, const ReceiptScreen& screen) {
  auto& canvas = pen.canvas;
  const auto words = pen.say(words_of(screen.receipt).head);
  const float mark = canvas.line_height(Type::title) * 1.3F;
  const Type head_type = canvas.fitting({0, 0, room.w - mark - space::s24, mark}, words, {Type::title, Type::title_long}, 1);
  Rect head = room.cut_top(std::max(mark, canvas.text_height(head_type, words, room.w - mark - space::s24)), space::s16);
  const Rect disc = head.cut_left(mark, space::s24);
  canvas.circle(disc.mid_x(), disc.mid_y(), mark / 2, Tone::ok, Tone::ok, 0);
  canvas.icon({disc.mid_x() - mark * 0.3F, disc.mid_y() - mark * 0.3F, mark * 0.6F, mark * 0.6F}, Icon::check, Tone::surface);
  canvas.text_mid(head, head_type, Tone::ink, words);
  Rect buttons = room.cut_bottom(ui::size::target_normal, space::s16);
  Caused caused;
  if (canvas.large()) {
    const ui::ButtonSpec show{.key = "rcpt.slip", .label = pen.say("rcpt.show"), .icon = Icon::eye};
    const Rect place = canvas.portrait() ? room.cut_bottom(ui::size::target_normal, space::s16) : buttons.cut_left(buttons.w * 0.3F, space::s16);
    if (canvas.button(place, show)) caused = person::ZoomPressed{};
  }
  if (auto pressed = draw_copies(pen, buttons, screen)) caused = pressed;
  if (!screen.receipt.proof_qr.empty()) {
    const Rect place = room.cut_bottom(ui::size::target_normal, space::s16);
    if (canvas.button(place, {.key = "rcpt.proof", .label = pen.say("proof.show"), .icon = Icon::shield})) caused = person::ProofPressed{};
  }
  draw_facts(pen, room, screen);
  return caused;
}

}  // namespace

std::vector<ui::CustodyLine> custody_lines(const Pen& pen, const ReceiptView& receipt) {
  std::vector<ui::CustodyLine> lines;
  if (receipt.elsewhere.empty()) {  // what this kiosk did not do it does not claim
    lines.push_back({State::ok, Icon::check, pen.say("cust.here"), pen.say("rcpt.here.sub", {{"t", pen.clock_seconds(receipt.filed_at)}})});
    lines.push_back(sent_line(pen, receipt));
  }
  if (receipt.custody == SendView::accepted) {
    auto at = receipt.confirmed_at ? moment(pen, *receipt.confirmed_at) : std::string{};
    if (!receipt.case_number.empty()) at += ". " + pen.say("look.case", {{"n", receipt.case_number}});
    lines.push_back({State::ok, Icon::check, pen.say("cust.conf"), at});
  } else {
    lines.push_back({State::neutral, Icon::shield, pen.say("cust.next"), pen.say("rcpt.conf.sub")});
  }
  return lines;
}

std::vector<ui::CustodyLine> logged_lines(const Pen& pen, const ReceiptView& receipt) {
  if (!receipt.logged_at && receipt.custody == SendView::accepted) return {};  // confirmed without a receipt: nothing is claimed
  if (!receipt.logged_at) return {{State::neutral, Icon::shield, pen.say("proof.not_yet"), {}}};
  return {{State::ok, Icon::shield, pen.say("proof.logged"), pen.say("proof.anybody", {{"t", moment(pen, *receipt.logged_at)}})}};
}

void draw_custody(const Pen& pen, Rect box, const ReceiptView& receipt) { ui::custody_list(pen.canvas, box, custody_lines(pen, receipt)); }

float custody_height_of(const Pen& pen, const ReceiptView& receipt, float width) {
  return ui::custody_height(pen.canvas, custody_lines(pen, receipt), width);
}

Caused draw(const ReceiptScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "rcpt");
  if (const auto act = follow_act_of(screen.receipt)) {
    spec.steps = follow_steps(pen, *act);
    spec.current = static_cast<int>(spec.steps.size());
    spec.steps_can_be_tapped = false;
  }
  spec.saved = pen.say("rcpt.clear") + " " + pen.say("rcpt.take") + ".";
  spec.saved_icon = Icon::shield;
  spec.primary = ui::Primary{pen.say("done"), true, Icon::check};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  if (screen.proof_open) {
    caused = draw_proof(pen, room, screen.receipt, screen.copy, screen.copy_problem);
  } else if (canvas.large() && screen.slip_alone) {
    const float wide = canvas.button_width({{}, pen.say("rcpt.close"), Icon::cross});
    const Rect foot = canvas.portrait() ? room.cut_bottom(ui::size::target_normal, space::s16) : room.cut_right(wide, space::s28).cut_top(ui::size::target_normal);
    draw_slip(pen, room, screen.receipt);
    if (canvas.button(foot, {.key = "rcpt.slip", .label = pen.say("rcpt.close"), .icon = Icon::cross})) caused = person::ZoomPressed{};
  } else if (canvas.large()) {
    caused = draw_state(pen, room, screen);
  } else if (canvas.portrait()) {
    draw_slip(pen, room.cut_top(room.h * 0.48F, space::s20), screen.receipt);
    caused = draw_state(pen, room, screen);
  } else {
    draw_slip(pen, room.cut_left(ui::size::slip_w, space::s36), screen.receipt);
    caused = draw_state(pen, room, screen);
  }
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
