// A licence: what each record may do to it. See licence.h.
#include "core/cases/licence.h"

#include <algorithm>

#include "core/bin_number.h"
#include "core/cases/each_term.h"
#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = LicenceState;
using Taken = Result<Licence>;

constexpr int year_months = 12;  // Article 13: the last twelve months
constexpr std::string_view end_members[] = {"end", "valid_until", "term"};

Licence moved(const Licence& before, S state) {
  Licence next = before;
  next.state = state;
  return next;
}

bool is_in_life(S state) { return state == S::active || state == S::suspended; }

// --- forms ---

Status holder_given(const Json& holder) {
  const bool whole = !check_line(holder, "bin", number_chars_max) && !check_line(holder, "name", name_chars_max) && !check_line(holder, "address", line_chars_max);
  return whole ? Status(Done{}) : Status(invalid("licence.holder"));
}

// Paragraph 4: without limit of time.
Status without_end(const Json& body) {
  const bool limited = std::any_of(std::begin(end_members), std::end(end_members), [&](const auto& one) { return body.find(one) != nullptr; });
  return limited ? Status(invalid("licence.end_date")) : Status(Done{});
}

Result<PaperOut> form_paper(const Record& record, const Rules& rules) {
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY(signer, signer_of(record, {"first_head", "deputy"}));
  if (rules.text("licence.signer") != signer.position) return invalid("signer.position");
  QABYL_TRY_DO(without_end(record.body));
  return paper;
}

Taken issue(const Licence& before, const Record& record, const Rules& rules) {
  if (before.state != S::none) return refused("licence.already_issued");
  QABYL_TRY(paper, form_paper(record, rules));
  QABYL_TRY_DO(holder_given(record.body.member("holder")));
  if (check_line(record.body, "licence_number", number_chars_max)) return invalid("licence.number");
  Licence next = moved(before, S::active);
  next.number = record.body.text("licence_number");
  next.holder = record.body.member("holder");
  next.holder_bin = next.holder.text("bin");
  next.calendar = record.body.text("calendar");
  next.forms.push_back({FormSort::original, paper, record.body.text("application"), {}, true, {}, std::nullopt});
  return next;
}

// --- a licence from before Qabyl ---

bool is_bin(const std::string& text) { return check_bin(text) == BinProblem::none; }

// What its form says, by whoever has it before him. The form is not ours to deliver.
Taken enter(const Licence& before, const Record& record, const Rules&) {
  if (before.state != S::none) return refused("licence.already_issued");
  QABYL_TRY(author, signer_of(record, {"clerk", "unit_head", "unit_deputy"}));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(without_end(record.body));
  QABYL_TRY_DO(holder_given(record.body.member("holder")));
  if (!is_bin(record.body.member("holder").text("bin"))) return invalid("licence.holder");
  for (const char* number : {"licence_number", "number"}) {
    if (check_line(record.body, number, number_chars_max)) return invalid("licence.number");
  }
  if (check_line(record.body, "decision", line_chars_max)) return invalid("licence.decision_missing");
  const auto issued_on = parse_iso_date(record.body.text("issued_on"));
  if (!issued_on || std::chrono::sys_days{*issued_on} > std::chrono::sys_days{date}) return invalid("licence.issued_on");
  Licence next = moved(before, S::entered);
  next.number = record.body.text("licence_number");
  next.holder = record.body.member("holder");
  next.holder_bin = next.holder.text("bin");
  next.calendar = record.body.text("calendar");
  next.entry = LicenceEntry{record.body.text("decision"), author};
  next.forms.push_back({FormSort::original, {{}, 0, record.body.text("number"), *issued_on}, {}, {}, false, {}, *issued_on});
  return next;
}

