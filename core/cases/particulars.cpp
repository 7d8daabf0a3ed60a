// The 11 particulars of an assignment (RULES.md b, paragraph 8), each checked by a function of its own.
// Knows no case: inspection.cpp asks before it lets an assignment be signed.
#include <algorithm>

#include "core/bin_number.h"
#include "core/cases/inspection.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr int term_months_max = 3;  // paragraph 9
constexpr std::size_t number_chars_max = 60, officials_max = 50, entries_max = 200;

bool line(const Json& body, std::string_view path, std::size_t chars_max = line_chars_max) {
  return !check_line(body, path, chars_max);
}
bool date(const Json& body, std::string_view path) { return !check_date(body, path); }

// 1. The body that orders the inspection; name and position of the person empowered to (R07.1).
bool ordered_by(const Json& body) {
  const auto position = text_at(body, "signer.position");
  return line(body, "authority") && line(body, "signer.name", name_chars_max) && (position == "first_head" || position == "deputy");
}

// 2. Number and date in the ordering body's own journal.
bool in_journal(const Json& body, Date today) {
  if (!line(body, "journal_number", number_chars_max) || !date(body, "date")) return false;
  return std::chrono::sys_days{*parse_iso_date(text_at(body, "date"))} <= std::chrono::sys_days{today};
}

// 3. One or more officials, exactly one of them head of the group.
bool officials(const Json& body) {
  const auto& people = body.items("officials");
  if (people.empty() || people.size() > officials_max) return false;
  const bool named = std::all_of(people.begin(), people.end(), [](const Json& one) { return line(one, "name", name_chars_max); });
  return named && std::count_if(people.begin(), people.end(), [](const Json& one) { return one.flag("head"); }) == 1;
}

// 4. The bureau: name, location, number.
bool bureau(const Json& body) {
  return line(body, "bureau.name", name_chars_max) && line(body, "bureau.location") &&
         check_bin(text_at(body, "bureau.bin")) == BinProblem::none;
}

// 9. Period under inspection: given, or expressly waived.
bool period(const Json& body) {
  if (body.flag("period_waived")) return true;
  return date(body, "period.from") && date(body, "period.to") &&
         text_at(body, "period.from") <= text_at(body, "period.to");
}

// 10. Past inspections: a list that may be empty but must be confirmed.
bool past(const Json& body) {
  const auto& list = body.items("past_inspections");
  const bool sane = list.size() <= entries_max && std::all_of(list.begin(), list.end(), [](const Json& one) {
    return one.is_object() || (one.is_string() && check_text(one.string(), line_chars_max) == TextProblem::none);
  });
  return sane && body.flag("past_confirmed");
}

// 11. Powers to draw up protocols on administrative offences, or "none".
bool powers(const Json& body) {
  const auto& list = body.items("protocol_powers");
  return body.flag("protocol_powers_none") ? list.empty() : !list.empty() && list.size() <= entries_max;
}

// 7. Start and end; the end at most three months after the start, without rolling over a day off (A05).
std::string_view term_problem(const Json& body) {
  const auto start = parse_iso_date(text_at(body, "term.start")), end = parse_iso_date(text_at(body, "term.end"));
  if (!start || !end || !date(body, "term.start") || !date(body, "term.end") || *end < *start) return "particular.7";
  return *end > add_months(*start, term_months_max) ? "particular.7.too_long" : "";
}

}  // namespace

std::vector<ParticularFinding> check_particulars(const Json& body, Date today) {
  const bool good[] = {ordered_by(body), in_journal(body, today), officials(body), bureau(body),
                       line(body, "inspection_kind"), line(body, "subject", text_chars_max), true,
                       line(body, "ground", text_chars_max), period(body), past(body), powers(body)};
  std::vector<ParticularFinding> findings;
  int number = 0;
  for (const bool one : good) {
    ++number;
    const std::string code = number == 7 ? std::string(term_problem(body)) : one ? "" : "particular." + std::to_string(number);
    if (!code.empty()) findings.push_back({number, code});
  }
  return findings;
}

}  // namespace qabyl::core
