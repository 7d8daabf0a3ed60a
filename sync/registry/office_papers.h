// Papers of the office on an inspection: journal number, PDF, the record that makes it, copies, the feed to the bureau's
// kiosks. A paper that one person signs is made and sent by one record; one with two signatures is made by the first
// record and sent by a later one. What a paper says is its caller's. Each call runs inside the caller's transaction.
#pragma once

#include "core/paper/office_paper.h"
#include "sync/registry/case_now.h"
#include "sync/registry/office_journal.h"

namespace qabyl::sync::registry {

// Head of a paper to the bureau, dated today; its title is `title_id`. A new id.
core::paper::OfficePaper paper_head(Registry& registry, const CaseNow& now, std::string_view title_id, core::Instant at);

struct PaperAct {
  std::string_view kind;           // of the record
  core::Json body;                 // what a paper says of itself (number, date, paper, pages, says) is added
  bool goes_out = true;            // false: somebody else signs it first, or it stays in the office
  core::Id about{};                // the record that the bureau's acts must name; empty: this one
  core::Json details{};            // for the kiosk, by kind
  std::string deadline{};          // ISO; empty: none is known yet
  std::string deadline_term{};     // that ends on it, counted from the paper's day; empty: the paper names the day itself
  std::string number_too{};        // another member of the body that holds the journal number; empty: none
};
// The paper, made and recorded by `officer`. `copies`: 1 and 2 are kept as they go out. Errors: those of office_pdf,
// office_copy and append_act; invalid_input paper.too_long: more pages than a paper or more bytes than a record may have.
core::Result<core::Id> issue_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, core::paper::OfficePaper content, PaperAct act, bool copies,
                                   core::Instant at);
// The record `act` sends the paper that the record `made` of this case made. not_found: no such record, or no paper of it.
core::Result<core::Id> send_paper(Registry& registry, const OpenOfficer& officer, const CaseNow& now, const core::Id& made, PaperAct act, core::Instant at);

// Copies 1 and 2 of the paper that the accepted record `made` made, with the day and key of everybody who has signed it.
core::Status keep_paper_copies(Registry& registry, const CaseNow& now, const core::Id& made, core::Instant at);
// Copy 2 as it came back: visas and mark of receipt drawn into the places for them, from the records of the case. A
// body that this program no longer renders to D is left as it was and noted in the audit.
core::Status keep_returned_copy(Registry& registry, const CaseNow& now, const core::Record& receipt, core::Instant at);
// The paper that a record of the bureau marks or returns: `made` made it, `sent` put it into the feed; both empty: none.
struct PaperMarked { core::Id made, sent; };
PaperMarked paper_marked(const core::Record& receipt, const std::vector<core::Record>& history);

const core::Record* record_in(const std::vector<core::Record>& history, const core::Id& id);  // null: not there

}  // namespace qabyl::sync::registry