Status entry_decided(const Licence& licence, const Record& record) {
  if (licence.state != S::entered) return refused("licence.not_entered");
  QABYL_TRY(signer, signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY_DO(act_date(record));
  return same_person(signer, licence.entry->by) ? Status(refused("licence.own_entry")) : Status(Done{});
}

Taken confirm_entry(const Licence& before, const Record& record, const Rules&) {
  QABYL_TRY_DO(entry_decided(before, record));
  Licence next = moved(before, S::active);
  next.forms.back().valid = true;
  return next;
}

Taken reject_entry(const Licence& before, const Record& record, const Rules&) {
  QABYL_TRY_DO(entry_decided(before, record));
  QABYL_TRY_DO(text_given(record, "reason"));
  Licence next = moved(before, S::rejected);
  next.end_reason = record.body.text("reason");
  return next;
}

// The recipient signs for the form that is valid now.
Taken deliver(const Licence& before, const Record& record, const Rules&) {
  if (!is_in_life(before.state)) return refused("licence.not_in_life");
  const auto& form = before.forms.back();
  if (form.delivered_on) return refused("licence.delivered");
  if (const auto finding = examine_recipient(record)) return invalid(finding->reason);
  if (signature_from_json(record.body.member("signature"))->paper != form.paper.paper) return invalid("receipt.other_paper");
  QABYL_TRY(date, act_date(record));
  Licence next = before;
  next.forms.back().delivered_to = record.body.text("name");
  next.forms.back().delivered_on = date;
  return next;
}

// The old form is void, the new one has a number of its own (paragraph 6).
Taken replace_form(const Licence& before, const Record& record, FormSort sort, std::string_view why, const Rules& rules) {
  QABYL_TRY(paper, form_paper(record, rules));
  const bool used = std::any_of(before.forms.begin(), before.forms.end(), [&](const auto& one) { return one.paper.number == paper.number; });
  if (used) return invalid("licence.form_number");
  if (check_line(record.body, why, text_chars_max)) return invalid("licence.why_missing");
  Licence next = before;
  next.forms.back().valid = false;
  next.forms.push_back({sort, paper, record.body.text("application"), record.body.text(why), true, {}, std::nullopt});
  return next;
}

Taken reissue(const Licence& before, const Record& record, const Rules& rules) {
  if (before.state != S::active) return refused("licence.not_active");
  QABYL_TRY(next, replace_form(before, record, FormSort::reissued, "change", rules));
  const auto& holder = record.body.member("holder");
  QABYL_TRY_DO(holder_given(holder));
  if (holder.text("bin") != before.holder_bin) return refused("licence.other_holder");  // paragraph 4: never passed on
  next.holder = holder;
  return next;
}

Taken duplicate(const Licence& before, const Record& record, const Rules& rules) {
  if (!is_in_life(before.state)) return refused("licence.not_in_life");
  return replace_form(before, record, FormSort::duplicate, "loss", rules);
}

// --- suspension ---

bool waits_for_receipt(const Licence& licence) { return licence.state == S::active && !licence.suspensions.empty() && !licence.suspensions.back().receipt; }
bool may_be_suspended(const Licence& licence) { return licence.state == S::active && !waits_for_receipt(licence); }

Taken propose_suspension(const Licence& before, const Record& record, const Rules& rules) {
  if (!may_be_suspended(before)) return refused("licence.not_active");
  QABYL_TRY(author, signer_of(record, {"unit_head", "unit_deputy", "executor"}));
  QABYL_TRY_DO(act_date(record));
  if (!rules.lists("suspension.grounds", record.body.text("ground"))) return invalid("licence.suspension_ground");
  const auto months = record.body.number("months");
  if (months < 1 || months > rules.number("suspension.months_max")) return invalid("licence.suspension_months");
  QABYL_TRY_DO(text_given(record, "text"));
  Licence next = before;
  next.proposal = SuspensionProposal{record.body.text("ground"), months, author};
  return next;
}

// As proposed, by another person than who proposed it (O4).
Taken suspend(const Licence& before, const Record& record, const Rules&) {
  if (!may_be_suspended(before)) return refused("licence.not_active");
  QABYL_TRY(paper, paper_of(record));
  QABYL_TRY(signer, signer_of(record, {"first_head", "deputy"}));
  const auto& proposed = before.proposal;
  if (!proposed || record.body.text("ground") != proposed->ground || record.body.number("months") != proposed->months) return refused("licence.not_proposed");
  if (same_person(signer, proposed->by)) return refused("licence.own_proposal");
  Licence next = before;
  next.suspensions.push_back({proposed->ground, proposed->months, paper, std::nullopt, std::nullopt, false});
  next.proposal.reset();
  return next;
}

// Article 12: it runs from the day on which the decision is brought to the notice of the executive organ.
Taken suspended(const Licence& before, const Receipt& receipt, const Rules& rules) {
  Licence next = moved(before, S::suspended);
  auto& suspension = next.suspensions.back();
  QABYL_TRY(term, rules.run("D12", receipt.on, add_months(receipt.on, static_cast<int>(suspension.months))));
  suspension.receipt = receipt;
  suspension.term = term;
  return next;
}

Taken receive_suspension(const Licence& before, const Record& record, const Rules& rules) {
  if (!waits_for_receipt(before)) return refused("licence.no_decision");
  QABYL_TRY(receipt, mark_on(before.suspensions.back().paper, record));
  if (receipt.by.capacity != "first_head" && receipt.by.capacity != "deputy") return refused("licence.executive_organ");
  return suspended(before, receipt, rules);
}

Taken refuse_suspension(const Licence& before, const Record& record, const Rules& rules) {
  if (!waits_for_receipt(before)) return refused("licence.no_decision");
  QABYL_TRY(receipt, receipt_refused(record, rules));
  return suspended(before, receipt, rules);
}

Taken lift(const Licence& before, const Record& record, const Rules&) {
  if (before.state != S::suspended) return refused("licence.not_suspended");
  QABYL_TRY_DO(signer_of(record, {"first_head", "deputy"}));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(text_given(record, "reason"));
  const auto why = record.body.text("why");
  if (why != "cause_removed" && why != "term_over") return invalid("licence.lift_why");
  if (why == "term_over" && !before.suspensions.back().term->passed_on(date)) return refused("licence.suspension_running");
  Licence next = moved(before, S::active);
  next.suspensions.back().lifted = true;
  return next;
}

// --- the end ---

Taken propose_end(const Licence& before, const Record& record, const Rules&) {
  if (!is_in_life(before.state)) return refused("licence.not_in_life");
  QABYL_TRY(author, signer_of(record, {"unit_head", "unit_deputy", "executor"}));
  QABYL_TRY_DO(act_date(record));
  const auto why = record.body.text("why");
  if (why != "court" && why != "liquidation" && why != "own_wish") return invalid("licence.end_why");
  QABYL_TRY_DO(text_given(record, "text"));
  Licence next = before;
  next.end_proposal = EndProposal{why, author};
  return next;
}

// Ended for the reason that was proposed, by another person than who proposed it (O4).
Status end_decided(const Licence& licence, const Record& record, std::string_view why) {
  QABYL_TRY(signer, signer_of(record, {"first_head", "deputy"}));
  const auto& proposed = licence.end_proposal;
  if (!proposed || proposed->why != why) return refused("licence.end_not_proposed");
  return same_person(signer, proposed->by) ? Status(refused("licence.own_proposal")) : Status(Done{});
}

Licence over(const Licence& before, S state, std::string reason) {
  Licence next = moved(before, state);
  next.end_reason = std::move(reason);
  next.end_proposal.reset();
  next.proposal.reset();
  next.forms.back().valid = false;
  return next;
}

Taken deprive(const Licence& before, const Record& record, const Rules&) {
  if (!is_in_life(before.state)) return refused("licence.not_in_life");
  QABYL_TRY_DO(end_decided(before, record, "court"));
  QABYL_TRY_DO(act_date(record));
  if (check_line(record.body, "court", line_chars_max) || check_line(record.body, "decision", number_chars_max)) return invalid("licence.court_missing");
  return over(before, S::deprived, record.body.text("court") + ", " + record.body.text("decision"));
}

Taken end(const Licence& before, const Record& record, const Rules&) {
  if (!is_in_life(before.state)) return refused("licence.not_in_life");
  const auto why = record.body.text("why");
  if (why != "liquidation" && why != "own_wish") return invalid("licence.end_why");
  QABYL_TRY_DO(end_decided(before, record, why));
  QABYL_TRY_DO(act_date(record));
  return over(before, S::ended, why);
}

constexpr Step<Licence, const Rules&> steps[] = {
    {kind::licence_issue, issue},         {kind::licence_deliver, deliver},
    {kind::licence_enter, enter},         {kind::licence_confirm_entry, confirm_entry}, {kind::licence_reject_entry, reject_entry},
    {kind::licence_reissue, reissue},     {kind::licence_duplicate, duplicate},
    {kind::licence_propose_suspension, propose_suspension},
    {kind::licence_suspend, suspend},     {kind::licence_suspension_receive, receive_suspension},
    {kind::licence_suspension_receipt_refused, refuse_suspension}, {kind::licence_lift, lift},
    {kind::licence_propose_end, propose_end},
    {kind::licence_deprive, deprive},     {kind::licence_end, end}};

std::string_view procedure_for(std::string_view kind) {
  if (kind == kind::licence_issue) return "issue";
  return kind == kind::licence_reissue ? "reissue" : "duplicate";
}

}  // namespace

