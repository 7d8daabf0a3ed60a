// An inspection, whole (RULES.md f4; paragraphs 7-29): a value folded from the records of its case. It holds
// what has a life of its own inside it - notices, requests, reports - as values too, keyed by the record that
// opened them. Knows no store, clock or staff list.
#pragma once

#include "core/cases/disclosure.h"
#include "core/cases/interim_report.h"
#include "core/cases/meeting.h"
#include "core/cases/notice.h"
#include "core/cases/plan.h"
#include "core/cases/prescription.h"
#include "core/cases/request.h"
#include "core/cases/responsibles.h"
#include "core/cases/returned_scan.h"
#include "core/cases/sanction.h"
#include "core/cases/summary_report.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view assignment_sign = "inspection.assignment_sign";          // R07.1, R08.1
inline constexpr std::string_view assignment_register = "inspection.assignment_register";  // R07.2
inline constexpr std::string_view inspection_cancel = "inspection.cancel";                 // 30
inline constexpr std::string_view inspection_undertaking = "inspection.undertaking";       // R15.1
inline constexpr std::string_view inspection_documents = "inspection.documents_receive";   // R11.1
inline constexpr std::string_view inspection_start = "inspection.start";
inline constexpr std::string_view inspection_room = "inspection.room_accept";              // R12.1
inline constexpr std::string_view extension_sign = "inspection.extension_sign";            // R09.2
inline constexpr std::string_view extension_register = "inspection.extension_register";    // R09.2
inline constexpr std::string_view access_refused = "inspection.access_refused";            // R12.2 ... R12.4
inline constexpr std::string_view access_restored = "inspection.access_restored";
inline constexpr std::string_view memo_sign = "inspection.memo_sign";                      // R28.1
inline constexpr std::string_view memo_receive = "inspection.memo_receive";                // R28.1
inline constexpr std::string_view inspection_halt = "inspection.halt";                     // R28.2
inline constexpr std::string_view inspection_resume = "inspection.resume";                 // A03
inline constexpr std::string_view close_unfinished = "inspection.close_unfinished";        // A03
inline constexpr std::string_view end_fieldwork = "inspection.end_fieldwork";              // R09.1
inline constexpr std::string_view inspection_settle = "inspection.settle";                 // 20-24
inline constexpr std::string_view inspection_close = "inspection.close";                   // 27, 29
inline constexpr std::string_view inspection_recount = "inspection.recount_terms";         // A30
}  // namespace kind

enum class InspectionState {
  none, assignment_signed, assignment_registered, notified, in_progress, halted, fieldwork_ended, reporting, settling, remedying, closed,
  cancelled, closed_unfinished
};
std::string_view to_text(InspectionState state);

// The 11 particulars of the assignment (RULES.md b). Keys of the record's body:
// authority, signer{name,position in {first_head,deputy}}, journal_number, date, officials[{name,head}],
// bureau{bin,name,location}, inspection_kind, subject, term{start,end}, ground, period{from,to}|period_waived,
// past_inspections[], past_confirmed, protocol_powers[] | protocol_powers_none.
// One finding per particular that is missing or absurd, numbered 1 ... 11; empty = complete. Codes are
// "particular.<n>", and particular.7.too_long for a term over three months (paragraph 9; no roll, A05).
struct ParticularFinding { int particular; std::string code; };
std::vector<ParticularFinding> check_particulars(const Json& body, Date today);

struct Extension {             // by an additional assignment (paragraph 9)
  enum class State { issued, registered, in_force } state = State::issued;
  Json assignment;             // body of extension_sign
  Date new_end{};
  std::string committee_number, committee_date, committee_office;
  Notice notice;               // R09.3: with its sending the extension is in force
};

struct AccessRefusal {         // the bureau did not make the inspection possible (paragraph 12)
  std::string what;            // room, premises, explanations, information
  Date on{};
  bool restored = false;
};

struct Memo {                  // the head of the group tells the Head or deputy before stopping (paragraph 28)
  std::string ground;          // access | request
  Id of;                       // the access_refused or request.sign record
  Signer by;
  std::optional<Date> delivered_on;
};

struct Halt {
  Id memo;
  Date on{};
};

struct Inspection {
  InspectionState state = InspectionState::none;
  Json assignment;             // body of assignment_sign
  std::string committee_number, committee_date, committee_office;  // 12th field
  Notice notice;
  std::string calendar;        // version by which the terms count; "" = the oldest of the rule book

  Date start{}, term_end{};    // by the assignment; term_end moves with an extension, and A03 if so set
  std::optional<Date> arrived; // A06
  RunningTerm cap;             // D09
  RunningTerm letter_term;     // D13
  Responsibles letter;         // paragraph 13
  std::set<std::string> undertakings;        // names of officials, paragraph 15
  std::vector<std::pair<std::string, bool>> documents;  // named in the notice, and whether given (paragraph 11)
  std::optional<Date> room_accepted_on;      // R12.1
  std::vector<Extension> extensions;
  std::map<Id, Request> requests;
  std::map<Id, AccessRefusal> access;
  std::map<Id, Memo> memos;
  std::optional<Halt> halt;

  std::optional<Date> ended_on;   // recorded end of fieldwork
  Date legal_end{};            // A07: never later than the term
  bool overrun = false;        // fieldwork ended after the term: an alarm, not a refusal
  RunningTerm report_term;     // D18
  std::map<Id, InterimReport> interims;
  std::map<Id, SummaryReport> summaries;     // at most one that was not withdrawn
  std::map<Id, Meeting> meetings;
  std::set<int> breaches;      // that stood when it was settled: indexes of the summary report's
  Signer found_by;             // who settled it, or closed it unfinished: signs no prescription and no sanction (O4)
  std::map<Id, Plan> plans;
  std::map<Id, Prescription> prescriptions;
  std::map<Id, Sanction> sanctions;
  std::map<Id, Disclosure> disclosures;
  std::vector<ReturnedScan> scans;           // of copies that came back on paper

  // wrong_state / invalid_input with detail = stable code of the guard that refused. Bodies: assignment_sign
  // as above; assignment_register {number,date,office}; cancel {date,order,reason,signer}; undertaking {name,date};
  // documents_receive {date,items[{text,given}]}; start {date}; room_accept {date}; extension_sign: the 11 particulars
  // again, first{number,date}, new_end, reason; extension_register as assignment_register; access_refused
  // {date,what,text,signer}; access_restored {access,date}; memo_sign {date,ground,of,text,signer}; memo_receive
  // {memo,date,signer}; halt {memo,date,signer}; resume {date,signer}; close_unfinished {date,reason,signer};
  // end_fieldwork {date,signer}; settle {date,breaches[indexes],signer}; close {date,signer}; recount_terms: recount_body().
  // Others: in the headers of what lives inside.
  // A bureau's act is judged by itself here: whose it is, judge() says, which knows the staff.
  // `book` may be empty up to the notice; what needs a term or a setting is refused without one (rules.missing).
  Result<Inspection> apply(const Record& record, const RuleBook& book = {}) const;
};

// The case as its records left it; a record that a guard refuses changes nothing.
Inspection fold_inspection(const std::vector<Record>& history, const RuleBook& book = {});
// Whether a record of this kind belongs to an inspection.
bool is_of_inspection(std::string_view kind);

}  // namespace qabyl::core
