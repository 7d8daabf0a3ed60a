// See acknowledge_screen.h.
#include "kiosk/screens/acknowledge_screen.h"

namespace qabyl::kiosk {
namespace {

core::ScreenSignature signature_of(const AcknowledgeScreen& ink, const ReadScreen& reading) {
  core::ScreenSignature signature;
  signature.strokes = ink.strokes;
  signature.pad_width_tenth_mm = ink.pad_width_tenth_mm;
  signature.pad_height_tenth_mm = ink.pad_height_tenth_mm;
  signature.paper = reading.paper.digest;
  signature.renderer = "qabyl-preview " QABYL_VERSION;
  signature.dpi = reading.dpi;
  for (const auto& [page, seen] : reading.seen) signature.pages.push_back(seen);
  return signature;
}

void take_stroke(AcknowledgeScreen& ink, const person::PenLifted& lifted) {
  if (lifted.stroke.empty()) return;
  if (core::point_count(ink.strokes) + lifted.stroke.size() <= core::ink_points_max) ink.strokes.push_back(lifted.stroke);
  ink.pad_width_tenth_mm = lifted.pad_width_tenth_mm;
  ink.pad_height_tenth_mm = lifted.pad_height_tenth_mm;
  ink.short_said = false;
}

}  // namespace

StaffOutcome AcknowledgeScreen::update(const Input& input, const ReadScreen& reading, core::Language language) {
  if (stage != Stage::signing) return {};  // touches while the disk works are dropped
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, StaffPlace::reading, {}};
  if (std::holds_alternative<person::UndoPressed>(input) && !strokes.empty()) strokes.pop_back();
  if (std::holds_alternative<person::ErasePressed>(input)) strokes.clear();
  if (const auto* lifted = std::get_if<person::PenLifted>(&input)) take_stroke(*this, *lifted);
  if (!std::holds_alternative<person::PrimaryPressed>(input)) return {};
  short_said = ink() != core::InkProblem::none;
  if (short_said) return {};
  problem.reset();
  stage = Stage::filing;  // from here on a second press finds nothing to do
  return {{effect::MarkReceipt{reading.paper.id, signature_of(*this, reading), language}}, {}, {}};
}

void AcknowledgeScreen::take(const reply::FilingFailed& failure) {
  stage = Stage::signing;  // the ink stays, so that nobody signs twice
  problem = failure.why;
}

}  // namespace qabyl::kiosk
