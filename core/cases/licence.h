// A licence (RULES.md f2; paragraphs 2, 4-6, 29; Articles 11-13): one holder for life, no end date, and the forms ever
// issued for it. Issued here, or before Qabyl and entered by one and confirmed by another (O4); delivered, re-issued, duplicated, suspended from the day that the bureau's executive organ
// receives the decision, lifted, deprived by a court, ended. Nobody takes or ends a right alone (O4): a suspension and an
// end are proposed by one and decided by another. There is no transfer: no record kind says so (R04.1).
#pragma once

#include "core/cases/acts.h"
#include "core/cases/licence_application.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view licence_issue = "licence.issue";          // R02.1, opens the licence's own case
inline constexpr std::string_view licence_enter = "licence.enter";          // one from before Qabyl: opens its case likewise
inline constexpr std::string_view licence_confirm_entry = "licence.confirm_entry";  // O4
inline constexpr std::string_view licence_reject_entry = "licence.reject_entry";
inline constexpr std::string_view licence_deliver = "licence.deliver";      // R02.1, kiosk: the recipient signs
inline constexpr std::string_view licence_reissue = "licence.reissue";      // R05.1, R06.1
inline constexpr std::string_view licence_duplicate = "licence.duplicate";  // R06.1
inline constexpr std::string_view licence_propose_suspension = "licence.propose_suspension";  // O4
inline constexpr std::string_view licence_suspend = "licence.suspend";      // R29.2, Article 12
inline constexpr std::string_view licence_suspension_receive = "licence.suspension_receive";  // kiosk
inline constexpr std::string_view licence_suspension_receipt_refused = "licence.suspension.receipt_refused";  // A10
inline constexpr std::string_view licence_lift = "licence.lift";
inline constexpr std::string_view licence_propose_end = "licence.propose_end";  // O4
inline constexpr std::string_view licence_deprive = "licence.deprive";      // Article 13
inline constexpr std::string_view licence_end = "licence.end";              // 30
inline constexpr std::string_view licence_recount = "licence.recount_terms";  // A30
}  // namespace kind

enum class LicenceState { none, entered, rejected, active, suspended, deprived, ended };  // entered: waits to be confirmed
enum class FormSort { original, reissued, duplicate };
std::string_view to_text(LicenceState state);
std::string_view to_text(FormSort sort);

struct LicenceForm {           // a paper that says that the licence was given
  FormSort sort = FormSort::original;
  PaperOut paper;
  Id application;              // the case in which it was asked for
  std::string reason;          // what changed, or how the old form was lost
  bool valid = true;           // void once a newer form was issued
  std::string delivered_to;
  std::optional<Date> delivered_on;
};

struct LicenceEntry {          // of a licence that was issued before Qabyl
  std::string decision;        // by which it was issued: its number and date
  Signer by;
};

struct SuspensionProposal {
  std::string ground;
  std::int64_t months = 0;
  Signer by;
};

struct EndProposal {
  std::string why;             // court, liquidation, own_wish
  Signer by;
};

struct Suspension {
  std::string ground;
  std::int64_t months = 0;
  PaperOut paper;
  std::optional<Receipt> receipt;  // in effect from its day
  std::optional<RunningTerm> term;  // D12
  bool lifted = false;
};

struct Licence {
  LicenceState state = LicenceState::none;
  std::string number;          // of the licence, for life
  std::string holder_bin;      // for life
  Json holder;                 // name and address, as the newest form has them
  std::vector<LicenceForm> forms;  // every form ever issued, oldest first
  std::optional<LicenceEntry> entry;           // nullopt: it was issued here
  std::optional<SuspensionProposal> proposal;  // until it is decided; a newer one replaces it
  std::vector<Suspension> suspensions;
  std::optional<EndProposal> end_proposal;     // likewise
  std::string end_reason;      // or the court's decision
  std::string calendar;        // version by which the terms count; "" = the oldest of the rule book

  // Two or more suspensions within the twelve months before `day`: a ground of Article 13, shown as a warning.
  bool repeatedly_suspended(Date day) const;

  // Bodies: issue {application,licence_number,number,date,paper,pages,holder{bin,name,address},calendar?,signer}, no end date; enter {licence_number,number,issued_on,decision,holder,date,
  // calendar?,signer}, number: of its form, which is in the holder's hands; confirm_entry {date,signer}; reject_entry {date,reason,signer}; deliver
  // {form: index, name, position, signature} on the form's paper; reissue {application,number,date,paper,pages,holder,
  // change,signer}; duplicate {application,number,date,paper,pages,loss,signer}; propose_suspension {ground,months,date,
  // text,signer}; suspend {number,date,paper,pages,ground,months,signer} as proposed; suspension_receive: a mark of the first head or deputy; suspension.receipt_refused {date,
  // witnesses[]|note}; lift {date,why,reason,signer}, why in {cause_removed, term_over}; propose_end {date,why,text,
  // signer}, why in {court, liquidation, own_wish}; deprive {date,court,decision,signer}, proposed as court; end {date,why,
  // signer}, why as proposed, in {liquidation, own_wish}; recount_terms: recount_body().
  // Whether the application was granted, may_issue() says: it is another case.
  Result<Licence> apply(const Record& record, const RuleBook& book) const;
};

// What is wrong with a delivery by itself: the recipient's name and position, the ink.
std::optional<Finding> examine_recipient(const Record& record);
// What the register says beside the case itself.
struct InRegister {
  bool application_used = false;  // a form was given on that application already
  bool holder_licensed = false;   // the holder has a licence in life
  bool number_taken = false;      // another licence has that number
};
// Whether a licence from before may stand in the register: licence.holder_has_one, licence.number_taken.
Status may_enter(const InRegister& in_register);
// Whether the form that leads to `next` may be given on `application`: licence.not_granted, licence.other_application
// (other procedure or holder), licence.application_used, licence.own_examination (O4: who examined it signs no form); for a
// first form licence.holder_has_one.
Status may_issue(const LicenceApplication& application, const Licence& next, const Record& record, const InRegister& in_register);
Licence fold_licence(const std::vector<Record>& history, const RuleBook& book);
bool is_of_licence(std::string_view kind);

}  // namespace qabyl::core
