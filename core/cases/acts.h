// Who acts in a case, and how a paper of the body reaches the bureau: signatures of officials, acts of the
// bureau's people at a kiosk, marks of receipt, receipt refused before witnesses (A10). Shared by the machines
// of this folder. Knows no staff list: whose key signed an act, judge() says. Paragraphs 10, 13, 16, 18, 19, 23.
#pragma once

#include <map>

#include "core/answers.h"
#include "core/cases/rule_book.h"
#include "core/signature.h"

namespace qabyl::core {

inline constexpr std::size_t staff_chars_max = 40, number_chars_max = 60, list_items_max = 200, children_max = 500;

// --- officials ---

// Body: signer{name,position}; position in {first_head, deputy, unit_head, unit_deputy, group_head, executor, clerk}.
struct Signer {
  std::string name, position, officer;  // officer: who was signed in, "" when the record does not say
};
// invalid_input: signer.missing, signer.position (not one of `positions`).
Result<Signer> signer_of(const Record& record, std::initializer_list<std::string_view> positions);
bool same_person(const Signer& a, const Signer& b);
// Day of an official act, body.date: not absurd, not after the record itself. date.absurd, date.future.
Result<Date> act_date(const Record& record, std::string_view member = "date");
// date.order unless `date` is `earlier` or later.
Status not_before(Date date, Date earlier);
// text.missing unless body.<member> is a text.
Status text_given(const Record& record, std::string_view member);

// --- people of the bureau ---

// Body of every act at a kiosk: staff, name, position, capacity, date, signature{...}, act (the person's own JWS
// over act_of_bureau()). capacity in {first_head, deputy, responsible_manager, stand_in, specialist, representative}.
struct BureauPerson {
  std::string staff, name, position, capacity;
  Date on{};
};
// The canonical bytes that the person signs: {act: kind, case, staff, date, body: digest of the body without
// `act`, docs: [digests]}. Everything that the person said and handed in is under it.
std::string act_of_bureau(const Record& record);
// What is wrong with the act by itself: names, capacity, date, ink, act absent.
std::optional<Finding> examine_bureau_act(const Record& record);
Result<BureauPerson> bureau_person(const Record& record);
// The same for an act that hands a paper in: its first document is what the signature stands on.
// invalid_input: filing.paper_missing, filing.other_paper.
Result<BureauPerson> bureau_filing(const Record& record);

struct LetterPerson {
  std::string staff, name, position;
};
// The letter of paragraph 13; the newest counts. Until there is one, everything but `signed_on` is empty.
struct Responsibles {
  LetterPerson manager, stand_in;
  std::vector<LetterPerson> prepare, hand_over, receive_interim;
  std::optional<Date> signed_on;
  Timeliness timeliness = Timeliness::in_time;
};

// What the machines inside an inspection may know of it.
struct CaseFacts {
  Rules rules;
  std::string group_head;              // particular 3
  std::vector<std::string> officials;  // particular 3, the head among them
  const Responsibles& letter;
  RunningTerm report_term{};           // D18, once fieldwork has ended
  bool settled = false;                // what still comes is kept and changes nothing
};
// signer_of() for the head of the group: signer.not_group_head when the assignment names another.
Result<Signer> group_head_of(const Record& record, const CaseFacts& facts);
// The same for any member of the group: signer.not_official when the assignment does not name him.
Result<Signer> official_of(const Record& record, const CaseFacts& facts);
// Whether the profile's list `setting` admits the person's capacity and the letter bears it out; the first head and
// his deputy receive anything. wrong_state person.may_not.
Status may_act(const BureauPerson& person, std::string_view setting, const CaseFacts& facts);

// --- papers on their way ---

// Body of an act that makes or sends a paper: number, date, paper (hex D), pages.
struct PaperOut {
  Digest paper{};
  int pages = 0;
  std::string number;
  Date date{};
};
// invalid_input: paper.absurd, paper.number_missing, date.absurd, date.future.
Result<PaperOut> paper_of(const Record& record);

struct Receipt {
  bool refused = false;
  Date on{};                // the day from which terms of the bureau run
  BureauPerson by;          // who marked it; empty when refused
  std::vector<std::string> witnesses;
  Id record;
};
// The mark of a person of the bureau over this paper, every page shown. receipt.other_paper, receipt.pages_unseen.
Result<Receipt> mark_on(const PaperOut& paper, const Record& record);
// Body of every *.receipt_refused: date, witnesses[{name,position}], note?. Time counts as served. invalid_input:
// receipt.unwitnessed (fewer witnesses than the setting asks, and no clerk's note), date.absurd, date.future.
Result<Receipt> receipt_refused(const Record& record, const Rules& rules);

}  // namespace qabyl::core
