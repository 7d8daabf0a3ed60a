// Steps 5 to 7 and the look-up: check answers, sign, receipt, where an application stands. Nothing is
// called accepted before the shell says that it is durable; unknown is said as unknown (I7).
#pragma once

#include "kiosk/screens/desk.h"
#include "kiosk/screens/details_screen.h"

namespace qabyl::kiosk {

struct CheckScreen {
  bool reading = false;        // the application is shown page by page
  bool before_signing = false; // the reading leads on to the signature, once every page was shown
  int page = 1;
  core::Millis page_since{0};
  int list_page = 0;
  bool reason_asked = false;
  std::vector<FieldError> errors;  // answers that a draft from elsewhere may still lack

  Outcome update(const Input& input, const Desk& desk);
  bool primary_enabled(const Journey& journey) const { return journey.form.state == Form::State::ready; }
};

struct SignScreen {
  enum class Stage { signing, filing, checking };  // checking: the outcome is not known yet

  Stage stage = Stage::signing;
  core::Strokes strokes;
  int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0;
  bool short_said = false;     // the primary was pressed with too little ink
  bool paper_way = false;      // how to sign on paper is shown
  std::optional<core::ErrorCode> problem;

  Outcome update(const Input& input, const Desk& desk);
  core::InkProblem ink() const { return core::check_ink(strokes, pad_width_tenth_mm); }
  bool primary_enabled(const Journey& journey) const;
  void wipe();
};

// Which act from the look-up a receipt is for; nullopt: a filing.
std::optional<FollowAct> follow_act_of(const ReceiptView& receipt);

struct ReceiptScreen {
  ReceiptView receipt;
  enum class Copy { none, saving, saved, failed };
  Copy copy = Copy::none;
  std::string copy_problem;    // gone, full, storage
  bool slip_alone = false;     // large text: the slip is a screen of its own
  bool proof_open = false;     // the code of stage 2, and how anybody checks it

  void take(const reply::ReceiptSaved& saved);
  Outcome update(const Input& input, const Desk& desk);
};

struct LookUpScreen {
  enum class Stage { typing, asking, found, none };

  Stage stage = Stage::typing;
  Field focus = Field::look_number;
  std::optional<ReceiptView> receipt;
  OfficeWord word;             // of the application that was found
  reply::LookedUp::Why why_none = reply::LookedUp::Why::none;  // of stage none
  bool number_wrong = false, code_wrong = false;  // said after the primary was pressed
  bool proof_open = false;     // its code, how anybody checks it, and the receipt once more for a stick
  ReceiptScreen::Copy copy = ReceiptScreen::Copy::none;
  std::string copy_problem;

  Outcome update(const Input& input, const Desk& desk);
  bool offers(FollowAct act) const;
  bool has_elsewhere() const { return stage == Stage::asking || (receipt && !receipt->elsewhere.empty()); }  // beside the screen, to be forgotten with it

 private:
  Outcome at_receipt(const Input& input, const Desk& desk);
};

// Custody goes forward only: an older answer never takes "confirmed" back.
void take_custody(ReceiptView& receipt, const reply::CustodyChanged& news);
// A receipt that the registry has just confirmed is looked up again: its proof may be there.
Effects ask_for_proof(const ReceiptView& receipt, const reply::CustodyChanged& news);
void take_proof(ReceiptView& receipt, const reply::LookedUp& answer);
void forget(ReceiptView& receipt);

}  // namespace qabyl::kiosk