std::string_view to_text(LicenceState state) {
  switch (state) {
    case S::none: return "none";
    case S::entered: return "entered";
    case S::rejected: return "rejected";
    case S::active: return "active";
    case S::suspended: return "suspended";
    case S::deprived: return "deprived";
    case S::ended: return "ended";
  }
  QABYL_CHECK(false);
  return {};
}

std::string_view to_text(FormSort sort) {
  switch (sort) {
    case FormSort::original: return "original";
    case FormSort::reissued: return "reissued";
    case FormSort::duplicate: return "duplicate";
  }
  QABYL_CHECK(false);
  return {};
}

bool Licence::repeatedly_suspended(Date day) const {
  const auto since = std::chrono::sys_days{add_months(day, -year_months)};
  return std::count_if(suspensions.begin(), suspensions.end(), [&](const Suspension& one) {
           return one.receipt && std::chrono::sys_days{one.receipt->on} > since && std::chrono::sys_days{one.receipt->on} <= std::chrono::sys_days{day};
         }) >= 2;
}

std::optional<Finding> examine_recipient(const Record& record) {
  if (const auto lines = first_of({check_line(record.body, "name", name_chars_max), check_line(record.body, "position", line_chars_max)})) return lines;
  const auto signature = signature_from_json(record.body.member("signature"));
  if (!signature) return Finding{signature.error().detail, "signature"};
  const auto problem = check_ink(signature->strokes, signature->pad_width_tenth_mm);
  return problem == InkProblem::none ? std::nullopt : std::optional(Finding{std::string(reason_of(problem)), "signature"});
}

