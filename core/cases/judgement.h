// Judging a record that was taken (RELIABILITY, I6): given the case's history, does it count?
// Pure; the registry calls it after the record is stored, the kiosk before it makes one.
#pragma once

#include "core/cases/inspection.h"
#include "core/cases/licence.h"
#include "core/verdict.h"

namespace qabyl::core {

struct StaffEntry {            // a member of a bureau's staff as the office knows it
  std::string id, name, position, bureau_bin;
  VerifyKey key{};             // the person's own key
  Instant from{}, to{};        // powers
  std::string capacity{};      // first_head, deputy: what the office knows of the person's office; else ""
};

struct CaseView {              // what the judge may know
  std::vector<Record> history;       // accepted records of the case, in case order
  std::vector<StaffEntry> staff;     // of the bureau concerned
  bool device_may_see_case = true;   // false: case of a bureau not assigned to this device
  RuleBook book{};                   // of the case's profile; may be empty up to notice and registration
  std::vector<Record> application_history{};  // of the application that a licence's form is given on (body.application), when one is
  InRegister in_register{};          // then too
};

struct Judgement {
  Outcome outcome = Outcome::accepted;  // accepted, quarantined or superseded
  std::string reason, field;
  Id by;
};
// Order: case of another bureau (no hint whether it exists), unknown kind, absurd time or names, a device
// that may not do this, the body, the person, and last what the case's state says.
// Reasons are stable codes; their wordings are reason.<code> in assets/i18n/*/common.po.
Judgement judge(const CaseView& view, const Record& record);

}  // namespace qabyl::core
