// See staff_read_screen.h. How many parts a page has only the drawing knows; it says with each step
// where that leads, and with PageDrawn that the lower edge is on the screen.
#include "kiosk/screens/staff_read_screen.h"

#include <algorithm>

#include "kiosk/screens/staff_paper_screen.h"

namespace qabyl::kiosk {
namespace {

constexpr int parts_max = 16;

}  // namespace

bool ReadScreen::page_seen(int number) const {
  const auto found = seen.find(number);
  return found != seen.end() && found->second.ms >= core::page_seen_ms_min;
}

int ReadScreen::count_seen() const {
  int count = 0;
  for (int number = 1; number <= pages; ++number) count += page_seen(number) ? 1 : 0;
  return count;
}

bool ReadScreen::all_seen() const { return pages > 0 && count_seen() == pages; }

const core::ActOffer* ReadScreen::following() const { return act && !letter ? offer_of(paper, *act) : nullptr; }

// A letter of the bureau's own is signed when it was seen; of the papers only who may goes on (A18).
bool ReadScreen::primary_enabled() const {
  if (!act) return !paper.acts.empty();  // to what can be done with it
  const auto* offer = following();
  return all_seen() && (letter || (offer != nullptr && offer->why.empty()));
}

std::optional<core::Millis> ReadScreen::next_due() const {
  if (!shown_since || page_seen(page)) return std::nullopt;
  const auto had = seen.find(page);
  return *shown_since + core::Millis{core::page_seen_ms_min - (had == seen.end() ? 0 : had->second.ms)};
}

void ReadScreen::settle(Now now) {
  if (!shown_since) return;
  auto& look = seen[page];
  look.page = page;
  look.ms += (now.steady - *shown_since).count();
  shown_since = now.steady;
}

void ReadScreen::look_away(Now now) {
  settle(now);
  shown_since.reset();
}

void ReadScreen::turn_to(int number, Now now) {
  look_away(now);
  part = 0;
  page = std::clamp(number, 1, std::max(1, pages));
}

void ReadScreen::drawn(const staff::PageDrawn& page_drawn, Now now) {
  if (page_drawn.page != page || shown_since) return;
  shown_since = now.steady;
  auto& look = seen[page];
  look = {page, look.ms, page_drawn.pixels, page_drawn.width, page_drawn.height};
  dpi = page_drawn.dpi;
  renderer = page_drawn.renderer;
}

void ReadScreen::take(const reply::PaperOpened& opened) {
  if (opened.id != paper.id) return;
  opening = false;
  pages = opened.pages;
  paper.digest = opened.digest;
}

void ReadScreen::take(const reply::PaperFailed& failure) {
  if (failure.id != paper.id) return;
  opening = false;
  failed = failure.why;
}

StaffOutcome ReadScreen::update(const Input& input, Now now) {
  if (std::holds_alternative<Tick>(input)) return settle(now), StaffOutcome{};
  if (std::holds_alternative<person::BackPressed>(input)) {
    look_away(now);
    if (letter) return {{}, StaffPlace::reply, {}};
    return {{effect::ListPapers{}}, StaffPlace::inbox, {}};
  }
  const bool may_refuse = !letter && act == core::BureauAct::receive && offer_of(paper, core::BureauAct::refuse_receipt) != nullptr;
  if (staff_event<staff::RefuseTapped>(input) != nullptr && may_refuse) {
    look_away(now);
    return {{}, StaffPlace::reply, paper.id, core::BureauAct::refuse_receipt};
  }
  if (const auto* chosen = std::get_if<person::PageChosen>(&input)) turn_to(chosen->page, now);
  if (const auto* turned = std::get_if<person::PageTurned>(&input)) turn_to(page + turned->by, now);
  if (const auto* moved = staff_event<staff::PartTurned>(input)) {
    look_away(now);
    part = std::clamp(part + moved->by, 0, parts_max);
  }
  if (std::holds_alternative<person::ZoomPressed>(input)) {
    look_away(now);
    zoom = zoom == Zoom::wide ? Zoom::whole : Zoom::wide;
    part = 0;
  }
  if (const auto* page_drawn = staff_event<staff::PageDrawn>(input)) drawn(*page_drawn, now);
  if (!std::holds_alternative<person::PrimaryPressed>(input)) return {};
  settle(now);
  asked_why = !primary_enabled();
  if (asked_why) return {};
  look_away(now);
  return {{}, act ? StaffPlace::acknowledge : StaffPlace::paper, {}};
}

}  // namespace qabyl::kiosk
