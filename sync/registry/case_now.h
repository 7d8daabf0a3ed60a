// A case as it stands now: its accepted records folded under its own profile (core/cases/rule_book.h), the code of its
// state, the terms that run in it. What acts and pages ask. Thread rule: the storage thread.
#pragma once

#include "core/cases/inspection.h"
#include "core/cases/licence.h"
#include "core/cases/licence_application.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

struct CaseNow {
  core::Id id;
  std::vector<core::Record> history;
  core::RuleBook book;                   // points into the office's assets
  core::LicenceApplication application;  // state none unless it is one
  core::Inspection inspection;           // likewise
  core::Licence licence;                 // likewise
  core::Id form_case;                    // of an application: the licence on which a form was given; "" before
};

// The book of the profile and version under which the case was opened; of the oldest version where none is named, and of the
// office's first profile where that neither.
core::RuleBook rule_book(const Registry& registry, const std::vector<core::Record>& history);
// Precondition: the history is not empty.
core::Result<CaseNow> fold_case(Registry& registry, const core::Id& case_id, std::vector<core::Record> history);
// not_found: no record of that case counts. corrupt, storage.
core::Result<CaseNow> case_now(Registry& registry, const core::Id& case_id);

// Column `state` of cases; its words are console.state.<code>.
std::string state_code(const CaseNow& now);
// Nothing more can follow in a case of this state.
bool is_over(std::string_view state_code);
// The version of the calendar by which it counts now; "": the oldest of the book.
std::string calendar_version(const CaseNow& now);
// Profile and calendar of the case; they outlive it. wrong_state as RuleBook::rules().
core::Result<core::Rules> rules_of(const CaseNow& now);

struct CaseTerm {
  core::RunningTerm term;
  core::Side owed_by = core::Side::body;  // whose duty, from the profile
  core::Id of{};                          // core::OpenTerm
};
// Terms whose act has not been done yet, nearest first.
std::vector<CaseTerm> open_terms(const CaseNow& now);
// The columns `state` and `number` of the case, its lines of case_terms and of the register of licences and its words in the
// search, after every record that counts. `now`: with that record as its last.
core::Status refresh_case(Registry& registry, const CaseNow& now, core::Instant at);

}  // namespace qabyl::sync::registry
