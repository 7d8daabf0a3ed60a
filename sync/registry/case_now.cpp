// See case_now.h.
#include "sync/registry/case_now.h"

#include <algorithm>

#include "sync/registry/intake.h"

namespace qabyl::sync::registry {
namespace {

using core::Inspection;

std::string_view side_code(core::Side side) {
  return side == core::Side::bureau ? "bureau" : side == core::Side::applicant ? "applicant" : "body";
}

void add(std::vector<CaseTerm>& terms, const core::RuleBook& book, const core::RunningTerm& term) {
  const core::TermRule* rule = book.profile->term(term.id);
  if (rule != nullptr) terms.push_back({term, rule->owed_by});
}

bool under_way(const Inspection& inspection) {
  return inspection.state == core::InspectionState::in_progress || inspection.state == core::InspectionState::halted;
}

// D14 until a request is answered or withdrawn.
bool awaits_answer(const core::Request& request) {
  using S = core::RequestState;
  return request.state == S::delivered || request.state == S::partly_answered || request.state == S::overdue;
}

std::string inspection_state(const Inspection& inspection) {
  const bool by_notice = inspection.state == core::InspectionState::assignment_registered || inspection.state == core::InspectionState::notified;
  if (by_notice && inspection.notice.state != core::NoticeState::none) return "notice_" + std::string(core::to_text(inspection.notice.state));
  return std::string(core::to_text(inspection.state));
}

}  // namespace

core::RuleBook rule_book(const Registry& registry, const std::vector<core::Record>& history) {
  const core::Profile* profile = history.empty() ? nullptr : registry.assets.profile(history.front().body.text("profile"));
  return {profile != nullptr ? profile : &registry.assets.profiles.front(), {&registry.assets.calendar}};
}

core::Result<CaseNow> case_now(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(history, case_history(registry, case_id));
  if (history.empty()) return core::Error{core::ErrorCode::not_found, "case"};
  CaseNow now{case_id, std::move(history), {}, {}, {}};
  now.book = rule_book(registry, now.history);
  now.application = core::fold_application(now.history);
  now.inspection = core::fold_inspection(now.history, now.book);
  return now;
}

std::string state_code(const CaseNow& now) {
  if (now.application.state != core::ApplicationState::none) return std::string(core::to_text(now.application.state));
  return inspection_state(now.inspection);
}

std::vector<CaseTerm> open_terms(const CaseNow& now) {
  std::vector<CaseTerm> terms;
  const Inspection& inspection = now.inspection;
  if (under_way(inspection)) {
    core::RunningTerm end = inspection.cap;  // the end that counts: the assignment's, moved by an extension; D09 caps it
    end.due = inspection.term_end;
    add(terms, now.book, end);
    if (!inspection.letter.signed_on) add(terms, now.book, inspection.letter_term);
    for (const auto& [id, request] : inspection.requests) {
      if (awaits_answer(request)) add(terms, now.book, request.term);
    }
  }
  if (inspection.state == core::InspectionState::fieldwork_ended) add(terms, now.book, inspection.report_term);
  std::stable_sort(terms.begin(), terms.end(), [](const CaseTerm& a, const CaseTerm& b) { return a.term.due < b.term.due; });
  return terms;
}

core::Status refresh_case(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(now, case_now(registry, case_id));
  QABYL_TRY_DO(registry.database.run("UPDATE cases SET state = ?1, number = CASE WHEN ?2 = '' THEN number ELSE ?2 END WHERE id = ?3",
                                     state_code(now), now.application.number, case_id));
  QABYL_TRY_DO(registry.database.run("DELETE FROM case_terms WHERE case_id = ?", case_id));
  for (const CaseTerm& one : open_terms(now)) {
    QABYL_TRY_DO(registry.database.run("INSERT INTO case_terms(case_id, term, due, base, stated, side) VALUES(?, ?, ?, ?, ?, ?)", case_id, one.term.id,
                                       core::iso_date(one.term.due), core::iso_date(one.term.base),
                                       one.term.stated ? core::iso_date(*one.term.stated) : std::string(), side_code(one.owed_by)));
  }
  return core::Done{};
}

}  // namespace qabyl::sync::registry
