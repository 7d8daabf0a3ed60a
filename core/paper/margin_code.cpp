// See margin_code.h.
#include "core/paper/margin_code.h"

#include <algorithm>
#include <set>

#include "core/encoding.h"
#include "core/paper/paper.h"

namespace qabyl::core::paper {
namespace {

constexpr std::size_t id_bytes = 16, body_bytes = 8, code_bytes = id_bytes + body_bytes + 3;
constexpr int copies_of_paper = 2;

bool in(int value, int least, int most) { return value >= least && value <= most; }

// The code of a sheet: ours where it has one, for a sheet may bear codes of others as well.
std::optional<MarginCode> code_of(const std::vector<std::string>& texts, const Id& paper) {
  std::optional<MarginCode> found;
  for (const auto& text : texts) {
    const auto code = parse_margin_code(text);
    if (code && (!found || (found->paper != paper && code->paper == paper))) found = code;
  }
  return found;
}

// What a sheet is by itself; nullopt: a page of the awaited copy.
std::optional<SheetFault> stranger(const CopyAwaited& awaited, const std::optional<MarginCode>& code) {
  if (!code) return SheetFault::unread;
  const auto ours = margin_code(awaited.paper, awaited.body, awaited.copy, std::min(code->page, awaited.pages), awaited.pages);
  if (code->paper != ours.paper || code->body != ours.body || code->pages != ours.pages) return SheetFault::foreign;
  return code->copy == ours.copy ? std::nullopt : std::optional(SheetFault::other_copy);
}

}  // namespace

MarginCode margin_code(const Id& paper, const Digest& body, int copy, int page, int pages) {
  QABYL_CHECK(valid_id(paper) && in(copy, 1, copies_of_paper) && in(pages, 1, pages_max) && in(page, 1, pages));
  MarginCode code{paper, {}, copy, page, pages};
  std::copy_n(body.begin(), body_bytes, code.body.begin());
  return code;
}

std::string to_text(const MarginCode& code) {
  const auto id = from_hex(code.paper);
  QABYL_CHECK(id && id->size() == id_bytes);
  Bytes bytes = *id;
  bytes.insert(bytes.end(), code.body.begin(), code.body.end());
  for (const int figure : {code.copy, code.page, code.pages}) bytes.push_back(static_cast<std::uint8_t>(figure));
  return std::string(margin_code_prefix) + to_base45(bytes);
}

std::optional<MarginCode> parse_margin_code(std::string_view text) {
  if (!text.starts_with(margin_code_prefix)) return std::nullopt;
  const auto bytes = from_base45(text.substr(margin_code_prefix.size()));
  if (!bytes || bytes->size() != code_bytes) return std::nullopt;
  MarginCode code;
  code.paper = to_hex(ByteView(*bytes).first(id_bytes));
  std::copy_n(bytes->begin() + id_bytes, body_bytes, code.body.begin());
  code.copy = (*bytes)[id_bytes + body_bytes];
  code.page = (*bytes)[id_bytes + body_bytes + 1];
  code.pages = (*bytes)[id_bytes + body_bytes + 2];
  const bool sane = valid_id(code.paper) && in(code.copy, 1, copies_of_paper) && in(code.pages, 1, pages_max) && in(code.page, 1, code.pages);
  return sane ? std::optional(code) : std::nullopt;
}

// A page is swapped when a page that belongs before it comes after it: of two exchanged sheets the first is named.
CopyMatched match_sheets(const CopyAwaited& awaited, const std::vector<std::vector<std::string>>& sheets) {
  QABYL_CHECK(sheets.size() <= static_cast<std::size_t>(scanned_sheets_max) && in(awaited.pages, 1, pages_max));
  CopyMatched matched;
  std::set<int> seen;
  for (const auto& texts : sheets) {
    const auto code = code_of(texts, awaited.paper);
    const auto fault = stranger(awaited, code);
    if (fault) matched.sheets.push_back({*fault == SheetFault::other_copy ? code->page : 0, fault});
    else if (seen.insert(code->page).second) matched.sheets.push_back({code->page, std::nullopt});
    else matched.sheets.push_back({code->page, SheetFault::doubled});
  }
  int least_after = pages_max + 1;
  for (auto one = matched.sheets.rbegin(); one != matched.sheets.rend(); ++one) {
    if (one->fault) continue;
    if (one->page > least_after) one->fault = SheetFault::swapped;
    least_after = std::min(least_after, one->page);
  }
  for (int page = 1; page <= awaited.pages; ++page) {
    if (seen.count(page) == 0) matched.missing.push_back(page);
  }
  return matched;
}

std::vector<SheetFinding> findings_of(const CopyMatched& matched) {
  std::vector<SheetFinding> findings;
  for (std::size_t i = 0; i < matched.sheets.size(); ++i) {
    const auto& one = matched.sheets[i];
    if (one.fault) findings.push_back({*one.fault, static_cast<int>(i) + 1, one.page});
  }
  for (const int page : matched.missing) findings.push_back({SheetFault::missing, 0, page});
  return findings;
}

}  // namespace qabyl::core::paper
