// A meeting and its protocol: what each record may do to them. See meeting.h.
#include "core/cases/meeting.h"

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = MeetingState;
using Taken = Result<Meeting>;

Meeting moved(const Meeting& before, S state) {
  Meeting next = before;
  next.state = state;
  return next;
}

// --- the meeting ---

// Paragraph 21: the head of the unit or his deputies; paragraph 22: the first head or deputy (A17).
bool may_chair(std::string_view level, std::string_view position) {
  if (level == "unit") return position == "unit_head" || position == "unit_deputy";
  return level == "head" && (position == "first_head" || position == "deputy");
}

Taken call(const Meeting& before, const Record& record, const CaseFacts&) {
  if (before.state != S::none) return refused("meeting.already_called");
  const auto& body = record.body;
  QABYL_TRY(date, act_date(record));
  Meeting next = moved(before, S::called);
  next.level = body.text("level");
  next.chair = {text_at(body, "chair.name"), text_at(body, "chair.position"), text_at(body, "chair.officer")};
  if (check_line(body, "chair.name", name_chars_max) || !may_chair(next.level, next.chair.position)) return invalid("meeting.chair");
  if (check_date(body, "on")) return invalid("date.absurd");
  next.on = *parse_iso_date(body.text("on"));
  QABYL_TRY_DO(not_before(next.on, date));
  for (const auto& one : body.items("invited")) {
    if (!one.is_string() || check_text(one.string(), name_chars_max) != TextProblem::none) return invalid("meeting.invited");
    next.invited.push_back(one.string());
  }
  if (next.invited.empty() || next.invited.size() > list_items_max) return invalid("meeting.invited");
  return next;
}

Taken hold(const Meeting& before, const Record& record, const CaseFacts&) {
  if (before.state != S::called) return refused("meeting.not_called");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.on));
  Meeting next = moved(before, S::held);
  next.on = date;
  return next;
}

Taken cancel(const Meeting& before, const Record& record, const CaseFacts&) {
  if (before.state != S::called && before.state != S::held) return refused("meeting.protocol_signed");
  QABYL_TRY_DO(signer_of(record, {"unit_head", "unit_deputy", "first_head", "deputy"}));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::cancelled);
}

Result<Signer> chair_of(const Meeting& meeting, const Record& record) {
  QABYL_TRY(signer, signer_of(record, {"unit_head", "unit_deputy", "first_head", "deputy"}));
  if (!same_person(signer, meeting.chair) || signer.name != meeting.chair.name || signer.position != meeting.chair.position) return refused("protocol.not_chair");
  return signer;
}

// --- the protocol ---

Taken sign(const Meeting& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::held) return refused("protocol.not_held");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY_DO(chair_of(before, record));
  QABYL_TRY_DO(not_before(paper.date, before.on));
  QABYL_TRY_DO(text_given(record, "text"));
  QABYL_TRY(term, facts.rules.run("D23S", paper.date));
  Meeting next = moved(before, S::protocol_signed);
  next.protocol = paper;
  next.send_term = term;
  return next;
}

Taken send(const Meeting& before, const Record& record, const CaseFacts&) {
  if (before.state != S::protocol_signed) return refused("protocol.not_signed");
  const bool to_head = !check_line(record.body, "addressee.name", name_chars_max) && text_at(record.body, "addressee.position") == "first_head";
  if (!to_head) return invalid("protocol.addressee");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(not_before(date, before.protocol.date));
  Meeting next = moved(before, S::protocol_sent);
  next.sent_late = before.send_term.passed_on(date);
  return next;
}

Taken served(const Meeting& before, const Receipt& receipt, const CaseFacts& facts) {
  Meeting next = moved(before, S::protocol_received);
  QABYL_TRY(term, facts.rules.run("D23O", receipt.on));
  next.receipt = receipt;
  next.objection_term = term;
  return next;
}

