// See acknowledge_screen.h.
#include "kiosk/screens/acknowledge_screen.h"

namespace qabyl::kiosk {
namespace {

void take_stroke(AcknowledgeScreen& ink, const person::PenLifted& lifted) {
  if (lifted.stroke.empty()) return;
  if (core::point_count(ink.strokes) + lifted.stroke.size() <= core::ink_points_max) ink.strokes.push_back(lifted.stroke);
  ink.pad_width_tenth_mm = lifted.pad_width_tenth_mm;
  ink.pad_height_tenth_mm = lifted.pad_height_tenth_mm;
  ink.short_said = false;
}

}  // namespace

core::ScreenSignature AcknowledgeScreen::signature(const ReadScreen& reading) const {
  core::ScreenSignature signature;
  signature.strokes = strokes;
  signature.pad_width_tenth_mm = pad_width_tenth_mm;
  signature.pad_height_tenth_mm = pad_height_tenth_mm;
  signature.paper = reading.paper.digest;
  signature.renderer = reading.renderer;
  signature.dpi = reading.dpi;
  for (const auto& [page, seen] : reading.seen) signature.pages.push_back(seen);
  return signature;
}

void AcknowledgeScreen::draw(const Input& input) {
  if (std::holds_alternative<person::UndoPressed>(input) && !strokes.empty()) strokes.pop_back();
  if (std::holds_alternative<person::ErasePressed>(input)) strokes.clear();
  if (const auto* lifted = std::get_if<person::PenLifted>(&input)) take_stroke(*this, *lifted);
}

bool AcknowledgeScreen::sign() {
  short_said = ink() != core::InkProblem::none;
  if (short_said) return false;
  problem.reset();
  stage = Stage::filing;  // from here on a second press finds nothing to do
  return true;
}

StaffOutcome AcknowledgeScreen::update(const Input& input, const ReadScreen& reading, core::Language language) {
  if (stage != Stage::signing) return {};  // touches while the disk works are dropped
  if (std::holds_alternative<person::BackPressed>(input)) return {{}, StaffPlace::reading, {}};
  draw(input);
  if (!std::holds_alternative<person::PrimaryPressed>(input) || !sign()) return {};
  return {{effect::FileAct{making, letter, signature(reading), language}}, {}, {}};
}

void AcknowledgeScreen::take(const reply::FilingFailed& failure) {
  stage = Stage::signing;  // the ink stays, so that nobody signs twice
  problem = failure.why;
}

}  // namespace qabyl::kiosk
