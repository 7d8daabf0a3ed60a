// See told_terms.h.
#include "core/cases/told_terms.h"

#include <algorithm>

namespace qabyl::core {

Json told_json(const std::vector<ToldTerm>& terms) {
  Json::Array list;
  for (const auto& one : terms) {
    list.push_back(Json::Object{{"term", one.term}, {"base", iso_date(one.base)}, {"stated", one.stated ? iso_date(*one.stated) : std::string()},
                                {"before", iso_date(one.before)}, {"due", iso_date(one.due)}, {"calendar", one.calendar}});
  }
  return Json(std::move(list));
}

std::vector<ToldTerm> told_from(const Json::Array& list) {
  std::vector<ToldTerm> terms;
  for (std::size_t i = 0; i < std::min(list.size(), told_terms_max); ++i) {
    const Json& one = list[i];
    const auto base = parse_iso_date(one.text("base")), before = parse_iso_date(one.text("before")), due = parse_iso_date(one.text("due"));
    const auto stated = parse_iso_date(one.text("stated"));
    if (!base || !before || !due || one.text("term").empty()) continue;
    terms.push_back({one.text("term"), *base, stated ? std::optional(*stated) : std::nullopt, *before, *due, one.text("calendar")});
  }
  return terms;
}

const ToldTerm* told_of(const std::vector<ToldTerm>& told, const RunningTerm& term) {
  const auto found = std::find_if(told.begin(), told.end(), [&](const ToldTerm& one) { return one.term == term.id && one.base == term.base && one.stated == term.stated; });
  return found == told.end() ? nullptr : &*found;
}

std::string say_told(const ToldTerm& told, const Texts& texts, Language language) {
  return texts.say(language, "term.recounted", {{"version", told.calendar}, {"before", format_date(texts, language, told.before)}, {"due", format_date(texts, language, told.due)}});
}

}  // namespace qabyl::core
