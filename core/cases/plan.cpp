// A remedial plan: what each record may do to it. See plan.h.
#include "core/cases/plan.h"

#include <algorithm>
#include <set>

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = PlanState;
using Taken = Result<Plan>;

Plan moved(const Plan& before, S state) {
  Plan next = before;
  next.state = state;
  return next;
}

Result<Signer> official(const Record& record) { return signer_of(record, {"unit_head", "unit_deputy", "deputy", "first_head"}); }

Result<RunningTerm> term_of(const Record& record, Date base, const CaseFacts& facts) {
  if (check_date(record.body, "due")) return invalid("plan.due");
  const auto term = facts.rules.run("D27", base, *parse_iso_date(record.body.text("due")));
  return term || term.error().code != ErrorCode::invalid_input ? term : Result<RunningTerm>(invalid("plan.due"));
}

// --- demand and submission ---

Taken demand(const Plan& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("plan.already_demanded");
  QABYL_TRY_DO(official(record));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY(term, term_of(record, date, facts));
  Plan next = moved(before, S::demanded);
  next.term = term;
  for (const auto& one : record.body.items("breaches")) {
    if (!one.is_string() || check_text(one.string(), text_chars_max) != TextProblem::none) return invalid("plan.breaches");
    next.breaches.push_back(one.string());
  }
  if (next.breaches.empty() || next.breaches.size() > list_items_max) return invalid("plan.breaches");
  return next;
}

Result<PlanItem> item_from(const Json& json, const Plan& plan, Date submitted, const CaseFacts& facts) {
  const auto breach = json.number("breach", -1);
  const bool whole = breach >= 0 && breach < static_cast<std::int64_t>(plan.breaches.size()) && !check_line(json, "measure", text_chars_max) &&
                     !check_line(json, "executor", name_chars_max) && !check_date(json, "due");
  if (!whole) return invalid("plan.item_absurd");
  const auto term = facts.rules.run("D27", submitted, *parse_iso_date(json.text("due")));
  if (!term) return invalid("plan.item_absurd");
  return PlanItem{static_cast<std::size_t>(breach), json.text("measure"), json.text("executor"), *term, PlanItemState::open};
}

// Each breach is met by a measure with a date and an executor.
Result<std::vector<PlanItem>> items_from(const Record& record, const Plan& plan, Date submitted, const CaseFacts& facts) {
  std::vector<PlanItem> items;
  std::set<std::size_t> met;
  const auto& list = record.body.items("items");
  if (list.size() > list_items_max) return invalid("plan.item_absurd");
  for (const auto& one : list) {
    QABYL_TRY(item, item_from(one, plan, submitted, facts));
    met.insert(item.breach);
    items.push_back(std::move(item));
  }
  if (met.size() != plan.breaches.size()) return invalid("plan.breach_unmet");
  return items;
}

Taken submit(const Plan& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::demanded && before.state != S::returned) return refused("plan.not_asked");
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.other", facts));
  QABYL_TRY(items, items_from(record, before, person.on, facts));
  for (const auto& field : facts.rules.profile->settings.items("plan.fields")) {
    if (check_line(record.body, field.string(), text_chars_max)) return invalid("plan.field_missing");
  }
  Plan next = moved(before, S::submitted);
  next.items = std::move(items);
  next.timeliness = facts.rules.timeliness(before.term, record.at);
  return next;
}

Taken give_back(const Plan& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::submitted) return refused("plan.not_submitted");
  QABYL_TRY_DO(official(record));
  QABYL_TRY(date, act_date(record));
  QABYL_TRY_DO(text_given(record, "reason"));
  QABYL_TRY(term, term_of(record, date, facts));
  Plan next = moved(before, S::returned);
  next.term = term;
  return next;
}

Taken agree(const Plan& before, const Record& record, const CaseFacts&) {
  if (before.state != S::submitted) return refused("plan.not_submitted");
  QABYL_TRY_DO(official(record));
  QABYL_TRY_DO(act_date(record));
  return moved(before, S::in_execution);
}

Taken miss(const Plan& before, const Record& record, const CaseFacts&) {
  if (before.state != S::demanded && before.state != S::returned) return refused("plan.not_asked");
  if (!before.term.passed_on(day_of(record.at))) return refused("plan.still_running");
  return moved(before, S::missed);
}

Taken withdraw(const Plan& before, const Record& record, const CaseFacts&) {
  if (before.state != S::demanded && before.state != S::submitted && before.state != S::returned) return refused("plan.not_asked");
  QABYL_TRY_DO(official(record));
  QABYL_TRY_DO(text_given(record, "reason"));
  return moved(before, S::withdrawn);
}

