// See scanned_copy.h.
#include "sync/registry/scanned_copy.h"

#include <algorithm>
#include <ostream>

#include "core/cases/acts.h"
#include "core/paper/paper.h"
#include "core/record.h"
#include "sync/registry/office_assets.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

// A sheet of A4 at 300, 212 and 424 dots an inch: a code that one size loses stands in another.
constexpr int scan_widths[] = {2480, 1754, 3508};
constexpr int first_look_width = 100;

using preview::PreviewProblem;

std::string code_of(PreviewProblem problem) { return std::string(preview::to_text(problem)); }

bool holds_code(const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(), [](const auto& text) { return core::paper::parse_margin_code(text).has_value(); });
}

std::vector<std::string> codes_of_sheet(preview::PreviewWorker& worker, int page) {
  std::vector<std::string> best;
  for (const int width : scan_widths) {
    auto look = worker.codes(page, width);
    if (look.problem == PreviewProblem::timeout) return best;  // made to cost: other sizes would cost as much
    if (look.problem != PreviewProblem::none) continue;
    if (holds_code(look.texts)) return std::move(look.texts);
    if (best.empty()) best = std::move(look.texts);
  }
  return best;
}

void show_sheet(preview::PreviewWorker& worker, int page, int sheet, const ScanReading& reading) {
  if (!reading.shown) return;
  const auto look = worker.page(page, sheet_picture_width);
  if (look.problem == PreviewProblem::none) reading.shown(sheet, look.image);
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

}  // namespace

SheetsRead read_sheets(const std::vector<preview::DocumentSource>& files, preview::PreviewWorker& worker, const ScanReading& reading) {
  SheetsRead read;
  const auto until = reading.clock.read().steady + scan_millis_max;
  for (const auto& file : files) {
    ++read.file;
    const auto look = worker.open(file, first_look_width);
    if (look.problem != PreviewProblem::none) read.problem = code_of(look.problem);
    else if (read.codes.size() + look.pages.size() > static_cast<std::size_t>(core::scanned_sheets_max)) read.problem = code_of(PreviewProblem::too_many_pages);
    for (int page = 1; read.problem.empty() && page <= static_cast<int>(look.pages.size()); ++page) {
      if (reading.clock.read().steady > until) read.problem = code_of(PreviewProblem::timeout);
      else if (reading.stopped && reading.stopped()) read.problem = "stopped";
      else {
        read.codes.push_back(codes_of_sheet(worker, page));
        show_sheet(worker, page, static_cast<int>(read.codes.size()), reading);
      }
    }
    if (!read.problem.empty()) break;
  }
  worker.close();
  return read;
}

std::string sheet_words(const core::Texts& texts, core::Language language, const core::paper::SheetMatched& sheet) {
  const core::TextArgs page{{"page", std::to_string(sheet.page)}};
  return sheet.fault ? texts.say(language, "scan.fault." + std::string(core::to_text(*sheet.fault)), page) : texts.say(language, "scan.fits", page);
}

std::string finding_words(const core::Texts& texts, core::Language language, const core::SheetFinding& finding) {
  const auto words = sheet_words(texts, language, {finding.page, finding.fault});
  return finding.sheet == 0 ? words : texts.say(language, "scan.sheet", {{"n", std::to_string(finding.sheet)}}) + ": " + words;
}

std::string scan_problem_words(const core::Texts& texts, core::Language language, std::string_view problem) {
  return texts.say(language, "scan.problem." + std::string(problem), {{"n", std::to_string(core::scanned_sheets_max)}});
}

std::string whole_words(const core::Texts& texts, core::Language language, int copy, int pages) {
  return texts.say(language, "scan.whole", {{"copy", std::to_string(copy)}, {"n", std::to_string(pages)}});
}

core::Status match_scan(const ScanSpec& spec, core::Clock& clock, std::ostream& out) {
  QABYL_TRY(language, core::parse_language(spec.language));
  QABYL_TRY(assets, load_office_assets(spec.assets));
  QABYL_TRY(database, core::Database::open(database_path(spec.folder), registry_database(true)));
  QABYL_TRY(awaited, awaited_copy(database, spec.paper, spec.copy));
  std::vector<core::Bytes> bytes;
  for (const auto& path : spec.files) {
    QABYL_TRY(file, core::sys::read_file(path, core::document_bytes_max));
    bytes.push_back(std::move(file));
  }
  std::vector<preview::DocumentSource> files;
  for (const auto& one : bytes) files.push_back(preview::source_of(one));
  preview::PreviewWorker worker(spec.preview, clock);
  const auto read = read_sheets(files, worker, {clock});
  if (!read.problem.empty()) return core::Error{core::ErrorCode::invalid_input, spec.files[read.file - 1] + ": " + scan_problem_words(assets.texts, language, read.problem)};
  const auto findings = core::paper::findings_of(core::paper::match_sheets(awaited, read.codes));
  for (const auto& one : findings) out << finding_words(assets.texts, language, one) << "\n";
  if (!findings.empty()) return core::Error{core::ErrorCode::conflict, "these sheets are not the copy, whole and in order"};
  out << whole_words(assets.texts, language, awaited.copy, awaited.pages) << "\n";
  return core::Done{};
}

}  // namespace qabyl::sync::registry
