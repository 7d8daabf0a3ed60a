// An interim report: what each record may do to it. See interim_report.h.
#include "core/cases/interim_report.h"

#include "core/cases/steps.h"

namespace qabyl::core {
namespace {

using S = InterimState;
using Taken = Result<InterimReport>;

InterimReport moved(const InterimReport& before, S state) {
  InterimReport next = before;
  next.state = state;
  return next;
}

bool is_delivered(S state) { return state != S::none && state != S::signed_by_executor && state != S::issued && state != S::withdrawn; }

Taken sign_executor(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("interim.already_signed");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY_DO(signer_of(record, {"executor"}));
  QABYL_TRY(executor, official_of(record, facts));
  InterimReport next = moved(before, S::signed_by_executor);
  next.paper = paper;
  next.executor = executor;
  return next;
}

Taken sign_head(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::signed_by_executor) return refused("interim.executor_first");
  QABYL_TRY(head, group_head_of(record, facts));
  if (same_person(head, before.executor)) return refused("signer.same_person");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.paper.date));
  InterimReport next = moved(before, S::issued);
  next.head = head;
  return next;
}

Taken served(const InterimReport& before, const Receipt& receipt, const CaseFacts& facts) {
  InterimReport next = moved(before, S::received);
  QABYL_TRY(term, facts.rules.run("D17", receipt.on));
  next.receipt = receipt;
  next.term = term;
  return next;
}

// Who refused to mark receipt may do so later; the four days run from the refusal.
Taken receive(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  const bool refused_once = before.receipt && before.receipt->refused;
  if (before.state != S::issued && !refused_once) return refused("interim.not_out");
  QABYL_TRY(receipt, mark_on(before.paper, record));
  QABYL_TRY_DO(may_act(receipt.by, "signers.interim", facts));
  if (!refused_once) return served(before, receipt, facts);
  InterimReport next = before;
  next.receipt = receipt;
  return next;
}

Taken refuse_receipt(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::issued) return refused("interim.not_out");
  QABYL_TRY(receipt, receipt_refused(record, facts.rules));
  return served(before, receipt, facts);
}

// Taken at any time (A01, A13); after the report is closed it is kept and changes nothing.
Taken object(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (!is_delivered(before.state)) return refused("interim.not_delivered");
  const bool any_time = facts.rules.text("interim.objection.mode") == "after";
  QABYL_TRY(objection, objection_from(record, any_time ? nullptr : &before.term, "signers.interim", facts));
  InterimReport next = moved(before, before.state == S::closed ? S::closed : S::objected);
  next.objections[record.id] = objection;
  return next;
}

Taken say_no_remarks(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::received) return refused("interim.not_open");
  QABYL_TRY(mark, mark_on(before.paper, record));
  QABYL_TRY_DO(may_act(mark.by, "signers.interim", facts));
  return moved(before, S::accepted);
}

Taken note_window_over(const InterimReport& before, const Record& record, const CaseFacts&) {
  if (before.state != S::received) return refused("interim.not_open");
  if (!before.term.passed_on(day_of(record.at))) return refused("interim.still_running");
  return moved(before, S::no_objection);
}

Taken consider(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::objected) return refused("interim.nothing_to_consider");
  QABYL_TRY_DO(group_head_of(record, facts));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY(objections, treat(before.objections, record));
  InterimReport next = moved(before, S::considered);
  next.objections = std::move(objections);
  return next;
}

Taken carry_over(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  const bool ripe = before.state == S::accepted || before.state == S::no_objection || before.state == S::considered;
  if (!ripe) return refused("interim.not_considered");
  QABYL_TRY_DO(group_head_of(record, facts));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  InterimReport next = moved(before, S::closed);
  next.carried_to = record.body.text("text");
  return next;
}

Taken withdraw(const InterimReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::signed_by_executor && before.state != S::issued) return refused("interim.already_delivered");
  QABYL_TRY_DO(group_head_of(record, facts));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::withdrawn);
}

constexpr Step<InterimReport, const CaseFacts&> steps[] = {
    {kind::interim_sign_executor, sign_executor},     {kind::interim_sign_head, sign_head},
    {kind::interim_receive, receive},                 {kind::interim_receipt_refused, refuse_receipt},
    {kind::interim_object, object},                   {kind::interim_no_remarks, say_no_remarks},
    {kind::interim_window_over, note_window_over},    {kind::interim_consider, consider},
    {kind::interim_carry_over, carry_over},           {kind::interim_withdraw, withdraw}};

}  // namespace

std::string_view to_text(InterimState state) {
  switch (state) {
    case S::none: return "none";
    case S::signed_by_executor: return "signed_by_executor";
    case S::issued: return "issued";
    case S::received: return "received";
    case S::objected: return "objected";
    case S::accepted: return "accepted";
    case S::no_objection: return "no_objection";
    case S::considered: return "considered";
    case S::closed: return "closed";
    case S::withdrawn: return "withdrawn";
  }
  QABYL_CHECK(false);
  return {};
}

bool InterimReport::settled() const { return state == S::considered || state == S::closed || state == S::withdrawn; }

Taken InterimReport::apply(const Record& record, const CaseFacts& facts) const {
  return take_step<InterimReport, const CaseFacts&>(steps, *this, record, facts);
}

}  // namespace qabyl::core
