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
#include "core/ids.h"

namespace qabyl::core::paper {

inline constexpr std::string_view margin_code_prefix = "QBC1:";
inline constexpr std::size_t scanned_sheets_max = 300;

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

enum class SheetFault {
  missing,     // no sheet has this page
  doubled,     // a second sheet with a page that was there already
  swapped,     // a page that stands before one that belongs before it
  other_copy,  // a sheet of this paper, but of its other copy
  foreign,     // a sheet of another paper
  unread,      // no code can be read on it
};
std::string_view to_text(SheetFault fault);  // "missing" ...: the end of a text id

struct SheetFinding {
  SheetFault fault{};
  int sheet = 0;                       // of the scan, from 1; 0: missing
  int page = 0;                        // of the paper; 0: not known
  bool operator==(const SheetFinding&) const = default;
};
// What is wrong with the sheets of a scan as copy `copy` of that paper: by sheet, then the missing pages; empty: the copy,
// whole and in order. `sheets`: the texts of all codes that stand on each sheet; at most scanned_sheets_max.
struct CopyAwaited {
  Id paper;
  Digest body{};
  int copy = 2, pages = 0;
};
std::vector<SheetFinding> match_sheets(const CopyAwaited& awaited, const std::vector<std::vector<std::string>>& sheets);

}  // namespace qabyl::core::paper
