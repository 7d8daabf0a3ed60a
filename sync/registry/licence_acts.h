// Acts of the office on a licence (RULES.md f2; paragraphs 2, 4-6, 29; Articles 11-13): who may do which, the forms and the
// decision to suspend as PDFs with numbers from the office's journals. Core decides whether the moment is right. Used by
// the console.
#pragma once

#include "core/paper/paper.h"
#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

// signer: whom setting licence.signer of the case's profile names. decider: Head or deputy. proposer: head of the unit.
// clerk: what came from outside, put on record.
enum class LicenceSeat { signer, decider, proposer, clerk };
bool sits(LicenceSeat seat, std::string_view role, const CaseNow& now);

struct FormSpec {
  std::string_view kind;           // of the record: what was asked for on the page
  std::string why;                 // what changed (re-issue), how the old form was lost (duplicate)
  std::string name, address;       // of the holder, where a re-issue changes them; empty: as in the application
};
// The form that a granted application leads to, by its procedure: opens the licence's case, or adds a form to it and
// makes the old one void. Returns the record. forbidden officer.role; not_found licence.none_in_life: nothing to re-issue;
// wrong_state: the guard's code; licence.other_application too when `spec.kind` is not what was applied for.
core::Result<core::Id> give_form(Registry& registry, const OpenOfficer& officer, const CaseNow& application, const FormSpec& spec, core::Instant at);

// A licence that was issued before Qabyl, as its form says; it is none until the head or deputy has confirmed the entry.
// Returns the licence's case. forbidden officer.role; wrong_state: the guard's code.
struct OldLicence { std::string number, form_number, issued_on, decision, bin, name, address, head; };  // issued_on ISO
// `scan`: of its form, kept already.
core::Result<core::Id> enter_old_licence(Registry& registry, const OpenOfficer& officer, const OldLicence& old, const std::optional<core::DocumentRef>& scan, core::Instant at);
// By the head or a deputy who is not its author and has fetched the scan, where there is one (O4): wrong_state
// licence.scan_unseen; else as do_licence_act.
core::Result<core::Id> confirm_old_licence(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at);

// The decision as proposed (Article 12): a paper to the bureau, in effect from its receipt.
core::Result<core::Id> suspend_licence(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::Instant at);

struct LicenceAct {
  std::string_view kind;
  LicenceSeat seat;
  core::Json body;                 // signer is added; date too when it is absent
};
core::Result<core::Id> do_licence_act(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const LicenceAct& act, core::Instant at);

}  // namespace qabyl::sync::registry
