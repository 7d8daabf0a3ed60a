// See staff_inbox_screen.h.
#include "kiosk/screens/staff_inbox_screen.h"

#include <algorithm>

#include "kiosk/screens/staff_paper_screen.h"

namespace qabyl::kiosk {
namespace {

// No deadline comes last; the same day: what came first stands first.
bool before(const PaperView* a, const PaperView* b) {
  if (a->deadline.empty() != b->deadline.empty()) return b->deadline.empty();
  if (a->deadline != b->deadline) return a->deadline < b->deadline;  // ISO dates sort as text
  return a->received_at < b->received_at;
}

}  // namespace

bool received(const PaperView& paper) { return paper.marked || paper.closed_by_other || !paper.made.empty(); }

bool done(const PaperView& paper) { return !awaits(paper); }

const PaperView* InboxScreen::find(const core::Id& paper) const {
  const auto found = std::find_if(papers.begin(), papers.end(), [&](const auto& one) { return one.id == paper; });
  return found == papers.end() ? nullptr : &*found;
}

std::vector<const PaperView*> InboxScreen::in_tab(Tab which) const {
  std::vector<const PaperView*> found;
  for (const auto& paper : papers) {
    const bool belongs = which == Tab::needed ? awaits(paper) : which == Tab::all || (!awaits(paper) && received(paper));
    if (belongs) found.push_back(&paper);
  }
  std::stable_sort(found.begin(), found.end(), before);
  return found;
}

void InboxScreen::take(const reply::PapersListed& answer) {
  papers = answer.papers;
  rest = answer.rest;
  listed = true;
  if (find(counted) == nullptr) counted.clear();
}

StaffOutcome InboxScreen::open(const core::Id& paper) {
  const auto* wanted = find(paper);
  if (wanted == nullptr || !wanted->here) return {};
  if (to_receive(*wanted)) return {{effect::OpenPaper{paper}}, StaffPlace::reading, paper, core::BureauAct::receive};
  if (!wanted->acts.empty()) return {{}, StaffPlace::paper, paper};
  return {{effect::OpenPaper{paper}}, StaffPlace::reading, paper};
}

StaffOutcome InboxScreen::update(const Input& input) {
  if (std::holds_alternative<person::BackPressed>(input)) {
    if (counted.empty()) return {{}, StaffPlace::over, {}};
    counted.clear();
    list_page = 0;
    return {};
  }
  if (const auto* turned = std::get_if<person::ListTurned>(&input)) list_page = std::max(0, list_page + turned->by);
  if (!counted.empty()) {
    if (std::holds_alternative<person::PrimaryPressed>(input)) return open(std::exchange(counted, {}));
    return {};
  }
  if (const auto* chosen = staff_event<staff::TabPressed>(input)) {
    tab = static_cast<Tab>(std::clamp(chosen->tab, 0, 2));
    list_page = 0;
  }
  if (const auto* tapped = staff_event<staff::DeadlineTapped>(input)) {
    if (find(tapped->paper) != nullptr) counted = tapped->paper, list_page = 0;
  }
  if (const auto* tapped = staff_event<staff::PaperTapped>(input)) return open(tapped->paper);
  if (const auto* tapped = staff_event<staff::MarkTapped>(input)) {
    const auto* paper = find(tapped->paper);
    if (paper != nullptr && !paper->made.empty()) return {{effect::ShowMade{paper->id, paper->made.back().record}}, {}, {}};
  }
  if (std::holds_alternative<person::PrimaryPressed>(input)) {
    const auto needed = in_tab(Tab::needed);
    if (!needed.empty()) return open(needed.front()->id);
  }
  return {};
}

void InboxScreen::wipe() {
  for (auto& paper : papers) {
    for (auto* text : {&paper.title.kk, &paper.title.ru, &paper.title.en, &paper.number}) forget(*text);
  }
  *this = {};
}

}  // namespace qabyl::kiosk
