// See scanned_copy.h.
#include "sync/registry/scanned_copy.h"

#include <algorithm>
#include <ostream>

#include "core/cases/acts.h"
#include "core/paper/paper.h"
#include "core/record.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::paper::SheetFault;

// A sheet of A4 at 300, 212 and 424 dots an inch: a code that one size loses stands in another.
constexpr int scan_widths[] = {2480, 1754, 3508};
constexpr int first_look_width = 100;

bool holds_code(const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(), [](const auto& text) { return core::paper::parse_margin_code(text).has_value(); });
}

std::vector<std::string> codes_of_sheet(preview::PreviewWorker& worker, int page) {
  std::vector<std::string> best;
  for (const int width : scan_widths) {
    auto look = worker.codes(page, width);
    if (look.problem != preview::PreviewProblem::none) continue;
    if (holds_code(look.texts)) return std::move(look.texts);
    if (best.empty()) best = std::move(look.texts);
  }
  return best;
}

core::Result<core::paper::CopyAwaited> awaited_copy(core::Database& database, const core::Id& paper, int copy) {
  QABYL_TRY(query, database.prepare("SELECT jws FROM records WHERE id = ?"));
  query.bind(1, paper);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "no such record"};
  QABYL_TRY(jws, core::parse_jws(query.text(0)));
  QABYL_TRY(record, core::decode_record(core::as_text(jws.payload)));
  const auto made = core::paper_of(record);
  if (!made || made->pages > core::paper::pages_max) return core::Error{core::ErrorCode::not_found, "that record made no paper"};
  return core::paper::CopyAwaited{paper, made->paper, copy, made->pages};
}

std::string words(const core::paper::SheetFinding& finding) {
  const auto sheet = "sheet " + std::to_string(finding.sheet) + ": ", page = "page " + std::to_string(finding.page);
  switch (finding.fault) {
    case SheetFault::missing: return page + " is MISSING";
    case SheetFault::doubled: return sheet + page + " once more";
    case SheetFault::swapped: return sheet + page + " stands before a page that belongs before it";
    case SheetFault::other_copy: return sheet + "of the other copy, " + page;
    case SheetFault::foreign: return sheet + "of ANOTHER PAPER";
    case SheetFault::unread: return sheet + "no code can be read on it";
  }
  QABYL_CHECK(false);
  return {};
}

}  // namespace

core::Result<std::vector<std::vector<std::string>>> codes_of_scan(const std::vector<core::Bytes>& files, preview::PreviewWorker& worker) {
  std::vector<std::vector<std::string>> sheets;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto look = worker.open(preview::source_of(files[i]), first_look_width);
    if (look.problem != preview::PreviewProblem::none) {
      return core::Error{core::ErrorCode::invalid_input, "file " + std::to_string(i + 1) + ": " + std::string(preview::to_text(look.problem))};
    }
    if (sheets.size() + look.pages.size() > core::paper::scanned_sheets_max) return core::Error{core::ErrorCode::too_large, "more sheets than a scan may have"};
    for (std::size_t page = 1; page <= look.pages.size(); ++page) sheets.push_back(codes_of_sheet(worker, static_cast<int>(page)));
  }
  return sheets;
}

core::Status match_scan(const ScanSpec& spec, core::Clock& clock, std::ostream& out) {
  QABYL_TRY(database, core::Database::open(database_path(spec.folder), registry_database(true)));
  QABYL_TRY(awaited, awaited_copy(database, spec.paper, spec.copy));
  std::vector<core::Bytes> files;
  for (const auto& path : spec.files) {
    QABYL_TRY(bytes, core::sys::read_file(path, core::document_bytes_max));
    files.push_back(std::move(bytes));
  }
  preview::PreviewWorker worker(spec.preview, clock);
  QABYL_TRY(sheets, codes_of_scan(files, worker));
  const auto findings = core::paper::match_sheets(awaited, sheets);
  for (const auto& one : findings) out << words(one) << "\n";
  if (!findings.empty()) return core::Error{core::ErrorCode::conflict, "these sheets are not the copy, whole and in order"};
  out << "whole: copy " << awaited.copy << ", pages 1 to " << awaited.pages << ", in order\n";
  return core::Done{};
}

}  // namespace qabyl::sync::registry
