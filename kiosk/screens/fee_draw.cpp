// Step 4: the fee, where to pay it, its proof. The kiosk takes no money. See draw.h; picture 05.
#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"

namespace qabyl::kiosk {
namespace {

using ui::Icon;
using ui::Rect;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

const char* purpose_of(core::Procedure procedure) {
  if (procedure == core::Procedure::issue) return "fee.for.issue";
  return procedure == core::Procedure::reissue ? "fee.for.reissue" : "fee.for.duplicate";
}

// The amount, for what, and the bank details, line by line.
void draw_details(const Pen& pen, Rect box) {
  auto& canvas = pen.canvas;
  const auto& profile = pen.profile();
  const auto& fee = profile.fee;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s36, space::s24);
  const auto amount = profile.fee_tenge(pen.journey().procedure);
  room.cut_top(canvas.text(room, Type::small, Tone::ink2, pen.say("fee.amount")), space::s4);
  std::string why = pen.say(purpose_of(pen.journey().procedure));
  if (fee.example) why += "\n" + pen.say("fee.example");
  if (amount) {
    Rect line = room.cut_top(std::max(canvas.line_height(Type::money), canvas.text_height(Type::small, why, room.w * 0.4F)), space::s16);
    canvas.text_mid(line.cut_right(room.w * 0.4F), Type::small, Tone::ink2, why, ui::Align::right);
    canvas.text_mid(line, Type::money, Tone::ink, core::format_money(*amount));
  } else {
    room.cut_top(canvas.text(room, Type::h2, Tone::ink, pen.say("fee.unknown")), space::s16);
  }
  canvas.hairline(room.x, room.y, room.w, Tone::gold, space::s4);
  room.cut_top(space::s4, space::s12);
  const std::pair<const char*, std::string> lines[] = {
      {"fee.receiver", fee.receiver.in(pen.language())},
      {"fee.bin", fee.receiver_bin},
      {"fee.account", fee.account},
      {"fee.code", fee.purpose_code},
      {"fee.purpose", pen.say("fee.purpose.text", {{"bin", pen.journey().draft->bin}})}};
  const float label_w = room.w * 0.32F;
  bool first = true;
  for (const auto& [label, value] : lines) {
    if (value.empty()) continue;
    if (!first) canvas.hairline(room.x, room.y, room.w);
    first = false;
    const float height = std::max(canvas.text_height(Type::small, pen.say(label), label_w - space::s12), canvas.text_height(Type::list, value, room.w - label_w));
    Rect row = room.cut_top(height + 2 * space::s12);
    canvas.text_mid(row.cut_left(label_w - space::s12, space::s12), Type::small, Tone::ink2, pen.say(label));
    canvas.text_mid(row, Type::list, Tone::ink, value);
  }
}

void draw_phone(const Pen& pen, Rect box) {
  auto& canvas = pen.canvas;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s24);
  room.cut_top(canvas.text(room, Type::h3, Tone::ink, pen.say("fee.phone"), ui::Align::centre), space::s16);
  const auto note = pen.say("fee.scan");
  const Rect foot = room.cut_bottom(canvas.text_height(Type::small, note, room.w), space::s16);
  canvas.text(foot, Type::small, Tone::ink2, note, ui::Align::centre);
  if (const auto* qr = pen.state.qr_of(fee_qr_text(pen.profile(), *pen.journey().draft))) ui::qr_code(canvas, room, *qr);
}

Caused draw_choices(const Pen& pen, Rect box, const FeeScreen& screen) {
  auto& canvas = pen.canvas;
  const auto& draft = *pen.journey().draft;
  const auto* files = draft.files_of(screen.item);
  const bool added = files != nullptr && !files->empty();
  Caused caused;
  ui::ChoiceSpec proof{.key = "fee.proof", .title = pen.say("fee.proof"), .sub = {}, .selected = draft.fee == core::FeeChoice::proof, .dot = true};
  if (added) proof.sub = pen.say("fee.added", {{"name", files->front().ref.name}});
  Rect left = canvas.portrait() ? box.row(0, 2, space::s16) : box.column(0, 2, space::s20);
  if (draft.fee == core::FeeChoice::proof) {
    const float width = canvas.large() ? left.w * 0.32F : ui::size::target_normal * 2.3F;
    Rect side = left.cut_right(width, space::s12);
    const ui::ButtonSpec act = added ? ui::ButtonSpec{.key = "fee.remove", .label = pen.say("docs.remove"), .icon = Icon::trash}
                                     : ui::ButtonSpec{.key = "fee.add", .label = pen.say("docs.add"), .icon = Icon::plus};
    if (canvas.button(side, act)) caused = added ? Input{person::FileRemoved{0}} : Input{person::AddPressed{screen.item}};
  }
  if (ui::choice_card(canvas, left, proof)) caused = person::FeeChosen{core::FeeChoice::proof};
  const ui::ChoiceSpec later{.key = "fee.later", .title = pen.say("fee.later"), .sub = pen.say("fee.later.sub"), .selected = draft.fee == core::FeeChoice::later, .dot = true};
  const Rect right = canvas.portrait() ? box.row(1, 2, space::s16) : box.column(1, 2, space::s20);
  if (ui::choice_card(canvas, right, later)) caused = person::FeeChosen{core::FeeChoice::later};
  return caused;
}

Caused draw_proof_intake(const FeeScreen& screen, const Pen& pen) {
  auto spec = frame_spec(pen, "fee");
  spec.back = pen.say("back");
  auto frame = ui::open_frame(pen.canvas, spec);
  pen.canvas.box(frame.content, Tone::surface, Tone::selected, ui::size::border_selected, ui::size::radius_card);
  const auto* document = find_document(pen.profile(), pen.journey().procedure, screen.item);
  const auto hint = document != nullptr ? document->hint.in(pen.language()) : std::string{};
  auto caused = draw_intake(pen, frame.content.inset(space::s28, space::s24), screen.intake, pen.say("fee.add"), hint);
  ui::close_frame(pen.canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace

Caused draw(const FeeScreen& screen, const Pen& pen) {
  if (screen.intake.open || screen.intake.adding) return draw_proof_intake(screen, pen);
  auto& canvas = pen.canvas;
  const auto& draft = *pen.journey().draft;
  auto spec = frame_spec(pen, "fee");
  spec.back = pen.say("back");
  const bool open_proof = draft.fee != core::FeeChoice::later && !missing_in_step(pen.profile(), draft, 4).empty();
  spec.primary = ui::Primary{open_proof ? pen.say("docs.without", {{"n", "1"}}) : pen.say("next")};
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  room.cut_top(ui::heading(canvas, room, pen.say("step.4"), pen.say("fee.nocash")), space::s20);
  const float choice_h = ui::size::target_primary * std::min(canvas.em(), 1.3F) + space::s12;
  const Rect choices = room.cut_bottom(canvas.portrait() ? 2 * choice_h + space::s16 : choice_h, space::s20);
  const Rect phone = canvas.portrait() ? room.cut_bottom(room.h * 0.38F, space::s20) : room.cut_right(room.w * 0.3F, space::s28);
  draw_details(pen, room);
  draw_phone(pen, phone);
  Caused caused = draw_choices(pen, choices, screen);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
