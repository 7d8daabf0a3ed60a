// Which terms are open in which state, and their recount by a newer calendar. See open_terms.h.
#include "core/cases/open_terms.h"

#include <algorithm>

#include "core/cases/each_term.h"
#include "core/cases/steps.h"

namespace qabyl::core {
namespace {

template <typename Case>
std::vector<OpenTerm> collect(Case copy) {
  std::vector<OpenTerm> open;
  each_open_term(copy, [&](const Id& of, RunningTerm& term) { open.push_back({of, term}); });
  return open;
}

void visit_reports(Inspection& inspection, const VisitTerm& visit) {
  for (auto& [id, one] : inspection.interims) {
    if (one.state == InterimState::received) visit(id, one.term);
  }
  for (auto& [id, one] : inspection.summaries) {
    if (one.delivered() && one.copy != CopyTwo::returned && !one.copy_missing) visit(id, one.return_term);
    if (one.state == SummaryState::received || one.state == SummaryState::objected || one.state == SummaryState::answered) visit(id, one.objection_term);
  }
  for (auto& [id, one] : inspection.meetings) {
    if (one.state == MeetingState::protocol_signed) visit(id, one.send_term);
    if (one.state == MeetingState::protocol_received) visit(id, one.objection_term);
  }
}

void visit_remedy(Inspection& inspection, const VisitTerm& visit) {
  for (auto& [id, one] : inspection.plans) {
    if (one.state == PlanState::demanded || one.state == PlanState::returned) visit(id, one.term);
    for (auto& item : one.items) {
      if (one.state == PlanState::in_execution && (item.state == PlanItemState::open || item.state == PlanItemState::overdue)) visit(id, item.term);
    }
  }
  for (auto& [id, one] : inspection.prescriptions) {
    const bool runs = one.state == PrescriptionState::issued || one.state == PrescriptionState::in_execution || one.state == PrescriptionState::extension_asked ||
                      one.state == PrescriptionState::overdue;
    if (runs) visit(id, one.term);
  }
}

// That an answer is overdue or was refused is noted, and the bureau owes it still (14).
bool waits_for_answer(RequestState state) { return state != RequestState::none && state != RequestState::answered && state != RequestState::withdrawn; }

bool report_is_out(const Inspection& inspection) {
  for (const auto& [id, one] : inspection.summaries) {
    if (one.state != SummaryState::signed_by_head && one.state != SummaryState::issued && one.state != SummaryState::withdrawn) return true;
  }
  return false;
}

// The profile owns the question whose duty it is; only the body's own days may become shorter.
Json line_of(const OpenTerm& open, const Recount& both) {
  return Json::Object{{"of", open.of},
                      {"term", open.term.id},
                      {"base", iso_date(open.term.base)},
                      {"before", iso_date(open.term.due)},
                      {"after", iso_date(both.after.due)},
                      {"binding", iso_date(both.binding)}};
}

Recount recount_of(const RunningTerm& term, const Rules& from, const Rules& to) {
  auto told = count_term(*from.profile, term.id, term.base, *from.calendar, term.stated);
  QABYL_CHECK(told);  // it was counted when the term began
  told->due = term.due;
  if (term.stated) told->unrolled = term.stated;
  return recount(*told, *to.profile, *to.calendar);
}

const Json* line_for(const OpenTerm& open, const Record& recount) {
  const auto& lines = recount.body.items("lines");
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const Json& line) {
    return line.text("of") == open.of && line.text("term") == open.term.id && line.text("base") == iso_date(open.term.base) && line.text("binding") == iso_date(open.term.due);
  });
  return found == lines.end() ? nullptr : &*found;
}

