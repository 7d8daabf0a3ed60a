// See small_business.h.
#include "core/cases/small_business.h"

namespace qabyl::core {
namespace {

bool concerned(const Json& assignment, const Rules& rules) { return rules.flag("smallbiz.on") && assignment.flag("small_business"); }

std::optional<std::chrono::sys_days> term_day(const Json& assignment, std::string_view which) {
  const auto date = parse_iso_date(assignment.member("term").text(which));
  return date ? std::optional(std::chrono::sys_days{*date}) : std::nullopt;
}

}  // namespace

std::string small_business_problem(const Json& assignment, const Rules& rules) {
  if (!concerned(assignment, rules)) return {};
  const bool planned = assignment.text("inspection_kind") == "planned";
  if (planned && assignment.number("planned_this_year") >= rules.number("smallbiz.planned_per_year")) return "particular.5.smallbiz_again";
  const auto start = term_day(assignment, "start"), end = term_day(assignment, "end");
  const std::chrono::days length{rules.number("smallbiz.length_days")};
  return start && end && *end > *start + length ? "particular.7.smallbiz_long" : "";
}

std::string small_business_notice_problem(const Json& assignment, Date sent, const Rules& rules) {
  if (!concerned(assignment, rules)) return {};
  const auto start = term_day(assignment, "start");
  const std::chrono::days advance{rules.number("smallbiz.notice_days")};
  return start && std::chrono::sys_days{sent} + advance > *start ? "notice.smallbiz_short" : "";
}

}  // namespace qabyl::core
