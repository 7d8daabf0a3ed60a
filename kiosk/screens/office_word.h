// What the office has said of an application (feed item case_state), what was done about it here that the office has not
// answered yet, and what its applicant may therefore still do. Plain data and pure questions: no ImGui, no I/O.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/ids.h"
#include "core/profile.h"
#include "core/texts.h"

namespace qabyl::kiosk {

struct LicenceFormView {           // the form that was issued on the application
  core::Id paper, case_id;
  std::string licence, number;     // of the licence, of the form
  int pages = 0;
  core::Digest digest{};
  bool here = false;               // the sealed file has arrived
  bool valid = true;
  std::string delivered_to, delivered_on;  // ISO; empty: not yet
  bool signed_here = false;        // by a record of this kiosk that the office has not refused
};

struct OfficeWord {
  std::string state;               // registered, incomplete, complete, under_examination, granted, refused, returned, withdrawn, form_issued; "": nothing yet
  std::string number, registered_on, officer, since;  // dates ISO
  std::vector<std::string> missing;        // codes, while incomplete
  std::string due;                         // ISO last day of the term that runs; empty: none
  std::vector<core::LocalText> counted;    // how it was counted, line by line
  std::vector<core::LocalText> grounds;    // of a refusal
  std::string reason;                      // of a refusal or return
  std::optional<LicenceFormView> form;
  bool withdrawal_here = false;            // a statement of withdrawal was handed in here
  bool supplement_here = false;            // missing documents were, and the office has not confirmed them yet
  core::Procedure procedure = core::Procedure::issue;
  std::string bin, representative, position;  // of the filing: who comes back is mostly the same person

  bool is_open() const;                    // the office has not decided and nobody has withdrawn
  bool may_withdraw() const { return is_open() && !withdrawal_here; }
  bool may_supplement() const { return state == "incomplete" && !supplement_here && !withdrawal_here; }
  bool may_sign_for_form() const { return form && form->here && form->valid && form->delivered_on.empty() && !form->signed_here; }
};

enum class FollowAct { deliver, withdraw, supplement };

}  // namespace qabyl::kiosk
