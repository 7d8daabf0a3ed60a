// Obstruction (RULES f4; paragraphs 12, 14, 28): access refused, the memo to the Head or deputy, and only then the
// decision to stop; resuming, or closing unfinished (A03). See inspection_steps.h.
#include <algorithm>

#include "core/cases/inspection_steps.h"

namespace qabyl::core::inspection_steps {
namespace {

using S = InspectionState;
using std::chrono::sys_days;

constexpr std::string_view refusable[] = {"room", "premises", "explanations", "information"};

bool stands(const Inspection& inspection, std::string_view ground, const Id& of) {
  if (ground == "access") {
    const auto found = inspection.access.find(of);
    return found != inspection.access.end() && !found->second.restored;
  }
  const auto found = inspection.requests.find(of);
  return ground == "request" && found != inspection.requests.end() && found->second.obstructs();
}

bool stands(const Inspection& inspection, const Memo& memo) { return stands(inspection, memo.ground, memo.of); }

// The term that is left moves on only where the office reads paragraph 28 so (A03, off by default).
Date end_after_pause(const Inspection& inspection, Date resumed, const Rules& rules) {
  if (rules.text("halt.clock") != "paused") return inspection.term_end;
  return add_days(inspection.term_end, static_cast<int>((sys_days{resumed} - sys_days{inspection.halt->on}).count()));
}

}  // namespace

Taken refuse_access(const Inspection& before, const Record& record, const Rules& rules) {
  QABYL_TRY_DO(in_fieldwork(before, record));
  QABYL_TRY_DO(official_of(record, facts_of(before, rules)));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  const auto what = record.body.text("what");
  if (std::find(std::begin(refusable), std::end(refusable), what) == std::end(refusable)) return invalid("access.absurd");
  Inspection next = before;
  next.access[record.id] = {what, date, false};
  return next;
}

Taken restore_access(const Inspection& before, const Record& record, const Rules&) {
  const auto found = before.access.find(record.body.text("access"));
  if (found == before.access.end() || found->second.restored) return refused("access.unknown");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, found->second.on));
  Inspection next = before;
  next.access[found->first].restored = true;
  return next;
}

Taken sign_memo(const Inspection& before, const Record& record, const Rules& rules) {
  QABYL_TRY_DO(in_fieldwork(before, record));
  QABYL_TRY(signer, group_head_of(record, facts_of(before, rules)));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  if (!stands(before, record.body.text("ground"), record.body.text("of"))) return refused("memo.no_ground");
  Inspection next = before;
  next.memos[record.id] = {record.body.text("ground"), record.body.text("of"), signer, std::nullopt};
  return next;
}

Taken receive_memo(const Inspection& before, const Record& record, const Rules&) {
  const auto found = before.memos.find(record.body.text("memo"));
  if (found == before.memos.end() || found->second.delivered_on) return refused("memo.unknown");
  QABYL_TRY(receiver, signer_of(record, {"first_head", "deputy"}));
  if (same_person(receiver, found->second.by)) return refused("signer.same_person");
  QABYL_TRY(date, act_date(record));
  Inspection next = before;
  next.memos[found->first].delivered_on = date;
  return next;
}

Taken halt(const Inspection& before, const Record& record, const Rules& rules) {
  QABYL_TRY_DO(in_fieldwork(before, record));
  const auto memo = before.memos.find(record.body.text("memo"));
  if (memo == before.memos.end() || !memo->second.delivered_on) return refused("halt.memo_first");
  if (!stands(before, memo->second)) return refused("halt.ground_gone");
  QABYL_TRY_DO(group_head_of(record, facts_of(before, rules)));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, *memo->second.delivered_on));
  Inspection next = before;
  next.state = S::halted;
  next.halt = Halt{memo->first, date};
  return next;
}

Taken resume(const Inspection& before, const Record& record, const Rules& rules) {
  if (before.state != S::halted) return refused("halt.not_halted");
  if (stands(before, before.memos.at(before.halt->memo))) return refused("resume.obstacle_stands");
  QABYL_TRY_DO(group_head_of(record, facts_of(before, rules)));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.halt->on));
  Inspection next = before;
  next.term_end = end_after_pause(before, date, rules);
  if (sys_days{date} > sys_days{next.term_end}) return refused("resume.term_over");
  next.state = S::in_progress;
  next.halt.reset();
  return next;
}

Taken close_unfinished(const Inspection& before, const Record& record, const Rules& rules) {
  if (before.state != S::halted) return refused("halt.not_halted");
  QABYL_TRY(head, group_head_of(record, facts_of(before, rules)));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.halt->on));
  QABYL_TRY_DO(text_given(record, "reason"));
  Inspection next = before;
  next.found_by = head;
  next.state = S::closed_unfinished;
  return next;
}

}  // namespace qabyl::core::inspection_steps
