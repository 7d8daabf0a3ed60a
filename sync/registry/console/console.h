// The office console: server-rendered HTML over office.h, assignments.h and office_views.h; works without
// scripts. Knows no socket. Runs on the storage thread, inside a transaction of the group commit.
//
// Sign in with roles (powers.h); what waits for whom; one case as a time line with records, documents and digests;
// the acts of a case (act_forms.h); assignments from draft to signature; kiosks. Every POST carries a token that the
// page was given; a signing act asks for the password again (RELIABILITY O1, O2); who may open which case: O3.
#pragma once

#include <functional>

#include "sync/registry/assignments.h"
#include "sync/registry/console/act_forms.h"
#include "sync/registry/console/page.h"
#include "sync/registry/courier.h"
#include "sync/registry/form_body.h"
#include "sync/registry/office_sessions.h"
#include "sync/registry/licence_register.h"
#include "sync/registry/office_views.h"
#include "sync/registry/returned_scans.h"

namespace qabyl::sync::registry {

inline constexpr int courier_goes_on = 202;

class Console {
 public:
  explicit Console(Registry& registry) : registry_(registry) {}
  Response handle(const Request& request, core::Instant now);
  // A form with a file (form_body.h): looked at before its body comes, and done once it is whole. Nobody but who is signed in
  // may send one: a redirect to the sign-in otherwise; 400, 503.
  static bool takes_form(const Request& head);
  Response begin_form(const Request& head, core::Instant now, std::unique_ptr<FormBody>& body);  // a body: the answer means nothing
  Response finish_form(const Request& head, const SentForm& form, core::Instant now);
  // A courier's bundle is such a form, too: finish_form() answers courier_goes_on where it may be taken. That is no job of the
  // storage thread (service.cpp); what came of it is told afterwards.
  static bool takes_courier(const Request& head) { return head.path() == "/courier"; }
  Response courier_taken(const Request& head, const SentForm& form, const core::Result<CourierResult>& result, core::Instant now);

 private:
  struct Visit {             // one request of one officer
    const Request& request;
    core::Instant now;
    core::Language language;
    std::string token;
    const Session* session = nullptr;
    Fields fields;           // of a POST
    std::string calendar_key{};  // made just now, to be shown once
    const SentForm* form = nullptr;  // when it came as one with a file
    const core::Result<CourierResult>* courier = nullptr;  // when a bundle has been carried out
  };
  struct Refusal {           // why an act was not done, and what had been typed
    std::string code;        // empty: nothing was refused
    std::string act;         // path of the form
    std::size_t seen = SIZE_MAX;  // records of the case that the form knew, when others came since
  };

