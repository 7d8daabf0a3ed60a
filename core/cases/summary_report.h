// The summary report (RULES.md f6; paragraphs 18-20): two signatures, two copies; copy 1 stays with the bureau, copy 2
// comes back with a visa on every page and the mark of receipt on the last; objections within ten days, answered, or
// considered at a meeting. The way of copy 2 and the way of the objections are apart: neither waits for the other.
#pragma once

#include <set>

#include "core/cases/objections.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view summary_sign_head = "summary.sign_head";            // R18.1
inline constexpr std::string_view summary_sign_superior = "summary.sign_superior";    // R18.1
inline constexpr std::string_view summary_send = "summary.send";                      // R18.1
inline constexpr std::string_view summary_receive = "summary.receive";                // R19.1, kiosk
inline constexpr std::string_view summary_receipt_refused = "summary.receipt_refused";  // A10
inline constexpr std::string_view summary_visa_page = "summary.visa_page";            // R19.2, kiosk
inline constexpr std::string_view summary_mark_last_page = "summary.mark_last_page";  // R19.3, kiosk
inline constexpr std::string_view summary_return_copy2 = "summary.return_copy";       // R19.4, kiosk; a kind has no digits
inline constexpr std::string_view summary_object = "summary.object";                  // R20.1, kiosk
inline constexpr std::string_view summary_pass_on = "summary.pass_on";                // R19.5, kiosk
inline constexpr std::string_view summary_window_over = "summary.window_over";
inline constexpr std::string_view summary_answer = "summary.answer";                  // A16
inline constexpr std::string_view summary_final_decision = "summary.final_decision";  // A16
inline constexpr std::string_view summary_withdraw = "summary.withdraw";              // before it is sent
}  // namespace kind

enum class SummaryState { none, signed_by_head, issued, sent, received, objected, answered, meeting_called, concluded, withdrawn };
enum class CopyTwo { out, with_bureau, marked, returned };
std::string_view to_text(SummaryState state);
std::string_view to_text(CopyTwo copy);

struct PassedOn {              // the bureau says that its executive and other governing bodies know the results (19)
  std::string organs;
  BureauPerson by;
  Id record;
};

struct SummaryReport {
  SummaryState state = SummaryState::none;
  PaperOut paper;              // D: copies 1 and 2 are renderings of it (A25)
  Signer head, superior;
  std::string superior_named;  // officer of whom the head said that he signs second; "" when the record names none
  std::vector<std::string> breaches;
  bool sent_late = false;      // after D18: an alarm
  std::optional<Receipt> receipt;
  RunningTerm return_term, objection_term;  // D19, D20
  CopyTwo copy = CopyTwo::out;
  std::set<int> visaed;        // pages of copy 2
  bool copy_missing = false;   // not back when the ten days were over
  Timeliness returned = Timeliness::in_time;
  Objections objections;
  std::string decision;        // of the Head or deputy, without a meeting
  std::optional<PassedOn> passed_on;  // may stay away: nothing waits for it

  bool delivered() const { return receipt.has_value(); }
  bool all_visaed() const { return static_cast<int>(visaed.size()) == paper.pages; }
  bool copy_settled() const { return copy == CopyTwo::returned || copy_missing; }

  // Bodies: sign_head {number,date,paper,pages,breaches[texts],
  // superior{officer}?,signer}; the others name it in `report`: sign_superior
  // {date,superior_of,signer}; send {date,copies:[hex D,hex D],addressee{name,position:"first_head"}}; receive
  // {copy1_kept:true} and a mark; receipt_refused {date,witnesses[]|note}; visa_page {page,stamp?} and the visa's ink,
  // that page shown; mark_last_page: ink; return_copy {paper}; object: a filing; pass_on {organs}, a filing; window_over {}; answer
  // {date,treatments[],signer}; final_decision {date,text,treatments[],signer}; withdraw {date,reason,signer}.
  Result<SummaryReport> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
