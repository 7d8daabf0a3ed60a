// See case_now.h.
#include "sync/registry/case_now.h"

#include <algorithm>

#include "core/cases/open_terms.h"
#include "sync/registry/intake.h"
#include "sync/registry/licence_register.h"
#include "sync/registry/office_profiles.h"
#include "sync/registry/search.h"

namespace qabyl::sync::registry {
namespace {

using core::Inspection;

std::string_view side_code(core::Side side) {
  return side == core::Side::bureau ? "bureau" : side == core::Side::applicant ? "applicant" : "body";
}

void add(std::vector<CaseTerm>& terms, const core::RuleBook& book, const core::OpenTerm& open) {
  const core::TermRule* rule = book.profile->term(open.term.id);
  if (rule != nullptr) terms.push_back({open.term, rule->owed_by, open.of});
}

// A decision to suspend that was not received yet changes nothing but whose turn it is (Article 12).
std::string licence_state(const core::Licence& licence) {
  const bool waits = licence.state == core::LicenceState::active && !licence.suspensions.empty() && !licence.suspensions.back().receipt;
  if (waits) return "suspension_sent";
  if (licence.end_proposal) return "end_proposed";
  return licence.proposal ? "suspension_proposed" : std::string(core::to_text(licence.state));
}

std::string inspection_state(const Inspection& inspection) {
  const bool by_notice = inspection.state == core::InspectionState::assignment_registered || inspection.state == core::InspectionState::notified;
  if (by_notice && inspection.notice.state != core::NoticeState::none) return "notice_" + std::string(core::to_text(inspection.notice.state));
  return std::string(core::to_text(inspection.state));
}

}  // namespace

// What a case was opened under is said by its filing, or by the act of the office that opens it; a registration has the last
// word, because the version that a kiosk named may be none of the office's (its program was newer).
core::RuleBook rule_book(const Registry& registry, const std::vector<core::Record>& history) {
  constexpr std::string_view naming[] = {core::kind::application_submit, core::kind::application_register, core::kind::assignment_sign, core::kind::licence_issue, core::kind::licence_enter};
  const std::string id = history.empty() ? std::string() : history.front().body.text("profile");
  const core::Profile* profile = profile_of(registry, id, {});
  for (const auto& record : history) {
    if (std::find(std::begin(naming), std::end(naming), record.kind) == std::end(naming)) continue;
    const core::Profile* named = profile_of(registry, id, record.body.text("profile_version"));
    if (named != nullptr && !record.body.text("profile_version").empty()) profile = named;
  }
  core::RuleBook book{profile != nullptr ? profile : &registry.profiles.front(), {}};
  for (const auto& calendar : registry.calendars) book.calendars.push_back(&calendar);
  return book;
}

core::Result<CaseNow> fold_case(Registry& registry, const core::Id& case_id, std::vector<core::Record> history) {
  CaseNow now{case_id, std::move(history), {}, {}, {}, {}, {}};
  now.book = rule_book(registry, now.history);
  now.application = core::fold_application(now.history, now.book);
  now.inspection = core::fold_inspection(now.history, now.book);
  now.licence = core::fold_licence(now.history, now.book);
  if (now.application.state != core::ApplicationState::granted) return now;
  QABYL_TRY(licence, form_given_on(registry, case_id));
  now.form_case = licence;
  return now;
}

core::Result<CaseNow> case_now(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(history, case_history(registry, case_id));
  if (history.empty()) return core::Error{core::ErrorCode::not_found, "case"};
  return fold_case(registry, case_id, std::move(history));
}

std::string state_code(const CaseNow& now) {
  if (!now.form_case.empty()) return "form_issued";
  if (now.application.state != core::ApplicationState::none) return std::string(core::to_text(now.application.state));
  if (now.licence.state != core::LicenceState::none) return licence_state(now.licence);
  return inspection_state(now.inspection);
}

bool is_over(std::string_view state) {
  constexpr std::string_view over[] = {"closed", "closed_unfinished", "cancelled", "refused", "withdrawn", "returned", "rejected", "form_issued", "deprived", "ended"};
  return std::find(std::begin(over), std::end(over), state) != std::end(over);
}

std::string calendar_version(const CaseNow& now) {
  if (now.application.state != core::ApplicationState::none) return now.application.calendar;
  return now.licence.state != core::LicenceState::none ? now.licence.calendar : now.inspection.calendar;
}

core::Result<core::Rules> rules_of(const CaseNow& now) { return now.book.rules(calendar_version(now)); }

std::vector<CaseTerm> open_terms(const CaseNow& now) {
  std::vector<CaseTerm> terms;
  for (const auto& one : core::open_terms(now.application)) add(terms, now.book, one);
  for (const auto& one : core::open_terms(now.inspection)) add(terms, now.book, one);
  for (const auto& one : core::open_terms(now.licence)) add(terms, now.book, one);
  std::stable_sort(terms.begin(), terms.end(), [](const CaseTerm& a, const CaseTerm& b) { return a.term.due < b.term.due; });
  return terms;
}

core::Status refresh_case(Registry& registry, const CaseNow& now, core::Instant at) {
  QABYL_TRY_DO(registry.database.run("UPDATE cases SET state = ?1, number = CASE WHEN ?2 = '' THEN number ELSE ?2 END WHERE id = ?3",
                                     state_code(now), now.licence.number.empty() ? now.application.number : now.licence.number, now.id));
  QABYL_TRY_DO(enter_in_register(registry, now, at));
  QABYL_TRY_DO(registry.database.run("DELETE FROM case_terms WHERE case_id = ?", now.id));
  for (const CaseTerm& one : open_terms(now)) {
    QABYL_TRY_DO(registry.database.run("INSERT INTO case_terms(case_id, term, due, base, stated, side, profile) VALUES(?, ?, ?, ?, ?, ?, ?)", now.id, one.term.id,
                                       core::iso_date(one.term.due), core::iso_date(one.term.base),
                                       one.term.stated ? core::iso_date(*one.term.stated) : std::string(), side_code(one.owed_by),
                                       now.book.profile->id + " " + now.book.profile->version));
  }
  return index_newest(registry, now);
}

}  // namespace qabyl::sync::registry
