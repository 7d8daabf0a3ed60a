// Bureau staff and the operator: sign-in, inbox, reading, mark of receipt, receipt, operator panel.
// The App makes a StaffJourney when "I work for a bureau" is pressed, hands it every input that is not
// common to all screens, asks waiting() for the row of DESIGN.md, section 8, and ends the session when
// `finished` is set. Knows no ImGui and no I/O; RULES paragraph 10.
#pragma once

#include <map>

#include "kiosk/screens/filing_screens.h"
#include "kiosk/screens/input.h"
#include "kiosk/screens/session.h"

namespace qabyl::kiosk {

inline constexpr std::size_t badge_chars_max = 64;
inline constexpr int inbox_rows = 5, inbox_rows_large = 3;

struct StaffSignIn {
  std::string badge, pin;
  std::string greeted;              // name on a recognised badge
  bool typing = false;              // the screen keyboard is open for the badge's code
  bool unknown = false;             // the badge was not recognised
  bool busy = false;
  std::optional<reply::SignInRefused> refused;
  bool badge_whole() const;         // QBB1:<id>:<26 characters>
};

struct PaperReading {
  PaperView paper;
  bool opening = true;
  std::optional<core::ErrorCode> failed;
  int pages = 0, page = 1;
  enum class Zoom { whole, upper, lower } zoom = Zoom::whole;
  std::map<int, core::PageSeen> seen;
  std::optional<core::Millis> shown_since;  // the page is wholly loaded and its lower edge is on the screen
  int dpi = 0;
  bool page_seen(int number) const;
  bool all_seen() const;
  int count_seen() const;
};

struct Acknowledging {
  enum class Stage { signing, filing, checking } stage = Stage::signing;
  core::Strokes strokes;
  int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0;
  bool short_said = false;
  std::optional<core::ErrorCode> problem;
  core::InkProblem ink() const { return core::check_ink(strokes, pad_width_tenth_mm); }
};

struct StaffJourney {
  enum class At { sign_in, inbox, reading, acknowledge, receipt, operating };
  enum class Tab { needed, all, marked };

  bool finished = false;   // the person signed out or ended: the App wipes
  bool gone_back = false;  // Back on the first screen: the App shows the start
  At at = At::sign_in;
  StaffSignIn sign_in;
  std::optional<StaffView> staff;
  std::vector<PaperView> papers;
  bool listed = false;
  Tab tab = Tab::needed;
  int list_page = 0;
  std::optional<PaperReading> reading;
  Acknowledging acknowledging;
  ReceiptScreen receipt;
  std::optional<OperatorView> panel;

  // Person events, replies, news and ticks. Replies of an earlier visitor never come here.
  Effects update(const Input& input, const SetUp& set_up, const Session& session, Now now);
  Waiting waiting() const;
  std::optional<core::Millis> next_due() const;  // when a page that is on the screen counts as seen
  bool busy() const { return acknowledging.stage != Acknowledging::Stage::signing; }
  std::vector<const PaperView*> in_tab(Tab which) const;  // nearest deadline first
  void wipe();  // overwrites badge text, PIN and everything typed

 private:
  Effects reply_came(const Reply& reply);
  Effects signing_in(const Input& input);
  Effects in_inbox(const Input& input);
  Effects read(const Input& input, Now now);
  Effects acknowledge(const Input& input, const Session& session);
  Effects at_receipt(const Input& input, const Session& session);
  Effects operate(const Input& input);
};

}  // namespace qabyl::kiosk
