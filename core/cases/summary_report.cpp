// The summary report: what each record may do to it. See summary_report.h.
#include "core/cases/summary_report.h"

#include <algorithm>

#include "core/cases/notice.h"
#include "core/cases/steps.h"
#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = SummaryState;
using Taken = Result<SummaryReport>;

constexpr std::size_t copies = 2;  // A25

SummaryReport moved(const SummaryReport& before, S state) {
  SummaryReport next = before;
  next.state = state;
  return next;
}

// --- in the body ---

Taken sign_head(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("summary.already_signed");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY(head, group_head_of(record, facts));
  SummaryReport next = moved(before, S::signed_by_head);
  for (const auto& one : record.body.items("breaches")) {
    if (!one.is_string() || check_text(one.string(), text_chars_max) != TextProblem::none) return invalid("summary.breaches");
    next.breaches.push_back(one.string());
  }
  if (next.breaches.size() > list_items_max) return invalid("summary.breaches");
  next.paper = paper;
  next.head = head;
  next.superior_named = text_at(record.body, "superior.officer");
  return next;
}

Taken sign_superior(const SummaryReport& before, const Record& record, const CaseFacts&) {
  if (before.state != S::signed_by_head) return refused("summary.head_first");
  QABYL_TRY(superior, signer_of(record, {"unit_head", "unit_deputy", "deputy", "first_head"}));
  if (same_person(superior, before.head)) return refused("signer.same_person");
  const bool another = !before.superior_named.empty() && superior.officer != before.superior_named;
  if (another || record.body.text("superior_of") != before.head.name) return invalid("summary.not_superior");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.paper.date));
  SummaryReport next = moved(before, S::issued);
  next.superior = superior;
  return next;
}

bool copies_are_the_paper(const Json& body, const Digest& paper) {
  const auto& list = body.items("copies");
  const Json hex(to_hex(paper));
  return list.size() == copies && std::all_of(list.begin(), list.end(), [&](const Json& one) { return one == hex; });
}

Taken send(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::issued) return refused("summary.not_signed");
  if (!copies_are_the_paper(record.body, before.paper.paper)) return invalid("summary.copies");
  const bool to_head = !check_line(record.body, "addressee.name", name_chars_max) && text_at(record.body, "addressee.position") == "first_head";
  if (!to_head) return invalid("summary.addressee");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.paper.date));
  SummaryReport next = moved(before, S::sent);
  next.sent_late = facts.report_term.passed_on(date);
  return next;
}

Taken withdraw(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::signed_by_head && before.state != S::issued) return refused("summary.already_sent");
  QABYL_TRY_DO(group_head_of(record, facts));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::withdrawn);
}

// --- with the bureau ---

Taken served(const SummaryReport& before, const Receipt& receipt, const CaseFacts& facts) {
  SummaryReport next = moved(before, S::received);
  QABYL_TRY(return_term, facts.rules.run("D19", receipt.on));
  QABYL_TRY(objection_term, facts.rules.run("D20", receipt.on));
  next.receipt = receipt;
  next.return_term = return_term;
  next.objection_term = objection_term;
  return next;
}

Taken receive(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  const bool refused_once = before.receipt && before.receipt->refused;
  if (before.state != S::sent && !refused_once) return refused("summary.not_out");
  QABYL_TRY(receipt, mark_on(before.paper, record));
  QABYL_TRY_DO(may_act(receipt.by, "signers.summary", facts));
  if (!record.body.flag("copy1_kept")) return invalid("summary.copy1");
  auto next = refused_once ? Taken(before) : served(before, receipt, facts);
  if (!next) return next;
  next->receipt = receipt;
  next->copy = CopyTwo::with_bureau;
  return next;
}

Taken refuse_receipt(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::sent) return refused("summary.not_out");
  QABYL_TRY(receipt, receipt_refused(record, facts.rules));
  return served(before, receipt, facts);
}

Result<BureauPerson> on_this_paper(const SummaryReport& before, const Record& record) {
  QABYL_TRY(person, bureau_person(record));
  if (signature_from_json(record.body.member("signature"))->paper != before.paper.paper) return invalid("receipt.other_paper");
  return person;
}

// Visas and mark are those of the person who received the report.
Status by_the_receiver(const SummaryReport& before, const Record& record) {
  QABYL_TRY(person, on_this_paper(before, record));
  if (person.staff != before.receipt->by.staff) return refused("summary.other_person");
  return Done{};
}

bool was_shown(const Record& record, int page) {
  const auto pages = signature_from_json(record.body.member("signature"))->pages;
  return std::any_of(pages.begin(), pages.end(), [&](const PageSeen& one) { return one.page == page && one.ms >= page_seen_ms_min; });
}

Taken visa_page(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.copy != CopyTwo::with_bureau) return refused("summary.not_with_bureau");
  QABYL_TRY_DO(by_the_receiver(before, record));
  const auto page = record.body.number("page");
  if (page < 1 || page > before.paper.pages) return invalid("summary.page_unknown");
  if (before.visaed.count(static_cast<int>(page)) != 0) return refused("summary.page_visaed");
  if (!was_shown(record, static_cast<int>(page))) return invalid("summary.page_unseen");
  const bool stamped = facts.rules.text("summary.per_sheet") != "visa";  // A02
  if (stamped && !digest_from_hex(record.body.text("stamp"))) return invalid("summary.stamp_missing");
  SummaryReport next = before;
  next.visaed.insert(static_cast<int>(page));
  return next;
}

