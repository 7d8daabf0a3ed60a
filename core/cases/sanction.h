// A sanction (RULES.md f9; paragraph 29, Articles 11-13): a fine, a suspension of the licence, or a suit for its
// deprivation; decided, delivered (a suspension runs from that day), in force, executed or lifted.
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view sanction_decide = "sanction.decide";    // R29.2
inline constexpr std::string_view sanction_receive = "sanction.receive";  // kiosk
inline constexpr std::string_view sanction_receipt_refused = "sanction.receipt_refused";  // A10
inline constexpr std::string_view sanction_execute = "sanction.execute";
inline constexpr std::string_view sanction_lift = "sanction.lift";
}  // namespace kind

enum class SanctionState { none, decided, in_force, executed, lifted };
std::string_view to_text(SanctionState state);

struct Sanction {
  SanctionState state = SanctionState::none;
  PaperOut paper;
  std::string measure;         // fine | suspension | suit
  std::string article;
  std::int64_t amount_tenge = 0, months = 0;
  Id prescription;             // the overdue one that it follows; "" where it follows a breach directly
  std::optional<Receipt> receipt;

  bool over() const { return state == SanctionState::executed || state == SanctionState::lifted; }

  // Bodies: decide {number,date,paper,pages,measure,article,amount_tenge|months,prescription?,signer}; the others name it
  // in `sanction`: receive: a mark; receipt_refused {date,witnesses[]|note}; execute {date}; lift {date,reason,signer}.
  Result<Sanction> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
