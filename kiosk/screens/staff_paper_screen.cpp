// See staff_paper_screen.h.
#include "kiosk/screens/staff_paper_screen.h"

#include <algorithm>

namespace qabyl::kiosk {

using core::BureauAct;

const core::ActOffer* offer_of(const PaperView& paper, BureauAct act) {
  const auto found = std::find_if(paper.acts.begin(), paper.acts.end(), [&](const auto& one) { return one.act == act; });
  return found == paper.acts.end() ? nullptr : &*found;
}

bool awaits(const PaperView& paper) {
  return std::any_of(paper.acts.begin(), paper.acts.end(), [](const auto& one) { return one.awaited; });
}

bool to_receive(const PaperView& paper) {
  const auto* receive = offer_of(paper, BureauAct::receive);
  return receive != nullptr && receive->awaited;
}

std::string who_may(const core::ActOffer& offer, const PaperView& paper) {
  if (offer.why == "letter.signer") return "may.letter";
  if (offer.why == "licence.executive_organ") return "may.executive_organ";
  if (offer.why == "summary.other_person") return "may.receiver";
  if (paper.kind.starts_with("summary.")) return "may.summary";
  return paper.kind.starts_with("interim.") ? "may.interim" : "may.other";
}

std::optional<core::Timeliness> timeliness_on(const core::ActOffer& offer, core::Date today) {
  if (!offer.term) return std::nullopt;
  return offer.term->passed_on(today) ? core::Timeliness::late : core::Timeliness::in_time;
}

void PaperScreen::show(const PaperView& of) {
  const bool same = paper.id == of.id;
  paper = of;
  asked_why = false;
  if (!same) list_page = 0;
  if (!same || (chosen && offer_of(paper, *chosen) == nullptr)) chosen.reset();
  const auto awaited = std::find_if(paper.acts.begin(), paper.acts.end(), [](const auto& one) { return one.awaited && one.why.empty(); });
  if (!chosen && awaited != paper.acts.end()) chosen = awaited->act;  // what the office waits for is at hand
}

bool PaperScreen::primary_enabled() const {
  const auto* offer = chosen ? offer_of(paper, *chosen) : nullptr;
  return offer != nullptr && offer->why.empty();
}

StaffOutcome PaperScreen::update(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) return {{effect::ListPapers{}}, StaffPlace::inbox, {}};
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + turned->by);
  if (const auto* tapped = staff_event<staff::ActTapped>(input); tapped != nullptr && offer_of(paper, tapped->act) != nullptr) {
    chosen = tapped->act;
    asked_why = false;
  }
  if (staff_event<staff::ReadTapped>(input) != nullptr && paper.here) return {{effect::OpenPaper{paper.id}}, StaffPlace::reading, paper.id, {}};
  if (const auto* tapped = staff_event<staff::MadeTapped>(input)) {
    const bool ours = std::any_of(paper.made.begin(), paper.made.end(), [&](const auto& one) { return one.record == tapped->record; });
    if (ours) return {{effect::ShowMade{paper.id, tapped->record}}, {}, {}};
  }
  if (!std::holds_alternative<person::PrimaryPressed>(input)) return {};
  asked_why = !primary_enabled();
  if (asked_why) return {};
  switch (*chosen) {
    case BureauAct::receive:
    case BureauAct::no_remarks: return {{effect::OpenPaper{paper.id}}, StaffPlace::reading, paper.id, chosen};
    case BureauAct::visa_page:
    case BureauAct::mark_last_page:
    case BureauAct::return_copy2: return {{effect::OpenPaper{paper.id}}, StaffPlace::visa, paper.id, chosen};
    default: return {{}, StaffPlace::reply, paper.id, chosen};
  }
}

}  // namespace qabyl::kiosk