Taken mark_last_page(const SummaryReport& before, const Record& record, const CaseFacts&) {
  if (before.copy != CopyTwo::with_bureau) return refused("summary.not_with_bureau");
  if (!before.all_visaed()) return refused("summary.visa_missing");
  QABYL_TRY_DO(by_the_receiver(before, record));
  if (!was_shown(record, before.paper.pages)) return invalid("summary.page_unseen");
  SummaryReport next = before;
  next.copy = CopyTwo::marked;
  return next;
}

// Any messenger of the bureau may bring it; the paper must be the one that was sent.
Taken return_copy2(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.copy != CopyTwo::marked) return refused("summary.not_marked");
  QABYL_TRY_DO(on_this_paper(before, record));
  const auto paper = digest_from_hex(record.body.text("paper"));
  if (!paper || *paper != before.paper.paper) return invalid("summary.paper_changed");
  SummaryReport next = before;
  next.copy = CopyTwo::returned;
  next.copy_missing = false;
  next.returned = facts.rules.timeliness(before.return_term, record.at);
  return next;
}

// --- objections ---

// Taken at any time; once the inspection is settled it is kept and changes nothing (A13).
Taken object(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (!before.delivered()) return refused("summary.not_delivered");
  QABYL_TRY(objection, objection_from(record, &before.objection_term, "signers.summary", facts));
  const bool stays = facts.settled || before.state == S::meeting_called;
  SummaryReport next = moved(before, stays ? before.state : S::objected);
  next.objections[record.id] = objection;
  return next;
}

// The bureau's own word, optional and once: nothing in the inspection waits for it (R19.5).
Taken pass_on(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (!before.delivered()) return refused("summary.not_delivered");
  if (before.passed_on) return refused("summary.already_passed_on");
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.summary", facts));
  if (check_line(record.body, "organs", line_chars_max)) return invalid("summary.organs");
  SummaryReport next = before;
  next.passed_on = PassedOn{record.body.text("organs"), person, record.id};
  return next;
}

// Ways out that need nobody of the bureau: no objections came, or copy 2 did not come back.
Taken note_window_over(const SummaryReport& before, const Record& record, const CaseFacts&) {
  const bool open = before.delivered() && (before.state == S::received || !before.copy_settled());
  if (!open) return refused("summary.not_open");
  if (!before.objection_term.passed_on(day_of(record.at))) return refused("summary.still_running");
  SummaryReport next = before.state == S::received ? moved(before, S::concluded) : before;
  next.copy_missing = before.copy != CopyTwo::returned;
  return next;
}

Taken answer(const SummaryReport& before, const Record& record, const CaseFacts&) {
  if (before.state != S::objected) return refused("summary.nothing_to_answer");
  QABYL_TRY_DO(signer_of(record, {"unit_head", "unit_deputy"}));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY(objections, treat(before.objections, record));
  SummaryReport next = moved(before, S::answered);
  next.objections = std::move(objections);
  return next;
}

Taken decide(const SummaryReport& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::objected) return refused("summary.nothing_to_answer");
  if (!facts.rules.flag("final.without_meeting")) return refused("summary.meeting_first");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  QABYL_TRY(objections, treat(before.objections, record));
  SummaryReport next = moved(before, S::concluded);
  next.objections = std::move(objections);
  next.decision = record.body.text("text");
  return next;
}

constexpr Step<SummaryReport, const CaseFacts&> steps[] = {
    {kind::summary_sign_head, sign_head},           {kind::summary_sign_superior, sign_superior},
    {kind::summary_send, send},                     {kind::summary_withdraw, withdraw},
    {kind::summary_receive, receive},               {kind::summary_receipt_refused, refuse_receipt},
    {kind::summary_visa_page, visa_page},           {kind::summary_mark_last_page, mark_last_page},
    {kind::summary_return_copy2, return_copy2},     {kind::summary_object, object},
    {kind::summary_pass_on, pass_on},
    {kind::summary_window_over, note_window_over},  {kind::summary_answer, answer},
    {kind::summary_final_decision, decide}};

}  // namespace

std::string_view to_text(SummaryState state) {
  switch (state) {
    case S::none: return "none";
    case S::signed_by_head: return "signed_by_head";
    case S::issued: return "issued";
    case S::sent: return "sent";
    case S::received: return "received";
    case S::objected: return "objected";
    case S::answered: return "answered";
    case S::meeting_called: return "meeting_called";
    case S::concluded: return "final";
    case S::withdrawn: return "withdrawn";
  }
  QABYL_CHECK(false);
  return {};
}

std::string_view to_text(CopyTwo copy) {
  switch (copy) {
    case CopyTwo::out: return "out";
    case CopyTwo::with_bureau: return "with_bureau";
    case CopyTwo::marked: return "marked";
    case CopyTwo::returned: return "returned";
  }
  QABYL_CHECK(false);
  return {};
}

Taken SummaryReport::apply(const Record& record, const CaseFacts& facts) const {
  return take_step<SummaryReport, const CaseFacts&>(steps, *this, record, facts);
}

}  // namespace qabyl::core
