// A written prescription (RULES.md f9; paragraph 29, Article 11): measures in a set time for breaches found. Delivered,
// carried out and verified, extended for reasons outside the bureau's control, or overdue and followed by a sanction.
// An appeal is a flag only: it suspends nothing (A28).
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view prescription_sign = "prescription.sign";          // R29.1
inline constexpr std::string_view prescription_receive = "prescription.receive";    // kiosk
inline constexpr std::string_view prescription_receipt_refused = "prescription.receipt_refused";  // A10
inline constexpr std::string_view prescription_notify = "prescription.notify";      // kiosk: carried out
inline constexpr std::string_view prescription_verify = "prescription.verify";
inline constexpr std::string_view prescription_ask_extension = "prescription.ask_extension";  // kiosk
inline constexpr std::string_view prescription_extend = "prescription.extend";
inline constexpr std::string_view prescription_deny = "prescription.deny";
inline constexpr std::string_view prescription_overdue = "prescription.overdue";
inline constexpr std::string_view prescription_appeal = "prescription.appeal";      // kiosk
inline constexpr std::string_view prescription_withdraw = "prescription.withdraw";
}  // namespace kind

enum class PrescriptionState { none, issued, in_execution, notified, extension_asked, overdue, closed, sanctioned, withdrawn };
std::string_view to_text(PrescriptionState state);

struct Prescription {
  PrescriptionState state = PrescriptionState::none;
  PaperOut paper;
  std::vector<std::string> breaches, measures;
  bool plan_demanded = false;
  std::string article;
  RunningTerm term;            // D29
  std::optional<Receipt> receipt;
  bool appealed = false;

  bool over() const { return state == PrescriptionState::closed || state == PrescriptionState::sanctioned || state == PrescriptionState::withdrawn; }

  // Bodies: sign {number,date,paper,pages,breaches[texts],article,measures[texts] and/or plan_demanded,due,signer}; the
  // others name it in `prescription`: receive: a mark; receipt_refused {date,witnesses[]|note}; notify, appeal: filings;
  // verify {date,fulfilled,signer}; ask_extension {reason,due}, a filing; extend {date,due,signer}; deny
  // {date,reason,signer}; overdue {}; withdraw {date,reason,signer}.
  Result<Prescription> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
