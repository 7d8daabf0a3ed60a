// Reading a paper page by page (picture 12). A page counts as seen when it was wholly loaded, its lower
// edge was on the screen, and it stayed so for a second and a half, all looks at it together (DESIGN.md,
// section 9). Counted per person and per reading: a new reading begins at nothing. No ImGui, no I/O.
#pragma once

#include <map>

#include "kiosk/screens/session.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

struct ReadScreen {
  enum class Zoom { whole, wide };  // wide: the page takes the width, and is looked at part by part

  PaperView paper;                // a letter of the bureau's own: with that letter's digest and pages
  std::optional<core::BureauAct> act;  // what follows once every page was seen; nullopt: only reading
  bool letter = false;            // the bureau's own, before it is signed
  bool opening = true;
  std::optional<core::ErrorCode> failed;
  int pages = 0, page = 1;
  Zoom zoom = Zoom::wide;
  int part = 0;                 // of the page, from the top
  std::map<int, core::PageSeen> seen;
  std::optional<core::Millis> shown_since;  // the page is loaded and its lower edge is on the screen
  int dpi = 0;
  std::string renderer;         // of the pages in `seen`
  bool asked_why = false;       // the primary was pressed before every page was seen

  StaffOutcome update(const Input& input, Now now);
  void take(const reply::PaperOpened& opened);
  void take(const reply::PaperFailed& failure);
  bool page_seen(int number) const;
  bool all_seen() const;
  int count_seen() const;
  bool primary_enabled() const;
  std::optional<core::Millis> next_due() const;  // when the page on the screen counts as seen
  const core::ActOffer* following() const;  // of `act`; nullptr: nothing follows
  void show_page(int number, Now now) { turn_to(number, now); }
  void look(Now now) { settle(now); }       // counts what has been on the screen until now

 private:
  void settle(Now now);         // adds the time since shown_since
  void look_away(Now now);      // another page or part is drawn next
  void turn_to(int number, Now now);
  void drawn(const staff::PageDrawn& page_drawn, Now now);
};

}  // namespace qabyl::kiosk
