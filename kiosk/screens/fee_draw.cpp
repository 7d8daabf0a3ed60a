// Step 4: the fee, where to pay it, its proof. The kiosk takes no money. See draw.h; picture 05.
#include <algorithm>

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

// The amount and for what, over a gold rule.
ui::Block amount_block(const Pen& pen, float width) {
  auto& canvas = pen.canvas;
  const auto amount = pen.profile().fee_tenge(pen.journey().procedure);
  const auto label = pen.say("fee.amount"), sum = amount ? core::format_money(*amount) : pen.say("fee.unknown");
  const Type type = amount ? Type::money : Type::h2;
  std::string why = amount ? pen.say(purpose_of(pen.journey().procedure)) : std::string{};
  if (amount && pen.profile().fee.example) why += "\n" + pen.say("fee.example");
  const float why_w = why.empty() ? 0 : width * 0.4F, label_h = canvas.text_height(Type::small, label, width - why_w);
  const float sum_h = std::max(canvas.text_height(type, sum, width - why_w), canvas.text_height(Type::small, why, std::max(why_w, 1.0F)) - label_h);
  return {label_h + sum_h + space::s24, [=, &canvas](Rect room) {
    canvas.text_mid(room.moved(0, 0).cut_right(why_w), Type::small, Tone::ink2, why, ui::Align::right);
    canvas.fill({room.x, room.bottom() - space::s12, room.w, ui::size::rule}, Tone::gold);
    room.w -= why_w;
    canvas.text(room.cut_top(label_h), Type::small, Tone::ink2, label);
    canvas.text(room, type, Tone::ink, sum);
  }};
}

// The amount, for what, and the bank details, line by line.
void draw_details(const Pen& pen, Rect box) {
  auto& canvas = pen.canvas;
  const auto& profile = pen.profile();
  const auto& fee = profile.fee;
  canvas.box(box, Tone::surface, Tone::line, ui::size::border, ui::size::radius_card);
  Rect room = box.inset(space::s36, canvas.large() ? space::s12 : space::s24);
  std::vector<ui::Block> blocks{amount_block(pen, room.w)};
  const std::pair<const char*, std::string> lines[] = {
      {"fee.receiver", fee.receiver.in(pen.language())},
      {"fee.bin", fee.receiver_bin},
      {"fee.account", fee.account},
      {"fee.code", fee.purpose_code},
      {"fee.purpose", pen.say("fee.purpose.text", {{"bin", pen.journey().draft->bin}})}};
  const float label_w = room.w * 0.32F;
  for (const auto& [id, value] : lines) {
    if (value.empty()) continue;
    const auto label = pen.say(id);
    const float height = std::max(canvas.text_height(Type::small, label, label_w - space::s12), canvas.text_height(Type::list, value, room.w - label_w)) + 2 * space::s12;
    blocks.push_back({height, [&canvas, label, value, label_w](Rect row) {
      canvas.hairline(row.x, row.bottom() - ui::size::border, row.w);
      canvas.text_mid(row.cut_left(label_w - space::s12, space::s12), Type::small, Tone::ink2, label);
      canvas.text_mid(row, Type::list, Tone::ink, value);
    }});
  }
  ui::paged(canvas, room, blocks, 0, "fee.details", pen.state.pages["fee"]);
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

ui::ChoiceSpec proof_choice(const Pen& pen, const FeeScreen& screen) {
  const auto& draft = *pen.journey().draft;
  const auto* files = draft.files_of(screen.item);
  ui::ChoiceSpec proof{.key = "fee.proof", .title = pen.say("fee.proof"), .sub = {}, .selected = draft.fee == core::FeeChoice::proof, .dot = true};
  constexpr std::size_t name_bytes_most = 80;  // a longer one would push the details away
  if (files == nullptr || files->empty()) return proof;
  const auto& name = files->front().ref.name;
  proof.sub = name.size() <= name_bytes_most ? pen.say("fee.added", {{"name", name}}) : pen.say("check.fee.proof.only");
  return proof;
}

ui::ChoiceSpec later_choice(const Pen& pen) {
  return {.key = "fee.later", .title = pen.say("fee.later"), .sub = pen.say("fee.later.sub"), .selected = pen.journey().draft->fee == core::FeeChoice::later, .dot = true};
}

// "Add" or "take away" beside the proof, once that is the choice: with a word where there is room for it.
ui::ButtonSpec proof_button(const Pen& pen, const FeeScreen& screen) {
  const bool added = !proof_choice(pen, screen).sub.empty();
  if (added) return {.key = "fee.remove", .label = {}, .icon = Icon::trash, .spoken = pen.say("docs.remove")};
  return {.key = "fee.add", .label = pen.say("docs.add"), .icon = Icon::plus};
}

float proof_button_width(const Pen& pen, const FeeScreen& screen, float width) {
  return std::clamp(pen.canvas.button_width(proof_button(pen, screen)) - space::s36, ui::size::target_normal, std::max(ui::size::target_normal, width * 0.45F));
}

float choices_height(const Pen& pen, float width, const FeeScreen& screen) {
  const bool proof = pen.journey().draft->fee == core::FeeChoice::proof;
  const float words = width - (proof ? proof_button_width(pen, screen, width) + space::s12 : 0);
  return std::max({ui::size::target_primary, ui::choice_height(pen.canvas, proof_choice(pen, screen), words), ui::choice_height(pen.canvas, later_choice(pen), width)});
}

Caused draw_choices(const Pen& pen, Rect box, const FeeScreen& screen) {
  auto& canvas = pen.canvas;
  const auto& draft = *pen.journey().draft;
  const auto proof = proof_choice(pen, screen);
  const bool added = !proof.sub.empty();
  Caused caused;
  Rect left = canvas.portrait() ? box.row(0, 2, space::s16) : box.column(0, 2, space::s20);
  if (draft.fee == core::FeeChoice::proof) {
    const Rect side = left.cut_right(proof_button_width(pen, screen, left.w), space::s12);
    if (canvas.button(side, proof_button(pen, screen))) caused = added ? Input{person::FileRemoved{0}} : Input{person::AddPressed{screen.item}};
  }
  if (ui::choice_card(canvas, left, proof)) caused = person::FeeChosen{core::FeeChoice::proof};
  const Rect right = canvas.portrait() ? box.row(1, 2, space::s16) : box.column(1, 2, space::s20);
  if (ui::choice_card(canvas, right, later_choice(pen))) caused = person::FeeChosen{core::FeeChoice::later};
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
  const float choice_h = choices_height(pen, canvas.portrait() ? room.w : (room.w - space::s20) / 2, screen);
  const Rect choices = room.cut_bottom(canvas.portrait() ? 2 * choice_h + space::s16 : choice_h, space::s20);
  const Rect phone = canvas.portrait() ? room.cut_bottom(room.h * 0.38F, space::s20) : room.cut_right(room.w * 0.3F, space::s28);
  draw_details(pen, room);
  draw_phone(pen, phone);
  Caused caused = draw_choices(pen, choices, screen);
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
