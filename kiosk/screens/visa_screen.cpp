// See visa_screen.h.
#include "kiosk/screens/visa_screen.h"

#include "kiosk/screens/staff_paper_screen.h"

namespace qabyl::kiosk {

using core::BureauAct;

std::optional<BureauAct> VisaScreen::part(const PaperView& paper) {
  for (const auto act : {BureauAct::visa_page, BureauAct::mark_last_page, BureauAct::return_copy2}) {
    const auto* offer = offer_of(paper, act);
    if (offer != nullptr && offer->why.empty()) return act;
  }
  return std::nullopt;
}

int VisaScreen::sheet(const PaperView& paper) {
  const auto* visa = offer_of(paper, BureauAct::visa_page);
  return visa != nullptr && !visa->open.empty() ? visa->open.front() : paper.pages;
}

bool VisaScreen::primary_enabled(const ReadScreen& reading) const {
  const bool shown = part(reading.paper) == BureauAct::return_copy2 || reading.page_seen(reading.page);
  return shown && ink.primary_enabled();
}

void VisaScreen::next_sheet(ReadScreen& reading, const PaperView& paper, Now now) {
  const bool same = reading.page == sheet(paper) && part(reading.paper) == part(paper);
  reading.paper = paper;
  if (same) return;
  ink = {};
  unseen_said = false;
  reading.show_page(sheet(paper), now);
}

StaffOutcome VisaScreen::update(const Input& input, ReadScreen& reading, core::Language language, Now now) {
  if (std::holds_alternative<Tick>(input) || staff_event<staff::PageDrawn>(input) != nullptr) return reading.update(input, now);
  if (ink.stage != AcknowledgeScreen::Stage::signing) return {};
  if (std::holds_alternative<person::BackPressed>(input)) return {{effect::ListPapers{}}, StaffPlace::paper, {}, {}};
  ink.draw(input);
  if (!std::holds_alternative<person::PrimaryPressed>(input)) return {};
  reading.look(now);
  const auto act = part(reading.paper);
  if (!act) return {{effect::ListPapers{}}, StaffPlace::inbox, {}, {}};
  unseen_said = *act != BureauAct::return_copy2 && !reading.page_seen(reading.page);
  PaperAct making{reading.paper.id, *act, {}, core::Json::Object{}, {}};
  if (*act == BureauAct::visa_page) making.said["page"] = reading.page;
  if (unseen_said || !ink.sign()) return {};
  return {{effect::FileAct{std::move(making), {}, ink.signature(reading), language}}, {}, {}, {}};
}

}  // namespace qabyl::kiosk
