// An interim report (RULES.md f5; paragraphs 16, 17): signed by its executor and by the head of the group, received by
// somebody of the letter's list, objected to within four working days, considered, carried over into the summary
// report. Optional, any number of them (A11).
#pragma once

#include "core/cases/objections.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view interim_sign_executor = "interim.sign_executor";  // R16.1
inline constexpr std::string_view interim_sign_head = "interim.sign_head";          // R16.1
inline constexpr std::string_view interim_receive = "interim.receive";              // R16.2, kiosk
inline constexpr std::string_view interim_receipt_refused = "interim.receipt_refused";  // A10
inline constexpr std::string_view interim_object = "interim.object";                // R17.1, kiosk
inline constexpr std::string_view interim_no_remarks = "interim.no_remarks";        // kiosk
inline constexpr std::string_view interim_window_over = "interim.window_over";
inline constexpr std::string_view interim_consider = "interim.consider";            // R17.2
inline constexpr std::string_view interim_carry_over = "interim.carry_over";        // R17.2
inline constexpr std::string_view interim_withdraw = "interim.withdraw";
}  // namespace kind

enum class InterimState { none, signed_by_executor, issued, received, objected, accepted, no_objection, considered, closed, withdrawn };
std::string_view to_text(InterimState state);

struct InterimReport {
  InterimState state = InterimState::none;
  PaperOut paper;
  Signer executor, head;
  std::optional<Receipt> receipt;
  RunningTerm term;            // D17, from the day of receipt
  Objections objections;
  std::string carried_to;      // where the summary report takes it up

  // Considered, closed or withdrawn: no obstacle to the summary report.
  bool settled() const;

  // Bodies: sign_executor {number,date,paper,pages,signer}; the others name it in `report`: sign_head {date,signer};
  // receive, no_remarks: a mark; receipt_refused {date,witnesses[]|note}; object: a filing; window_over {}; consider
  // {date,treatments[],signer}; carry_over {date,text,signer}; withdraw {date,reason,signer}.
  Result<InterimReport> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
