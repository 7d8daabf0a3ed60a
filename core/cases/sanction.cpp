// A sanction: what each record may do to it. See sanction.h.
#include "core/cases/sanction.h"

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = SanctionState;
using Taken = Result<Sanction>;

Sanction moved(const Sanction& before, S state) {
  Sanction next = before;
  next.state = state;
  return next;
}

// A fine has an amount, a suspension a term within Article 12; a suit is for the court.
Status measured(const Sanction& sanction, const Rules& rules) {
  const auto months_max = rules.number("suspension.months_max");
  if (sanction.measure == "fine") return sanction.amount_tenge > 0 ? Status(Done{}) : Status(invalid("sanction.amount"));
  if (sanction.measure == "suspension") return sanction.months >= 1 && sanction.months <= months_max ? Status(Done{}) : Status(invalid("sanction.months"));
  return sanction.measure == "suit" ? Status(Done{}) : Status(invalid("sanction.measure"));
}

Taken decide(const Sanction& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("sanction.already_decided");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  if (check_line(record.body, "article", line_chars_max)) return invalid("sanction.article");
  Sanction next = moved(before, S::decided);
  next.paper = paper;
  next.measure = record.body.text("measure");
  next.article = record.body.text("article");
  next.amount_tenge = record.body.number("amount_tenge");
  next.months = record.body.number("months");
  next.prescription = record.body.text("prescription");
  QABYL_TRY_DO(measured(next, facts.rules));
  return next;
}

Taken receive(const Sanction& before, const Record& record, const CaseFacts& facts) {
  const bool refused_once = before.receipt && before.receipt->refused;
  if (before.state != S::decided && !refused_once) return refused("sanction.not_out");
  QABYL_TRY(receipt, mark_on(before.paper, record));
  QABYL_TRY_DO(may_act(receipt.by, "signers.other", facts));
  Sanction next = moved(before, refused_once ? before.state : S::in_force);
  next.receipt = receipt;
  return next;
}

Taken refuse_receipt(const Sanction& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::decided) return refused("sanction.not_out");
  QABYL_TRY(receipt, receipt_refused(record, facts.rules));
  Sanction next = moved(before, S::in_force);
  next.receipt = receipt;
  return next;
}

Taken execute(const Sanction& before, const Record& record, const CaseFacts&) {
  if (before.state != S::in_force) return refused("sanction.not_in_force");
  QABYL_TRY_DO(act_date(record));
  return moved(before, S::executed);
}

Taken lift(const Sanction& before, const Record& record, const CaseFacts&) {
  if (before.state != S::decided && before.state != S::in_force) return refused("sanction.not_in_force");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::lifted);
}

constexpr Step<Sanction, const CaseFacts&> steps[] = {{kind::sanction_decide, decide},
                                                      {kind::sanction_receive, receive},
                                                      {kind::sanction_receipt_refused, refuse_receipt},
                                                      {kind::sanction_execute, execute},
                                                      {kind::sanction_lift, lift}};

}  // namespace

std::string_view to_text(SanctionState state) {
  switch (state) {
    case S::none: return "none";
    case S::decided: return "decided";
    case S::in_force: return "in_force";
    case S::executed: return "executed";
    case S::lifted: return "lifted";
  }
  QABYL_CHECK(false);
  return {};
}

Taken Sanction::apply(const Record& record, const CaseFacts& facts) const { return take_step<Sanction, const CaseFacts&>(steps, *this, record, facts); }

}  // namespace qabyl::core
