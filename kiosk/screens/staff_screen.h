// The journey of bureau staff and the operator: which of their screens is shown, and whose answer goes
// where. The App makes one when "I work for a bureau" is pressed, hands it every input that is not common
// to all screens, asks waiting() for the row of DESIGN.md, section 8, and ends the session when `finished`
// is set. Each screen is a model of its own. Knows no ImGui and no I/O; RULES paragraph 10.
#pragma once

#include "kiosk/screens/acknowledge_screen.h"
#include "kiosk/screens/filing_screens.h"
#include "kiosk/screens/operator_screen.h"
#include "kiosk/screens/reply_screen.h"
#include "kiosk/screens/staff_inbox_screen.h"
#include "kiosk/screens/staff_paper_screen.h"
#include "kiosk/screens/staff_read_screen.h"
#include "kiosk/screens/staff_sign_in_screen.h"
#include "kiosk/screens/visa_screen.h"

namespace qabyl::kiosk {

struct StaffJourney {
  using At = StaffPlace;

  bool finished = false;   // the person signed out or ended: the App wipes
  bool gone_back = false;  // Back on the first screen: the App shows the start
  At at = At::sign_in;
  std::optional<StaffView> staff;        // who has signed in
  SignInScreen sign_in;
  InboxScreen inbox;
  PaperScreen paper;                     // what can be done with the one at hand
  std::optional<ReadScreen> reading;     // while a paper is open, through to its receipt
  ReplyScreen answering;           // a letter of the bureau being made
  VisaScreen visa;
  AcknowledgeScreen acknowledge;
  ReceiptScreen receipt;
  OperatorScreen panel;

  // Person events, replies, news and ticks. Replies of an earlier visitor never come here.
  Effects update(const Input& input, const SetUp& set_up, const Session& session, Now now);
  Waiting waiting() const;
  // When a page that is on the screen counts as seen, or what is being written is kept.
  std::optional<core::Millis> next_due() const;
  bool busy() const;
  core::Id at_hand() const;  // the paper whose receipt is shown
  Effects close() { return answering.close(); }  // the session ends
  void wipe();  // overwrites badge text, PIN and everything typed or read

 private:
  Effects answered(const Reply& reply, const SetUp& set_up, const Session& session, Now now);
  void answered_papers(const reply::PapersListed& listed, Now now);
  void letter_made(const core::DraftFile& letter);
  bool letter_unsigned() const;
  Effects signed_in(const reply::SignedIn& in);
  void filed(const ReceiptView& made);
  StaffOutcome to_screen(const Input& input, const SetUp& set_up, const Session& session, Now now);
  StaffOutcome at_receipt(const Input& input, const Session& session);
  Effects carry_out(StaffOutcome outcome, const SetUp& set_up, const Session& session);
  void open_reading(const StaffOutcome& outcome);
};

}  // namespace qabyl::kiosk