// --- item by item ---

Result<std::size_t> item_of(const Plan& plan, const Record& record) {
  if (plan.state != S::in_execution) return refused("plan.not_agreed");
  const auto item = record.body.number("item", -1);
  if (item < 0 || item >= static_cast<std::int64_t>(plan.items.size())) return invalid("plan.item_unknown");
  if (plan.items[static_cast<std::size_t>(item)].state == PlanItemState::reported) return refused("plan.item_reported");
  return static_cast<std::size_t>(item);
}

Plan with_item(const Plan& before, std::size_t item, PlanItemState state) {
  Plan next = before;
  next.items[item].state = state;
  return next;
}

Taken report(const Plan& before, const Record& record, const CaseFacts& facts) {
  QABYL_TRY(item, item_of(before, record));
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.other", facts));
  return with_item(before, item, PlanItemState::reported);
}

Taken explain(const Plan& before, const Record& record, const CaseFacts& facts) {
  QABYL_TRY(item, item_of(before, record));
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.other", facts));
  QABYL_TRY_DO(text_given(record, "text"));
  return with_item(before, item, PlanItemState::explained);
}

Taken note_overdue(const Plan& before, const Record& record, const CaseFacts&) {
  QABYL_TRY(item, item_of(before, record));
  if (!before.items[item].term.passed_on(day_of(record.at))) return refused("plan.item_running");
  return with_item(before, item, PlanItemState::overdue);
}

// For reasons outside the bureau's control, where the profile knows it (Article 11).
Taken extend_item(const Plan& before, const Record& record, const CaseFacts& facts) {
  QABYL_TRY(item, item_of(before, record));
  if (!facts.rules.flag("plan.extension")) return refused("plan.no_extension");
  QABYL_TRY_DO(official(record));
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "reason"));
  QABYL_TRY(term, term_of(record, before.items[item].term.due, facts));
  Plan next = with_item(before, item, PlanItemState::open);
  next.items[item].term = term;
  return next;
}

Taken finish(const Plan& before, const Record& record, const CaseFacts&) {
  if (before.state != S::in_execution) return refused("plan.not_agreed");
  QABYL_TRY_DO(official(record));
  QABYL_TRY_DO(act_date(record));
  const auto any = [&](PlanItemState state) { return std::any_of(before.items.begin(), before.items.end(), [&](const auto& one) { return one.state == state; }); };
  if (any(PlanItemState::open)) return refused("plan.item_open");
  const bool all_reported = !any(PlanItemState::explained) && !any(PlanItemState::overdue);
  const bool fulfilled = record.body.flag("fulfilled");
  if (fulfilled && !all_reported) return refused("plan.not_fulfilled");
  return moved(before, fulfilled ? S::fulfilled : S::partly_fulfilled);
}

constexpr Step<Plan, const CaseFacts&> steps[] = {
    {kind::plan_demand, demand},   {kind::plan_submit, submit},        {kind::plan_return, give_back},         {kind::plan_agree, agree},
    {kind::plan_report, report},   {kind::plan_explain, explain},      {kind::plan_item_overdue, note_overdue}, {kind::plan_extend_item, extend_item},
    {kind::plan_finish, finish},   {kind::plan_missed, miss},          {kind::plan_withdraw, withdraw}};

}  // namespace

std::string_view to_text(PlanState state) {
  switch (state) {
    case S::none: return "none";
    case S::demanded: return "demanded";
    case S::submitted: return "submitted";
    case S::returned: return "returned";
    case S::in_execution: return "in_execution";
    case S::fulfilled: return "fulfilled";
    case S::partly_fulfilled: return "partly_fulfilled";
    case S::missed: return "missed";
    case S::withdrawn: return "withdrawn";
  }
  QABYL_CHECK(false);
  return {};
}

std::string_view to_text(PlanItemState state) {
  switch (state) {
    case PlanItemState::open: return "open";
    case PlanItemState::reported: return "reported";
    case PlanItemState::explained: return "explained";
    case PlanItemState::overdue: return "overdue";
  }
  QABYL_CHECK(false);
  return {};
}

bool Plan::over() const { return state == S::fulfilled || state == S::withdrawn || failed(); }

Taken Plan::apply(const Record& record, const CaseFacts& facts) const { return take_step<Plan, const CaseFacts&>(steps, *this, record, facts); }

}  // namespace qabyl::core
