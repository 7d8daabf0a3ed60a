// What is still to come in a case, for its page (picture 22): the days around the end of a term as a strip, and the steps
// after the last record: duties with their last day, then the stages that no record has reached. Knows no store.
#pragma once

#include "core/deadline.h"
#include "sync/registry/case_now.h"
#include "sync/registry/console/page.h"

namespace qabyl::sync::registry {

// The day of the base event, the days off and the last day, as cells. For the eyes only: the same stands in words
// beside it, line by line (core::explain).
std::string day_strip(const Page& page, const core::Deadline& counted, const core::Calendar& calendar);

// The words of a term and whether it is over, today, or so many days away.
std::string nearness(const Page& page, core::Date due, core::Date today);

// <li> items for the end of the time line.
std::string steps_ahead(const Page& page, const CaseNow& now, core::Date today);
// For the head of the page: what is over or ends within a day, nothing else.
std::string urgent_terms(const Page& page, const CaseNow& now, core::Date today);

}  // namespace qabyl::sync::registry
