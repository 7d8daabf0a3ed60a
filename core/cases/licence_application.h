// Licence application (RULES.md f1), as a value: folded from the records of its case. Filed, registered, completed,
// examined, granted or refused on a listed ground; withdrawn by the applicant while it is open. The passing of D02 is
// an alarm, not a step. Knows no store, screen or clock. Paragraphs 1-6.
#pragma once

#include <set>

#include "core/cases/acts.h"
#include "core/cases/filing.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view application_submit = "licence_application.submit";      // R01.1, kiosk
inline constexpr std::string_view application_register = "licence_application.register";  // R01.1
inline constexpr std::string_view application_check_incomplete = "licence_application.check_incomplete";  // A20
inline constexpr std::string_view application_supplement = "licence_application.supplement";  // R01.1, kiosk
inline constexpr std::string_view application_return = "licence_application.return";
inline constexpr std::string_view application_check_complete = "licence_application.check_complete";
inline constexpr std::string_view application_fee_paid = "licence_application.fee_paid";  // R05.1
inline constexpr std::string_view application_assign_examiner = "licence_application.assign_examiner";
inline constexpr std::string_view application_find_ground = "licence_application.find_ground";    // Article 10
inline constexpr std::string_view application_clear_ground = "licence_application.clear_ground";
inline constexpr std::string_view application_offer_hearing = "licence_application.offer_hearing";
inline constexpr std::string_view application_grant = "licence_application.grant";        // R02.1
inline constexpr std::string_view application_refuse = "licence_application.refuse";      // R03.1
inline constexpr std::string_view application_withdraw = "licence_application.withdraw";  // kiosk
inline constexpr std::string_view application_recount = "licence_application.recount_terms";  // A30
}  // namespace kind

enum class ApplicationState {
  none, submitted, registered, incomplete, complete, under_examination, granted, refused, withdrawn, returned
};
std::string_view to_text(ApplicationState state);

struct LicenceApplication {
  ApplicationState state = ApplicationState::none;
  Json body;                 // of the submit record
  std::string number;        // case number, given by `register`
  std::string registered_on;  // ISO date
  std::string registered_by;

  std::string calendar;               // version by which the terms count; "" = the oldest of the rule book
  std::set<std::string> handed_in;    // codes of documents, with the filing and after it
  std::set<std::string> missing;      // what the newest check found missing or defective
  RunningTerm mend_term;              // D01, as stated to the applicant
  Date last_document_on{};            // from here the time to decide runs (A20, A21)
  RunningTerm decision_term;          // D02; D06 for a duplicate
  std::int64_t fee_paid_tenge = 0;
  Signer examiner;           // who examined may not decide (O4)
  std::set<std::string> open_grounds;  // of Article 10, found and not cleared
  std::optional<Date> hearing_offered_on;
  std::set<std::string> refusal_grounds;
  std::string refusal_reason;

  bool is_open() const;

  // The state after `record`. wrong_state / invalid_input say which guard refused (detail = code). Bodies: submit see
  // filing.h; register {number,date,officer,calendar?}; check_incomplete {date,missing[codes],due}; supplement
  // {representative{name,position},items[{code,docs[]}],signature}, docs; return {date,reason}; check_complete {date};
  // fee_paid {date,amount_tenge,document}; assign_examiner {date,examiner,examiner_officer?}; find_ground {date,ground,text}; clear_ground
  // {date,ground,text}; offer_hearing {date}; grant {date,signer}; refuse {date,grounds[],reason,signer}; withdraw
  // {representative{name,position},signature}, its statement as the first document; recount_terms: recount_body().
  // `book` may be empty for submit and register; the others are refused without one (rules.missing).
  Result<LicenceApplication> apply(const Record& record, const RuleBook& book = {}) const;
};

// What is wrong with a supplement or a withdrawal by itself: names, ink, paper (the first document is signed).
std::optional<Finding> examine_applicant_act(const Record& record);
// The case as its records left it; a record that a guard refuses changes nothing.
LicenceApplication fold_application(const std::vector<Record>& history, const RuleBook& book = {});
// Whether a record of this kind belongs to a licence application.
bool is_of_application(std::string_view kind);

}  // namespace qabyl::core
