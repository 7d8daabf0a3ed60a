// What kiosks learn of a paper that lies with them, or comes to them late: that it is marked, what its bureau has done with it
// at whatever kiosk, whether it is over, which of its terms a newer calendar moved (A30). Feed kind paper_state (protocol.md, 9). Each call runs
// inside the caller's transaction, on the storage thread.
#pragma once

#include <optional>

#include "sync/registry/case_now.h"

namespace qabyl::sync::registry {

// A paper as it was sent (papers_out.h); its bureau's acts are matched with it.
struct PaperRow {
  core::Id record, case_id;    // record: that sent it
  std::string kind, bin;       // bin empty: for an applicant
  core::Json meta;
  core::Digest sealed{};
  std::int64_t sealed_bytes = 0;
  core::Bytes content_key;     // 32 bytes
  core::Id closed_by;          // the record that marks or returns it; empty: it waits for that, or needs none
};
core::Result<std::vector<PaperRow>> papers_of_case(Registry& registry, const core::Id& case_id);
core::Result<std::vector<PaperRow>> papers_of_bureau(Registry& registry, std::string_view bin);
core::Result<std::optional<PaperRow>> paper_out(Registry& registry, const core::Id& record);
// Whether `act` was done on that paper: it names the paper as its base, or marks it, or says that nobody would mark it.
bool is_act_on(const core::Record& act, const PaperRow& paper, const std::vector<core::Record>& history);
// Those of a bureau in open cases that nobody has marked yet, and those with which it has or may yet have something to do although they
// are marked: an answer, objections, a letter, visas, a report (core/cases/bureau_acts.h). Oldest first.
core::Result<std::vector<PaperRow>> open_papers(Registry& registry, std::string_view bin);

// To the kiosks of the bureau.
// `of`: the case with the act as its newest record.
core::Status tell_paper_state(Registry& registry, std::string_view bin, const core::Id& paper, const core::Record& act, const CaseNow& of, core::Instant now);
// Everything so far, to one kiosk that has just got the paper.
core::Status tell_paper_so_far(Registry& registry, std::string_view device, const PaperRow& paper, core::Instant now);
// After a recount as the newest record of the case: the days that bind now, to the kiosks of the bureau, paper by paper.
core::Status tell_recount(Registry& registry, const CaseNow& of, core::Instant now);
// Where nothing can follow in the case: its papers are over, whoever did the last act with them.
core::Status tell_over(Registry& registry, const CaseNow& of, core::Instant now);

}  // namespace qabyl::sync::registry
