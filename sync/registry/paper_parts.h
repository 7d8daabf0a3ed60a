// Parts that papers of an inspection share: points, signatures, the line that names the assignment, what was said of
// objections. Knows no act.
#pragma once

#include "core/paper/office_paper.h"
#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"
#include "sync/registry/papers_out.h"

namespace qabyl::sync::registry {

core::paper::OfficePoint paper_point(const Registry& registry, std::string_view text_id, const std::vector<LocalArg>& args = {});
// The last day of a term of the case, and the whole count of it, a line each. nullopt: the profile does not count it so.
struct LastDay { core::Date day{}; std::vector<core::LocalText> counted; };
std::optional<LastDay> last_day(const Registry& registry, const CaseNow& now, std::string_view term, core::Date base, std::optional<core::Date> stated = std::nullopt);
// The point that says a term's last day as the paper states it, below it the whole count, a line each, as kiosk, console and
// qabyl-verify say it (RULES.md d). `base`: the paper's own day.
core::paper::OfficePoint due_point(const Registry& registry, const CaseNow& now, std::string_view text_id, std::string_view term, core::Date base, std::string_view due);
// Each text a point of its own, under a heading.
core::paper::OfficeGroup paper_group(const Registry& registry, std::string_view heading_id, const std::vector<core::LocalText>& points);
core::paper::OfficeSignature paper_signature(const OpenOfficer& officer);
// {number} and {date} of an assignment.
std::vector<LocalArg> number_and_date(const Registry& registry, const core::Json& assignment);

struct Treatment { core::Id objection; std::string treatment, reason; };  // accepted, partly, rejected
core::Json treatments_json(const std::vector<Treatment>& treatments);
// "objection -> how it was treated" (R17.2), a row each.
core::paper::OfficeTable objections_table(const Registry& registry, const core::Objections& objections, const std::vector<Treatment>& treatments);
// What a paper is called in a row of that table and elsewhere.
core::LocalText number_words(const std::string& number);

}  // namespace qabyl::sync::registry
