// A copy that came back on paper and was scanned: its sheets are matched by the codes in their margins with the copy that is
// awaited (paragraphs 10, 19), and what was found is said in one way by console and command. The scan is a stranger's
// file: qabyl-preview alone looks at it. Knows no form of the console.
#pragma once

#include <functional>
#include <iosfwd>

#include "core/paper/margin_code.h"
#include "core/preview/preview_worker.h"
#include "core/texts.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis scan_millis_max{180'000};  // of looking at one scan

struct SheetsRead {
  std::vector<std::vector<std::string>> codes;  // of every sheet, in order
  std::string problem;                          // preview::to_text(), or "stopped"; "": all were read
  std::size_t file = 0;                         // whose, from 1
};
struct ScanReading {
  core::Clock& clock;
  std::function<void(int sheet, const preview::PageImage&)> shown = {};  // a picture of each sheet, sheet_picture_width wide
  std::function<bool()> stopped = {};                                    // asked before each sheet
};
inline constexpr int sheet_picture_width = 720;
// The codes on every sheet of these files (PDF, PNG, JPEG). A sheet whose code is not found in one size of picture is looked at
// in others. At most core::scanned_sheets_max sheets, and scan_millis_max.
SheetsRead read_sheets(const std::vector<preview::DocumentSource>& files, preview::PreviewWorker& worker, const ScanReading& reading);

// Not escaped. "page 2 stands before a page ...", of one sheet; "Sheet 1: page 2 stands ..." of a finding.
std::string sheet_words(const core::Texts& texts, core::Language language, const core::paper::SheetMatched& sheet);
std::string finding_words(const core::Texts& texts, core::Language language, const core::SheetFinding& finding);
std::string scan_problem_words(const core::Texts& texts, core::Language language, std::string_view problem);
std::string whole_words(const core::Texts& texts, core::Language language, int copy, int pages);

struct ScanSpec {
  std::string folder, assets;     // the office's data; its texts
  core::Id paper;                 // the record that made the paper
  int copy = 2;
  std::string language = "en";
  std::vector<std::string> files; // paths, in the order of the sheets
  std::string preview;            // the program
};
// Says for every sheet what is wrong, or that the copy is whole. conflict: something is. not_found: no such paper.
core::Status match_scan(const ScanSpec& spec, core::Clock& clock, std::ostream& out);

}  // namespace qabyl::sync::registry
