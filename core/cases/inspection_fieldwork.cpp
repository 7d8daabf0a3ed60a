// Fieldwork (RULES f4; paragraphs 9, 11-13, 18): its start, the bureau's letter, documents and room, the one
// extension by an additional assignment, its end. See inspection_steps.h.
#include <algorithm>

#include "core/cases/inspection_steps.h"
#include "core/text.h"

namespace qabyl::core::inspection_steps {
namespace {

using S = InspectionState;
using std::chrono::sys_days;

bool after(Date a, Date b) { return sys_days{a} > sys_days{b}; }

// The additional assignment repeats the first one's term and names it (section b).
bool names_the_first(const Json& body, const Json& first) {
  return text_at(body, "first.number") == first.text("journal_number") && text_at(body, "first.date") == first.text("date") &&
         body.member("term") == first.member("term") && text_at(body, "bureau.bin") == text_at(first, "bureau.bin");
}

// A05: one month from the old end, or from start and three months.
Result<RunningTerm> longest_extension(const Inspection& inspection, const Rules& rules) {
  return rules.run("D09X", rules.text("ext.base") == "start" ? inspection.cap.due : inspection.term_end);
}

}  // namespace

CaseFacts facts_of(const Inspection& inspection, const Rules& rules) {
  CaseFacts facts{rules, {}, {}, inspection.letter, inspection.report_term, is_settled(inspection)};
  for (const auto& one : inspection.assignment.items("officials")) {
    facts.officials.push_back(one.text("name"));
    if (one.flag("head")) facts.group_head = one.text("name");
  }
  return facts;
}

Status in_fieldwork(const Inspection& inspection, const Record& record) {
  if (inspection.state != S::in_progress) return refused("fieldwork.not_running");
  if (after(day_of(record.at), inspection.term_end)) return refused("fieldwork.term_over");
  return Done{};
}

Taken start(const Inspection& before, const Record& record, const Rules& rules) {
  if (before.state != S::notified) return refused("start.not_notified");
  QABYL_TRY(arrived, act_date(record));
  if (after(before.start, arrived)) return refused("start.too_early");
  if (after(arrived, before.term_end)) return refused("start.after_term");
  Inspection next = before;
  QABYL_TRY(cap, rules.run("D09", rules.text("start.base") == "arrival" ? arrived : before.start));
  QABYL_TRY(letter_term, rules.run("D13", arrived));
  next.state = S::in_progress;
  next.arrived = arrived;
  next.cap = cap;
  next.letter_term = letter_term;
  return next;
}

// A newer letter replaces the older one: people leave and others come.
Taken take_letter(const Inspection& before, const Record& record, const Rules& rules) {
  if (!before.arrived) return refused("letter.before_start");
  QABYL_TRY(letter, responsibles_from(record, before.letter_term, rules));
  Inspection next = before;
  next.letter = std::move(letter);
  return next;
}

Taken take_documents(const Inspection& before, const Record& record, const Rules&) {
  if (before.state != S::notified && before.state != S::in_progress) return refused("documents.not_now");
  QABYL_TRY_DO(act_date(record));
  Inspection next = before;
  next.documents.clear();
  for (const auto& one : record.body.items("items")) {
    if (check_line(one, "text", line_chars_max)) return invalid("documents.absurd");
    next.documents.emplace_back(one.text("text"), one.flag("given"));
  }
  if (next.documents.empty() || next.documents.size() > list_items_max) return invalid("documents.absurd");
  return next;
}

Taken accept_room(const Inspection& before, const Record& record, const Rules&) {
  QABYL_TRY_DO(in_fieldwork(before, record));
  QABYL_TRY(date, act_date(record));
  Inspection next = before;
  next.room_accepted_on = date;
  return next;
}

Taken sign_extension(const Inspection& before, const Record& record, const Rules& rules) {
  if (before.state != S::in_progress) return refused("extension.not_in_progress");
  if (static_cast<std::int64_t>(before.extensions.size()) >= rules.number("ext.max")) return refused("extension.already");
  if (after(day_of(record.at), before.term_end)) return refused("extension.too_late");
  const auto findings = check_particulars(record.body, day_of(record.at));
  if (!findings.empty()) return invalid(findings.front().code);
  if (!names_the_first(record.body, before.assignment)) return invalid("extension.other_assignment");
  QABYL_TRY_DO(text_given(record, "reason"));
  if (check_date(record.body, "new_end")) return invalid("date.absurd");
  const Date new_end = *parse_iso_date(record.body.text("new_end"));
  if (!after(new_end, before.term_end)) return invalid("extension.not_longer");
  QABYL_TRY(longest, longest_extension(before, rules));
  if (longest.passed_on(new_end)) return invalid("extension.too_long");
  Inspection next = before;
  next.extensions.push_back({Extension::State::issued, record.body, new_end, {}, {}, {}, {}});
  return next;
}

Taken register_extension(const Inspection& before, const Record& record, const Rules&) {
  if (before.extensions.empty()) return refused("extension.not_signed");
  if (before.state != S::in_progress) return refused("extension.not_in_progress");
  if (before.extensions.back().state != Extension::State::issued) return refused("extension.already_registered");
  if (committee_entry_absent(record.body)) return invalid("committee.missing");
  QABYL_TRY_DO(act_date(record));
  Inspection next = before;
  auto& extension = next.extensions.back();
  if (record.body.text("date") < extension.assignment.text("date")) return invalid("committee.before_assignment");
  extension.state = Extension::State::registered;
  extension.committee_number = record.body.text("number");
  extension.committee_date = record.body.text("date");
  extension.committee_office = record.body.text("office");
  return next;
}

// A07: the legal end is never later than the term; work that went on after it is an alarm, not a refusal.
Taken end(const Inspection& before, const Record& record, const Rules& rules) {
  if (before.state != S::in_progress) return refused("fieldwork.not_running");
  QABYL_TRY_DO(group_head_of(record, facts_of(before, rules)));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, *before.arrived));
  Inspection next = before;
  next.state = S::fieldwork_ended;
  next.ended_on = date;
  next.overrun = after(date, before.term_end);
  next.legal_end = next.overrun || rules.text("end.base") == "term" ? before.term_end : date;
  QABYL_TRY(report_term, rules.run("D18", next.legal_end));
  next.report_term = report_term;
  return next;
}

}  // namespace qabyl::core::inspection_steps
