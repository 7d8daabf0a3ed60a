// The proof of a receipt: its code, what it proves and how anybody checks it, a copy on a stick. See custody_draw.h.
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
using Copy = ReceiptScreen::Copy;
namespace space = ui::space;

// In the log since when; or that it is not, and what the code proves then.
ui::NoteSpec standing(const Pen& pen, const ReceiptView& receipt) {
  if (receipt.logged_at) {
    const auto at = pen.date(*receipt.logged_at) + ", " + pen.clock_seconds(*receipt.logged_at);
    return {Icon::shield, pen.say("proof.since", {{"t", at}}), pen.say("proof.means"), State::ok};
  }
  const bool confirmed = receipt.custody == SendView::accepted;
  return {Icon::clock, pen.say(confirmed ? "proof.none" : "proof.not_yet"), pen.say(confirmed ? "proof.none.sub" : "proof.not_yet.sub"), State::info};
}

std::vector<ui::Block> words(const Pen& pen, float width, const ReceiptView& receipt, Copy copy, const std::string& problem) {
  std::vector<ui::Block> blocks;
  const auto note = [&](ui::NoteSpec spec) { blocks.push_back({ui::note_height(pen.canvas, spec, width), [&canvas = pen.canvas, spec](Rect place) { ui::note_box(canvas, place, spec); }}); };
  if (const auto said = copy_words(pen, copy, problem); !said.empty()) note({copy == Copy::saved ? Icon::check : Icon::info, {}, said, copy_state(copy)});
  note(standing(pen, receipt));
  note({Icon::search, {}, pen.say("proof.how"), State::neutral});
  return blocks;
}

// As much of `room` as it needs for its smallest modules, and more where the words leave it.
Rect cut_code(const Pen& pen, Rect& room, const core::paper::QrMatrix& code) {
  const bool portrait = pen.canvas.portrait();
  const float least = ui::size::qr_module_least * static_cast<float>(code.size + 2 * core::paper::qr_quiet_modules);
  const float side = std::min(std::max(least, portrait ? room.h * 0.5F : room.w * 0.44F), portrait ? room.w : room.h);
  if (portrait) return room.cut_top(side, space::s20);
  return room.cut_left(side, space::s36).cut_top(side);
}

}  // namespace

std::string copy_words(const Pen& pen, Copy copy, const std::string& problem) {
  switch (copy) {
    case Copy::none: return {};
    case Copy::saving: return pen.say("rcpt.copy.saving");
    case Copy::saved: return pen.say("rcpt.copy.saved") + ". " + pen.say("usb.pull");
    case Copy::failed: break;
  }
  if (problem == "gone") return pen.say("rcpt.copy.gone");
  return pen.say(problem == "full" ? "rcpt.copy.full" : "rcpt.copy.failed");
}

State copy_state(Copy copy) {
  if (copy == Copy::saved) return State::ok;
  return copy == Copy::failed ? State::bad : State::info;
}

Caused draw_proof(const Pen& pen, Rect room, const ReceiptView& receipt, Copy copy, const std::string& problem) {
  auto& canvas = pen.canvas;
  Caused caused;
  if (const auto* code = pen.state.qr_of(receipt.proof_qr.empty() ? receipt.qr : receipt.proof_qr); code != nullptr) ui::qr_code(canvas, cut_code(pen, room, *code), *code);
  const Rect row = room.cut_bottom(ui::size::target_normal, space::s16);
  if (canvas.button(row, {.key = "proof.close", .label = pen.say("proof.close"), .icon = Icon::cross})) caused = person::ProofPressed{};
  const Rect save = room.cut_bottom(ui::size::target_normal, space::s16);
  if (canvas.button(save, {.key = "rcpt.usb", .label = pen.say("rcpt.usb"), .icon = Icon::usb, .enabled = copy != Copy::saving})) caused = person::SaveReceiptPressed{};
  const Type type = canvas.fitting(room, pen.say("proof.h"), {Type::h2, Type::h3}, 1);
  if (!canvas.large()) room.cut_top(canvas.text(room, type, Tone::ink, pen.say("proof.h")), space::s16);
  ui::paged(canvas, room, words(pen, room.w, receipt, copy, problem), space::s16, "proof.words", pen.state.pages["proof"]);
  return caused;
}

}  // namespace qabyl::kiosk