Taken receive(const Meeting& before, const Record& record, const CaseFacts& facts) {
  const bool refused_once = before.receipt && before.receipt->refused;
  if (before.state != S::protocol_sent && !refused_once) return refused("protocol.not_out");
  QABYL_TRY(receipt, mark_on(before.protocol, record));
  QABYL_TRY_DO(may_act(receipt.by, "signers.other", facts));
  if (!refused_once) return served(before, receipt, facts);
  Meeting next = before;
  next.receipt = receipt;
  return next;
}

Taken refuse_receipt(const Meeting& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::protocol_sent) return refused("protocol.not_out");
  QABYL_TRY(receipt, receipt_refused(record, facts.rules));
  return served(before, receipt, facts);
}

// Taken at any time; after a decision, or once the inspection is settled, it is kept and changes nothing (A13).
Taken object(const Meeting& before, const Record& record, const CaseFacts& facts) {
  if (!before.receipt) return refused("protocol.not_delivered");
  QABYL_TRY(objection, objection_from(record, &before.objection_term, "signers.other", facts));
  const bool opens = !facts.settled && (before.state == S::protocol_received || before.state == S::no_objections);
  Meeting next = moved(before, opens ? S::objected : before.state);
  next.objections[record.id] = objection;
  return next;
}

Taken say_no_remarks(const Meeting& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::protocol_received) return refused("protocol.not_open");
  QABYL_TRY(mark, mark_on(before.protocol, record));
  QABYL_TRY_DO(may_act(mark.by, "signers.other", facts));
  return moved(before, S::no_objections);
}

Taken note_window_over(const Meeting& before, const Record& record, const CaseFacts&) {
  if (before.state != S::protocol_received) return refused("protocol.not_open");
  if (!before.objection_term.passed_on(day_of(record.at))) return refused("protocol.still_running");
  return moved(before, S::no_objections);
}

Taken considered(const Meeting& before, const Record& record, S state) {
  if (before.state != S::objected) return refused("protocol.nothing_to_consider");
  QABYL_TRY_DO(chair_of(before, record));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY(objections, treat(before.objections, record));
  Meeting next = moved(before, state);
  next.objections = std::move(objections);
  return next;
}

Taken amend(const Meeting& before, const Record& record, const CaseFacts&) {
  QABYL_TRY(next, considered(before, record, S::amended));
  QABYL_TRY(paper, paper_of(record));
  next.protocol = paper;
  return next;
}

Taken disagree(const Meeting& before, const Record& record, const CaseFacts&) { return considered(before, record, S::disagreed); }

Taken decide(const Meeting& before, const Record& record, const CaseFacts&) {
  if (before.state != S::disagreed) return refused("protocol.not_disagreed");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  Meeting next = moved(before, S::decided);
  next.decision = record.body.text("text");
  return next;
}

constexpr Step<Meeting, const CaseFacts&> steps[] = {
    {kind::meeting_call, call},                      {kind::meeting_hold, hold},
    {kind::meeting_cancel, cancel},                  {kind::protocol_sign, sign},
    {kind::protocol_send, send},                     {kind::protocol_receive, receive},
    {kind::protocol_receipt_refused, refuse_receipt}, {kind::protocol_object, object},
    {kind::protocol_no_remarks, say_no_remarks},     {kind::protocol_window_over, note_window_over},
    {kind::protocol_amend, amend},                   {kind::protocol_disagree, disagree},
    {kind::protocol_final_decision, decide}};

}  // namespace

std::string_view to_text(MeetingState state) {
  switch (state) {
    case S::none: return "none";
    case S::called: return "called";
    case S::held: return "held";
    case S::protocol_signed: return "protocol_signed";
    case S::protocol_sent: return "protocol_sent";
    case S::protocol_received: return "protocol_received";
    case S::no_objections: return "no_objections";
    case S::objected: return "objected";
    case S::amended: return "amended";
    case S::disagreed: return "disagreed";
    case S::decided: return "decided";
    case S::cancelled: return "cancelled";
  }
  QABYL_CHECK(false);
  return {};
}

bool Meeting::concluded() const { return state == S::no_objections || state == S::amended || state == S::decided; }

Taken Meeting::apply(const Record& record, const CaseFacts& facts) const { return take_step<Meeting, const CaseFacts&>(steps, *this, record, facts); }

}  // namespace qabyl::core