// By the newest recount that gave the day which binds now.
std::optional<ToldTerm> moved(const OpenTerm& open, const std::vector<Record>& history) {
  for (auto record = history.rbegin(); record != history.rend(); ++record) {
    const Json* line = is_recount(record->kind) ? line_for(open, *record) : nullptr;
    const auto before = line == nullptr ? Result<Date>(Error{ErrorCode::not_found, "line"}) : parse_iso_date(line->text("before"));
    if (before) return ToldTerm{open.term.id, open.term.base, open.term.stated, *before, open.term.due, record->body.text("calendar")};
  }
  return std::nullopt;
}

}  // namespace

void each_open_term(Inspection& inspection, const VisitTerm& visit) {
  const bool in_fieldwork = inspection.state == InspectionState::in_progress || inspection.state == InspectionState::halted;
  if (in_fieldwork) visit({}, inspection.cap);
  if (in_fieldwork && !inspection.letter.signed_on) visit({}, inspection.letter_term);
  const bool over = inspection.state == InspectionState::closed || inspection.state == InspectionState::closed_unfinished;
  for (auto& [id, one] : inspection.requests) {
    if (!over && waits_for_answer(one.state)) visit(id, one.term);
  }
  if (inspection.state == InspectionState::fieldwork_ended && !report_is_out(inspection)) visit({}, inspection.report_term);
  visit_reports(inspection, visit);
  visit_remedy(inspection, visit);
}

void each_open_term(LicenceApplication& application, const VisitTerm& visit) {
  if (application.state == ApplicationState::incomplete) visit({}, application.mend_term);
  const bool decides = application.state == ApplicationState::complete || application.state == ApplicationState::under_examination;
  if (decides) visit({}, application.decision_term);
}

void each_open_term(Licence& licence, const VisitTerm& visit) {
  if (licence.state == LicenceState::suspended && licence.suspensions.back().term) visit({}, *licence.suspensions.back().term);
}

std::vector<OpenTerm> open_terms(const Inspection& inspection) { return collect(inspection); }
std::vector<OpenTerm> open_terms(const LicenceApplication& application) { return collect(application); }
std::vector<OpenTerm> open_terms(const Licence& licence) { return collect(licence); }

std::vector<OpenTerm> warnings(const Inspection& inspection, const Rules& rules) {
  std::vector<OpenTerm> open;
  const auto& notice = inspection.notice;
  const auto marked = notice.mark ? parse_iso_date(notice.mark->date) : Result<Date>(Error{ErrorCode::not_found, ""});
  if (notice.state == NoticeState::received && marked) {
    if (const auto term = rules.run("D10", *marked)) open.push_back({notice.sent_record, *term});
  }
  for (const auto& [id, one] : inspection.meetings) {
    if (one.state != MeetingState::held) continue;
    if (const auto term = rules.run("D23P", one.on)) open.push_back({id, *term});
  }
  return open;
}

bool is_recount(std::string_view record_kind) {
  return record_kind == kind::inspection_recount || record_kind == kind::application_recount || record_kind == kind::licence_recount;
}

std::vector<ToldTerm> moved_terms(const std::vector<OpenTerm>& open, const std::vector<Record>& history, std::string_view of) {
  std::vector<ToldTerm> terms;
  for (const auto& one : open) {
    if (one.of != of) continue;
    if (auto told = moved(one, history)) terms.push_back(*std::move(told));
  }
  return terms;
}

Result<Json> recount_body(const std::vector<OpenTerm>& open, const RuleBook& book, std::string_view from, std::string_view to) {
  QABYL_TRY(old_rules, book.rules(from));
  QABYL_TRY(new_rules, book.rules(to));
  if (old_rules.calendar == new_rules.calendar) return refused("recount.same_calendar");
  Json::Array lines;
  for (const auto& one : open) {
    const auto both = recount_of(one.term, old_rules, new_rules);
    if (both.changed()) lines.push_back(line_of(one, both));
  }
  Json body = Json::Object{{"calendar", new_rules.calendar->version()}};
  body["lines"] = std::move(lines);
  return body;
}

}  // namespace qabyl::core
