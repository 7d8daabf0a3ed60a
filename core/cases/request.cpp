// A written request: what each record may do to it. See request.h.
#include "core/cases/request.h"

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = RequestState;

Request moved(const Request& before, S state) {
  Request next = before;
  next.state = state;
  return next;
}

Result<std::vector<std::string>> items_of(const Record& record) {
  std::vector<std::string> items;
  for (const auto& one : record.body.items("items")) {
    if (!one.is_string() || check_text(one.string(), text_chars_max) != TextProblem::none) return invalid("request.items");
    items.push_back(one.string());
  }
  if (items.empty() || items.size() > list_items_max) return invalid("request.items");
  return items;
}

Result<Request> sign(const Request& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("request.already_signed");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY_DO(group_head_of(record, facts));
  QABYL_TRY(items, items_of(record));
  if (check_date(record.body, "due")) return invalid("request.due");
  const auto term = facts.rules.run("D14", paper.date, *parse_iso_date(record.body.text("due")));
  if (!term) return term.error().code == ErrorCode::invalid_input ? invalid("request.due") : term.error();
  Request next;
  next.state = S::issued;
  next.paper = paper;
  next.items = std::move(items);
  next.term = *term;
  return next;
}

Result<Request> receive(const Request& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::issued && !(before.receipt && before.receipt->refused)) return refused("request.not_out");
  QABYL_TRY(receipt, mark_on(before.paper, record));
  QABYL_TRY_DO(may_act(receipt.by, "signers.other", facts));
  Request next = moved(before, before.state == S::issued ? S::delivered : before.state);
  next.receipt = std::move(receipt);
  return next;
}

Result<Request> refuse_receipt(const Request& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::issued) return refused("request.not_out");
  QABYL_TRY(receipt, receipt_refused(record, facts.rules));
  Request next = moved(before, S::delivered);
  next.receipt = std::move(receipt);
  return next;
}

bool is_open(S state) { return state == S::delivered || state == S::partly_answered || state == S::refused || state == S::overdue; }

Result<Request> answer(const Request& before, const Record& record, const CaseFacts& facts) {
  if (!is_open(before.state)) return refused("request.not_open");
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.other", facts));
  Request next = before;
  for (const auto& one : record.body.items("items")) {
    const bool known = one.is_integer() && one.integer() >= 0 && one.integer() < static_cast<std::int64_t>(before.items.size());
    if (!known) return invalid("request.item_unknown");
    next.answered.insert(static_cast<int>(one.integer()));
  }
  if (next.answered.size() == before.answered.size()) return invalid("request.item_unknown");  // nothing new
  next.state = next.answered.size() == before.items.size() ? S::answered : S::partly_answered;
  next.timeliness = facts.rules.timeliness(before.term, record.at);
  return next;
}

Result<Request> refuse(const Request& before, const Record& record, const CaseFacts& facts) {
  if (!is_open(before.state) || before.state == S::refused) return refused("request.not_open");
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.other", facts));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::refused);
}

Result<Request> note_overdue(const Request& before, const Record& record, const CaseFacts&) {
  if (before.state != S::delivered && before.state != S::partly_answered) return refused("request.not_open");
  if (!before.term.passed_on(day_of(record.at))) return refused("request.still_running");
  return moved(before, S::overdue);
}

Result<Request> withdraw(const Request& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::issued && !is_open(before.state)) return refused("request.not_open");
  QABYL_TRY_DO(group_head_of(record, facts));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::withdrawn);
}

constexpr Step<Request, const CaseFacts&> steps[] = {
    {kind::request_sign, sign},     {kind::request_receive, receive}, {kind::request_receipt_refused, refuse_receipt},
    {kind::request_answer, answer}, {kind::request_refuse, refuse},   {kind::request_overdue, note_overdue},
    {kind::request_withdraw, withdraw}};

}  // namespace

std::string_view to_text(RequestState state) {
  switch (state) {
    case S::none: return "none";
    case S::issued: return "issued";
    case S::delivered: return "delivered";
    case S::partly_answered: return "partly_answered";
    case S::answered: return "answered";
    case S::refused: return "refused";
    case S::overdue: return "overdue";
    case S::withdrawn: return "withdrawn";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Request> Request::apply(const Record& record, const CaseFacts& facts) const { return take_step<Request, const CaseFacts&>(steps, *this, record, facts); }

}  // namespace qabyl::core
