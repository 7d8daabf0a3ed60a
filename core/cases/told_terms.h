// Terms on a paper that a newer calendar moved, as the office tells them to the kiosks that hold the paper (A30): the day
// told first, the day that binds, the calendar. A kiosk counts by itself and lets what it was told stand. Pure; knows no
// store and no feed.
#pragma once

#include "core/cases/rule_book.h"
#include "core/texts.h"

namespace qabyl::core {

inline constexpr std::size_t told_terms_max = 400;

struct ToldTerm {
  std::string term;
  Date base{};
  std::optional<Date> stated;  // as in RunningTerm
  Date before{}, due{};
  std::string calendar;        // version
};

Json told_json(const std::vector<ToldTerm>& terms);
// Of at most told_terms_max entries; one that cannot be read is left out.
std::vector<ToldTerm> told_from(const Json::Array& list);
// nullptr: no newer calendar moved it.
const ToldTerm* told_of(const std::vector<ToldTerm>& told, const RunningTerm& term);
// One line for the end of the term's explanation.
std::string say_told(const ToldTerm& told, const Texts& texts, Language language);

}  // namespace qabyl::core
