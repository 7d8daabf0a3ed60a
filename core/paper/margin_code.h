// The code in the margin of every sheet of a copy (ARCHITECTURE, section 5): which paper, by the first 16 hex digits of
// its D, which copy, page n of m. As a QR text it is "QBC1:" + base45 of 27 bytes: 16 of the paper's id, 8 of D, then copy,
// page and pages, a byte each. And the question that it is made for: are the sheets of a returned copy that copy, whole
// and in order (paragraphs 10, 19)? Pure; knows no picture and no reader of codes.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/cases/returned_scan.h"
#include "core/ids.h"

namespace qabyl::core::paper {

inline constexpr std::string_view margin_code_prefix = "QBC1:";

struct MarginCode {
  Id paper;                            // of the record that made the paper
  std::array<std::uint8_t, 8> body{};  // the first bytes of D
  int copy = 0, page = 0, pages = 0;   // page: from 1
  bool operator==(const MarginCode&) const = default;
};
// Precondition: a valid id, 1 <= copy, 1 <= page <= pages <= pages_max.
MarginCode margin_code(const Id& paper, const Digest& body, int copy, int page, int pages);
std::string to_text(const MarginCode& code);
// nullopt: any other text, another length, an id or figures that no paper of ours has.
std::optional<MarginCode> parse_margin_code(std::string_view text);

// One sheet of a scan beside the copy that is awaited.
struct SheetMatched {
  int page = 0;                        // of the paper; 0: not of it, or not known
  std::optional<SheetFault> fault{};   // nullopt: a page of the copy, in its place
  bool operator==(const SheetMatched&) const = default;
};
struct CopyMatched {
  std::vector<SheetMatched> sheets;    // in the order of the scan
  std::vector<int> missing;            // pages that no sheet has
  bool operator==(const CopyMatched&) const = default;
};
// `sheets`: the texts of all codes that stand on each sheet; at most scanned_sheets_max.
struct CopyAwaited {
  Id paper;
  Digest body{};
  int copy = 2, pages = 0;
};
CopyMatched match_sheets(const CopyAwaited& awaited, const std::vector<std::vector<std::string>>& sheets);
// What is wrong with it: by sheet, then the missing pages; empty: the copy, whole and in order.
std::vector<SheetFinding> findings_of(const CopyMatched& matched);

}  // namespace qabyl::core::paper
