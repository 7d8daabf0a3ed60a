// See date_answers.h.
#include "sync/verify/date_answers.h"

#include <charconv>

namespace qabyl::sync::verify {
namespace {

using std::chrono::sys_days;

std::optional<core::Date> first_day_of(std::string_view year) {
  int number = 0;
  const auto [end, problem] = std::from_chars(year.data(), year.data() + year.size(), number);
  if (problem != std::errc{} || end != year.data() + year.size() || year.size() != 4) return std::nullopt;
  return core::Date{std::chrono::year{number}, std::chrono::January, std::chrono::day{1}};
}

}  // namespace

core::Result<std::string> deadline_answer(const core::Profile& profile, const core::Calendar& calendar, const core::Texts& texts,
                                          core::Language language, const DateQuestion& question) {
  QABYL_TRY(base, core::parse_iso_date(question.from));
  std::optional<core::Date> stated;
  if (!question.stated.empty()) {
    QABYL_TRY(day, core::parse_iso_date(question.stated));
    stated = day;
  }
  QABYL_TRY(deadline, core::count_term(profile, question.term, base, calendar, stated));
  std::string text = core::iso_date(deadline.due) + "\n";
  for (const auto& line : core::explain(deadline, profile, texts, language)) text += line + "\n";
  return text;
}

core::Result<std::string> calendar_answer(const core::Calendar& calendar, const core::Texts& texts, core::Language language,
                                          std::string_view year) {
  const auto first = first_day_of(year);
  if (!first || !calendar.covers(*first)) return core::Error{core::ErrorCode::invalid_input, "the calendar does not cover that year"};
  const core::Date next = *first + std::chrono::years{1};
  int working = 0;
  std::string lines;
  for (core::Date date = *first; sys_days{date} < sys_days{next}; date = core::add_days(date, 1)) {
    const auto nature = calendar.nature(date);
    working += nature.is_working() ? 1 : 0;
    const auto why = core::say_nature(nature, texts, language);
    if (nature.kind == core::DayKind::working || nature.kind == core::DayKind::weekend) continue;
    lines += core::iso_date(date) + "  " + core::format_weekday(texts, language, date) + ": " + why + "\n";
  }
  return std::to_string(working) + "\n" + lines;
}

std::string terms_answer(const core::Profile& profile, const core::Texts& texts, core::Language language) {
  std::string text;
  for (const auto& rule : profile.terms) text += core::say_term(rule, texts, language) + "\n";
  return text;
}

}  // namespace qabyl::sync::verify
