// A written prescription: what each record may do to it. See prescription.h.
#include "core/cases/prescription.h"

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = PrescriptionState;
using Taken = Result<Prescription>;

Prescription moved(const Prescription& before, S state) {
  Prescription next = before;
  next.state = state;
  return next;
}

std::optional<std::vector<std::string>> texts_from(const Json& body, std::string_view member) {
  std::vector<std::string> texts;
  for (const auto& one : body.items(member)) {
    if (!one.is_string() || check_text(one.string(), text_chars_max) != TextProblem::none) return std::nullopt;
    texts.push_back(one.string());
  }
  return texts.size() > list_items_max ? std::nullopt : std::optional(texts);
}

Result<RunningTerm> term_of(const Record& record, Date base, const CaseFacts& facts) {
  if (check_date(record.body, "due")) return invalid("prescription.due");
  const auto term = facts.rules.run("D29", base, *parse_iso_date(record.body.text("due")));
  return term || term.error().code != ErrorCode::invalid_input ? term : Result<RunningTerm>(invalid("prescription.due"));
}

Taken sign(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("prescription.already_signed");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY(term, term_of(record, paper.date, facts));
  const auto breaches = texts_from(record.body, "breaches"), measures = texts_from(record.body, "measures");
  if (!breaches || breaches->empty()) return invalid("prescription.breaches");
  Prescription next = moved(before, S::issued);
  next.plan_demanded = record.body.flag("plan_demanded");
  if (!measures || (measures->empty() && !next.plan_demanded)) return invalid("prescription.measures");
  if (check_line(record.body, "article", line_chars_max)) return invalid("prescription.article");
  next.paper = paper;
  next.term = term;
  next.breaches = *breaches;
  next.measures = *measures;
  next.article = record.body.text("article");
  return next;
}

Taken receive(const Prescription& before, const Record& record, const CaseFacts& facts) {
  const bool refused_once = before.receipt && before.receipt->refused;
  if (before.state != S::issued && !refused_once) return refused("prescription.not_out");
  QABYL_TRY(receipt, mark_on(before.paper, record));
  QABYL_TRY_DO(may_act(receipt.by, "signers.other", facts));
  Prescription next = moved(before, refused_once ? before.state : S::in_execution);
  next.receipt = receipt;
  return next;
}

Taken refuse_receipt(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::issued) return refused("prescription.not_out");
  QABYL_TRY(receipt, receipt_refused(record, facts.rules));
  Prescription next = moved(before, S::in_execution);
  next.receipt = receipt;
  return next;
}

bool is_running(S state) { return state == S::in_execution || state == S::extension_asked || state == S::overdue; }

Status filed_by_bureau(const Record& record, const CaseFacts& facts) {
  QABYL_TRY(person, bureau_filing(record));
  return may_act(person, "signers.other", facts);
}

Taken notify(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (!is_running(before.state)) return refused("prescription.not_running");
  QABYL_TRY_DO(filed_by_bureau(record, facts));
  return moved(before, S::notified);
}

// What was not carried out runs on, or is overdue at once.
Taken verify(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::notified) return refused("prescription.not_notified");
  const bool by_unit = text_at(record.body, "signer.position").starts_with("unit_");
  QABYL_TRY_DO(by_unit ? signer_of(record, {"unit_head", "unit_deputy"}) : official_of(record, facts));
  QABYL_TRY(date, act_date(record));
  if (record.body.flag("fulfilled")) return moved(before, S::closed);
  return moved(before, before.term.passed_on(date) ? S::overdue : S::in_execution);
}

Taken ask_extension(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::in_execution) return refused("prescription.not_running");
  QABYL_TRY_DO(filed_by_bureau(record, facts));
  QABYL_TRY_DO(text_given(record, "reason"));
  if (check_date(record.body, "due")) return invalid("prescription.due");
  return moved(before, S::extension_asked);
}

Taken extend(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::extension_asked) return refused("prescription.nothing_asked");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY(term, term_of(record, before.term.due, facts));
  Prescription next = moved(before, S::in_execution);
  next.term = term;
  return next;
}

Taken deny(const Prescription& before, const Record& record, const CaseFacts&) {
  if (before.state != S::extension_asked) return refused("prescription.nothing_asked");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::in_execution);
}

Taken note_overdue(const Prescription& before, const Record& record, const CaseFacts&) {
  if (before.state != S::in_execution && before.state != S::extension_asked) return refused("prescription.not_running");
  if (!before.term.passed_on(day_of(record.at))) return refused("prescription.still_running");
  return moved(before, S::overdue);
}

Taken appeal(const Prescription& before, const Record& record, const CaseFacts& facts) {
  if (!before.receipt) return refused("prescription.not_delivered");
  QABYL_TRY_DO(filed_by_bureau(record, facts));
  Prescription next = before;
  next.appealed = true;
  return next;
}

Taken withdraw(const Prescription& before, const Record& record, const CaseFacts&) {
  if (before.state == S::none || before.over()) return refused("prescription.not_running");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::withdrawn);
}

constexpr Step<Prescription, const CaseFacts&> steps[] = {
    {kind::prescription_sign, sign},         {kind::prescription_receive, receive},        {kind::prescription_receipt_refused, refuse_receipt},
    {kind::prescription_notify, notify},     {kind::prescription_verify, verify},          {kind::prescription_ask_extension, ask_extension},
    {kind::prescription_extend, extend},     {kind::prescription_deny, deny},              {kind::prescription_overdue, note_overdue},
    {kind::prescription_appeal, appeal},     {kind::prescription_withdraw, withdraw}};

}  // namespace

std::string_view to_text(PrescriptionState state) {
  switch (state) {
    case S::none: return "none";
    case S::issued: return "issued";
    case S::in_execution: return "in_execution";
    case S::notified: return "notified";
    case S::extension_asked: return "extension_asked";
    case S::overdue: return "overdue";
    case S::closed: return "closed";
    case S::sanctioned: return "sanctioned";
    case S::withdrawn: return "withdrawn";
  }
  QABYL_CHECK(false);
  return {};
}

Taken Prescription::apply(const Record& record, const CaseFacts& facts) const {
  return take_step<Prescription, const CaseFacts&>(steps, *this, record, facts);
}

}  // namespace qabyl::core
