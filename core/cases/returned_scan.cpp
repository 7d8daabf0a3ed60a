// See returned_scan.h.
#include "core/cases/returned_scan.h"

#include <algorithm>
#include <iterator>

#include "core/cases/inspection.h"
#include "core/cases/steps.h"
#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr SheetFault faults[] = {SheetFault::missing, SheetFault::doubled, SheetFault::swapped, SheetFault::other_copy, SheetFault::foreign, SheetFault::unread};
constexpr int returned_copy = 2;
constexpr std::string_view types[] = {"application/pdf", "image/jpeg", "image/png"};

// Whether a scan of so many sheets can have this finding on a paper of so many pages.
bool possible(const SheetFinding& one, int sheets, int pages) {
  const bool knows_page = one.fault != SheetFault::foreign && one.fault != SheetFault::unread;
  const bool page_fits = knows_page ? one.page >= 1 && one.page <= pages : one.page == 0;
  const bool sheet_fits = one.fault == SheetFault::missing ? one.sheet == 0 : one.sheet >= 1 && one.sheet <= sheets;
  return page_fits && sheet_fits;
}

std::optional<PaperOut> notice_paper(const Notice& notice, const Id& record) {
  if (notice.state == NoticeState::none || notice.sent_record != record) return std::nullopt;
  return PaperOut{notice.paper, notice.pages, notice.number, notice.date};
}

Result<Signer> keeper(const Record& record, bool whole) {
  return whole ? signer_of(record, {"clerk", "unit_head", "unit_deputy", "group_head", "executor"}) : signer_of(record, {"unit_head", "unit_deputy"});
}

bool is_reason(const std::string& text) { return check_text(text, text_chars_max) == TextProblem::none && char_count(text) >= scan_reason_chars_min; }

// The same file again, or anything after a copy that was whole.
bool is_kept(const Inspection& inspection, const Id& paper, const Digest& file) {
  const auto& all = inspection.scans;
  return std::any_of(all.begin(), all.end(), [&](const ReturnedScan& one) { return one.paper == paper && (one.whole() || one.file == file); });
}

}  // namespace

std::string_view to_text(SheetFault fault) {
  switch (fault) {
    case SheetFault::missing: return "missing";
    case SheetFault::doubled: return "doubled";
    case SheetFault::swapped: return "swapped";
    case SheetFault::other_copy: return "other_copy";
    case SheetFault::foreign: return "foreign";
    case SheetFault::unread: return "unread";
  }
  QABYL_CHECK(false);
  return {};
}

std::optional<SheetFault> sheet_fault(std::string_view text) {
  const auto found = std::find_if(std::begin(faults), std::end(faults), [&](SheetFault one) { return to_text(one) == text; });
  return found == std::end(faults) ? std::nullopt : std::optional(*found);
}

Json to_json(const std::vector<SheetFinding>& findings) {
  Json::Array list;
  for (const auto& one : findings) list.push_back(Json::Object{{"fault", std::string(to_text(one.fault))}, {"sheet", one.sheet}, {"page", one.page}});
  return Json(std::move(list));
}

Result<std::vector<SheetFinding>> findings_from_json(const Json& body, int sheets, int pages) {
  const Json* list = body.find("findings");
  if (list == nullptr || !list->is_array() || list->array().size() > static_cast<std::size_t>(sheets) + static_cast<std::size_t>(pages)) return invalid("scan.findings");
  std::vector<SheetFinding> findings;
  for (const auto& item : list->array()) {
    const auto fault = sheet_fault(item.text("fault"));
    const auto sheet = item.number("sheet"), page = item.number("page");
    const bool small = sheet >= 0 && sheet <= sheets && page >= 0 && page <= pages;
    if (!fault || !small || !possible({*fault, static_cast<int>(sheet), static_cast<int>(page)}, sheets, pages)) return invalid("scan.findings");
    findings.push_back({*fault, static_cast<int>(sheet), static_cast<int>(page)});
  }
  return findings;
}

std::optional<PaperOut> paper_with_copies(const Inspection& inspection, const Id& record) {
  if (const auto paper = notice_paper(inspection.notice, record)) return paper;
  for (const auto& extension : inspection.extensions) {
    if (const auto paper = notice_paper(extension.notice, record)) return paper;
  }
  const auto report = inspection.summaries.find(record);
  const bool out = report != inspection.summaries.end() && report->second.state >= SummaryState::sent && report->second.state != SummaryState::withdrawn;
  return out ? std::optional(report->second.paper) : std::nullopt;
}

std::vector<Id> papers_with_copies(const Inspection& inspection) {
  std::vector<Id> records{inspection.notice.sent_record};
  for (const auto& extension : inspection.extensions) records.push_back(extension.notice.sent_record);
  for (const auto& [record, report] : inspection.summaries) records.push_back(record);
  std::erase_if(records, [&](const Id& record) { return !paper_with_copies(inspection, record); });
  return records;
}

Result<ReturnedScan> returned_scan(const Inspection& before, const Record& record) {
  const Json& body = record.body;
  const auto paper = paper_with_copies(before, body.text("paper"));
  if (!paper) return refused("scan.no_copy");
  if (body.text("body") != to_hex(paper->paper) || body.number("copy") != returned_copy) return refused("scan.other_paper");
  const auto sheets = body.number("sheets");
  if (sheets < 1 || sheets > scanned_sheets_max) return invalid("scan.findings");
  QABYL_TRY(findings, findings_from_json(body, static_cast<int>(sheets), paper->pages));
  if (findings.empty() && sheets != paper->pages) return invalid("scan.findings");
  if (record.docs.size() != 1 || std::find(std::begin(types), std::end(types), record.docs[0].type) == std::end(types)) return invalid("scan.file");
  QABYL_TRY(date, act_date(record));
  QABYL_TRY(by, keeper(record, findings.empty()));
  if (!findings.empty() && !is_reason(body.text("reason"))) return invalid("scan.reason");
  if (is_kept(before, body.text("paper"), record.docs[0].sha256)) return refused("scan.already");
  if (before.scans.size() == children_max) return refused("case.too_many");
  return ReturnedScan{record.id, body.text("paper"), record.docs[0].sha256, static_cast<int>(sheets), std::move(findings), body.text("reason"), by, date};
}

}  // namespace qabyl::core
