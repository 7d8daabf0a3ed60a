// What a person of the bureau may do next with a paper of the body: by the paper's kind, by what was done with it
// already, by the person's capacity. The kiosk's half of this folder's machines: it offers what `apply` takes, as far
// as one kiosk can know; the registry judges. Pure; knows no store, clock, screen or staff list. RULES.md f3 ... f9, A18.
#pragma once

#include "core/cases/acts.h"
#include "core/cases/told_terms.h"

namespace qabyl::core {

enum class BureauAct {
  receive, refuse_receipt, letter, answer, refuse, object, no_remarks, visa_page, mark_last_page, return_copy2, ask_consent,
  submit_plan, report_item, explain_item, notify, ask_extension, appeal, pass_on
};
std::string_view to_text(BureauAct act);

// One act of the bureau on a paper, as its record says it.
struct ActDone {
  std::string kind, staff;
  std::optional<Date> on;      // body.date
  int page = 0;                // of a visa
  std::vector<int> items;      // of a request that were answered; the one of a plan
};
ActDone act_done(const Record& record);

// The feed's meta has in `details` what the acts need: items and due of a request, breaches and due of a plan's demand,
// items[{measure,due,executor}] of an agreed plan, due of a prescription; in `about` the record that the acts name.
struct PaperHeld {
  std::string kind;            // of the record that sent it: notice.send ...
  Id id, about;                // about: meta's, else the paper itself
  Json meta;
  std::vector<ActDone> done;   // ours that the office has not refused, oldest first
  bool received_elsewhere = false;  // the office says that receipt is marked, and we know no more of it
  std::vector<ToldTerm> told{};     // what newer calendars moved: these days stand before our own count
};

struct BureauActor {
  std::string staff, capacity;
};
// What the office knows of the person, else what the paper says by the letter of paragraph 13, else a representative:
// the office decides then.
std::string capacity_of(std::string_view known, std::string_view staff, const Json& meta);

struct ActOffer {
  BureauAct act = BureauAct::receive;
  bool awaited = false;        // the body waits for it; else the bureau may do it or leave it
  std::string why;             // reason.<why>: this person may not; "" = may
  std::vector<int> open;       // pages still without visa (from 1), items still open (from 0)
  std::optional<RunningTerm> term;  // in which it is in time; it is never refused for being late (A13)
};
// In the order in which a person would do them. Empty: a paper that is only read, or one with which all is done.
std::vector<ActOffer> offers_on(const PaperHeld& paper, const BureauActor& actor, const Rules& rules, Date today);
// Of the awaited ones the nearest term, else that of an act which may still be done in time; nullopt: nothing runs.
std::optional<RunningTerm> nearest_term(const std::vector<ActOffer>& offers, Date today);

// Whether the mark of receipt comes first; false for what is read, demanded or agreed without one.
bool has_receipt(std::string_view paper_kind);
// The record kind by which `act` is done on a paper of that kind. Precondition: offers_on() can offer it.
std::string_view record_kind(BureauAct act, std::string_view paper_kind);
// Which act a record of that kind was; nullopt: none that a paper of that kind has.
std::optional<BureauAct> act_of_kind(std::string_view record_kind, std::string_view paper_kind);
// The body's member that names what the act is about: request, report, meeting, plan, prescription, sanction, notice;
// "" for what needs none.
std::string_view target_member(BureauAct act, std::string_view paper_kind);
// Whether the person draws over the paper itself; false: hands in a paper of the bureau's own.
bool signs_the_paper(BureauAct act);

}  // namespace qabyl::core