Status may_issue(const LicenceApplication& application, const Licence& next, const Record& record, const InRegister& in_register) {
  if (application.state != ApplicationState::granted) return refused("licence.not_granted");
  const bool same = application.body.text("procedure") == procedure_for(record.kind);
  if (!same || next.holder_bin != application.body.text("bin")) return refused("licence.other_application");
  if (in_register.application_used) return refused("licence.application_used");
  const auto signer = signer_of(record, {"first_head", "deputy"});
  if (signer && same_person(*signer, application.examiner)) return refused("licence.own_examination");
  if (record.kind == kind::licence_issue && in_register.holder_licensed) return refused("licence.holder_has_one");
  return Done{};
}

Status may_enter(const InRegister& in_register) {
  if (in_register.holder_licensed) return refused("licence.holder_has_one");
  return in_register.number_taken ? Status(refused("licence.number_taken")) : Status(Done{});
}

bool is_of_licence(std::string_view kind) {
  return kind == kind::licence_recount || std::any_of(std::begin(steps), std::end(steps), [&](const auto& one) { return one.kind == kind; });
}

Taken Licence::apply(const Record& record, const RuleBook& book) const {
  if (!is_of_licence(record.kind)) return refused("kind.unknown");
  if (record.kind == kind::licence_recount) return recounted(*this, record, book);
  QABYL_TRY(rules, book.rules(calendar));
  return take_step<Licence, const Rules&>(steps, *this, record, rules);
}

Licence fold_licence(const std::vector<Record>& history, const RuleBook& book) {
  Licence licence;
  for (const auto& record : history) {
    if (auto next = licence.apply(record, book)) licence = *std::move(next);
  }
  return licence;
}

}  // namespace qabyl::core
