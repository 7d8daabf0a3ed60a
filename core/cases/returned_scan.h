// A copy that came back on paper, scanned and kept by the office (RULES R10.3, R19.4; A25): what was found on its sheets, and
// who took it all the same when it is not the copy, whole and in order. A value of the inspection. Knows no picture and
// no reader of codes: core/paper/margin_code.h matches the sheets.
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

struct Inspection;

namespace kind {
inline constexpr std::string_view copy_scan = "inspection.copy_scan";  // R10.3, R19.4
}  // namespace kind

inline constexpr int scanned_sheets_max = 300;
inline constexpr std::size_t scan_reason_chars_min = 20;

enum class SheetFault {
  missing,     // no sheet has this page
  doubled,     // a second sheet with a page that was there already
  swapped,     // a page that stands before one that belongs before it
  other_copy,  // a sheet of this paper, but of its other copy
  foreign,     // a sheet of another paper
  unread,      // no code can be read on it
};
std::string_view to_text(SheetFault fault);  // "missing" ...: the end of a text id
std::optional<SheetFault> sheet_fault(std::string_view text);

struct SheetFinding {
  SheetFault fault{};
  int sheet = 0;               // of the scan, from 1; 0: missing
  int page = 0;                // of the paper; 0: not known
  bool operator==(const SheetFinding&) const = default;
};
Json to_json(const std::vector<SheetFinding>& findings);
// The member `findings`. invalid_input scan.findings: no list, another fault, or figures that no scan of such a paper has.
Result<std::vector<SheetFinding>> findings_from_json(const Json& body, int sheets, int pages);

struct ReturnedScan {
  Id record, paper;            // paper: the record that made it
  Digest file{};
  int sheets = 0;
  std::vector<SheetFinding> findings;  // empty: the copy, whole and in order
  std::string reason;          // why it was taken with findings
  Signer by;
  Date on{};
  bool whole() const { return findings.empty(); }
};

// The paper of this record of which two copies have gone out: a notice, or a summary report; nullopt: there is none.
std::optional<PaperOut> paper_with_copies(const Inspection& inspection, const Id& record);
std::vector<Id> papers_with_copies(const Inspection& inspection);  // notices first
// What this record keeps. Body: copy_scan {date,paper (the record),body (hex D),copy:2,sheets,findings[{fault,sheet,page}],
// reason?,signer}, one document. invalid_input: scan.findings, scan.file, scan.reason, date.absurd, date.future, signer.missing,
// signer.position: with findings only who leads the unit may; wrong_state: scan.no_copy, scan.other_paper, scan.already (that
// file, or a whole copy is kept).
Result<ReturnedScan> returned_scan(const Inspection& before, const Record& record);

}  // namespace qabyl::core