  Response answer(Visit visit);
  Response route(const Visit& visit);
  Response post(const Visit& visit);
  Response language(const Visit& visit);
  Response login_page(const Visit& visit, std::string_view problem);
  Response login(const Visit& visit);
  // lists.cpp
  Response home(const Visit& visit);
  Response cases(const Visit& visit);
  CaseQuery case_query(const Visit& visit, std::size_t rows_max) const;  // of the address: show, bureau, named, before
  Response kiosks(const Visit& visit);
  // kiosk_pages.cpp
  Response kiosk(const Visit& visit, std::string_view device, std::string_view problem = {});
  Response change_bureaus(const Visit& visit, bool more);
  Response revoke(const Visit& visit);
  std::string stray_table(const Page& page, const Visit& visit, std::string_view device) const;
  Response fork_evidence(const Visit& visit);
  Response lost(const Visit& visit);
  // held_pages.cpp
  core::Result<std::string> held_table(const Page& page, const Visit& visit, std::string_view device);
  Response note_held_record(const Visit& visit);
  // courier_pages.cpp
  Response courier(const Visit& visit, std::string_view problem = {}, const CourierResult* taken = nullptr);
  Response take_bundle(const Visit& visit);
  Response courier_answers(const Visit& visit);
  // licence_pages.cpp
  Response licences(const Visit& visit);
  Response old_licence(const Visit& visit, std::string_view problem = {});
  Response enter_licence(const Visit& visit);
  Response licence_extract(const Visit& visit);
  LicenceQuery licence_query(const Visit& visit, std::size_t rows_max) const;  // of the address: q, before
  std::string licence_table(const Page& page, const Visit& visit, const std::vector<LicenceLine>& lines) const;
  std::string licence_notes(const Page& page, const Visit& visit, const CaseNow& now) const;
  std::string licence_forms_table(const Page& page, const CaseNow& now) const;
  // one_case.cpp
  Response one_case(const Visit& visit, const core::Id& id) { return one_case(visit, id, Refusal{}); }
  Response one_case(const Visit& visit, const core::Id& id, const Refusal& refusal);
  std::string time_line(const Page& page, const Visit& visit, const std::vector<CaseRecord>& records, const CaseNow& now);
  std::string case_facts(const Page& page, const Visit& visit, const std::vector<CaseRecord>& records, const CaseNow& now);
  std::string copies(const Page& page, const std::vector<CaseRecord>& records);
  std::string terms(const Page& page, const Visit& visit, const CaseNow& now) const;
  // scan_pages.cpp: scans of copies that came back on paper
  std::string scan_card(const Page& page, const CaseNow& now);
  Response scans(const Visit& visit, const core::Id& paper, std::string_view problem = {});
  Response bring_scan(const Visit& visit, const core::Id& paper);
  Response scan(const Visit& visit, const core::Id& id, std::string_view problem = {});
  Response sheet_picture(const Visit& visit, const core::Id& id, std::string_view sheet);
  void scan_decisions(Page& made, const Visit& visit, const PendingScan& scan, const CaseNow& now) const;
  Response decide_scan(const Visit& visit, const core::Id& id, std::string_view what);
  // inspection_cards.cpp: heading and HTML of what lives inside an inspection
  std::vector<std::pair<std::string, std::string>> inspection_cards(const Page& page, const core::Inspection& inspection) const;
  // act_cards.cpp
  std::string control(const Page& page, const ActField& field, const CaseNow& now, const Fields* typed, std::string_view today);
  std::string act_card(const Page& page, const ActForm& form, const CaseNow& now, const Fields* typed, bool open, std::string_view today);
  std::string act_cards(const Page& page, const Visit& visit, const CaseNow& now, const Refusal& refusal);
  std::string treatments(const Page& page, const ActField& field, const CaseNow& now, const Fields* typed);
  std::string typed_in_vain(const Page& page, const Visit& visit, const CaseNow& now, const Refusal& refusal) const;
  std::string changes_since(const Page& page, const Visit& visit, const CaseNow& now, const Refusal& refusal) const;
  // term_pages.cpp
  Response due(const Visit& visit, std::string_view problem = {});
  Response one_term(const Visit& visit);
  std::string term_row(const Page& page, const Visit& visit, const CaseTerm& one, const CaseNow& now) const;
  std::string term_count(const Page& page, const Visit& visit, const CaseTerm& one, const CaseNow& now) const;
  void newer_calendar(Page& page, const Visit& visit, const std::vector<TermLine>& lines);
  Response recount_terms(const Visit& visit);
  // profile_pages.cpp
  void profiles(Page& page, const Visit& visit);
  Response profile(const Visit& visit);
  Response take_newer_profile(const Visit& visit);
  // export_pages.cpp
  Response export_list(const Visit& visit, std::string_view name);
  Response new_calendar_key(Visit visit);
  Response calendar(const Visit& visit);
  Response search_page(const Visit& visit);
  // acts.cpp
  Response act(const Visit& visit, const core::Id& id, std::string_view what);
  Response document(const Visit& visit);
  Response copy(const Visit& visit);
  Response evidence(const Visit& visit, const core::Id& id);
  Response proof(const Visit& visit, const core::Id& record);
  core::Status with_password(const Visit& visit, const std::function<core::Status(const OpenOfficer&)>& act);
  // assignment_pages.cpp
  Response assignments(const Visit& visit, std::string_view problem = {});
  Response begin(const Visit& visit);
  Response assignment(const Visit& visit, const core::Id& id, std::string_view problem = {}, const core::Json* typed = nullptr);
  Response change(const Visit& visit, const core::Id& id, std::string_view what);
  Response decide(const Visit& visit, const core::Id& id, std::string_view what);
  Response edit(const Visit& visit, AssignmentDraft draft, std::string_view what);

  bool may_open(const Visit& visit, const core::Id& case_id);
  Page page(const Visit& visit, Section section);
  void count_waiting(Frame& frame, const Session& session, core::Instant now);
  std::string why(const Page& page, std::string_view code) const;   // HTML: the words of a refusal
  Response missing(const Visit& visit);
  Response forbidden(const Visit& visit);
  std::string when(const Visit& visit, core::Instant at) const;
  // Who looked for whom or what (O3). False: it could not be written down, and nothing must be shown. The first page, the
  // plain lists and the queue of terms are not written down: they hold titles that everybody of the role sees all day, and
  // a line for each look would bury those that an auditor asks about: a search, a list of one person or bureau, an opened
  // case, a document, a file taken away.
  bool noted(const Visit& visit, std::string_view action, std::string_view words);
  std::string next_term(const Page& page, const Visit& visit, const CaseLine& line) const;
  std::string case_table(const Page& page, const Visit& visit, const std::vector<CaseLine>& lines);
  std::string kiosk_table(const Page& page, const Visit& visit, const std::vector<KioskLine>& lines, bool short_one = false);
  std::string term_table(const Page& page, const Visit& visit, const std::vector<TermLine>& lines) const;
  void case_stats(Page& page, const Visit& visit, const std::vector<std::pair<std::string, std::int64_t>>& counts, const std::vector<TermLine>& terms) const;
  std::string log_cell(const Page& page, const Visit& visit, const std::optional<LogSeen>& seen, bool fork) const;
  std::string fork_table(const Page& page, const Visit& visit, const std::vector<LogForkRow>& forks) const;
  void tell_backup(Page& page, const Visit& visit) const;  // when the last good one was made
  void tell_log_trouble(Page& page, const Visit& visit) const;  // it signs nothing, and why; its clock has gone back

  Registry& registry_;
};

inline constexpr std::size_t licence_words_bytes_max = 300;  // of a query of the register, as it stands in the address

// What the code on an extract of the register says: licence, BIN, newest form, state, digest of its newest record.
std::string extract_code(const core::Licence& licence, std::string_view state, const core::Digest& newest_record);
// Whose cases the officer's lists hold: all ("") or those that name him (O3). Precondition: reach() is not none.
std::string named_in_lists(const Session& session);
bool in_contact(const DeviceRow& device, core::Instant now);

}  // namespace qabyl::sync::registry
