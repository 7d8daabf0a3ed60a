// A remedial plan (RULES.md f8; paragraph 27, Article 11): demanded with a term, submitted by the bureau, returned or
// agreed, and then reported on or explained item by item. Knows no prescription: the inspection asks whether a plan
// that was not carried out was followed by one.
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view plan_demand = "plan.demand";            // R27.1
inline constexpr std::string_view plan_submit = "plan.submit";            // R27.2, kiosk
inline constexpr std::string_view plan_return = "plan.return";            // R27.3
inline constexpr std::string_view plan_agree = "plan.agree";              // R27.3
inline constexpr std::string_view plan_report = "plan.report";            // R27.4, kiosk
inline constexpr std::string_view plan_explain = "plan.explain";          // R27.4, kiosk
inline constexpr std::string_view plan_item_overdue = "plan.item_overdue";
inline constexpr std::string_view plan_extend_item = "plan.extend_item";  // Article 11
inline constexpr std::string_view plan_finish = "plan.finish";
inline constexpr std::string_view plan_missed = "plan.missed";            // nothing came in time
inline constexpr std::string_view plan_withdraw = "plan.withdraw";
}  // namespace kind

enum class PlanState { none, demanded, submitted, returned, in_execution, fulfilled, partly_fulfilled, missed, withdrawn };
enum class PlanItemState { open, reported, explained, overdue };
std::string_view to_text(PlanState state);
std::string_view to_text(PlanItemState state);

struct PlanItem {
  std::size_t breach = 0;      // index of Plan::breaches
  std::string measure, executor;
  RunningTerm term;            // the date in the plan
  PlanItemState state = PlanItemState::open;
};

struct Plan {
  PlanState state = PlanState::none;
  std::vector<std::string> breaches;
  RunningTerm term;            // D27
  Timeliness timeliness = Timeliness::in_time;  // of the newest submission
  std::vector<PlanItem> items;

  bool over() const;           // nothing more is awaited of it
  bool failed() const { return state == PlanState::partly_fulfilled || state == PlanState::missed; }

  // Bodies: demand {date,due,breaches[texts],signer}; the others name it in `plan`: submit {items[{breach,measure,
  // due,executor}], and each member that the setting plan.fields lists}, a filing; return {date,reason,due,signer}; agree
  // {date,signer}; report {item}, explain {item,text}, filings; item_overdue {item}; extend_item {date,item,due,reason,
  // signer}; finish {date,fulfilled,signer}; missed {}; withdraw {date,reason,signer}.
  Result<Plan> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
