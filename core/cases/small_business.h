// A bureau that is a small business (paragraph 7, R07.3): inspected with regard also to resolution N 572 of 17 June 2003.
// What it asks for could not be read (A22, c6: M), so all of it is the profile's, and off until an office switches it on:
// [smallbiz] on, planned_per_year, length_days, notice_days. Knows no bureau's file: the assignment says what it is.
#pragma once

#include "core/cases/rule_book.h"

namespace qabyl::core {

// Members of the assignment's body: small_business; planned_this_year, how many planned inspections of that bureau
// began in the calendar year of this one, counted by the office from its own cases.
// The first guard that refuses: particular.5.smallbiz_again, particular.7.smallbiz_long; "" when none does.
std::string small_business_problem(const Json& assignment, const Rules& rules);
// notice.smallbiz_short: fewer calendar days than that between the notice and the start; "" when all is well.
std::string small_business_notice_problem(const Json& assignment, Date sent, const Rules& rules);

}  // namespace qabyl::core
