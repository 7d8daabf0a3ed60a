// A copy that came back on paper and was scanned: its sheets are matched by the codes in their margins with the copy that is
// awaited (paragraphs 10, 19). The scan is a stranger's file: qabyl-preview alone looks at it. Knows no form of the console.
#pragma once

#include <iosfwd>

#include "core/paper/margin_code.h"
#include "core/preview/preview_worker.h"

namespace qabyl::sync::registry {

// The codes on every sheet of these files (PDF, PNG, JPEG), in their order. A sheet whose code is not found in one size of
// picture is looked at in others. invalid_input: a file cannot be read (detail: which, from 1, and why); too_large: more sheets
// than core::paper::scanned_sheets_max.
core::Result<std::vector<std::vector<std::string>>> codes_of_scan(const std::vector<core::Bytes>& files, preview::PreviewWorker& worker);

struct ScanSpec {
  std::string folder;             // the office's data
  core::Id paper;                 // the record that made the paper
  int copy = 2;
  std::vector<std::string> files; // paths, in the order of the sheets
  std::string preview;            // the program
};
// Says for every sheet what is wrong, or that the copy is whole. conflict: something is. not_found: no such paper.
core::Status match_scan(const ScanSpec& spec, core::Clock& clock, std::ostream& out);

}  // namespace qabyl::sync::registry
