// Checks of single answers: names, lines, civil dates, found by their dotted path. See answers.h.
// Does not know which answers a procedure asks for.
#include "core/answers.h"

#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr int year_min = 1990, year_max = 2100;

const Json* member_at(const Json& body, std::string_view path) {
  const Json* at = &body;
  while (at != nullptr) {
    const auto dot = path.find('.');
    at = at->find(path.substr(0, dot));
    if (dot == std::string_view::npos) return at;
    path.remove_prefix(dot + 1);
  }
  return nullptr;
}

std::string_view reason_of(TextProblem problem) {
  switch (problem) {
    case TextProblem::none: return "";
    case TextProblem::empty: return "name.empty";
    case TextProblem::not_utf8: return "name.not_utf8";
    case TextProblem::hidden_characters: return "name.hidden_characters";
    case TextProblem::too_long: return "name.too_long";
  }
  QABYL_CHECK(false);
  return "";
}

}  // namespace

std::string text_at(const Json& body, std::string_view path) {
  const Json* value = member_at(body, path);
  return value && value->is_string() ? value->string() : std::string();
}

std::optional<Finding> check_line(const Json& body, std::string_view path, std::size_t chars_max, Presence presence) {
  const Json* value = member_at(body, path);
  if (value == nullptr && presence == Presence::optional) return std::nullopt;
  if (value == nullptr || !value->is_string()) return Finding{"name.empty", std::string(path)};
  if (value->string().empty() && presence == Presence::optional) return std::nullopt;
  const auto problem = check_text(value->string(), chars_max);
  if (problem == TextProblem::none) return std::nullopt;
  return Finding{std::string(reason_of(problem)), std::string(path)};
}

std::optional<Finding> check_date(const Json& body, std::string_view path, Presence presence) {
  const Json* value = member_at(body, path);
  const bool absent = value == nullptr || (value->is_string() && value->string().empty());
  if (absent && presence == Presence::optional) return std::nullopt;
  const auto date = parse_iso_date(text_at(body, path));
  const bool plausible = date && int(date->year()) >= year_min && int(date->year()) <= year_max;
  return plausible ? std::nullopt : std::optional(Finding{"date.absurd", std::string(path)});
}

std::optional<Finding> first_of(std::initializer_list<std::optional<Finding>> findings) {
  for (const auto& finding : findings) {
    if (finding) return finding;
  }
  return std::nullopt;
}

}  // namespace qabyl::core
